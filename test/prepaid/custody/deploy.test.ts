import { selectorsOf } from "@banyan/app-common/deploy";
import { expect } from "chai";
import { zeroAddress } from "viem";
import { ROLE } from "../../fixtures/common.ts";
import { deployCustody } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const deployed = await deployCustody(connection);
  const { authority, clock, token, register, book, rules } = deployed;
  const parts = [authority, clock, token, register, book, rules].map(({ address }) => address) as [
    `0x${string}`,
    `0x${string}`,
    `0x${string}`,
    `0x${string}`,
    `0x${string}`,
    `0x${string}`,
  ];
  return { ...deployed, parts };
});

describe("Custody, deployed", () => {
  it("refuses a part that is not a contract", async () => {
    const { viem, custody, parts, accounts } = await fixture();
    for (let i = 0; i < parts.length; i++) {
      const wrong: typeof parts = [...parts];
      wrong[i] = accounts.alice.address;
      await expectRevert(viem.deployContract("Custody", wrong), custody, "GovernedNotAContract", [
        accounts.alice.address,
      ]);
    }
  });

  it("says what it stands on", async () => {
    const { custody, clock, token, register, book, rules, code } = await fixture();
    const { read } = custody;
    const named = [read.clock(), read.token(), read.register(), read.book(), read.rules(), read.supervisionCode()];
    expect((await Promise.all(named)).map((address) => address.toLowerCase())).to.deep.equal(
      [clock, token, register, book, rules, code].map(({ address }) => address),
    );
    expect(await read.domainVersion()).to.equal("1.0.0");
  });

  it("refuses money before the supervision code is wired", async () => {
    const { viem, authority, parts, people, accounts, asAgent, fileMerchant } = await fixture();
    const merchant = await fileMerchant(people.agent);
    const fresh = await viem.deployContract("Custody", parts);
    const opening = selectorsOf(fresh.abi, ["openVault"]);
    await authority.write.setTargetFunctionRole([fresh.address, opening, ROLE.CUSTODIAN], { account: accounts.admin });
    await fresh.write.openVault([merchant], { account: accounts.custodian });
    expect(await fresh.read.supervisionCode()).to.equal(zeroAddress);
    await expectRevert(fresh.write.deposit([merchant, 1n], asAgent), fresh, "CodeUserNotWired", [merchant]);
  });

  describe("wireCode", () => {
    it("refuses everyone but the administrator", async () => {
      const { viem, parts, code, people, accounts } = await fixture();
      const fresh = await viem.deployContract("Custody", parts);
      for (const account of [people.stranger, accounts.regulator, accounts.platform]) {
        await expectRevert(fresh.write.wireCode([code.address], { account }), fresh, "AccessManagedUnauthorized", [
          account.address,
        ]);
      }
    });

    it("refuses an address without a contract, and a second code", async () => {
      const { viem, custody, parts, code, accounts } = await fixture();
      const asAdmin = { account: accounts.admin };
      const fresh = await viem.deployContract("Custody", parts);
      await expectRevert(fresh.write.wireCode([accounts.alice.address], asAdmin), fresh, "GovernedNotAContract", [
        accounts.alice.address,
      ]);
      await expectRevert(custody.write.wireCode([custody.address], asAdmin), custody, "CodeUserAlreadyWired", [
        code.address,
      ]);
    });

    it("keeps the code", async () => {
      const { connection, viem, parts, code, accounts } = await fixture();
      const fresh = await viem.deployContract("Custody", parts);
      await expectEvents(connection, fresh.write.wireCode([code.address], { account: accounts.admin }), [
        event(fresh, "CodeWired", { code: code.address }),
      ]);
      expect((await fresh.read.supervisionCode()).toLowerCase()).to.equal(code.address);
    });
  });
});
