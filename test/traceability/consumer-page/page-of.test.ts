import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import {
  commission,
  EVENT_TIME,
  GTIN,
  lgtin,
  loadRules,
  PARTY,
  pack,
  qty,
  receive,
  sell,
  sgtin,
  ship,
  sscc,
  unpack,
} from "../../fixtures/trace-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const NOWHERE = `0x${"00".repeat(32)}` as const;
const [item, other] = [sgtin(GTIN.BOX, "1"), sgtin(GTIN.BOX, "2")];
const lot = lgtin(GTIN.TEA, "T1");

describe("ConsumerPage.pageOf", () => {
  it("refuses a page of nothing and of more than 50", async () => {
    const { page } = await loadRules();
    for (const limit of [0n, 51n]) {
      const call = page.read.pageOf([item, NOWHERE, 0, limit]);
      await expectRevert(call, page, "ConsumerPageLimitOutOfRange", [limit, 50n]);
    }
  });

  it("given a code that nobody commissioned, then the page warns and has no steps", async () => {
    const { page } = await loadRules();
    const told = await page.read.pageOf([item, NOWHERE, 0, 10n]);
    expect([told.verdict, told.status, told.steps.length, told.complete]).to.deep.equal([2, 0, 0, true]);
  });

  it("C-18: given a box that travelled in a case on a pallet, then one call tells its chain of custody newest first, through what, where and when, and nothing of what the pallet did without it", async () => {
    const { page, capture, declare, scans, as } = await loadRules();
    const [crate, pallet] = [sscc(1), sscc(2)];
    await capture("processor", commission([qty(lot, 5)]));
    await capture("processor", commission([item, other], { ilmd: { lot }, readPoint: PARTY.processor }));
    await capture("processor", pack(crate, [item]), pack(pallet, [crate]));
    await capture("processor", ship([pallet], PARTY.shop, { readPoint: PARTY.processor }));
    await capture("shop", receive([pallet], PARTY.processor, { readPoint: PARTY.shop, eventTime: EVENT_TIME + 5n }));
    await capture("shop", unpack(pallet, [crate]), unpack(crate, [item]));
    await capture("shop", ship([pallet], PARTY.store));
    const wrong = sell([item], { readPoint: PARTY.shop });
    await capture("shop", wrong);
    await declare("shop", wrong);
    await scans.write.scan([item, ascii("CN-SH"), { value: `0x${"11".repeat(32)}`, algorithm: 2 }], as("lab"));

    const told = await page.read.pageOf([item, ascii("CN-SH"), 0, 50n]);
    const steps = told.steps.map(({ id, through }) => [id, through]);
    expect(steps).to.deep.equal([
      [8, item],
      [7, crate],
      [6, pallet],
      [5, pallet],
      [4, crate],
      [3, item],
      [2, item],
      [1, lot],
    ]);
    expect([told.verdict, told.lot, told.producer, told.gtin, told.scans, told.complete, told.next]).to.deep.equal([
      1,
      lot,
      PARTY.processor,
      BigInt(GTIN.BOX),
      1n,
      true,
      0,
    ]);
    const receipt = told.steps[2];
    expect([receipt?.by, receipt?.place, receipt?.region, receipt?.eventTime]).to.deep.equal([
      PARTY.shop,
      PARTY.shop,
      ascii("CN-SH"),
      EVENT_TIME + 5n,
    ]);
    expect([told.steps[3]?.to, told.steps[3]?.gln, told.steps[3]?.region]).to.deep.equal([
      PARTY.shop,
      6975310000207n,
      ascii("CN-FJ"),
    ]);

    const paged: number[] = [];
    for (let cursor = 0, pages = 0; pages === 0 || cursor !== 0; pages += 1) {
      const part = await page.read.pageOf([item, ascii("CN-SH"), cursor, 3n]);
      paged.push(...part.steps.map(({ id }) => id));
      cursor = part.next;
    }
    expect(paged).to.deep.equal([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it("C-29: given a recalled box, then the page says so and by which recall", async () => {
    const { page, capture, recalls, as, now } = await loadRules();
    await capture("processor", commission([item]));
    const reason = { value: `0x${"11".repeat(32)}`, algorithm: 2 } as const;
    const order = { by: PARTY.processor, level: 1, labelOnly: false, knownAt: await now(), reason };
    await recalls.write.open([order, [item]], as("processor"));
    const told = await page.read.pageOf([item, NOWHERE, 0, 10n]);
    expect([told.recalled, told.recalls, told.verdict]).to.deep.equal([true, [1], 4]);
  });
});
