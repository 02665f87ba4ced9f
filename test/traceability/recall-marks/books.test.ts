import { expect } from "chai";
import {
  BATCH,
  box,
  commission,
  destroy,
  FINDING,
  loadBatch,
  MISSING,
  NO_PAPER,
  PAPER,
  PARTY,
  PLACE,
  qty,
  RECALL_STATUS,
  receive,
  sell,
  ship,
  tea,
  unpack,
} from "../../fixtures/recall.ts";
import { byEachClock, type ChainClock } from "../../helpers/by-each-clock.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const PIECE = 1_000_000n;
const [first = "0x", second = "0x"] = [BATCH.cases[0], BATCH.cases[1]];

/** A recall of the batch, wholly marked, its notice published. */
async function recalled(clock: ChainClock, labelOnly = false) {
  const loaded = await loadBatch(clock);
  const recall = await loaded.open([BATCH.root], { labelOnly });
  await loaded.advance(recall, 50);
  await loaded.notice(recall);
  return { ...loaded, recall };
}

/** Announces a destruction for a moment that comes at once, and tells it as the time of an event. */
async function announce({ recalls, as, now, time }: Awaited<ReturnType<typeof recalled>>, recall: number) {
  const at = (await now()) + 10n;
  await recalls.write.announceDestruction([recall, at, PAPER], as("processor"));
  await time.increaseTo(at);
  return { eventTime: at * 1000n };
}

