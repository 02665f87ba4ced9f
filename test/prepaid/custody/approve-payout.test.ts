import { expect } from "chai";
import { zeroHash } from "viem";
import { ascii, DIGEST_ALGORITHM, digestOf } from "../../fixtures/common.ts";
import { deployCustody, PAYOUT, YUAN } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const REASON = digestOf("wages of March");
const APPROVAL = digestOf("approval");
const ORDER = digestOf("order");
const THRESHOLD = 50_000n * YUAN;
/** Balance 250,000 CNY, so that 100,000 are required; 150,000 redeemed; 180,000 in the vault. */
const FIGURES = { paid: 400_000n * YUAN, redeemed: 150_000n * YUAN, held: 180_000n * YUAN };
const REQUIRED = 100_000n * YUAN;
const AMOUNT = 75_000n * YUAN;

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  await custody.trade(merchant, FIGURES, custody.people.agent);
  await custody.custody.write.requestPayout([merchant, AMOUNT, REASON], custody.asAgent);
  return { ...custody, merchant };
});

describe("Custody.approvePayout", () => {
  it("refuses everyone but the supervising node", async () => {
    const { custody, people, accounts } = await fixture();
    for (const account of [people.stranger, people.agent, accounts.custodian, accounts.platform, accounts.emergency]) {
      await expectRevert(
        custody.write.approvePayout([1n, APPROVAL], { account }),
        custody,
        "AccessManagedUnauthorized",
        [account.address],
      );
    }
  });

  it("refuses a payout that does not exist", async () => {
    const { custody, asRegulator } = await fixture();
    for (const payout of [0n, 2n]) {
      await expectRevert(
        custody.write.approvePayout([payout, APPROVAL], asRegulator),
        custody,
        "CustodyUnknownPayout",
        [payout],
      );
    }
  });

  it("refuses a payout that was approved, refused or cancelled", async () => {
    const { custody, merchant, asAgent, asRegulator } = await fixture();
    await custody.write.approvePayout([1n, APPROVAL], asRegulator);
    await custody.write.requestPayout([merchant, 1n, REASON], asAgent);
    await custody.write.refusePayout([2n, APPROVAL], asRegulator);
    await custody.write.requestPayout([merchant, 1n, REASON], asAgent);
    await custody.write.cancelPayout([3n], asAgent);
    for (const [payout, status] of [
      [1n, PAYOUT.APPROVED],
      [2n, PAYOUT.REFUSED],
      [3n, PAYOUT.CANCELLED],
    ] as const) {
      await expectRevert(custody.write.approvePayout([payout, APPROVAL], asRegulator), custody, "CustodyPayoutClosed", [
        payout,
        status,
      ]);
    }
  });

  it("refuses grounds without digest or algorithm", async () => {
    const { custody, asRegulator } = await fixture();
    for (const reason of [
      { value: zeroHash, algorithm: APPROVAL.algorithm },
      { value: APPROVAL.value, algorithm: DIGEST_ALGORITHM.NONE },
    ]) {
      await expectRevert(custody.write.approvePayout([1n, reason], asRegulator), custody, "DigestsMissing", [
        reason.value,
        reason.algorithm,
      ]);
    }
  });

  it("refuses while payouts are paused, while the merchant is frozen and in default", async () => {
    const { custody, register, merchant, now, asEmergency, asRegulator } = await fixture();
    const approve = () => custody.write.approvePayout([1n, APPROVAL], asRegulator);
    await custody.write.pause([ascii("PAYOUT"), ORDER], asEmergency);
    await expectRevert(approve(), custody, "EmergencyStopAreaPaused", [ascii("PAYOUT")]);
    await custody.write.unpause([ascii("PAYOUT"), ORDER], asRegulator);
    await custody.write.freeze([merchant, ORDER], asEmergency);
    await expectRevert(approve(), custody, "CustodyFrozen", [merchant]);
    await custody.write.unfreeze([merchant, ORDER], asRegulator);
    await register.write.declareDefault([merchant, await now(), ORDER], asRegulator);
    await expectRevert(approve(), custody, "CustodyDefaulted", [merchant]);
  });

  it("refuses what is no longer redeemed and unreleased when it decides", async () => {
    const { custody, merchant, asAgent, asRegulator } = await fixture();
    await custody.write.requestPayout([merchant, AMOUNT, REASON], asAgent);
    await custody.write.approvePayout([1n, APPROVAL], asRegulator);
    const left = FIGURES.redeemed - AMOUNT;
    await expectRevert(custody.write.approvePayout([2n, APPROVAL], asRegulator), custody, "CustodyBelowRequirement", [
      merchant,
      REQUIRED,
      FIGURES.held - 2n * AMOUNT,
    ]);
    expect(left).to.equal(AMOUNT);
    await custody.write.release([merchant, 1n], asAgent);
    await expectRevert(custody.write.approvePayout([2n, APPROVAL], asRegulator), custody, "CustodyExceedsRedeemed", [
      merchant,
      left - 1n,
      AMOUNT,
    ]);
  });

  it("refuses what the vault no longer holds, and what the requirement no longer leaves, when it decides", async () => {
    const { custody, merchant, records, accounts, asPayer, asRegulator } = await fixture();
    await custody.write.payHolder([merchant, accounts.alice.address, 5_000n * YUAN + 1n], asPayer);
    await expectRevert(custody.write.approvePayout([1n, APPROVAL], asRegulator), custody, "CustodyBelowRequirement", [
      merchant,
      REQUIRED,
      REQUIRED - 1n,
    ]);
    await records.refunded(merchant, 250_000n * YUAN);
    await custody.write.payHolder([merchant, accounts.alice.address, 100_000n * YUAN], asPayer);
    await expectRevert(custody.write.approvePayout([1n, APPROVAL], asRegulator), custody, "CustodyVaultShort", [
      merchant,
      AMOUNT - 1n,
      AMOUNT,
    ]);
  });

  it("pays the payout, shows who approved it, and leaves the day's threshold to direct releases", async () => {
    const { connection, custody, token, merchant, accounts, people, records, asAgent, asRegulator } = await fixture();
    const { vault } = await custody.read.accountOf([merchant]);
    await expectEvents(connection, custody.write.approvePayout([1n, APPROVAL], asRegulator), [
      event(custody, "PayoutApproved", {
        payout: 1n,
        merchant,
        approver: accounts.regulator.address,
        amount: AMOUNT,
        reason: APPROVAL,
      }),
      event(custody, "Released", { merchant, to: people.settlement.address, amount: AMOUNT, payout: 1n }),
      event(token, "Transfer", { from: vault, to: people.settlement.address, value: AMOUNT }),
    ]);
    expect((await custody.read.payoutOf([1n])).status).to.equal(PAYOUT.APPROVED);
    expect((await custody.read.accountOf([merchant])).released).to.equal(AMOUNT);
    expect(await token.read.balanceOf([people.settlement.address])).to.equal(AMOUNT);
    expect(await custody.read.releasedTodayOf([merchant])).to.equal(0n);
    await records.refunded(merchant, 250_000n * YUAN);
    await custody.write.release([merchant, THRESHOLD], asAgent);
    expect(await custody.read.releasedTodayOf([merchant])).to.equal(THRESHOLD);
  });
});
