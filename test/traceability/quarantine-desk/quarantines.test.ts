import { expect } from "chai";
import {
  CLASS_BIT,
  commission,
  epcis,
  lgtin,
  loadRules,
  MISSING,
  NO_PAPER,
  observe,
  PAPER,
  PARTY,
  PIECES,
  PLACE_KIND,
  pieces,
  qty,
  ROLE_BIT,
  sell,
  sgtin,
  ship,
  transform,
} from "../../fixtures/trace-rules.ts";
import { byEachClock, type ChainClock } from "../../helpers/by-each-clock.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const PIG = "06975310000061";
const PORK = "06975310000078";
const pig = sgtin(PIG, "1");
const herd = lgtin(PIG, "H1");
type Paper = typeof PAPER | typeof NO_PAPER;

/** The grower keeps a pig and a herd in Shanghai; the store's party is Shanghai's office. */
async function farm(clock: ChainClock, { level = 1n as bigint | undefined, seconds = 0n } = {}) {
  const rules = await loadRules(clock);
  const { parties, quarantines, accounts, as, fileProduct, filePlace, capture, publish } = rules;
  await parties.write.changeRoles([PARTY.store, ROLE_BIT.OFFICE, PAPER], { account: accounts.platform });
  await fileProduct(PIG, "grower", { classes: CLASS_BIT.LIVE_ANIMAL });
  const pen = await filePlace("grower", PLACE_KIND.GARDEN, "CN-SH-310101");
  await capture("grower", commission([pig]), commission([pieces(herd, 10)]));
  if (level !== undefined) {
    await publish("CN", { "trace.quarantine.level": level, "trace.quarantine.seconds": seconds });
  }
  const open = (place = pen, paper: Paper = PAPER) =>
    quarantines.write.openFile([PARTY.grower, place, BigInt(PIG), paper], as("grower"));
  const issue = (object = pig, { file = 1, paper = PAPER as Paper } = {}) =>
    quarantines.write.issue([PARTY.store, file, object, paper], as("store"));
  const held = async (object = pig) => await quarantines.read.certificateFor([object, await rules.now()]);
  return { ...rules, pen, open, issue, held };
}

