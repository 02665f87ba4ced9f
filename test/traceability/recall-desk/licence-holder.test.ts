import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import {
  commission,
  FINDING,
  HOUR,
  LEVEL,
  lgtin,
  loadBatch,
  MEDICINE,
  PARTY,
  pieces,
  RECALL_KIND,
  receive,
  ship,
} from "../../fixtures/recall.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("RecallDesk.open of a medicine", () => {
  it("C-33: given a medicine that another made for its licence holder, when it is recalled, then the holder, whose brand it is, answers for it, and who sells it does not", async () => {
    const { recalls, open, capture, catalogue, as, now } = await loadBatch();
    const pills = lgtin(MEDICINE, "M2");
    await catalogue.write.license([BigInt(MEDICINE), PARTY.grower, true], as("processor"));
    await capture("grower", commission([pieces(pills, 10)]), ship([pieces(pills, 10)], PARTY.shop));
    await capture("shop", receive([pieces(pills, 10)], PARTY.grower));
    const seller = { by: PARTY.shop, level: LEVEL.TWO, labelOnly: false, knownAt: await now(), reason: FINDING };
    const call = recalls.write.open([seller, [pills]], as("shop"));
    await expectRevert(call, recalls, "RecallDeskNotResponsible", [pills, PARTY.shop]);
    const recall = await recalls.read.recallOf([await open([pills], { by: "processor" })]);
    expect([recall.by, recall.kind]).to.deep.equal([PARTY.processor, RECALL_KIND.MEDICINE]);
  });

  it("C-33: given times of newer rules with a later date, when medicines are recalled before and after it, then each recall keeps those of its day", async () => {
    const { recalls, open, capture, policy, accounts, now, time } = await loadBatch();
    const [before, after] = [lgtin(MEDICINE, "M3"), lgtin(MEDICINE, "M4")];
    await capture("processor", commission([pieces(before, 10), pieces(after, 10)]));
    const from = (await now()) + 3n * HOUR;
    const start = ascii("trace.recall.medicine.start.1");
    const source = "[draft] Sample of rules that follow";
    await policy.write.publish([ascii("CN"), [start], [72n * HOUR], from, source], { account: accounts.regulator });
    const knownAt = await now();
    const early = await open([before], { level: LEVEL.ONE, knownAt });
    await time.increaseTo(from + 1n);
    const late = await open([after], { level: LEVEL.ONE, knownAt });
    expect((await recalls.read.recallOf([early])).startDueAt).to.equal(knownAt + 24n * HOUR);
    expect((await recalls.read.recallOf([late])).startDueAt).to.equal(knownAt + 72n * HOUR);
  });
});