byEachClock((clock) => {
  describe("RecallMarks, the books", () => {
    it("C-29: given a recalled batch, when it is marked, then what the maker holds is returned and the rest is open", async () => {
      const { recall, piecesOf, books, placeOf } = await recalled(clock);
      expect(await piecesOf(recall)).to.deep.equal({
        distributed: 12n * PIECE,
        returned: 9n * PIECE,
        destroyed: 0n,
        writtenOff: 0n,
        relabelled: 0n,
      });
      expect([await placeOf(recall, first), await placeOf(recall, second)]).to.deep.equal([PLACE.OPEN, PLACE.RETURNED]);
      const kilograms = (await books(recall))["0x4b474d"];
      expect([kilograms?.distributed, kilograms?.returned]).to.deep.equal([40_000_000n, 37_000_000n]);
    });

    it("C-29: given a case in the market, when it is taken out, returned and destroyed, then its line follows; declared erroneous, the lines come back", async () => {
      const loaded = await recalled(clock);
      const { recall, capture, placeOf, piecesOf, declare, isRecalled } = loaded;
      const out = unpack(BATCH.pallet, [first]);
      await capture("shop", out);
      expect(await placeOf(recall, first)).to.equal(PLACE.OPEN);
      const back = ship([first], PARTY.processor, { disposition: "returned" });
      await capture("shop", back);
      const receipt = receive([first], PARTY.shop, { disposition: "returned" });
      await capture("processor", receipt);
      expect(await placeOf(recall, first)).to.equal(PLACE.RETURNED);
      const end = destroy([first], await announce(loaded, recall));
      await capture("processor", end);
      expect(await placeOf(recall, first)).to.equal(PLACE.DESTROYED);
      const book = await piecesOf(recall);
      expect([book?.returned, book?.destroyed]).to.deep.equal([9n * PIECE, PIECE]);
      await declare("processor", end);
      expect(await placeOf(recall, first)).to.equal(PLACE.RETURNED);
      await declare("processor", receipt);
      expect(await placeOf(recall, first)).to.equal(PLACE.OPEN);
      expect((await piecesOf(recall))?.returned).to.equal(9n * PIECE);
      expect(await isRecalled(first)).to.equal(true);
    });

    it("C-29: given a container of which everything is taken out unnamed, when that is declared erroneous, then the lines of what was in it come back", async () => {
      const { recall, capture, declare, placeOf, as, marks } = await recalled(clock);
      await capture("shop", ship([BATCH.pallet], PARTY.processor, { disposition: "returned" }));
      await capture("processor", receive([BATCH.pallet], PARTY.shop, { disposition: "returned" }));
      const all = unpack(BATCH.pallet);
      await capture("processor", all);
      await marks.write.sync([recall, [first]], as("lab"));
      expect(await placeOf(recall, first)).to.equal(PLACE.RETURNED);
      await declare("processor", all);
      expect(await placeOf(recall, first)).to.equal(PLACE.OPEN);
    });

    it("C-28: refuses to destroy food before time and place are announced, and before that time", async () => {
      const loaded = await recalled(clock);
      const { recall, capture, marks, recalls, as, now, lotOf } = loaded;
      await expectRevert(capture("processor", destroy([second])), marks, "RecallMarksDestructionNotAnnounced", [
        recall,
        second,
        0n,
      ]);
      const at = (await now()) + 100n;
      await recalls.write.announceDestruction([recall, at, PAPER], as("processor"));
      for (const what of [[second], [qty(BATCH.parts[0], 1)]] as const) {
        const early = capture("processor", destroy(what, { eventTime: (await now()) * 1000n }));
        const object = typeof what[0] === "string" ? what[0] : what[0].object;
        await expectRevert(early, marks, "RecallMarksDestructionNotAnnounced", [recall, object, at]);
      }
      await loaded.time.increaseTo(at);
      await capture("processor", destroy([second, qty(BATCH.parts[0], 1)], { eventTime: at * 1000n }));
      expect((await lotOf(BATCH.parts[0])).destroyed).to.equal(PIECE);
      // What is not recalled is destroyed without a word.
      await capture("processor", commission([box(400)]), destroy([box(400)]));
    });

    it("C-29: given a lot of which some was sold, when it is destroyed in two parts, then each part counts once and what was distributed stays", async () => {
      const loaded = await loadBatch(clock);
      const { capture, open, advance, notice, books } = loaded;
      const part = BATCH.parts[2];
      await capture("shop", unpack(BATCH.sack, [qty(part, 3)]), sell([qty(part, 1)]));
      const recall = await open([BATCH.root]);
      await advance(recall, 50);
      await notice(recall);
      const before = (await books(recall))["0x4b474d"];
      const terms = await announce({ ...loaded, recall }, recall);
      for (const [amount, sum] of [
        [1, 1n],
        [2, 3n],
      ] as const) {
        await capture("processor", destroy([qty(part, amount)], terms));
        const book = (await books(recall))["0x4b474d"];
        expect([book?.destroyed, book?.distributed]).to.deep.equal([sum * PIECE, before?.distributed]);
      }
      expect(before?.distributed).to.equal(40n * PIECE);
    });

    it("C-29: given a box destroyed before the recall, when that is declared erroneous and it is destroyed later, then it is in the books", async () => {
      const loaded = await loadBatch(clock);
      const { capture, declare, open, advance, notice, placeOf, piecesOf } = loaded;
      const early = destroy([second]);
      await capture("processor", early);
      const recall = await open([BATCH.root]);
      await advance(recall, 50);
      await notice(recall);
      expect(await placeOf(recall, second)).to.equal(PLACE.GONE);
      expect((await piecesOf(recall))?.distributed).to.equal(11n * PIECE);
      await declare("processor", early);
      expect(await placeOf(recall, second)).to.equal(PLACE.RETURNED);
      await capture("processor", destroy([second], await announce({ ...loaded, recall }, recall)));
      expect(await placeOf(recall, second)).to.equal(PLACE.DESTROYED);
      const book = await piecesOf(recall);
      expect([book?.distributed, book?.destroyed]).to.deep.equal([12n * PIECE, PIECE]);
    });

    it("C-29: given what was sold, when it is written off, then the books balance; what comes back all the same counts as returned", async () => {
      const loaded = await loadBatch(clock);
      const { capture, open, advance, notice, marks, recalls, as, placeOf, piecesOf, connection, accounts } = loaded;
      await capture("shop", unpack(BATCH.pallet, [first]), sell([first]));
      const recall = await open([BATCH.root]);
      await advance(recall, 50);
      await notice(recall);
      expect(await placeOf(recall, first)).to.equal(PLACE.SOLD);
      const writeOff = (object: `0x${string}`, amount: bigint, paper: typeof PAPER | typeof NO_PAPER = PAPER) =>
        marks.write.writeOff([recall, object, amount, paper], as("processor"));
      await expectRevert(
        marks.write.writeOff([recall, first, PIECE, PAPER], as("shop")),
        marks,
        "RecallMarksNotParty",
        [PARTY.processor, accounts.shop.address],
      );
      await expectRevert(writeOff(BATCH.sound, PIECE), marks, "RecallMarksNotReached", [recall, BATCH.sound]);
      await expectRevert(writeOff(first, PIECE, NO_PAPER), marks, "DigestsMissing", MISSING);
      await expectRevert(writeOff(first, PIECE - 1n), marks, "RecallMarksNotSold", [first, PIECE - 1n, PIECE]);
      await expectRevert(writeOff(second, PIECE), marks, "RecallMarksNotSold", [second, PIECE, 0n]);
      await expectRevert(writeOff(BATCH.root, 1n), marks, "RecallMarksNotSold", [BATCH.root, 1n, 0n]);
      await expectEvents(connection, writeOff(first, PIECE), [
        event(marks, "RecallWrittenOff", { recall, object: first, amount: PIECE, reason: PAPER }),
      ]);
      expect(await placeOf(recall, first)).to.equal(PLACE.WRITTEN_OFF);
      expect((await piecesOf(recall))?.writtenOff).to.equal(PIECE);
      await writeOff(first, 0n);
      expect(await placeOf(recall, first)).to.equal(PLACE.SOLD);
      await writeOff(first, PIECE);
      await capture("shop", receive([first], 0, { disposition: "returned" }));
      expect(await placeOf(recall, first)).to.equal(PLACE.OPEN);
      expect((await recalls.read.recallOf([recall])).status).to.equal(RECALL_STATUS.OPEN);
    });

    it("C-29: refuses to close before the notice, while marking waits, without a report, and while a unit does not balance; then closes", async () => {
      const { capture, open, advance, notice, marks, recalls, as, connection } = await loadBatch(clock);
      await capture("shop", unpack(BATCH.pallet), unpack(BATCH.sack));
      const recall = await open([BATCH.root]);
      const close = (paper: typeof FINDING | typeof NO_PAPER = FINDING) =>
        recalls.write.close([recall, paper], as("processor"));
      await expectRevert(close(), recalls, "RecallDeskNoNotice", [recall]);
      await notice(recall);
      await expectRevert(close(NO_PAPER), recalls, "DigestsMissing", MISSING);
      await expectRevert(close(), marks, "RecallMarksIncomplete", [recall, 1n]);
      await advance(recall, 50);
      await expectRevert(close(), marks, "RecallMarksUnbalanced", [recall, "0x4b474d", 40_000_000n, 37_000_000n]);
      const back = [BATCH.cases[0], BATCH.cases[4], BATCH.cases[8]].filter((one) => one !== undefined);
      await capture("shop", ship([...back, qty(BATCH.parts[2], 3)], PARTY.processor, { disposition: "returned" }));
      await capture("processor", receive([qty(BATCH.parts[2], 3)], PARTY.shop, { disposition: "returned" }));
      await expectRevert(close(), marks, "RecallMarksUnbalanced", [recall, "0x000000", 12n * PIECE, 9n * PIECE]);
      await capture("processor", receive(back, PARTY.shop, { disposition: "returned" }));
      await expectEvents(connection, close(), [
        event(recalls, "RecallClosed", { recall, report: FINDING, late: false }),
      ]);
      expect((await recalls.read.recallOf([recall])).status).to.equal(RECALL_STATUS.CLOSED);
      await expectRevert(close(), recalls, "RecallDeskWrongStatus", [recall]);
      await expectRevert(marks.write.sync([recall, back], as("lab")), marks, "RecallMarksWrongStatus", [recall]);
    });

    it("C-25: given a recall closed at the first moment that is late, then that is told", async () => {
      const { capture, open, notice, recalls, as, connection, time, advance } = await loadBatch(clock);
      await capture("processor", commission([box(500)]));
      const recall = await open([box(500)]);
      await advance(recall, 50);
      await notice(recall);
      await time.setNextBlockTimestamp((await recalls.read.recallOf([recall])).finishDueAt);
      await expectEvents(connection, recalls.write.close([recall, PAPER], as("processor")), [
        event(recalls, "RecallClosed", { recall, report: PAPER, late: true }),
      ]);
    });

    it("C-29: given what had ended before the recall, when it is reached, then it is not in the books; given a lot, only what is left of it is", async () => {
      const { capture, open, advance, placeOf, piecesOf, marks, declare } = await loadBatch(clock);
      const early = destroy([second]);
      await capture("processor", early, destroy([qty(BATCH.parts[0], 4)]));
      const recall = await open([BATCH.root]);
      await advance(recall, 50);
      expect(await placeOf(recall, second)).to.equal(PLACE.GONE);
      expect((await piecesOf(recall))?.distributed).to.equal(11n * PIECE);
      const line = await marks.read.lineOf([recall, BATCH.parts[0]]);
      expect([line.distributed, line.destroyed]).to.deep.equal([6_000_000n, 0n]);
      // Had it not ended after all, it is to be accounted for like the others.
      await declare("processor", early);
      expect(await placeOf(recall, second)).to.equal(PLACE.RETURNED);
      expect((await piecesOf(recall))?.distributed).to.equal(12n * PIECE);
    });

    it("C-28: refuses to relabel unless only the label is at fault, what is not reached, not back, or none; and without a fix", async () => {
      const harmful = await recalled(clock, false);
      const harmless = harmful.marks.write.relabel([harmful.recall, [second], PAPER], harmful.as("processor"));
      await expectRevert(harmless, harmful.marks, "RecallMarksNotLabelOnly", [harmful.recall]);
      const { recall, marks, as } = await recalled(clock, true);
      const relabel = (objects: readonly `0x${string}`[], paper: typeof PAPER | typeof NO_PAPER = PAPER) =>
        marks.write.relabel([recall, objects, paper], as("processor"));
      await expectRevert(relabel([]), marks, "RecallMarksLimitOutOfRange", [0n, 20n]);
      await expectRevert(relabel(Array(21).fill(second)), marks, "RecallMarksLimitOutOfRange", [21n, 20n]);
      await expectRevert(relabel([second], NO_PAPER), marks, "DigestsMissing", MISSING);
      await expectRevert(relabel([BATCH.sound]), marks, "RecallMarksNotReached", [recall, BATCH.sound]);
      await expectRevert(relabel([first]), marks, "RecallMarksNotReturned", [recall, first]);
      await expectRevert(relabel([BATCH.parts[2]]), marks, "RecallMarksNotReturned", [recall, BATCH.parts[2]]);
    });

    it("C-28: given a label put right, when a case and a lot are relabelled, then they are sold again and balance", async () => {
      const { recall, marks, as, connection, isRecalled, capture, placeOf, piecesOf, state, lots } = await recalled(
        clock,
        true,
      );
      await expectEvents(connection, marks.write.relabel([recall, [second, BATCH.parts[0]], PAPER], as("processor")), [
        event(state, "RecallMarked", { object: second, recalled: false }),
        event(marks, "RecallRelabelled", { recall, object: second, amount: PIECE, fix: PAPER }),
        event(lots, "LotRecallMarked", { lot: BATCH.parts[0], recalled: false }),
        event(state, "RecallMarked", { object: BATCH.parts[0], recalled: false }),
        event(marks, "RecallRelabelled", { recall, object: BATCH.parts[0], amount: 10_000_000n, fix: PAPER }),
      ]);
      expect([await isRecalled(second), await isRecalled(BATCH.parts[0])]).to.deep.equal([false, false]);
      expect(await placeOf(recall, second)).to.equal(PLACE.RELABELLED);
      await capture("processor", sell([second, qty(BATCH.parts[0], 2)]));
      const book = await piecesOf(recall);
      expect([book?.relabelled, book?.returned, book?.distributed]).to.deep.equal([PIECE, 8n * PIECE, 12n * PIECE]);
      const line = await marks.read.lineOf([recall, BATCH.parts[0]]);
      expect([line.relabelled, line.returned, line.distributed]).to.deep.equal([10_000_000n, 0n, 10_000_000n]);
      const again = marks.write.relabel([recall, [BATCH.parts[0]], PAPER], as("processor"));
      await expectRevert(again, marks, "RecallMarksNotReturned", [recall, BATCH.parts[0]]);
    });

    it("C-28: given two recalls of a case, when one of them relabels it, then it stays marked for the other", async () => {
      const { recall, marks, as, isRecalled, open } = await recalled(clock, true);
      await open([second]);
      await marks.write.relabel([recall, [second], PAPER], as("processor"));
      expect(await isRecalled(second)).to.equal(true);
    });
  });

  describe("RecallMarks.sync", () => {
    it("refuses no objects, more than 20, and what is not in the recall", async () => {
      const { recall, marks, as } = await recalled(clock);
      const sync = (objects: readonly `0x${string}`[]) => marks.write.sync([recall, objects], as("lab"));
      await expectRevert(sync([]), marks, "RecallMarksLimitOutOfRange", [0n, 20n]);
      await expectRevert(sync(Array(21).fill(first)), marks, "RecallMarksLimitOutOfRange", [21n, 20n]);
      await expectRevert(sync([tea("NONE")]), marks, "RecallMarksNotReached", [recall, tea("NONE")]);
    });
  });

  describe("RecallDesk.withdraw and RecallMarks.unmark", () => {
    it("refuse everyone but the regulator, no reason, a recall that is over, and taking marks off an open one", async () => {
      const { recall, recalls, marks, as, accounts, asRegulator } = await recalled(clock);
      const own = recalls.write.withdraw([recall, PAPER], as("processor"));
      await expectRevert(own, recalls, "AccessManagedUnauthorized", [accounts.processor.address]);
      await expectRevert(recalls.write.withdraw([recall, NO_PAPER], asRegulator), recalls, "DigestsMissing", MISSING);
      await expectRevert(marks.write.unmark([recall, 5n], as("lab")), marks, "RecallMarksWrongStatus", [recall]);
      await recalls.write.withdraw([recall, PAPER], asRegulator);
      await expectRevert(marks.write.unmark([recall, 51n], as("lab")), marks, "RecallMarksLimitOutOfRange", [51n, 50n]);
      const again = recalls.write.withdraw([recall, PAPER], asRegulator);
      await expectRevert(again, recalls, "RecallDeskWrongStatus", [recall]);
      await expectRevert(recalls.write.withdraw([9, PAPER], asRegulator), recalls, "RecallDeskUnknown", [9]);
    });

    it("given a recall opened in error, when its marks are taken off page by page, then all is as before, but for what another recall holds", async () => {
      const { recall, recalls, marks, as, asRegulator, isRecalled, stateOf, open, capture } = await recalled(clock);
      await open([second]);
      await recalls.write.withdraw([recall, PAPER], asRegulator);
      // More than enough: once nothing is left a page does nothing.
      for (let page = 0; page < 12; page += 1) await marks.write.unmark([recall, 3n], as("lab"));
      for (const object of [BATCH.root, ...BATCH.parts, ...BATCH.cases]) {
        expect(await isRecalled(object), object).to.equal(object === second);
      }
      const [pallet, sack] = [await stateOf(BATCH.pallet), await stateOf(BATCH.sack)];
      expect([pallet.recalledInside, sack.recalledInside]).to.deep.equal([0, 0]);
      await capture("shop", ship([BATCH.pallet, BATCH.sack], PARTY.store));
    });
  });
});
