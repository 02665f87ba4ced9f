import { expect } from "chai";
import { zeroHash } from "viem";
import { ascii, DIGEST_ALGORITHM, digestOf } from "../../fixtures/common.ts";
import { deployCustody, PAYOUT, YUAN } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const REASON = digestOf("wages of March");
const ORDER = digestOf("order");
/** Balance 250,000 CNY, so that 100,000 are required; 150,000 redeemed; 180,000 in the vault. */
const FIGURES = { paid: 400_000n * YUAN, redeemed: 150_000n * YUAN, held: 180_000n * YUAN };
const REQUIRED = 100_000n * YUAN;
const SPARE = FIGURES.held - REQUIRED;

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  await custody.trade(merchant, FIGURES, custody.people.agent);
  return { ...custody, merchant };
});

describe("Custody.requestPayout", () => {
  it("refuses everyone but the merchant's agent", async () => {
    const { custody, merchant, fileMerchant, people, accounts } = await fixture();
    await fileMerchant(people.otherAgent);
    for (const account of [people.stranger, people.otherAgent, accounts.regulator, accounts.custodian]) {
      await expectRevert(custody.write.requestPayout([merchant, 1n, REASON], { account }), custody, "CustodyNotAgent", [
        merchant,
        account.address,
      ]);
    }
  });

  it("refuses a merchant without a vault", async () => {
    const { custody, fileMerchant, people } = await fixture();
    const bare = await fileMerchant(people.otherAgent, { vault: false });
    await expectRevert(
      custody.write.requestPayout([bare, 1n, REASON], { account: people.otherAgent }),
      custody,
      "CustodyNoVault",
      [bare],
    );
  });

  it("refuses an amount of zero, and grounds without digest or algorithm", async () => {
    const { custody, merchant, asAgent } = await fixture();
    await expectRevert(custody.write.requestPayout([merchant, 0n, REASON], asAgent), custody, "CustodyZeroAmount", [
      merchant,
    ]);
    for (const reason of [
      { value: zeroHash, algorithm: REASON.algorithm },
      { value: REASON.value, algorithm: DIGEST_ALGORITHM.NONE },
    ]) {
      await expectRevert(custody.write.requestPayout([merchant, 1n, reason], asAgent), custody, "DigestsMissing", [
        reason.value,
        reason.algorithm,
      ]);
    }
  });

  it("refuses while payouts are paused, while the merchant is frozen and in default", async () => {
    const { custody, register, merchant, now, asAgent, asEmergency, asRegulator } = await fixture();
    const request = () => custody.write.requestPayout([merchant, 1n, REASON], asAgent);
    await custody.write.pause([ascii("PAYOUT"), ORDER], asEmergency);
    await expectRevert(request(), custody, "EmergencyStopAreaPaused", [ascii("PAYOUT")]);
    await custody.write.unpause([ascii("PAYOUT"), ORDER], asRegulator);
    await custody.write.freeze([merchant, ORDER], asEmergency);
    await expectRevert(request(), custody, "CustodyFrozen", [merchant]);
    await custody.write.unfreeze([merchant, ORDER], asRegulator);
    await register.write.declareDefault([merchant, await now(), ORDER], asRegulator);
    await expectRevert(request(), custody, "CustodyDefaulted", [merchant]);
  });

  it("refuses what no approval could pay: more than redeemed, than the vault holds, than the requirement leaves", async () => {
    const { custody, merchant, fileMerchant, trade, people, asAgent } = await fixture();
    const { redeemed, held } = FIGURES;
    await expectRevert(
      custody.write.requestPayout([merchant, redeemed + 1n, REASON], asAgent),
      custody,
      "CustodyExceedsRedeemed",
      [merchant, redeemed, redeemed + 1n],
    );
    await expectRevert(
      custody.write.requestPayout([merchant, SPARE + 1n, REASON], asAgent),
      custody,
      "CustodyBelowRequirement",
      [merchant, REQUIRED, REQUIRED - 1n],
    );
    const other = await fileMerchant(people.otherAgent);
    await trade(other, { paid: 2n * held, redeemed: 2n * held, held }, people.otherAgent);
    await expectRevert(
      custody.write.requestPayout([other, held + 1n, REASON], { account: people.otherAgent }),
      custody,
      "CustodyVaultShort",
      [other, held, held + 1n],
    );
  });

  it("records the request for the supervising node, and pays nothing", async () => {
    const { connection, custody, merchant, now, people, asAgent } = await fixture();
    const time = (await now()) + 50n;
    const { result } = await custody.simulate.requestPayout([merchant, SPARE, REASON], {
      account: people.agent.address,
    });
    expect(result).to.equal(1n);
    await connection.networkHelpers.time.setNextBlockTimestamp(time);
    await expectEvents(connection, custody.write.requestPayout([merchant, SPARE, REASON], asAgent), [
      event(custody, "PayoutRequested", { payout: 1n, merchant, amount: SPARE, reason: REASON }),
    ]);
    expect(await custody.read.payoutOf([1n])).to.deep.equal({
      merchant,
      amount: SPARE,
      requestedAt: time,
      status: PAYOUT.REQUESTED,
      reason: REASON,
    });
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(FIGURES.held);
    expect(await custody.read.payoutCount()).to.equal(1n);
    await custody.write.requestPayout([merchant, 1n, REASON], asAgent);
    expect(await custody.read.payoutCount()).to.equal(2n);
  });
});
