import { expect } from "chai";
import { DAY } from "../../fixtures/prepaid.ts";
import { END_CAUSE as CAUSE } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, type RefundsFixture } from "../../fixtures/refunds.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployRefunds);

/** Whether a refund is overdue in its last second in time, and in the next. */
async function around(f: RefundsFixture, refund: bigint) {
  const { dueAt } = await f.refunds.read.refundOf([refund]);
  await f.time.increaseTo(dueAt);
  const inTime = await f.refunds.read.isOverdue([refund]);
  await f.time.increaseTo(dueAt + 1n);
  return [inTime, await f.refunds.read.isOverdue([refund])];
}

describe("Refunds: overdue and unknown refunds", () => {
  it("given a refund that does not exist, refuses to read it", async () => {
    const { refunds } = await fixture();
    await expectRevert(refunds.read.refundOf([1n]), refunds, "RefundsUnknown", [1n]);
    await expectRevert(refunds.read.owedOf([1n]), refunds, "RefundsUnknown", [1n]);
    await expectRevert(refunds.read.isOverdue([1n]), refunds, "RefundsUnknown", [1n]);
    expect(await refunds.read.refundOfCard([1n])).to.equal(0n);
  });

  it("A-29: given a request without an answer, is overdue from the second after its time", async () => {
    const f = await fixture();
    const refund = await f.request(await f.sell(), CAUSE.NEUTRAL);
    expect(await around(f, refund)).to.deep.equal([false, true]);
  });

  it("A-29: given principal that is owed, is overdue from the second after its time", async () => {
    const f = await fixture();
    const refund = await f.request(await f.sell({ custody: 0n }), CAUSE.CONSUMER);
    expect(await around(f, refund)).to.deep.equal([false, true]);
    await f.refunds.write.pay([refund], f.agent);
    expect(await f.refunds.read.isOverdue([refund])).to.equal(false);
  });

  it("A-37: given nothing but interest that is owed, is overdue too", async () => {
    const f = await fixture();
    const refund = await f.request(await f.sell(), CAUSE.OPERATOR);
    await f.time.increaseTo((await f.now()) + 3n * DAY);
    await f.refunds.write.accept([refund], f.agent);
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([0n, 3n]);
    expect(await around(f, refund)).to.deep.equal([false, true]);
  });

  it("given a refund that is paid or withdrawn, is never overdue", async () => {
    const f = await fixture();
    const paid = await f.request(await f.sell(), CAUSE.CONSUMER);
    const withdrawn = await f.request(await f.sell(), CAUSE.NEUTRAL);
    await f.refunds.write.withdrawRequest([withdrawn], f.holder);
    expect(await around(f, paid)).to.deep.equal([false, false]);
    expect(await around(f, withdrawn)).to.deep.equal([false, false]);
  });
});
