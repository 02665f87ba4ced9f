import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import {
  commission,
  GTIN,
  lgtin,
  loadTrace,
  NO_DIGEST,
  observe,
  PARTY,
  qty,
  REASON,
  START,
  sgtin,
} from "../../fixtures/trace.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const BOX = sgtin(GTIN.BOX, "1");

byEachClock((clock) => {
  describe("EpcisRepository.capture", () => {
    it("given a capture, when its caller does not act for the party, it has no event or too many, then it is refused", async () => {
      const trace = await loadTrace(clock);
      const { repository, parties, accounts } = trace;
      const one = commission([BOX]);
      await expectRevert(
        repository.write.capture([PARTY.processor, [one]], { account: accounts.stranger }),
        parties,
        "TradePartiesNotAgent",
        [PARTY.processor, accounts.stranger.address],
      );
      const many = Array.from({ length: 51 }, () => one);
      for (const events of [[], many]) {
        await expectRevert(trace.capture("processor", ...events), repository, "EpcisRepositoryBatchSize", [
          BigInt(events.length),
          50n,
        ]);
      }
      const platform = { account: accounts.platform };
      await expectRevert(
        repository.write.capture([PARTY.processor, [one]], platform),
        parties,
        "TradePartiesNotAgent",
        [PARTY.processor, accounts.platform.address],
      );
      await parties.write.setMandate([PARTY.processor, true], trace.as("processor"));
      await repository.write.capture([PARTY.processor, [one]], platform);
    });

    it("C-13: given an event that was captured, when it is captured again, by whomever, then it is refused", async () => {
      const trace = await loadTrace(clock);
      const one = commission([BOX]);
      await expectRevert(
        trace.capture("processor", { ...one, contentId: NO_DIGEST }),
        trace.repository,
        "EpcisRepositoryContentIdMissing",
        [],
      );
      await trace.capture("processor", one);
      for (const actor of ["processor", "shop"] as const) {
        await expectRevert(trace.capture(actor, one), trace.repository, "EpcisRepositoryCapturedBefore", [
          one.contentId,
          1,
        ]);
      }
      await trace.declare("processor", one);
      await expectRevert(trace.capture("processor", one), trace.repository, "EpcisRepositoryCapturedBefore", [
        one.contentId,
        1,
      ]);
    });

    it("given several events, when one is refused, then none is captured", async () => {
      const trace = await loadTrace(clock);
      const unknown = sgtin(GTIN.BOX, "9");
      await expectRevert(
        trace.capture("processor", commission([BOX]), observe([unknown])),
        trace.state,
        "TraceStateUnknown",
        [unknown],
      );
      expect(await trace.repository.read.eventCount()).to.equal(0n);
      expect(await trace.repository.read.captureNumber()).to.equal(0n);
      expect((await trace.stateOf(BOX)).status).to.equal(0);
    });

    it("given an event of the future, when no tolerance is set, or it is beyond it, then it is refused", async () => {
      const trace = await loadTrace(clock);
      const { policy, accounts, time } = trace;
      const soon = START * 1_000n + 60_000n;
      await time.setNextBlockTimestamp(START + 10n);
      await expectRevert(
        trace.capture("processor", commission([BOX], { eventTime: soon })),
        trace.repository,
        "EpcisRepositoryFuture",
        [soon, (START + 10n) * 1_000n],
      );
      const parameters = [ascii("trace.capture.tolerance")];
      await policy.write.publish([ascii("CN"), parameters, [30n], START + 20n, "Sample"], {
        account: accounts.regulator,
      });
      await time.increaseTo(START + 29n);
      await time.setNextBlockTimestamp(START + 30n);
      await trace.capture("processor", commission([BOX], { eventTime: soon }));
      const later = (START + 31n + 30n) * 1_000n;
      await time.setNextBlockTimestamp(START + 31n);
      await expectRevert(
        trace.capture("processor", observe([BOX], { eventTime: later + 1n })),
        trace.repository,
        "EpcisRepositoryFuture",
        [later + 1n, later],
      );
    });

    it("given a place that is not filed, when an event states it, then it is refused", async () => {
      const trace = await loadTrace(clock);
      for (const where of [{ location: 99 }, { readPoint: 99 }]) {
        await expectRevert(
          trace.capture("processor", commission([BOX], where)),
          trace.parties,
          "TradePartiesUnknownPlace",
          [99],
        );
      }
    });

    it("given events, when they are captured, then the log has them whole and the record tells who and when", async () => {
      const trace = await loadTrace(clock);
      const { repository, connection } = trace;
      const lot = lgtin(GTIN.TEA, "T1");
      const events = [commission([BOX, qty(lot, 3)], { ilmd: { producedAt: 5n } }), observe([BOX])];
      await trace.time.setNextBlockTimestamp(START + 100n);
      await expectEvents(
        connection,
        trace.capture("processor", ...events),
        events.map((captured, i) =>
          event(repository, "EventCaptured", {
            id: i + 1,
            by: PARTY.processor,
            contentId: captured.contentId,
            recordedAt: START + 100n,
            capture: 1n,
            opening: false,
            captured,
          }),
        ),
      );
      const [first] = events;
      if (first === undefined) throw new Error("two");
      expect(await repository.read.eventOf([1])).to.deep.equal({
        by: PARTY.processor,
        recordedAt: START + 100n,
        capture: 1n,
        opening: false,
        contentId: first.contentId,
        digest: await repository.read.digestOf([first]),
        declaredAt: 0n,
        reason: REASON.NONE,
      });
      expect(await repository.read.eventByContent([first.contentId])).to.equal(1);
      expect(await repository.read.isErroneous([1])).to.equal(false);
      await expectRevert(repository.read.eventOf([3]), repository, "EpcisRepositoryUnknownEvent", [3]);
      await expectRevert(repository.read.isErroneous([0]), repository, "EpcisRepositoryUnknownEvent", [0]);
    });
  });

  describe("EpcisRepository.captureOpening", () => {
    it("given a party, when the platform did not allow it, no longer does, or the event adds nothing, then it is refused", async () => {
      const trace = await loadTrace(clock);
      const { repository, accounts } = trace;
      const stock = commission([BOX]);
      await expectRevert(trace.captureOpening("shop", stock), repository, "EpcisRepositoryOpeningNotAllowed", [
        PARTY.shop,
        0n,
      ]);
      await expectRevert(
        repository.write.allowOpening([PARTY.shop, 1n], trace.as("shop")),
        repository,
        "AccessManagedUnauthorized",
        [accounts.shop.address],
      );
      const until = START + 50n;
      await repository.write.allowOpening([PARTY.shop, until], { account: accounts.platform });
      await trace.time.setNextBlockTimestamp(until);
      await expectRevert(trace.captureOpening("shop", stock), repository, "EpcisRepositoryOpeningNotAllowed", [
        PARTY.shop,
        until,
      ]);
      await trace.allowOpening("shop");
      await expectRevert(
        trace.captureOpening("shop", stock, observe([BOX])),
        repository,
        "EpcisRepositoryNotAnOpening",
        [1n],
      );
      await expectRevert(
        trace.captureOpening("shop", commission([sgtin("06975310000054", "1")])),
        trace.catalogue,
        "ProductCatalogueUnknown",
        [6975310000054n],
      );
    });

    it("given leave, when a holder declares what it has, then it is there, marked as such", async () => {
      const trace = await loadTrace(clock);
      const lot = lgtin(GTIN.TEA, "OLD");
      await trace.allowOpening("shop");
      await trace.allowOpening("store");
      await trace.captureOpening("shop", commission([BOX, qty(lot, 4)]));
      await trace.captureOpening("store", commission([qty(lot, 6)]));
      const [box, tea] = [await trace.stateOf(BOX), await trace.lotOf(lot)];
      expect([box.opening, box.possessor, tea.opening, tea.created]).to.deep.equal([
        true,
        PARTY.shop,
        true,
        10_000_000n,
      ]);
      expect((await trace.repository.read.eventOf([1])).opening).to.equal(true);
      expect(await trace.stock(lot, "store")).to.equal(6_000_000n);
      expect(await trace.repository.read.openingUntil([PARTY.shop])).to.equal(2n ** 40n);
    });
  });

  describe("EpcisRepository.declareError", () => {
    it("C-11, C-12: given a declaration, when event, capturer, reason or time is not right, then it is refused", async () => {
      const trace = await loadTrace(clock);
      const { repository } = trace;
      const one = commission([BOX]);
      await expectRevert(trace.declare("processor", one), repository, "EpcisRepositoryUnknownContent", [one.contentId]);
      await trace.capture("processor", one);
      const other = { ...one, zoneOffset: 0 };
      const given = await repository.read.digestOf([other]);
      const captured = await repository.read.digestOf([one]);
      await expectRevert(trace.declare("processor", other), repository, "EpcisRepositoryNotTheSame", [
        1,
        given,
        captured,
      ]);
      await expectRevert(trace.declare("shop", one), repository, "EpcisRepositoryNotCapturer", [
        1,
        PARTY.processor,
        PARTY.shop,
      ]);
      await expectRevert(trace.declare("processor", one, REASON.NONE), repository, "EpcisRepositoryReasonMissing", [1]);
      const future = START * 1_000n + 10n ** 9n;
      await trace.time.setNextBlockTimestamp(START + 10n);
      await expectRevert(
        repository.write.declareError([PARTY.processor, one, future, REASON.OWN, []], trace.as("processor")),
        repository,
        "EpcisRepositoryFuture",
        [future, (START + 10n) * 1_000n],
      );
      await trace.declare("processor", one);
      await expectRevert(trace.declare("processor", one), repository, "EpcisRepositoryDeclaredBefore", [1]);
    });

    it("C-11: given an event, when it is declared erroneous, then it stays on record with time, reason and what stands in its place", async () => {
      const trace = await loadTrace(clock);
      const { repository } = trace;
      const [one, better] = [commission([BOX]), commission([BOX], { location: PARTY.processor })];
      await trace.capture("processor", one);
      await trace.time.setNextBlockTimestamp(START + 500n);
      const args = [PARTY.processor, one, one.eventTime, REASON.INCORRECT_DATA, [better.contentId]] as const;
      await expectEvents(trace.connection, repository.write.declareError(args, trace.as("processor")), [
        event(repository, "ErrorDeclared", {
          id: 1,
          by: PARTY.processor,
          contentId: one.contentId,
          declarationTime: one.eventTime,
          declaredAt: START + 500n,
          reason: REASON.INCORRECT_DATA,
          corrective: [better.contentId],
        }),
      ]);
      const record = await repository.read.eventOf([1]);
      expect([record.declaredAt, record.reason]).to.deep.equal([START + 500n, REASON.INCORRECT_DATA]);
      expect(await repository.read.isErroneous([1])).to.equal(true);
      await trace.capture("processor", better);
      expect((await trace.stateOf(BOX)).place).to.equal(PARTY.processor);
    });
  });
});

