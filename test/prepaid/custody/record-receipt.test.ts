import { expect } from "chai";
import { COLOUR, deployCustody } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  await custody.give(custody.people.agent, 1_000n);
  const { vault } = await custody.custody.read.accountOf([merchant]);
  return { ...custody, merchant, vault };
});

describe("Custody.recordReceipt", () => {
  it("refuses everyone but a custodian bank", async () => {
    const { custody, token, merchant, vault, people, accounts, asAgent } = await fixture();
    await token.write.transfer([vault, 10n], asAgent);
    for (const account of [people.stranger, people.agent, people.ledger, accounts.regulator]) {
      await expectRevert(custody.write.recordReceipt([merchant], { account }), custody, "AccessManagedUnauthorized", [
        account.address,
      ]);
    }
  });

  it("refuses a merchant without a vault", async () => {
    const { custody, merchant, asCustodian } = await fixture();
    await expectRevert(custody.write.recordReceipt([merchant + 1n], asCustodian), custody, "CustodyNoVault", [
      merchant + 1n,
    ]);
  });

  it("refuses when every fen is booked", async () => {
    const { custody, merchant, asAgent, asCustodian } = await fixture();
    await custody.write.deposit([merchant, 400n], asAgent);
    await expectRevert(custody.write.recordReceipt([merchant], asCustodian), custody, "CustodyNothingReceived", [
      merchant,
    ]);
  });

  it("counts money sent past custody only once the bank reports it, and then once", async () => {
    const { connection, custody, code, token, merchant, vault, accounts, asAgent, asCustodian, asPayer, people } =
      await fixture();
    await custody.write.deposit([merchant, 400n], asAgent);
    await custody.write.payHolder([merchant, accounts.alice.address, 150n], asPayer);
    await token.write.transfer([vault, 7n], asAgent);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(250n);
    expect(await token.read.balanceOf([vault])).to.equal(257n);

    const { result } = await custody.simulate.recordReceipt([merchant], { account: accounts.custodian.address });
    expect(result).to.equal(7n);
    await expectEvents(connection, custody.write.recordReceipt([merchant], asCustodian), [
      event(custody, "ReceiptRecorded", { merchant, custodian: accounts.custodian.address, amount: 7n }),
    ]);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(257n);
    expect((await custody.read.accountOf([merchant])).paidIn).to.equal(407n);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.GREEN);
    await expectRevert(custody.write.recordReceipt([merchant], asCustodian), custody, "CustodyNothingReceived", [
      merchant,
    ]);
    expect(await token.read.balanceOf([people.agent.address])).to.equal(593n);
  });

  it("announces the colour that the receipt brings", async () => {
    const { connection, custody, code, token, merchant, vault, accounts, asAgent, asCustodian } = await fixture();
    await token.write.transfer([vault, 7n], asAgent);
    await expectEvents(connection, custody.write.recordReceipt([merchant], asCustodian), [
      event(custody, "ReceiptRecorded", { merchant, custodian: accounts.custodian.address, amount: 7n }),
      event(code, "ColourChanged", {
        merchant,
        from: COLOUR.RED,
        to: COLOUR.GREEN,
        balance: 0n,
        custody: 7n,
        cover: 0n,
      }),
    ]);
  });
});
