import { expect } from "chai";
import { COLOUR, deployCustody } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const AMOUNT = 12_345n;

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  await custody.give(custody.people.agent, AMOUNT);
  return { ...custody, merchant };
});

describe("Custody.deposit", () => {
  it("refuses everyone but the merchant's agent, another merchant's agent included", async () => {
    const { custody, merchant, fileMerchant, people, accounts } = await fixture();
    await fileMerchant(people.otherAgent);
    for (const account of [people.stranger, people.otherAgent, people.settlement, accounts.platform]) {
      await expectRevert(custody.write.deposit([merchant, AMOUNT], { account }), custody, "CustodyNotAgent", [
        merchant,
        account.address,
      ]);
    }
  });

  it("refuses a merchant that is not on file", async () => {
    const { custody, register, merchant, asAgent } = await fixture();
    await expectRevert(custody.write.deposit([merchant + 1n, AMOUNT], asAgent), register, "MerchantRegisterUnknown", [
      merchant + 1n,
    ]);
  });

  it("refuses a merchant without a vault", async () => {
    const { custody, fileMerchant, people } = await fixture();
    const bare = await fileMerchant(people.otherAgent, { vault: false });
    await expectRevert(
      custody.write.deposit([bare, AMOUNT], { account: people.otherAgent }),
      custody,
      "CustodyNoVault",
      [bare],
    );
  });

  it("refuses an amount of zero", async () => {
    const { custody, merchant, asAgent } = await fixture();
    await expectRevert(custody.write.deposit([merchant, 0n], asAgent), custody, "CustodyZeroAmount", [merchant]);
  });

  it("refuses more than the agent has, and more than it approved, and books nothing", async () => {
    const { custody, token, merchant, people, asAgent } = await fixture();
    await expectRevert(custody.write.deposit([merchant, AMOUNT + 1n], asAgent), token, "ERC20InsufficientBalance", [
      people.agent.address,
      AMOUNT,
      AMOUNT + 1n,
    ]);
    await token.write.approve([custody.address, AMOUNT - 1n], asAgent);
    await expectRevert(custody.write.deposit([merchant, AMOUNT], asAgent), token, "ERC20InsufficientAllowance", [
      custody.address,
      AMOUNT - 1n,
      AMOUNT,
    ]);
    expect((await custody.read.accountOf([merchant])).paidIn).to.equal(0n);
  });

  it("moves the agent's money into the vault and announces the colour in the same transaction", async () => {
    const { connection, custody, code, token, merchant, people, asAgent } = await fixture();
    const { vault } = await custody.read.accountOf([merchant]);
    await expectEvents(connection, custody.write.deposit([merchant, AMOUNT], asAgent), [
      event(custody, "Deposited", { merchant, payer: people.agent.address, amount: AMOUNT }),
      event(code, "ColourChanged", {
        merchant,
        from: COLOUR.RED,
        to: COLOUR.GREEN,
        balance: 0n,
        custody: AMOUNT,
        cover: 0n,
      }),
      event(token, "Transfer", { from: people.agent.address, to: vault, value: AMOUNT }),
    ]);
    expect((await custody.read.accountOf([merchant])).paidIn).to.equal(AMOUNT);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(AMOUNT);
    expect(await token.read.balanceOf([vault])).to.equal(AMOUNT);
    expect(await token.read.balanceOf([people.agent.address])).to.equal(0n);
  });

  it("adds up several deposits, and keeps merchants apart", async () => {
    const { custody, merchant, fileMerchant, people, asAgent } = await fixture();
    const other = await fileMerchant(people.otherAgent);
    await custody.write.deposit([merchant, 45n], asAgent);
    await custody.write.deposit([merchant, 300n], asAgent);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(345n);
    expect(await custody.read.vaultBalanceOf([other])).to.equal(0n);
  });
});