describe("EpcisRepository: rules that watch", () => {
  it("given the administrator, when rules are added and removed, then each once, in order, and no stranger does", async () => {
    const trace = await loadTrace();
    const { repository, accounts, marks, lineage, clock } = trace;
    const admin = { account: accounts.admin };
    await expectRevert(
      repository.write.addGuard([lineage.address, 1n, 2], { account: accounts.stranger }),
      repository,
      "AccessManagedUnauthorized",
      [accounts.stranger.address],
    );
    await expectRevert(
      repository.write.addGuard([marks.address, 1n, 2], admin),
      repository,
      "EpcisRepositoryGuardKnown",
      [marks.address],
    );
    await expectRevert(
      repository.write.addGuard([accounts.stranger.address, 1n, 2], admin),
      repository,
      "GovernedNotAContract",
      [accounts.stranger.address],
    );
    for (const [steps, kinds] of [
      [0n, 2],
      [1n, 0],
    ] as const) {
      await expectRevert(
        repository.write.addGuard([lineage.address, steps, kinds], admin),
        repository,
        "EpcisRepositoryGuardRefused",
        [1n, 12n],
      );
    }
    await expectRevert(
      repository.write.removeGuard([lineage.address], admin),
      repository,
      "EpcisRepositoryGuardUnknown",
      [lineage.address],
    );
    await repository.write.addGuard([lineage.address, 1n << 5n, 1 << 3], admin);
    await expectEvents(trace.connection, repository.write.addGuard([clock.address, 4n, 8], admin), [
      event(repository, "GuardAdded", { guard: clock.address, steps: 4n, kinds: 8 }),
    ]);
    await expectEvents(trace.connection, repository.write.removeGuard([marks.address], admin), [
      event(repository, "GuardRemoved", { guard: marks.address }),
    ]);
    const left = await repository.read.guards();
    expect(left.map(({ steps, kinds }) => [steps, kinds])).to.deep.equal([
      [32n, 8],
      [4n, 8],
    ]);
    // Neither watches commissionings of object events: the events go through.
    await trace.capture("processor", commission([BOX]));
  });
});
