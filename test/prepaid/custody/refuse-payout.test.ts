import { expect } from "chai";
import { zeroHash } from "viem";
import { ascii, DIGEST_ALGORITHM, digestOf } from "../../fixtures/common.ts";
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

describe("Custody.refusePayout", () => {
  it("refuses everyone but the supervising node", async () => {
    const { custody, people, accounts } = await fixture();
    for (const account of [people.stranger, people.agent, accounts.custodian, accounts.platform]) {
      await expectRevert(custody.write.refusePayout([1n, REFUSAL], { account }), custody, "AccessManagedUnauthorized", [
        account.address,
      ]);
    }
  });

  it("refuses a payout that does not exist or was decided", async () => {
    const { custody, asRegulator } = await fixture();
    await expectRevert(custody.write.refusePayout([2n, REFUSAL], asRegulator), custody, "CustodyUnknownPayout", [2n]);
    await custody.write.approvePayout([1n, REFUSAL], asRegulator);
    await expectRevert(custody.write.refusePayout([1n, REFUSAL], asRegulator), custody, "CustodyPayoutClosed", [
      1n,
      PAYOUT.APPROVED,
    ]);
  });

  it("refuses grounds without digest or algorithm", async () => {
    const { custody, asRegulator } = await fixture();
    for (const reason of [
      { value: zeroHash, algorithm: REFUSAL.algorithm },
      { value: REFUSAL.value, algorithm: DIGEST_ALGORITHM.NONE },
    ]) {
      await expectRevert(custody.write.refusePayout([1n, reason], asRegulator), custody, "DigestsMissing", [
        reason.value,
        reason.algorithm,
      ]);
    }
  });

  it("closes the payout for everyone to see, while payouts are paused too, and moves nothing", async () => {
    const { connection, custody, merchant, accounts, asEmergency, asRegulator } = await fixture();
    await custody.write.pause([ascii("PAYOUT"), REFUSAL], asEmergency);
    await expectEvents(connection, custody.write.refusePayout([1n, REFUSAL], asRegulator), [
      event(custody, "PayoutRefused", {
        payout: 1n,
        merchant,
        approver: accounts.regulator.address,
        amount: AMOUNT,
        reason: REFUSAL,
      }),
    ]);
    expect((await custody.read.payoutOf([1n])).status).to.equal(PAYOUT.REFUSED);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(180_000n * YUAN);
  });
});
