import { expect } from "chai";
import { COLOUR, deployCustody } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const AMOUNT = 60_000n;

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  const buyer = custody.accounts.alice;
  await custody.give(buyer, AMOUNT);
  return { ...custody, merchant, buyer };
});

describe("Custody.collect", () => {
  it("refuses everyone but the contracts that keep the cards", async () => {
    const { custody, merchant, buyer, people, accounts } = await fixture();
    for (const account of [people.stranger, people.agent, people.payer, buyer, accounts.platform, accounts.admin]) {
      await expectRevert(
        custody.write.collect([merchant, buyer.address, AMOUNT], { account }),
        custody,
        "AccessManagedUnauthorized",
        [account.address],
      );
    }
  });

  it("refuses a merchant without a vault", async () => {
    const { custody, fileMerchant, buyer, people, asLedger } = await fixture();
    const bare = await fileMerchant(people.otherAgent, { vault: false });
    await expectRevert(custody.write.collect([bare, buyer.address, 1n], asLedger), custody, "CustodyNoVault", [bare]);
  });

  it("refuses a payer that approved less or has less", async () => {
    const { custody, token, merchant, buyer, asLedger } = await fixture();
    await expectRevert(
      custody.write.collect([merchant, buyer.address, AMOUNT + 1n], asLedger),
      token,
      "ERC20InsufficientBalance",
      [buyer.address, AMOUNT, AMOUNT + 1n],
    );
    await token.write.approve([custody.address, 5n], { account: buyer });
    await expectRevert(
      custody.write.collect([merchant, buyer.address, AMOUNT], asLedger),
      token,
      "ERC20InsufficientAllowance",
      [custody.address, 5n, AMOUNT],
    );
  });

  it("does nothing for an amount of zero, where there is no vault too", async () => {
    const { connection, custody, fileMerchant, merchant, buyer, people, asLedger } = await fixture();
    const bare = await fileMerchant(people.otherAgent, { vault: false });
    await expectEvents(connection, custody.write.collect([merchant, buyer.address, 0n], asLedger), []);
    await expectEvents(connection, custody.write.collect([bare, buyer.address, 0n], asLedger), []);
    expect((await custody.read.accountOf([merchant])).paidIn).to.equal(0n);
  });

  it("moves the payer's money into the vault and announces the colour over the sale booked before", async () => {
    const { connection, custody, book, code, token, merchant, buyer, asLedger } = await fixture();
    const { vault } = await custody.read.accountOf([merchant]);
    await book.write.recordPayment([merchant, AMOUNT + 1n, 1n], asLedger);
    await expectEvents(connection, custody.write.collect([merchant, buyer.address, AMOUNT], asLedger), [
      event(custody, "Collected", { merchant, payer: buyer.address, amount: AMOUNT }),
      event(code, "ColourChanged", {
        merchant,
        from: COLOUR.RED,
        to: COLOUR.YELLOW,
        balance: AMOUNT + 1n,
        custody: AMOUNT,
        cover: 0n,
      }),
      event(token, "Transfer", { from: buyer.address, to: vault, value: AMOUNT }),
    ]);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(AMOUNT);
    expect(await token.read.balanceOf([vault])).to.equal(AMOUNT);
    expect(await token.read.balanceOf([buyer.address])).to.equal(0n);
  });
});
