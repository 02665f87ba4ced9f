import { expect } from "chai";
import { zeroHash } from "viem";
import { ascii, DIGEST_ALGORITHM, digestOf } from "../../fixtures/common.ts";
import { deployCustody, YUAN } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const ORDER = digestOf("order 7");
const LIFTED = digestOf("order 8");

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  await custody.trade(
    merchant,
    { paid: 150_000n * YUAN, redeemed: 50_000n * YUAN, held: 80_000n * YUAN },
    custody.people.agent,
  );
  return { ...custody, merchant };
});

describe("Custody.freeze", () => {
  it("refuses everyone but the duty officer, the regulator included", async () => {
    const { custody, merchant, people, accounts } = await fixture();
    for (const account of [people.stranger, people.agent, accounts.regulator, accounts.admin]) {
      await expectRevert(custody.write.freeze([merchant, ORDER], { account }), custody, "AccessManagedUnauthorized", [
        account.address,
      ]);
    }
  });

  it("refuses a merchant without a vault, and an order without digest or algorithm", async () => {
    const { custody, merchant, asEmergency } = await fixture();
    await expectRevert(custody.write.freeze([merchant + 1n, ORDER], asEmergency), custody, "CustodyNoVault", [
      merchant + 1n,
    ]);
    for (const reason of [
      { value: zeroHash, algorithm: ORDER.algorithm },
      { value: ORDER.value, algorithm: DIGEST_ALGORITHM.NONE },
    ]) {
      await expectRevert(custody.write.freeze([merchant, reason], asEmergency), custody, "DigestsMissing", [
        reason.value,
        reason.algorithm,
      ]);
    }
  });

  it("refuses a merchant that is frozen", async () => {
    const { custody, merchant, asEmergency } = await fixture();
    await custody.write.freeze([merchant, ORDER], asEmergency);
    await expectRevert(custody.write.freeze([merchant, ORDER], asEmergency), custody, "CustodyFrozen", [merchant]);
  });

  it("stops payouts to this merchant, no other merchant's, and no payment to a holder", async () => {
    const {
      connection,
      custody,
      token,
      merchant,
      fileMerchant,
      trade,
      people,
      accounts,
      asAgent,
      asEmergency,
      asPayer,
    } = await fixture();
    await expectEvents(connection, custody.write.freeze([merchant, ORDER], asEmergency), [
      event(custody, "PayoutsFrozen", { merchant, account: accounts.emergency.address, reason: ORDER }),
    ]);
    expect((await custody.read.accountOf([merchant])).frozen).to.equal(true);
    await expectRevert(custody.write.release([merchant, 1n], asAgent), custody, "CustodyFrozen", [merchant]);
    await custody.write.payHolder([merchant, accounts.alice.address, 9n], asPayer);
    expect(await token.read.balanceOf([accounts.alice.address])).to.equal(9n);
    const other = await fileMerchant(people.otherAgent);
    await trade(other, { paid: 10n, redeemed: 5n, held: 5n }, people.otherAgent);
    await custody.write.release([other, 5n], { account: people.otherAgent });
    expect((await custody.read.accountOf([other])).frozen).to.equal(false);
  });
});

describe("Custody.unfreeze", () => {
  it("refuses everyone but the regulator, the duty officer included", async () => {
    const { custody, merchant, people, accounts, asEmergency } = await fixture();
    await custody.write.freeze([merchant, ORDER], asEmergency);
    for (const account of [people.stranger, people.agent, accounts.emergency, accounts.admin]) {
      await expectRevert(
        custody.write.unfreeze([merchant, LIFTED], { account }),
        custody,
        "AccessManagedUnauthorized",
        [account.address],
      );
    }
  });

  it("refuses a merchant without a vault, an order without digest, and a merchant that is not frozen", async () => {
    const { custody, merchant, asRegulator } = await fixture();
    await expectRevert(custody.write.unfreeze([merchant + 1n, LIFTED], asRegulator), custody, "CustodyNoVault", [
      merchant + 1n,
    ]);
    await expectRevert(
      custody.write.unfreeze([merchant, { value: zeroHash, algorithm: LIFTED.algorithm }], asRegulator),
      custody,
      "DigestsMissing",
      [zeroHash, LIFTED.algorithm],
    );
    await expectRevert(custody.write.unfreeze([merchant, LIFTED], asRegulator), custody, "CustodyNotFrozen", [
      merchant,
    ]);
  });

  it("lets payouts go on", async () => {
    const { connection, custody, merchant, accounts, asAgent, asEmergency, asRegulator } = await fixture();
    await custody.write.freeze([merchant, ORDER], asEmergency);
    await expectEvents(connection, custody.write.unfreeze([merchant, LIFTED], asRegulator), [
      event(custody, "PayoutsUnfrozen", { merchant, account: accounts.regulator.address, reason: LIFTED }),
    ]);
    await custody.write.release([merchant, 1n], asAgent);
    expect((await custody.read.accountOf([merchant])).released).to.equal(1n);
  });
});

describe("Custody.pause", () => {
  it("knows one area, payouts to merchants", async () => {
    const { custody } = await fixture();
    expect(await custody.read.areas()).to.deep.equal([ascii("PAYOUT")]);
    expect(await custody.read.PAYOUT()).to.equal(ascii("PAYOUT"));
  });

  it("stops no deposit, no cover and no payment to a holder", async () => {
    const { custody, token, merchant, give, people, accounts, now, asAgent, asEmergency, asInsurer, asPayer } =
      await fixture();
    await custody.write.pause([ascii("PAYOUT"), ORDER], asEmergency);
    await give(people.agent, 10n);
    await custody.write.deposit([merchant, 10n], asAgent);
    const time = await now();
    await custody.write.registerCover([merchant, 0, 5n, time, time + 1_000n, digestOf("policy")], asInsurer);
    await custody.write.payHolder([merchant, accounts.alice.address, 9n], asPayer);
    expect(await token.read.balanceOf([accounts.alice.address])).to.equal(9n);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(80_000n * YUAN + 1n);
  });
});
