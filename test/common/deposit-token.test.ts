import { expect } from "chai";
import { zeroAddress, zeroHash } from "viem";
import { DIGEST_ALGORITHM, deployCommon, digestOf } from "../fixtures/common.ts";
import { event, expectEvents } from "../helpers/expect-events.ts";
import { expectRevert } from "../helpers/expect-revert.ts";
import { defineFixture } from "../helpers/fixture.ts";

const CREDIT = digestOf("statement 2026-03-02, line 1");
const DEBIT = digestOf("statement 2026-03-02, line 2");

const fixture = defineFixture(async (connection) => {
  const common = await deployCommon(connection);
  return {
    ...common,
    asCustodian: { account: common.accounts.custodian },
    asAlice: { account: common.accounts.alice },
  };
});

describe("DepositToken", () => {
  it("counts in fen and is an ERC-20 by name", async () => {
    const { token, authority } = await fixture();
    expect(await token.read.decimals()).to.equal(2);
    expect(await token.read.name()).to.equal("Deposit CNY");
    expect(await token.read.symbol()).to.equal("dCNY");
    expect(await token.read.totalSupply()).to.equal(0n);
    expect((await token.read.authority()).toLowerCase()).to.equal(authority.address.toLowerCase());
  });

  it("refuses an authority that is not a contract", async () => {
    const { viem, token, accounts } = await fixture();
    const { address } = accounts.alice;
    await expectRevert(
      viem.deployContract("DepositToken", [address, "Deposit CNY", "dCNY"]),
      token,
      "GovernedNotAContract",
      [address],
    );
  });

  describe("mint", () => {
    it("refuses everyone but a custodian bank", async () => {
      const { token, accounts } = await fixture();
      for (const account of [accounts.alice, accounts.admin, accounts.regulator]) {
        await expectRevert(
          token.write.mint([account.address, 1n, CREDIT], { account }),
          token,
          "AccessManagedUnauthorized",
          [account.address],
        );
      }
    });

    it("refuses an amount of zero", async () => {
      const { token, accounts, asCustodian } = await fixture();
      await expectRevert(
        token.write.mint([accounts.alice.address, 0n, CREDIT], asCustodian),
        token,
        "DepositTokenZeroAmount",
        [],
      );
    });

    it("refuses a booking without the bank's entry", async () => {
      const { token, accounts, asCustodian } = await fixture();
      for (const entry of [
        { value: zeroHash, algorithm: DIGEST_ALGORITHM.SHA256 },
        { value: CREDIT.value, algorithm: DIGEST_ALGORITHM.NONE },
      ]) {
        await expectRevert(
          token.write.mint([accounts.alice.address, 1n, entry], asCustodian),
          token,
          "DigestsMissing",
          [entry.value, entry.algorithm],
        );
      }
    });

    it("refuses the zero address", async () => {
      const { token, asCustodian } = await fixture();
      await expectRevert(token.write.mint([zeroAddress, 1n, CREDIT], asCustodian), token, "ERC20InvalidReceiver", [
        zeroAddress,
      ]);
    });

    it("refuses an entry that was booked", async () => {
      const { token, accounts, asCustodian } = await fixture();
      await token.write.mint([accounts.alice.address, 1n, CREDIT], asCustodian);
      await expectRevert(
        token.write.mint([accounts.bob.address, 2n, CREDIT], asCustodian),
        token,
        "DepositTokenEntryUsed",
        [CREDIT.value],
      );
    });

    it("credits the deposit", async () => {
      const { connection, token, accounts, asCustodian } = await fixture();
      expect(await token.read.isEntryUsed([CREDIT.value])).to.equal(false);
      await expectEvents(connection, token.write.mint([accounts.alice.address, 12_345n, CREDIT], asCustodian), [
        event(token, "Transfer", { from: zeroAddress, to: accounts.alice.address, value: 12_345n }),
        event(token, "DepositMinted", {
          custodian: accounts.custodian.address,
          to: accounts.alice.address,
          amount: 12_345n,
          bankEntry: CREDIT,
        }),
      ]);
      expect(await token.read.balanceOf([accounts.alice.address])).to.equal(12_345n);
      expect(await token.read.totalSupply()).to.equal(12_345n);
      expect(await token.read.isEntryUsed([CREDIT.value])).to.equal(true);
    });
  });

  describe("burn", () => {
    it("refuses everyone but a custodian bank, the holder included", async () => {
      const { token, accounts, asCustodian, asAlice } = await fixture();
      await token.write.mint([accounts.alice.address, 100n, CREDIT], asCustodian);
      await expectRevert(
        token.write.burn([accounts.alice.address, 1n, DEBIT], asAlice),
        token,
        "AccessManagedUnauthorized",
        [accounts.alice.address],
      );
    });

    it("refuses an amount of zero, a missing entry, and the entry of a mint", async () => {
      const { token, accounts, asCustodian } = await fixture();
      const { address } = accounts.custodian;
      await token.write.mint([address, 100n, CREDIT], asCustodian);
      const noEntry = { value: zeroHash, algorithm: DIGEST_ALGORITHM.NONE };
      await expectRevert(token.write.burn([address, 0n, DEBIT], asCustodian), token, "DepositTokenZeroAmount", []);
      await expectRevert(token.write.burn([address, 1n, noEntry], asCustodian), token, "DigestsMissing", [zeroHash, 0]);
      await expectRevert(token.write.burn([address, 1n, CREDIT], asCustodian), token, "DepositTokenEntryUsed", [
        CREDIT.value,
      ]);
    });

    it("refuses another's deposit beyond the allowance", async () => {
      const { token, accounts, asCustodian, asAlice } = await fixture();
      await token.write.mint([accounts.alice.address, 100n, CREDIT], asCustodian);
      await token.write.approve([accounts.custodian.address, 40n], asAlice);
      await expectRevert(
        token.write.burn([accounts.alice.address, 41n, DEBIT], asCustodian),
        token,
        "ERC20InsufficientAllowance",
        [accounts.custodian.address, 40n, 41n],
      );
    });

    it("refuses more than the bank has", async () => {
      const { token, accounts, asCustodian } = await fixture();
      const { address } = accounts.custodian;
      await token.write.mint([address, 100n, CREDIT], asCustodian);
      await expectRevert(token.write.burn([address, 101n, DEBIT], asCustodian), token, "ERC20InsufficientBalance", [
        address,
        100n,
        101n,
      ]);
    });

    it("pays out of the bank's own balance without an allowance", async () => {
      const { connection, token, accounts, asCustodian } = await fixture();
      const { address } = accounts.custodian;
      await token.write.mint([address, 100n, CREDIT], asCustodian);
      await expectEvents(connection, token.write.burn([address, 30n, DEBIT], asCustodian), [
        event(token, "Transfer", { from: address, to: zeroAddress, value: 30n }),
        event(token, "DepositBurned", { custodian: address, from: address, amount: 30n, bankEntry: DEBIT }),
      ]);
      expect(await token.read.totalSupply()).to.equal(70n);
      expect(await token.read.isEntryUsed([DEBIT.value])).to.equal(true);
    });

    it("pays a holder's deposit out of the allowance and uses it up", async () => {
      const { connection, token, accounts, asCustodian, asAlice } = await fixture();
      const { custodian, alice } = accounts;
      await token.write.mint([alice.address, 100n, CREDIT], asCustodian);
      await token.write.approve([custodian.address, 40n], asAlice);
      await expectEvents(connection, token.write.burn([alice.address, 40n, DEBIT], asCustodian), [
        event(token, "Transfer", { from: alice.address, to: zeroAddress, value: 40n }),
        event(token, "DepositBurned", {
          custodian: custodian.address,
          from: alice.address,
          amount: 40n,
          bankEntry: DEBIT,
        }),
      ]);
      expect(await token.read.balanceOf([alice.address])).to.equal(60n);
      expect(await token.read.allowance([alice.address, custodian.address])).to.equal(0n);
    });
  });

  it("refuses ether", async () => {
    const { viem, token } = await fixture();
    const [wallet] = await viem.getWalletClients();
    if (wallet === undefined) throw new Error("The network under test has no account");
    const client = await viem.getPublicClient();
    let failed = false;
    try {
      await wallet.sendTransaction({ to: token.address, value: 1n });
    } catch {
      failed = true;
    }
    expect(failed).to.equal(true);
    expect(await client.getBalance({ address: token.address })).to.equal(0n);
  });
});
