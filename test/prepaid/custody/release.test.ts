import { expect } from "chai";
import { ascii, digestOf } from "../../fixtures/common.ts";
import { COLOUR, COVER, DAY, deployCustody, REGION, STATUS, YUAN } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const THRESHOLD = 50_000n * YUAN;
const ORDER = digestOf("order");

/** Balance 250,000 CNY, so that 100,000 are required; 150,000 redeemed; 130,000 in the vault. */
const FIGURES = { paid: 400_000n * YUAN, redeemed: 150_000n * YUAN, held: 130_000n * YUAN };
const REQUIRED = 100_000n * YUAN;
const SPARE = FIGURES.held - REQUIRED;

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  await custody.trade(merchant, FIGURES, custody.people.agent);
  return { ...custody, merchant };
});

/** The first second of the next natural day in China, an hour ahead at least. */
function nextDay(moment: bigint): bigint {
  const local = moment + 28_800n + 3_600n;
  return local - (local % DAY) + DAY - 28_800n;
}

describe("Custody.release (A-21)", () => {
  it("refuses everyone but the merchant's agent", async () => {
    const { custody, merchant, fileMerchant, people, accounts } = await fixture();
    await fileMerchant(people.otherAgent);
    for (const account of [people.stranger, people.otherAgent, people.settlement, accounts.custodian]) {
      await expectRevert(custody.write.release([merchant, 1n], { account }), custody, "CustodyNotAgent", [
        merchant,
        account.address,
      ]);
    }
  });

  it("refuses a merchant without a vault", async () => {
    const { custody, fileMerchant, people } = await fixture();
    const bare = await fileMerchant(people.otherAgent, { vault: false });
    await expectRevert(custody.write.release([bare, 1n], { account: people.otherAgent }), custody, "CustodyNoVault", [
      bare,
    ]);
  });

  it("refuses an amount of zero", async () => {
    const { custody, merchant, asAgent } = await fixture();
    await expectRevert(custody.write.release([merchant, 0n], asAgent), custody, "CustodyZeroAmount", [merchant]);
  });

  it("refuses while payouts are paused", async () => {
    const { custody, merchant, asAgent, asEmergency, asRegulator } = await fixture();
    await custody.write.pause([ascii("PAYOUT"), ORDER], asEmergency);
    await expectRevert(custody.write.release([merchant, 1n], asAgent), custody, "EmergencyStopAreaPaused", [
      ascii("PAYOUT"),
    ]);
    await custody.write.unpause([ascii("PAYOUT"), ORDER], asRegulator);
    await custody.write.release([merchant, 1n], asAgent);
    expect((await custody.read.accountOf([merchant])).released).to.equal(1n);
  });

  it("refuses while the merchant is frozen", async () => {
    const { custody, merchant, asAgent, asEmergency } = await fixture();
    await custody.write.freeze([merchant, ORDER], asEmergency);
    await expectRevert(custody.write.release([merchant, 1n], asAgent), custody, "CustodyFrozen", [merchant]);
  });

  it("refuses a merchant in default", async () => {
    const { custody, register, merchant, now, asAgent, asRegulator } = await fixture();
    await register.write.declareDefault([merchant, await now(), ORDER], asRegulator);
    expect(await register.read.statusOf([merchant])).to.equal(STATUS.DEFAULTED);
    await expectRevert(custody.write.release([merchant, 1n], asAgent), custody, "CustodyDefaulted", [merchant]);
  });

  it("refuses one fen more than was redeemed and not yet released (A-21)", async () => {
    const { custody, merchant, records, asAgent, people, fileMerchant, trade } = await fixture();
    const other = await fileMerchant(people.otherAgent);
    const redeemed = 30_000n * YUAN;
    await trade(other, { paid: 200_000n * YUAN, redeemed, held: 100_000n * YUAN }, people.otherAgent);
    const asOther = { account: people.otherAgent };
    await expectRevert(custody.write.release([other, redeemed + 1n], asOther), custody, "CustodyExceedsRedeemed", [
      other,
      redeemed,
      redeemed + 1n,
    ]);
    await custody.write.release([other, redeemed - 5n], asOther);
    await expectRevert(custody.write.release([other, 6n], asOther), custody, "CustodyExceedsRedeemed", [other, 5n, 6n]);
    await custody.write.release([other, 5n], asOther);
    await expectRevert(custody.write.release([other, 1n], asOther), custody, "CustodyExceedsRedeemed", [other, 0n, 1n]);
    await records.redeemed(other, 1n);
    await custody.write.release([other, 1n], asOther);
    expect((await custody.read.accountOf([other])).released).to.equal(redeemed + 1n);
    await custody.write.release([merchant, 1n], asAgent);
  });

  it("refuses more than the vault holds, whatever the cover", async () => {
    const { custody, merchant, now, fileMerchant, people, trade, asInsurer } = await fixture();
    const other = await fileMerchant(people.otherAgent);
    const held = 10_000n * YUAN;
    await trade(other, { ...FIGURES, held }, people.otherAgent);
    const time = await now();
    await custody.write.registerCover(
      [other, COVER.INSURANCE, 300_000n * YUAN, time, time + DAY, digestOf("policy")],
      asInsurer,
    );
    const asOther = { account: people.otherAgent };
    await expectRevert(custody.write.release([other, held + 1n], asOther), custody, "CustodyVaultShort", [
      other,
      held,
      held + 1n,
    ]);
    await custody.write.release([other, held], asOther);
    expect(await custody.read.vaultBalanceOf([other])).to.equal(0n);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(FIGURES.held);
  });

  it("refuses to leave custody one fen under the requirement, and goes down to it exactly (A-14)", async () => {
    const { custody, code, merchant, asAgent } = await fixture();
    await expectRevert(custody.write.release([merchant, SPARE + 1n], asAgent), custody, "CustodyBelowRequirement", [
      merchant,
      REQUIRED,
      REQUIRED - 1n,
    ]);
    await custody.write.release([merchant, SPARE], asAgent);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(REQUIRED);
    expect(await code.read.compliantOf([merchant])).to.equal(true);
  });

  it("counts cover towards the requirement (A-17), and no longer once it lapsed (A-56)", async () => {
    const { connection, custody, merchant, now, asAgent, asInsurer } = await fixture();
    const time = await now();
    await custody.write.registerCover(
      [merchant, COVER.GUARANTEE, 10_000n * YUAN, time, time + 1_000n, digestOf("guarantee")],
      asInsurer,
    );
    await connection.networkHelpers.time.setNextBlockTimestamp(time + 999n);
    await custody.write.release([merchant, SPARE + 1n], asAgent);
    await connection.networkHelpers.time.setNextBlockTimestamp(time + 1_000n);
    await expectRevert(custody.write.release([merchant, 1n], asAgent), custody, "CustodyBelowRequirement", [
      merchant,
      REQUIRED,
      REQUIRED - 2n,
    ]);
  });

  it("pays the settlement account, and shows it", async () => {
    const { connection, custody, token, merchant, people, asAgent } = await fixture();
    const { vault } = await custody.read.accountOf([merchant]);
    const amount = 12_345n;
    await expectEvents(connection, custody.write.release([merchant, amount], asAgent), [
      event(custody, "Released", { merchant, to: people.settlement.address, amount, payout: 0n }),
      event(token, "Transfer", { from: vault, to: people.settlement.address, value: amount }),
    ]);
    expect(await token.read.balanceOf([people.settlement.address])).to.equal(amount);
    expect(await token.read.balanceOf([vault])).to.equal(FIGURES.held - amount);
    const account = await custody.read.accountOf([merchant]);
    expect(account.released).to.equal(amount);
    expect(account.paidIn).to.equal(FIGURES.held);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(FIGURES.held - amount);
    expect(await custody.read.releasedTodayOf([merchant])).to.equal(amount);
  });

  it("pays the settlement account of the day of the release", async () => {
    const { custody, register, token, merchant, accounts, asAgent } = await fixture();
    await register.write.changeSettlement([merchant, accounts.bob.address], asAgent);
    await custody.write.release([merchant, 77n], asAgent);
    expect(await token.read.balanceOf([accounts.bob.address])).to.equal(77n);
  });

  it("announces the colour that the release brings", async () => {
    const { connection, custody, code, token, merchant, records, people, asAgent } = await fixture();
    await records.refunded(merchant, 120_000n * YUAN);
    const balance = 130_000n * YUAN;
    expect(await code.read.lastColourOf([merchant])).to.equal(COLOUR.GREEN);
    const { vault } = await custody.read.accountOf([merchant]);
    await expectEvents(connection, custody.write.release([merchant, 1n], asAgent), [
      event(custody, "Released", { merchant, to: people.settlement.address, amount: 1n, payout: 0n }),
      event(code, "ColourChanged", {
        merchant,
        from: COLOUR.GREEN,
        to: COLOUR.YELLOW,
        balance,
        custody: balance - 1n,
        cover: 0n,
      }),
      event(token, "Transfer", { from: vault, to: people.settlement.address, value: 1n }),
    ]);
  });
});

