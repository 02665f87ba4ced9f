import { expect } from "chai";
import { zeroHash } from "viem";
import { ascii, DIGEST_ALGORITHM, deployCommon, digestOf, ROLE } from "../fixtures/common.ts";
import { event, expectEvents } from "../helpers/expect-events.ts";
import { expectRevert } from "../helpers/expect-revert.ts";
import { defineFixture } from "../helpers/fixture.ts";

const ISSUE = ascii("ISSUE");
const PAYOUT = ascii("PAYOUT");
const UNKNOWN = ascii("ISSUES");
const ORDER = digestOf("order 2026-17");

const fixture = defineFixture(async (connection) => {
  const common = await deployCommon(connection);
  const stop = await common.viem.deployContract("EmergencyStopHarness", [common.authority.address]);
  await common.wire(stop, ROLE.EMERGENCY, "pause(bytes32,(bytes32,uint8))");
  await common.wire(stop, ROLE.REGULATOR, "unpause(bytes32,(bytes32,uint8))");
  const { emergency, regulator, alice } = common.accounts;
  return {
    ...common,
    stop,
    asEmergency: { account: emergency },
    asRegulator: { account: regulator },
    asAlice: { account: alice },
  };
});

describe("EmergencyStop", () => {
  it("lists its areas, all running", async () => {
    const { stop } = await fixture();
    expect(await stop.read.areas()).to.deep.equal([ISSUE, PAYOUT]);
    expect(await stop.read.paused([ISSUE])).to.equal(false);
    await expectRevert(stop.read.paused([UNKNOWN]), stop, "EmergencyStopUnknownArea", [UNKNOWN]);
  });

  describe("pause", () => {
    it("refuses everyone but the duty officer, the regulator included", async () => {
      const { stop, accounts } = await fixture();
      for (const account of [accounts.alice, accounts.regulator, accounts.admin]) {
        await expectRevert(stop.write.pause([ISSUE, ORDER], { account }), stop, "AccessManagedUnauthorized", [
          account.address,
        ]);
      }
    });

    it("refuses an area that the contract does not have", async () => {
      const { stop, asEmergency } = await fixture();
      await expectRevert(stop.write.pause([UNKNOWN, ORDER], asEmergency), stop, "EmergencyStopUnknownArea", [UNKNOWN]);
    });

    it("refuses an order without digest or algorithm", async () => {
      const { stop, asEmergency } = await fixture();
      const { value, algorithm } = ORDER;
      for (const reason of [
        { value: zeroHash, algorithm },
        { value, algorithm: DIGEST_ALGORITHM.NONE },
      ]) {
        await expectRevert(stop.write.pause([ISSUE, reason], asEmergency), stop, "DigestsMissing", [
          reason.value,
          reason.algorithm,
        ]);
      }
    });

    it("refuses an area that is paused", async () => {
      const { stop, asEmergency } = await fixture();
      await stop.write.pause([ISSUE, ORDER], asEmergency);
      await expectRevert(stop.write.pause([ISSUE, ORDER], asEmergency), stop, "EmergencyStopAreaPaused", [ISSUE]);
    });

    it("stops this area, no other and no exit", async () => {
      const { connection, stop, accounts, asEmergency, asAlice } = await fixture();
      await expectEvents(connection, stop.write.pause([ISSUE, ORDER], asEmergency), [
        event(stop, "AreaPaused", { area: ISSUE, account: accounts.emergency.address, reason: ORDER }),
      ]);
      expect(await stop.read.paused([ISSUE])).to.equal(true);
      expect(await stop.read.paused([PAYOUT])).to.equal(false);
      await expectRevert(stop.write.issue(asAlice), stop, "EmergencyStopAreaPaused", [ISSUE]);
      await stop.write.payout(asAlice);
      await stop.write.pause([PAYOUT, ORDER], asEmergency);
      await expectRevert(stop.write.payout(asAlice), stop, "EmergencyStopAreaPaused", [PAYOUT]);
      await stop.write.leave(asAlice);
      expect(await stop.read.calls()).to.equal(2n);
    });
  });

  describe("unpause", () => {
    it("refuses everyone but the regulator, the duty officer included", async () => {
      const { stop, accounts, asEmergency } = await fixture();
      await stop.write.pause([ISSUE, ORDER], asEmergency);
      for (const account of [accounts.alice, accounts.emergency, accounts.admin]) {
        await expectRevert(stop.write.unpause([ISSUE, ORDER], { account }), stop, "AccessManagedUnauthorized", [
          account.address,
        ]);
      }
    });

    it("refuses an unknown area, a running one, and an order without digest", async () => {
      const { stop, asRegulator } = await fixture();
      const noOrder = { value: zeroHash, algorithm: DIGEST_ALGORITHM.SM3 };
      await expectRevert(stop.write.unpause([UNKNOWN, ORDER], asRegulator), stop, "EmergencyStopUnknownArea", [
        UNKNOWN,
      ]);
      await expectRevert(stop.write.unpause([ISSUE, ORDER], asRegulator), stop, "EmergencyStopAreaNotPaused", [ISSUE]);
      await expectRevert(stop.write.unpause([ISSUE, noOrder], asRegulator), stop, "DigestsMissing", [
        zeroHash,
        DIGEST_ALGORITHM.SM3,
      ]);
    });

    it("resumes the area", async () => {
      const { connection, stop, accounts, asEmergency, asRegulator, asAlice } = await fixture();
      await stop.write.pause([ISSUE, ORDER], asEmergency);
      const order = digestOf("order 2026-18");
      await expectEvents(connection, stop.write.unpause([ISSUE, order], asRegulator), [
        event(stop, "AreaUnpaused", { area: ISSUE, account: accounts.regulator.address, reason: order }),
      ]);
      expect(await stop.read.paused([ISSUE])).to.equal(false);
      await stop.write.issue(asAlice);
      expect(await stop.read.calls()).to.equal(1n);
    });
  });
});
