import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { deployCustody, PAYOUT, YUAN } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const REASON = digestOf("wages of March");
const REFUSAL = digestOf("refusal");
const AMOUNT = 75_000n * YUAN;

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  await custody.trade(
    merchant,
    { paid: 300_000n * YUAN, redeemed: 150_000n * YUAN, held: 180_000n * YUAN },
    custody.people.agent,
  );
  await custody.custody.write.requestPayout([merchant, AMOUNT, REASON], custody.asAgent);
  return { ...custody, merchant };
});

describe("Custody.cancelPayout", () => {
  it("refuses a payout that does not exist or was decided", async () => {
    const { custody, asAgent, asRegulator } = await fixture();
    await expectRevert(custody.write.cancelPayout([2n], asAgent), custody, "CustodyUnknownPayout", [2n]);
    await custody.write.refusePayout([1n, REFUSAL], asRegulator);
    await expectRevert(custody.write.cancelPayout([1n], asAgent), custody, "CustodyPayoutClosed", [1n, PAYOUT.REFUSED]);
  });

  it("refuses everyone but the agent of the merchant that asked", async () => {
    const { custody, merchant, fileMerchant, people, accounts } = await fixture();
    await fileMerchant(people.otherAgent);
    for (const account of [people.stranger, people.otherAgent, accounts.regulator]) {
      await expectRevert(custody.write.cancelPayout([1n], { account }), custody, "CustodyNotAgent", [
        merchant,
        account.address,
      ]);
    }
  });

  it("takes the request back", async () => {
    const { connection, custody, merchant, asAgent } = await fixture();
    await expectEvents(connection, custody.write.cancelPayout([1n], asAgent), [
      event(custody, "PayoutCancelled", { payout: 1n, merchant }),
    ]);
    expect((await custody.read.payoutOf([1n])).status).to.equal(PAYOUT.CANCELLED);
    await expectRevert(custody.write.cancelPayout([1n], asAgent), custody, "CustodyPayoutClosed", [
      1n,
      PAYOUT.CANCELLED,
    ]);
  });
});
