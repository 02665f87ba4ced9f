import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { COLOUR, deployCustody, YUAN } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** Balance 250,000 CNY, so that 100,000 are required, and exactly those are in the vault. */
const HELD = 100_000n * YUAN;

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  await custody.trade(merchant, { paid: 250_000n * YUAN, redeemed: 0n, held: HELD }, custody.people.agent);
  return { ...custody, merchant, holder: custody.accounts.alice.address };
});

describe("Custody.payHolder", () => {
  it("refuses everyone but the contracts that pay holders", async () => {
    const { custody, merchant, holder, people, accounts } = await fixture();
    for (const account of [people.stranger, people.agent, people.ledger, accounts.alice, accounts.regulator]) {
      await expectRevert(
        custody.write.payHolder([merchant, holder, 1n], { account }),
        custody,
        "AccessManagedUnauthorized",
        [account.address],
      );
    }
  });

  it("pays what is due, below the requirement too, and leaves the code to the caller", async () => {
    const { connection, custody, code, token, merchant, holder, people, asPayer, asLedger } = await fixture();
    const { vault } = await custody.read.accountOf([merchant]);
    const amount = 30_000n * YUAN;
    const { result } = await custody.simulate.payHolder([merchant, holder, amount], {
      account: people.payer.address,
    });
    expect(result).to.equal(amount);
    await expectEvents(connection, custody.write.payHolder([merchant, holder, amount], asPayer), [
      event(custody, "HolderPaid", { merchant, holder, amount }),
      event(token, "Transfer", { from: vault, to: holder, value: amount }),
    ]);
    const account = await custody.read.accountOf([merchant]);
    expect(account.refunded).to.equal(amount);
    expect(account.released).to.equal(0n);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(HELD - amount);
    expect(await token.read.balanceOf([holder])).to.equal(amount);
    expect(await code.read.compliantOf([merchant])).to.equal(false);
    expect(await code.read.shortSince([merchant])).to.equal(0n);
    await code.write.refresh([merchant], asLedger);
    expect(await code.read.shortSince([merchant])).not.to.equal(0n);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.YELLOW);
  });

  it("pays as far as the vault reaches", async () => {
    const { connection, custody, token, merchant, holder, people, asPayer } = await fixture();
    const { vault } = await custody.read.accountOf([merchant]);
    const { result } = await custody.simulate.payHolder([merchant, holder, HELD + 1n], {
      account: people.payer.address,
    });
    expect(result).to.equal(HELD);
    await expectEvents(connection, custody.write.payHolder([merchant, holder, HELD + 1n], asPayer), [
      event(custody, "HolderPaid", { merchant, holder, amount: HELD }),
      event(token, "Transfer", { from: vault, to: holder, value: HELD }),
    ]);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(0n);
  });

  it("pays nothing from an empty vault, and nothing where there is no vault", async () => {
    const { connection, custody, merchant, holder, fileMerchant, people, asPayer } = await fixture();
    const bare = await fileMerchant(people.otherAgent, { vault: false });
    await custody.write.payHolder([merchant, holder, HELD], asPayer);
    for (const id of [merchant, bare]) {
      const { result } = await custody.simulate.payHolder([id, holder, 1n], { account: people.payer.address });
      expect(result).to.equal(0n);
      await expectEvents(connection, custody.write.payHolder([id, holder, 1n], asPayer), []);
    }
    await expectEvents(connection, custody.write.payHolder([merchant, holder, 0n], asPayer), []);
  });

  it("pays while the merchant is frozen, payouts are paused, and the merchant is in default", async () => {
    const { custody, register, token, merchant, holder, now, asEmergency, asRegulator, asPayer } = await fixture();
    const order = digestOf("order");
    await custody.write.freeze([merchant, order], asEmergency);
    await custody.write.pause([await custody.read.PAYOUT(), order], asEmergency);
    await register.write.declareDefault([merchant, await now(), order], asRegulator);
    await custody.write.payHolder([merchant, holder, 5n], asPayer);
    expect(await token.read.balanceOf([holder])).to.equal(5n);
  });
});
