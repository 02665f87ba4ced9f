import { expect } from "chai";
import { type Address, encodeAbiParameters, type Hex, keccak256, toFunctionSelector, zeroAddress } from "viem";
import { deployCommon, ROLE, TIME_UNIT } from "../fixtures/common.ts";
import { event, expectEvents } from "../helpers/expect-events.ts";
import { expectRevert } from "../helpers/expect-revert.ts";
import { defineFixture } from "../helpers/fixture.ts";

const fixture = defineFixture(deployCommon);

/** Where the AccessManager keeps a membership: `_roles[roleId].members[account]`, `_roles` being its second variable. */
function memberSlot(roleId: bigint, account: Address): Hex {
  const role = keccak256(encodeAbiParameters([{ type: "uint64" }, { type: "uint256" }], [roleId, 1n]));
  return keccak256(encodeAbiParameters([{ type: "address" }, { type: "bytes32" }], [account, role]));
}

describe("Authority", () => {
  describe("deployment", () => {
    it("refuses no administrator", async () => {
      const { viem, authority } = await fixture();
      await expectRevert(
        viem.deployContract("Authority", [zeroAddress]),
        authority,
        "AccessManagerInvalidInitialAdmin",
        [zeroAddress],
      );
    });

    it("labels every role, in the order it lists them", async () => {
      const { viem, authority } = await fixture();
      const client = await viem.getPublicClient();
      const labels = await client.getContractEvents({
        ...authority,
        eventName: "RoleLabel",
        fromBlock: 0n,
        strict: true,
      });
      const ids = await authority.read.roles();
      expect(labels.map(({ args }) => args.roleId)).to.deep.equal(ids);
      for (const { args } of labels) expect(await authority.read.labelOf([args.roleId])).to.equal(args.label);
      expect([...ids].sort((a, b) => (a < b ? -1 : 1))).to.deep.equal(ids);
      expect(new Set(labels.map(({ args }) => args.label)).size).to.equal(ids.length);
    });
  });

  describe("labelOf", () => {
    it("refuses an id that is no role", async () => {
      const { authority } = await fixture();
      await expectRevert(authority.read.labelOf([99n]), authority, "RolesUnknownRole", [99n]);
    });

    it("knows every shared role, the administrator's and the public's included", async () => {
      const { authority } = await fixture();
      for (const [label, id] of Object.entries(ROLE)) expect(await authority.read.labelOf([id])).to.equal(label);
    });
  });

  describe("delays", () => {
    it("refuses one at a grant", async () => {
      const { authority, accounts } = await fixture();
      await expectRevert(
        authority.write.grantRole([ROLE.AUDITOR, accounts.alice.address, 1], { account: accounts.admin }),
        authority,
        "AuthorityDelayNotSupported",
        [1],
      );
    });

    it("refuses one before grants", async () => {
      const { authority, accounts } = await fixture();
      const options = { account: accounts.admin };
      await expectRevert(
        authority.write.setGrantDelay([ROLE.AUDITOR, 2], options),
        authority,
        "AuthorityDelayNotSupported",
        [2],
      );
      await authority.write.setGrantDelay([ROLE.AUDITOR, 0], options);
      expect(await authority.read.getRoleGrantDelay([ROLE.AUDITOR])).to.equal(0);
    });

    it("refuses one on a target", async () => {
      const { authority, clock, accounts } = await fixture();
      const options = { account: accounts.admin };
      await expectRevert(
        authority.write.setTargetAdminDelay([clock.address, 3], options),
        authority,
        "AuthorityDelayNotSupported",
        [3],
      );
      await authority.write.setTargetAdminDelay([clock.address, 0], options);
      expect(await authority.read.getTargetAdminDelay([clock.address])).to.equal(0);
    });
  });

  describe("grantRole and revokeRole", () => {
    it("refuse everyone but the administrator", async () => {
      const { authority, accounts } = await fixture();
      const options = { account: accounts.regulator };
      const { address } = accounts.alice;
      const args = [accounts.regulator.address, ROLE.ADMIN] as const;
      await expectRevert(
        authority.write.grantRole([ROLE.REGULATOR, address, 0], options),
        authority,
        "AccessManagerUnauthorizedAccount",
        args,
      );
      await expectRevert(
        authority.write.revokeRole([ROLE.AUDITOR, accounts.auditor.address], options),
        authority,
        "AccessManagerUnauthorizedAccount",
        args,
      );
    });

    it("hold from the grant to the revocation", async () => {
      const { connection, authority, clock, accounts } = await fixture();
      const { admin, alice } = accounts;
      const membership = [ROLE.REGULATOR, alice.address] as const;
      expect(await authority.read.hasRole(membership)).to.deep.equal([false, 0]);
      await authority.write.grantRole([...membership, 0], { account: admin });
      expect(await authority.read.hasRole(membership)).to.deep.equal([true, 0]);
      await clock.write.setUnit([TIME_UNIT.SECONDS], { account: alice });
      await expectEvents(connection, authority.write.revokeRole([...membership], { account: admin }), [
        event(authority, "RoleRevoked", { roleId: ROLE.REGULATOR, account: alice.address }),
      ]);
      expect(await authority.read.hasRole(membership)).to.deep.equal([false, 0]);
      await expectRevert(
        clock.write.setUnit([TIME_UNIT.AUTO], { account: alice }),
        clock,
        "AccessManagedUnauthorized",
        [alice.address],
      );
    });

    it("let everybody have the public role", async () => {
      const { authority, clock, accounts, wire } = await fixture();
      expect(await authority.read.hasRole([ROLE.PUBLIC, accounts.alice.address])).to.deep.equal([true, 0]);
      await wire(clock, ROLE.PUBLIC, "setUnit(uint8)");
      await clock.write.setUnit([TIME_UNIT.SECONDS], { account: accounts.bob });
      expect(await clock.read.unit()).to.equal(TIME_UNIT.SECONDS);
    });
  });

  // The AccessManager keeps the moment of a grant in the chain's own unit. A chain that counted milliseconds at the grant and
  // seconds now shows it as lying far in the future; the slot is written to make that state on a test chain.
  it("keeps a role that was granted before the chain changed from milliseconds to seconds", async () => {
    const { connection, authority, accounts } = await fixture();
    const { networkHelpers } = connection;
    const { admin, alice } = accounts;
    await authority.write.grantRole([ROLE.AUDITOR, alice.address, 0], { account: admin });
    const [since] = await authority.read.getAccess([ROLE.AUDITOR, alice.address]);
    const slot = memberSlot(ROLE.AUDITOR, alice.address);
    await networkHelpers.setStorageAt(authority.address, slot, BigInt(since) * 1_000n);
    expect(await authority.read.getAccess([ROLE.AUDITOR, alice.address])).to.deep.equal([since * 1_000, 0, 0, 0]);
    expect(await authority.read.hasRole([ROLE.AUDITOR, alice.address])).to.deep.equal([true, 0]);
  });

  describe("wiring", () => {
    it("refuses everyone but the administrator", async () => {
      const { authority, clock, accounts } = await fixture();
      await expectRevert(
        authority.write.setTargetFunctionRole([clock.address, [toFunctionSelector("setUnit(uint8)")], ROLE.PUBLIC], {
          account: accounts.emergency,
        }),
        authority,
        "AccessManagerUnauthorizedAccount",
        [accounts.emergency.address, ROLE.ADMIN],
      );
    });

    it("leaves a restricted function that was never wired to the administrator", async () => {
      const { viem, authority, accounts } = await fixture();
      const clock = await viem.deployContract("Clock", [authority.address, TIME_UNIT.AUTO]);
      await expectRevert(
        clock.write.setUnit([TIME_UNIT.SECONDS], { account: accounts.regulator }),
        clock,
        "AccessManagedUnauthorized",
        [accounts.regulator.address],
      );
      await clock.write.setUnit([TIME_UNIT.SECONDS], { account: accounts.admin });
      expect(await clock.read.unit()).to.equal(TIME_UNIT.SECONDS);
    });

    it("moves a contract to another authority, and only to a contract", async () => {
      const { viem, authority, clock, accounts } = await fixture();
      const { admin, alice } = accounts;
      await expectRevert(
        clock.write.setAuthority([authority.address], { account: admin }),
        clock,
        "AccessManagedUnauthorized",
        [admin.address],
      );
      await expectRevert(
        authority.write.updateAuthority([clock.address, alice.address], { account: admin }),
        clock,
        "AccessManagedInvalidAuthority",
        [alice.address],
      );
      const other = await viem.deployContract("Authority", [alice.address]);
      await authority.write.updateAuthority([clock.address, other.address], { account: admin });
      await expectRevert(
        clock.write.setUnit([TIME_UNIT.SECONDS], { account: accounts.regulator }),
        clock,
        "AccessManagedUnauthorized",
        [accounts.regulator.address],
      );
      await clock.write.setUnit([TIME_UNIT.SECONDS], { account: alice });
      expect(await clock.read.unit()).to.equal(TIME_UNIT.SECONDS);
    });
  });
});