byEachClock((clock) => {
  describe("QuarantineDesk: farming files", () => {
    it("given a stranger, a foreign place, an unknown product or no file, when a farming file is opened, then it is refused", async () => {
      const { quarantines, catalogue, accounts, as, pen, open } = await farm(clock);
      const stranger = quarantines.write.openFile([PARTY.grower, pen, BigInt(PIG), PAPER], as("shop"));
      await expectRevert(stranger, quarantines, "QuarantineDeskNotAllowed", [PARTY.grower, accounts.shop.address]);
      await expectRevert(open(PARTY.lab), quarantines, "QuarantineDeskNotOwnPlace", [PARTY.lab, PARTY.grower]);
      const product = quarantines.write.openFile([PARTY.grower, pen, 6975310000993n, PAPER], as("grower"));
      await expectRevert(product, catalogue, "ProductCatalogueUnknown", [6975310000993n]);
      await expectRevert(open(pen, NO_PAPER), quarantines, "DigestsMissing", MISSING);
      await expectRevert(quarantines.read.fileOf([1]), quarantines, "QuarantineDeskUnknownFile", [1]);
    });

    it("given the farmer, when it opens a file and adds entries, then both stand and nobody else adds", async () => {
      const { quarantines, connection, accounts, as, pen, open, now } = await farm(clock);
      const add = (who: "grower" | "store" = "grower", paper: Paper = PAPER) =>
        quarantines.write.addEntry([1, paper], as(who));
      await expectRevert(add(), quarantines, "QuarantineDeskUnknownFile", [1]);
      await expectEvents(connection, open(), [
        event(quarantines, "FarmFileOpened", {
          ...{ file: 1, farmer: PARTY.grower, place: pen, species: BigInt(PIG), digest: PAPER },
        }),
      ]);
      const openedAt = await now();
      const { address } = accounts.store;
      await expectRevert(add("store"), quarantines, "QuarantineDeskNotAllowed", [PARTY.grower, address]);
      await expectRevert(add("grower", NO_PAPER), quarantines, "DigestsMissing", MISSING);
      for (const index of [1, 2]) {
        await expectEvents(connection, add(), [event(quarantines, "FarmFileEntry", { file: 1, index, entry: PAPER })]);
      }
      expect(await quarantines.read.entryOf([1, 2])).to.deep.equal(PAPER);
      expect(await quarantines.read.fileOf([1])).to.deep.equal({
        ...{ farmer: PARTY.grower, place: pen, species: BigInt(PIG), openedAt, entries: 2, file: PAPER },
      });
    });
  });

  describe("QuarantineDesk.issue", () => {
    it("given a stranger, no office, no file, another region or a level that is too deep, when a certificate is issued, then it is refused", async () => {
      const { quarantines, parties, accounts, as, open, issue, filePlace, publish } = await farm(clock);
      const stranger = quarantines.write.issue([PARTY.store, 1, pig, PAPER], as("grower"));
      await expectRevert(stranger, quarantines, "QuarantineDeskNotAllowed", [PARTY.store, accounts.grower.address]);
      const shop = quarantines.write.issue([PARTY.shop, 1, pig, PAPER], as("shop"));
      await expectRevert(shop, parties, "TradePartiesRoleMissing", [PARTY.shop, 13]);
      await expectRevert(issue(), quarantines, "QuarantineDeskUnknownFile", [1]);
      await open();
      const far = await filePlace("grower", PLACE_KIND.GARDEN, "CN-FJ");
      await open(far);
      await expectRevert(issue(pig, { file: 2 }), quarantines, "QuarantineDeskOutOfRegion", [PARTY.store, far]);
      await publish("CN", { "trace.quarantine.level": 0n });
      await expectRevert(issue(), quarantines, "QuarantineDeskWrongLevel", [PARTY.store, 1n, 0n]);
    });

    it("given an animal of another product or producer, or no finding, when a certificate is issued, then it is refused", async () => {
      const { quarantines, catalogue, capture, as, fileProduct, open, issue } = await farm(clock);
      await open();
      await fileProduct(PORK, "grower", { classes: CLASS_BIT.LIVE_ANIMAL });
      await catalogue.write.license([BigInt(PIG), PARTY.processor, true], as("grower"));
      const [other, foreign, none] = [sgtin(PORK, "1"), sgtin(PIG, "P1"), sgtin(PIG, "NONE")];
      await capture("grower", commission([other]));
      await capture("processor", commission([foreign]));
      for (const object of [other, foreign, none]) {
        await expectRevert(issue(object), quarantines, "QuarantineDeskNotOfFile", [object, 1]);
      }
      await expectRevert(issue(pig, { paper: NO_PAPER }), quarantines, "DigestsMissing", MISSING);
      await expectRevert(quarantines.read.quarantineOf([1]), quarantines, "QuarantineDeskUnknown", [1]);
    });

    it("given the region's office, when it issues a certificate, then it holds for as long as policy says", async () => {
      const { quarantines, connection, open, issue, held, time, start } = await farm(clock, { seconds: 1_000n });
      await open();
      const issuedAt = start + 100n;
      await time.setNextBlockTimestamp(issuedAt);
      const shared = { office: PARTY.store, object: pig, file: 1, finding: PAPER };
      await expectEvents(connection, issue(), [
        event(quarantines, "QuarantineIssued", { ...shared, quarantine: 1, validUntil: issuedAt + 1_000n }),
      ]);
      expect(await quarantines.read.quarantineOf([1])).to.deep.equal({
        ...{ ...shared, issuedAt, validUntil: issuedAt + 1_000n, revokedAt: 0n },
      });
      expect(await quarantines.read.certificateFor([pig, issuedAt - 1n])).to.equal(0);
      expect(await quarantines.read.certificateFor([pig, issuedAt])).to.equal(1);
      expect(await quarantines.read.certificateFor([pig, issuedAt + 999n])).to.equal(1);
      expect(await quarantines.read.certificateFor([pig, issuedAt + 1_000n])).to.equal(0);
      expect(await held(herd)).to.equal(0);
    });

    it("given no term in policy, when a certificate of a herd is issued, then it holds without end, for the herd's animals too", async () => {
      const { quarantines, capture, open, issue } = await farm(clock);
      await open();
      const member = sgtin(PIG, "2");
      await capture("grower", commission([member], { ilmd: { lot: herd } }));
      await issue(herd);
      for (const object of [herd, member]) {
        expect(await quarantines.read.certificateFor([object, 2n ** 40n])).to.equal(1);
      }
      expect(await quarantines.read.certificateFor([pig, 2n ** 40n])).to.equal(0);
    });
  });

  describe("QuarantineDesk.revoke", () => {
    it("given no certificate, another office, no reason or a second time, when it is revoked, then it is refused; revoked, it no longer holds", async () => {
      const { quarantines, connection, accounts, as, open, issue, held, now } = await farm(clock);
      const revoke = (paper: Paper = PAPER) => quarantines.write.revoke([1, paper], as("store"));
      await expectRevert(revoke(), quarantines, "QuarantineDeskUnknown", [1]);
      await open();
      await issue();
      const foreign = quarantines.write.revoke([1, PAPER], as("grower"));
      await expectRevert(foreign, quarantines, "QuarantineDeskNotAllowed", [PARTY.store, accounts.grower.address]);
      await expectRevert(revoke(NO_PAPER), quarantines, "DigestsMissing", MISSING);
      await expectEvents(connection, revoke(), [
        event(quarantines, "QuarantineRevoked", { quarantine: 1, reason: PAPER }),
      ]);
      expect((await quarantines.read.quarantineOf([1])).revokedAt).to.equal(await now());
      expect(await held()).to.equal(0);
      await expectRevert(revoke(), quarantines, "QuarantineDeskRevoked", [1]);
      await issue();
      expect(await held()).to.equal(2);
    });
  });

  describe("QuarantineDesk.beforeCapture", () => {
    it("given an animal without a certificate, when it is shipped, sold, slaughtered or processed, then it is refused", async () => {
      const { quarantines, capture, catalogue, fileProduct, as, nowMs } = await farm(clock);
      await fileProduct(PORK, "grower", { unit: PIECES });
      await catalogue.write.stateFactor([BigInt(PIG), BigInt(PORK), 1_000_000n, PAPER], as("grower"));
      const eventTime = await nowMs();
      const moves = [
        [pig, ship([pig], PARTY.shop, { eventTime })],
        [herd, ship([pieces(herd, 2)], PARTY.shop, { eventTime })],
        [pig, sell([pig], { eventTime })],
        [pig, epcis({ step: "killing", objects: [pig], eventTime })],
        [herd, transform([pieces(herd, 1)], [pieces(lgtin(PORK, "M1"), 1)], { eventTime })],
      ] as const;
      for (const [object, move] of moves) {
        await expectRevert(capture("grower", move), quarantines, "QuarantineDeskMissing", [object]);
      }
      // Looking at an animal moves nothing.
      await capture("grower", observe([pig], { eventTime }));
    });

    it("given a certificate, when the animal moves while it holds, then it goes through, and not before it or after it", async () => {
      const { quarantines, capture, open, issue, time, start } = await farm(clock, { seconds: 1_000n });
      await open();
      await time.setNextBlockTimestamp(start + 100n);
      await issue();
      await issue(herd);
      await time.increaseTo(start + 2_000n);
      const at = (seconds: bigint) => ship([pig], PARTY.shop, { eventTime: (start + seconds) * 1_000n });
      await expectRevert(capture("grower", at(99n)), quarantines, "QuarantineDeskMissing", [pig]);
      await expectRevert(capture("grower", at(1_100n)), quarantines, "QuarantineDeskMissing", [pig]);
      await capture(
        "grower",
        at(1_099n),
        ship([qty(herd, 2, PIECES)], PARTY.shop, { eventTime: (start + 500n) * 1_000n }),
      );
    });

    it("given no policy, or goods that are no animals, when they move, then no certificate is asked for", async () => {
      const { capture } = await farm(clock, { level: undefined });
      await capture("grower", ship([pig], PARTY.shop));
      const other = await farm(clock);
      await other.fileProduct(PORK, "grower");
      await other.capture("grower", commission([sgtin(PORK, "1")]));
      const eventTime = await other.nowMs();
      await other.capture("grower", ship([sgtin(PORK, "1")], PARTY.shop, { eventTime }));
    });

    it("given anybody but the repository, when the guard is called, then it is refused", async () => {
      const { quarantines, accounts, as } = await farm(clock);
      const direct = quarantines.write.beforeCapture([PARTY.grower, 1, sell([pig])], as("grower"));
      await expectRevert(direct, quarantines, "AccessManagedUnauthorized", [accounts.grower.address]);
    });
  });
});
