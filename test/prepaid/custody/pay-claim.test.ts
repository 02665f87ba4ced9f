import { expect } from "chai";
import { zeroHash } from "viem";
import { DIGEST_ALGORITHM, digestOf } from "../../fixtures/common.ts";
import { COLOUR, COVER, deployCustody, YUAN } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const COVERED = 110_000n * YUAN;
const CLAIM = digestOf("claim 1");

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  const now = await custody.now();
  await custody.custody.write.registerCover(
    [merchant, COVER.INSURANCE, COVERED, now, now + 10_000n, digestOf("policy")],
    custody.asInsurer,
  );
  await custody.records.paid(merchant, 150_000n * YUAN);
  await custody.give(custody.accounts.insurer, COVERED);
  return { ...custody, merchant, start: now };
});

describe("Custody.payClaim (A-17, A-44)", () => {
  it("refuses a cover that does not exist", async () => {
    const { custody, asInsurer } = await fixture();
    await expectRevert(custody.write.payClaim([2n, 1n, CLAIM], asInsurer), custody, "CustodyUnknownCover", [2n]);
  });

  it("refuses everyone but the provider that registered it", async () => {
    const { custody, people, accounts } = await fixture();
    for (const account of [people.stranger, people.agent, people.otherInsurer, accounts.custodian]) {
      await expectRevert(custody.write.payClaim([1n, 1n, CLAIM], { account }), custody, "CustodyNotProvider", [
        1n,
        account.address,
      ]);
    }
  });

  it("refuses a claim without digest or algorithm", async () => {
    const { custody, asInsurer } = await fixture();
    for (const claim of [
      { value: zeroHash, algorithm: CLAIM.algorithm },
      { value: CLAIM.value, algorithm: DIGEST_ALGORITHM.NONE },
    ]) {
      await expectRevert(custody.write.payClaim([1n, 1n, claim], asInsurer), custody, "DigestsMissing", [
        claim.value,
        claim.algorithm,
      ]);
    }
  });

  it("refuses an amount of zero, and one over what is left", async () => {
    const { custody, merchant, asInsurer } = await fixture();
    await expectRevert(custody.write.payClaim([1n, 0n, CLAIM], asInsurer), custody, "CustodyZeroAmount", [merchant]);
    await expectRevert(custody.write.payClaim([1n, COVERED + 1n, CLAIM], asInsurer), custody, "CustodyCoverTooSmall", [
      1n,
      COVERED,
      COVERED + 1n,
    ]);
  });

  it("refuses a provider that approved less or has less", async () => {
    const { custody, token, accounts, asInsurer } = await fixture();
    await token.write.approve([custody.address, 4n], asInsurer);
    await expectRevert(custody.write.payClaim([1n, 5n, CLAIM], asInsurer), token, "ERC20InsufficientAllowance", [
      custody.address,
      4n,
      5n,
    ]);
    await token.write.approve([custody.address, COVERED], asInsurer);
    await token.write.transfer([accounts.alice.address, COVERED - 4n], asInsurer);
    await expectRevert(custody.write.payClaim([1n, 5n, CLAIM], asInsurer), token, "ERC20InsufficientBalance", [
      accounts.insurer.address,
      4n,
      5n,
    ]);
  });

  it("turns cover into custody fen for fen, so that the colour stays", async () => {
    const { connection, custody, token, merchant, accounts, asInsurer } = await fixture();
    const { vault } = await custody.read.accountOf([merchant]);
    const amount = 40_000n * YUAN;
    await expectEvents(connection, custody.write.payClaim([1n, amount, CLAIM], asInsurer), [
      event(custody, "CoverClaimPaid", { cover: 1n, merchant, amount, left: COVERED - amount, claim: CLAIM }),
      event(token, "Transfer", { from: accounts.insurer.address, to: vault, value: amount }),
    ]);
    expect(await custody.read.coverOf([merchant])).to.equal(COVERED - amount);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(amount);
    expect((await custody.read.accountOf([merchant])).paidIn).to.equal(amount);
    expect(await token.read.balanceOf([vault])).to.equal(amount);
    await custody.write.payClaim([1n, COVERED - amount, CLAIM], asInsurer);
    expect(await custody.read.coverOf([merchant])).to.equal(0n);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(COVERED);
  });

  it("takes a claim under a cover that lapsed, and announces the colour it brings", async () => {
    const { connection, custody, code, token, merchant, start, accounts, asInsurer, asPlatform } = await fixture();
    await connection.networkHelpers.time.increaseTo(start + 20_000n);
    await code.write.refresh([merchant], asPlatform);
    const { vault } = await custody.read.accountOf([merchant]);
    await expectEvents(connection, custody.write.payClaim([1n, 9n, CLAIM], asInsurer), [
      event(custody, "CoverClaimPaid", { cover: 1n, merchant, amount: 9n, left: COVERED - 9n, claim: CLAIM }),
      event(code, "ColourChanged", {
        merchant,
        from: COLOUR.RED,
        to: COLOUR.YELLOW,
        balance: 150_000n * YUAN,
        custody: 9n,
        cover: 0n,
      }),
      event(token, "Transfer", { from: accounts.insurer.address, to: vault, value: 9n }),
    ]);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(9n);
    expect((await custody.read.coverById([1n])).amount).to.equal(COVERED - 9n);
  });
});
