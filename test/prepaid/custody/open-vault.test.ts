import { expect } from "chai";
import { zeroAddress } from "viem";
import { deployCustody, STATUS } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent, { vault: false, linked: false });
  return { ...custody, merchant };
});

describe("Custody.openVault (A-56)", () => {
  it("refuses everyone but a custodian bank", async () => {
    const { custody, merchant, people, accounts } = await fixture();
    for (const account of [people.stranger, people.agent, accounts.regulator, accounts.admin]) {
      await expectRevert(custody.write.openVault([merchant], { account }), custody, "AccessManagedUnauthorized", [
        account.address,
      ]);
    }
  });

  it("refuses a merchant that is not on file", async () => {
    const { custody, merchant, asCustodian } = await fixture();
    await expectRevert(custody.write.openVault([merchant + 1n], asCustodian), custody, "CustodyNotOnFile", [
      merchant + 1n,
      STATUS.NONE,
    ]);
  });

  it("refuses a merchant that left the platform", async () => {
    const { connection, custody, register, merchant, asCustodian, asAgent, asPlatform, now } = await fixture();
    await register.write.link([merchant, { value: `0x${"11".repeat(32)}`, algorithm: 1 }], asPlatform);
    await register.write.requestExit([merchant, { value: `0x${"12".repeat(32)}`, algorithm: 1 }], asAgent);
    await connection.networkHelpers.time.increaseTo((await now()) + 40n * 86_400n);
    await register.write.completeExit([merchant], asPlatform);
    await expectRevert(custody.write.openVault([merchant], asCustodian), custody, "CustodyNotOnFile", [
      merchant,
      STATUS.EXITED,
    ]);
  });

  it("gives each merchant a vault of its own, which only custody moves", async () => {
    const { connection, viem, custody, token, merchant, fileMerchant, people, accounts, asCustodian } = await fixture();
    const { result: vault } = await custody.simulate.openVault([merchant], { account: accounts.custodian.address });
    await expectEvents(connection, custody.write.openVault([merchant], asCustodian), [
      event(custody, "VaultOpened", { merchant, vault, custodian: accounts.custodian.address }),
    ]);
    const account = await custody.read.accountOf([merchant]);
    expect(account).to.deep.equal({
      vault,
      frozen: false,
      covers: 0,
      paidIn: 0n,
      released: 0n,
      refunded: 0n,
      returned: 0n,
    });
    const clone = await viem.getContractAt("MerchantVault", vault);
    expect((await clone.read.custody()).toLowerCase()).to.equal(custody.address);
    expect((await clone.read.token()).toLowerCase()).to.equal(token.address);
    const other = await fileMerchant(people.otherAgent);
    const { vault: otherVault } = await custody.read.accountOf([other]);
    expect(new Set([vault, otherVault, await custody.read.vaultImplementation(), zeroAddress])).to.have.lengthOf(4);
  });

  it("refuses a second vault", async () => {
    const { custody, merchant, asCustodian } = await fixture();
    await custody.write.openVault([merchant], asCustodian);
    const { vault } = await custody.read.accountOf([merchant]);
    await expectRevert(custody.write.openVault([merchant], asCustodian), custody, "CustodyVaultExists", [
      merchant,
      vault,
    ]);
  });
});

describe("MerchantVault.pay", () => {
  it("refuses everyone but custody, on a merchant's vault and on the one that is cloned", async () => {
    const { viem, custody, merchant, accounts, people, asCustodian } = await fixture();
    await custody.write.openVault([merchant], asCustodian);
    const { vault } = await custody.read.accountOf([merchant]);
    for (const address of [vault, await custody.read.vaultImplementation()]) {
      const target = await viem.getContractAt("MerchantVault", address);
      for (const account of [people.stranger, people.agent, accounts.admin, accounts.custodian]) {
        await expectRevert(target.write.pay([account.address, 0n], { account }), target, "MerchantVaultNotCustody", [
          account.address,
        ]);
      }
    }
  });
});
