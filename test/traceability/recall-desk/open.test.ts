import { expect } from "chai";
import type { Hex } from "viem";
import {
  BATCH,
  box,
  commission,
  FINDING,
  GTIN,
  HOUR,
  LEVEL,
  lgtin,
  loadBatch,
  MEDICINE,
  MISSING,
  NO_PAPER,
  PARTY,
  pack,
  pieces,
  RECALL_KIND,
  RECALL_STATUS,
  sscc,
  tea,
} from "../../fixtures/recall.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const order = (knownAt: bigint, terms: object = {}) => ({
  by: PARTY.processor,
  level: LEVEL.TWO,
  labelOnly: false,
  knownAt,
  reason: FINDING,
  ...terms,
});

byEachClock((clock) => {
  describe("RecallDesk.open", () => {
    it("refuses who does not act for the party, and a party that neither owns the brand nor made the goods", async () => {
      const { recalls, as, accounts, now } = await loadBatch(clock);
      const said = order(await now());
      await expectRevert(recalls.write.open([said, [BATCH.root]], as("shop")), recalls, "RecallDeskNotParty", [
        PARTY.processor,
        accounts.shop.address,
      ]);
      const foreign = { ...said, by: PARTY.shop };
      for (const root of [BATCH.root, BATCH.pallet]) {
        const call = recalls.write.open([foreign, [root]], as("shop"));
        await expectRevert(call, recalls, "RecallDeskNotResponsible", [root, PARTY.shop]);
      }
    });

    it("refuses no roots and eleven, an unknown one, no level, a time to come or none, and no finding", async () => {
      const { recalls, as, now, time } = await loadBatch(clock);
      const at = (await now()) + 10n;
      const open = async (terms: object, roots: readonly Hex[] = [BATCH.root]) => {
        await time.setNextBlockTimestamp((await now()) + 1n);
        return recalls.write.open([order(at - 10n, terms), roots], as("processor"));
      };
      await expectRevert(open({}, []), recalls, "RecallDeskRootCount", [0n, 10n]);
      await expectRevert(open({}, Array(11).fill(BATCH.root)), recalls, "RecallDeskRootCount", [11n, 10n]);
      await expectRevert(open({}, [tea("NONE")]), recalls, "RecallDeskUnknownObject", [tea("NONE")]);
      await expectRevert(open({ level: LEVEL.NONE }), recalls, "RecallDeskLevelMissing", []);
      await expectRevert(open({ reason: NO_PAPER }), recalls, "DigestsMissing", MISSING);
      for (const knownAt of [0n, at + 101n]) {
        await time.setNextBlockTimestamp(at + 100n);
        const call = recalls.write.open([order(knownAt), [BATCH.root]], as("processor"));
        await expectRevert(call, recalls, "RecallDeskKnownInFuture", [knownAt, at + 100n]);
      }
    });

    it("C-34: refuses a medicine and food in one recall", async () => {
      const { recalls, as, now, capture } = await loadBatch(clock);
      const pills = lgtin(MEDICINE, "M1");
      await capture("processor", commission([pieces(pills, 10)]));
      const call = recalls.write.open([order(await now()), [BATCH.pallet, BATCH.root, pills]], as("processor"));
      await expectRevert(call, recalls, "RecallDeskMixedKinds", [pills]);
    });

    for (const [rule, level, hours] of [
      ["C-25", LEVEL.ONE, 24n],
      ["C-26", LEVEL.TWO, 48n],
      ["C-27", LEVEL.THREE, 72n],
    ] as const) {
      it(`${rule}: given a risk known an hour ago, when food is recalled at level ${level}, then the notice is due ${hours} hours after knowing`, async () => {
        const { recalls, marks, lots, as, now, connection, state } = await loadBatch(clock);
        const knownAt = (await now()) - HOUR;
        const said = order(knownAt, { level });
        const startDueAt = knownAt + hours * HOUR;
        await expectEvents(connection, recalls.write.open([said, [BATCH.root]], as("processor")), [
          event(recalls, "RecallOpened", {
            recall: 1,
            by: PARTY.processor,
            level,
            roots: [BATCH.root],
            ordered: false,
            knownAt,
            startDueAt,
            reason: FINDING,
          }),
          event(marks, "RecallReached", { recall: 1, object: BATCH.root, index: 0n }),
          event(lots, "LotRecallMarked", { lot: BATCH.root, recalled: true }),
          event(state, "RecallMarked", { object: BATCH.root, recalled: true }),
        ]);
        const recall = await recalls.read.recallOf([1]);
        expect([recall.kind, recall.status, recall.startDueAt]).to.deep.equal([
          RECALL_KIND.FOOD,
          RECALL_STATUS.OPEN,
          startDueAt,
        ]);
        expect([recall.announce, recall.ordered, recall.openedAt > knownAt]).to.deep.equal([true, false, true]);
      });
    }

    it("C-32: given a medicine, when it is recalled, then its own clock runs, and no destruction needs announcing", async () => {
      const { recalls, open, capture, now } = await loadBatch(clock);
      const pills = lgtin(MEDICINE, "M1");
      await capture("processor", commission([pieces(pills, 10)]));
      const knownAt = await now();
      const number = await open([pills], { level: LEVEL.ONE, knownAt });
      const recall = await recalls.read.recallOf([number]);
      expect([recall.kind, recall.startDueAt, recall.announce]).to.deep.equal([
        RECALL_KIND.MEDICINE,
        knownAt + 24n * HOUR,
        false,
      ]);
    });

    it("takes what a party made itself, though the brand is another's, and its own containers", async () => {
      const { open, capture, catalogue, as, recalls } = await loadBatch(clock);
      await catalogue.write.license([BigInt(GTIN.BOX), PARTY.grower, true], as("processor"));
      await capture("grower", commission([box(900)]), pack(sscc(90), [box(900)]));
      const recall = await open([box(900), sscc(90)], { by: "grower" });
      expect((await recalls.read.recallOf([recall])).by).to.equal(PARTY.grower);
    });

    it("refuses to tell of a recall that is not there", async () => {
      const { recalls } = await loadBatch(clock);
      await expectRevert(recalls.read.recallOf([7]), recalls, "RecallDeskUnknown", [7]);
      expect(await recalls.read.recallCount()).to.equal(0n);
    });
  });
});