describe("Custody.release over the approval threshold", () => {
  const rich = defineFixture(async (connection) => {
    const custody = await deployCustody(connection);
    const merchant = await custody.fileMerchant(custody.people.agent);
    await custody.trade(
      merchant,
      { paid: 400_000n * YUAN, redeemed: 200_000n * YUAN, held: 400_000n * YUAN },
      custody.people.agent,
    );
    return { ...custody, merchant };
  });

  it("refuses one fen over the threshold, and pays the threshold itself", async () => {
    const { custody, merchant, asAgent } = await rich();
    await expectRevert(custody.write.release([merchant, THRESHOLD + 1n], asAgent), custody, "CustodyNeedsApproval", [
      merchant,
      THRESHOLD,
      THRESHOLD + 1n,
    ]);
    await custody.write.release([merchant, THRESHOLD], asAgent);
    expect(await custody.read.releasedTodayOf([merchant])).to.equal(THRESHOLD);
  });

  it("counts the releases of a natural day together, until midnight of UTC+8", async () => {
    const { connection, custody, merchant, now, asAgent } = await rich();
    const { time } = connection.networkHelpers;
    const midnight = nextDay(await now());
    await time.setNextBlockTimestamp(midnight - 3_600n);
    await custody.write.release([merchant, THRESHOLD - 10n], asAgent);
    await time.setNextBlockTimestamp(midnight - 2n);
    await expectRevert(custody.write.release([merchant, 11n], asAgent), custody, "CustodyNeedsApproval", [
      merchant,
      THRESHOLD,
      THRESHOLD + 1n,
    ]);
    await custody.write.release([merchant, 10n], asAgent);
    await time.setNextBlockTimestamp(midnight - 1n);
    await expectRevert(custody.write.release([merchant, 1n], asAgent), custody, "CustodyNeedsApproval", [
      merchant,
      THRESHOLD,
      THRESHOLD + 1n,
    ]);
    await time.increaseTo(midnight - 1n);
    expect(await custody.read.releasedTodayOf([merchant])).to.equal(THRESHOLD);
    await time.setNextBlockTimestamp(midnight);
    await custody.write.release([merchant, THRESHOLD], asAgent);
    expect(await custody.read.releasedTodayOf([merchant])).to.equal(THRESHOLD);
    expect((await custody.read.accountOf([merchant])).released).to.equal(2n * THRESHOLD);
  });

  it("needs no approval where the policy sets no threshold", async () => {
    const { custody, fileMerchant, trade, people } = await rich();
    const other = await fileMerchant(people.otherAgent, { region: REGION.GUIZHOU });
    const amount = 200_000n * YUAN;
    await trade(other, { paid: amount, redeemed: amount, held: amount }, people.otherAgent);
    await custody.write.release([other, amount], { account: people.otherAgent });
    expect(await custody.read.vaultBalanceOf([other])).to.equal(0n);
  });
});
