import { expect } from "chai";
import { ascii, digestOf } from "../../fixtures/common.ts";
import { COLOUR, deployCustody, YUAN } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const PAID = 150_000n * YUAN;
const HELD = 80_000n * YUAN;
const ORDER = digestOf("order");

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  await custody.trade(merchant, { paid: PAID, redeemed: PAID - 1n, held: HELD }, custody.people.agent);
  return { ...custody, merchant };
});

/** The last fen is refunded and the only card ends. */
async function settle({ records, merchant }: Awaited<ReturnType<typeof fixture>>) {
  await records.refunded(merchant, 1n);
  await records.ended(merchant);
}

describe("Custody.returnSurplus", () => {
  it("refuses everyone but the merchant's agent", async () => {
    const context = await fixture();
    await settle(context);
    const { custody, merchant, people, accounts } = context;
    for (const account of [people.stranger, people.settlement, accounts.custodian, accounts.regulator]) {
      await expectRevert(custody.write.returnSurplus([merchant], { account }), custody, "CustodyNotAgent", [
        merchant,
        account.address,
      ]);
    }
  });

  it("refuses a merchant without a vault", async () => {
    const { custody, fileMerchant, people } = await fixture();
    const bare = await fileMerchant(people.otherAgent, { vault: false });
    await expectRevert(custody.write.returnSurplus([bare], { account: people.otherAgent }), custody, "CustodyNoVault", [
      bare,
    ]);
  });

  it("refuses while one fen of balance or one live card is left", async () => {
    const { custody, merchant, records, asAgent } = await fixture();
    await expectRevert(custody.write.returnSurplus([merchant], asAgent), custody, "CustodyNotSettled", [
      merchant,
      1n,
      1n,
    ]);
    await records.refunded(merchant, 1n);
    await expectRevert(custody.write.returnSurplus([merchant], asAgent), custody, "CustodyNotSettled", [
      merchant,
      0n,
      1n,
    ]);
  });

  it("refuses while a balance is left without a live card", async () => {
    const { custody, merchant, records, asAgent } = await fixture();
    await records.ended(merchant);
    await expectRevert(custody.write.returnSurplus([merchant], asAgent), custody, "CustodyNotSettled", [
      merchant,
      1n,
      0n,
    ]);
  });

  it("refuses while the merchant is frozen and while payouts are paused", async () => {
    const context = await fixture();
    await settle(context);
    const { custody, merchant, asAgent, asEmergency, asRegulator } = context;
    await custody.write.freeze([merchant, ORDER], asEmergency);
    await expectRevert(custody.write.returnSurplus([merchant], asAgent), custody, "CustodyFrozen", [merchant]);
    await custody.write.unfreeze([merchant, ORDER], asRegulator);
    await custody.write.pause([ascii("PAYOUT"), ORDER], asEmergency);
    await expectRevert(custody.write.returnSurplus([merchant], asAgent), custody, "EmergencyStopAreaPaused", [
      ascii("PAYOUT"),
    ]);
  });

  it("returns everything to the settlement account, once, and turns the code red", async () => {
    const context = await fixture();
    await settle(context);
    const { connection, custody, code, token, merchant, people, asAgent } = context;
    const { vault } = await custody.read.accountOf([merchant]);
    const to = people.settlement.address;
    const { result } = await custody.simulate.returnSurplus([merchant], { account: people.agent.address });
    expect(result).to.equal(HELD);
    await expectEvents(connection, custody.write.returnSurplus([merchant], asAgent), [
      event(custody, "SurplusReturned", { merchant, to, amount: HELD }),
      event(code, "ColourChanged", {
        merchant,
        from: COLOUR.GREEN,
        to: COLOUR.RED,
        balance: 0n,
        custody: 0n,
        cover: 0n,
      }),
      event(code, "LowWater", { merchant, custody: 0n, paidIn: HELD }),
      event(token, "Transfer", { from: vault, to, value: HELD }),
    ]);
    expect((await custody.read.accountOf([merchant])).returned).to.equal(HELD);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(0n);
    expect(await token.read.balanceOf([to])).to.equal(HELD);
    await expectRevert(custody.write.returnSurplus([merchant], asAgent), custody, "CustodyZeroAmount", [merchant]);
  });
});
