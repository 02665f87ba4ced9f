import { expect } from "chai";
import { deployCommon, ROLE, TIME_UNIT } from "../fixtures/common.ts";
import { event, expectEvents } from "../helpers/expect-events.ts";
import { expectRevert } from "../helpers/expect-revert.ts";
import { defineFixture } from "../helpers/fixture.ts";

const SECONDS = 1_900_000_000n; // 2030-03-17
const MILLISECONDS = SECONDS * 1_000n;

const fixture = defineFixture(async (connection) => {
  const common = await deployCommon(connection);
  const harness = await common.viem.deployContract("ClockHarness", [common.authority.address, TIME_UNIT.AUTO]);
  await common.wire(harness, ROLE.REGULATOR, "setUnit(uint8)");
  return { ...common, harness };
});

describe("Clock", () => {
  describe("deployment", () => {
    it("refuses an authority that is not a contract", async () => {
      const { viem, clock, accounts } = await fixture();
      const { address } = accounts.alice;
      await expectRevert(viem.deployContract("Clock", [address, TIME_UNIT.AUTO]), clock, "GovernedNotAContract", [
        address,
      ]);
    });

    it("refuses a unit that the chain does not count in", async () => {
      const { connection, viem, clock, authority } = await fixture();
      const reading = BigInt(await connection.networkHelpers.time.latest()) + 100n;
      await connection.networkHelpers.time.setNextBlockTimestamp(reading);
      await expectRevert(
        viem.deployContract("Clock", [authority.address, TIME_UNIT.MILLISECONDS], { gas: 5_000_000n }),
        clock,
        "ClockImplausibleReading",
        [reading, TIME_UNIT.MILLISECONDS],
      );
    });

    it("keeps the time of the deployment and its version", async () => {
      const { clock, viem } = await fixture();
      const client = await viem.getPublicClient();
      const [created] = await client.getContractEvents({ ...clock, eventName: "UnitSet", fromBlock: 0n, strict: true });
      expect(created?.args.timestamp).to.equal(await clock.read.deployedAt());
      expect(created?.args.newUnit).to.equal(TIME_UNIT.AUTO);
      expect(await clock.read.domainVersion()).to.equal("1.0.0");
    });
  });

  describe("setUnit", () => {
    it("refuses everyone but the regulator", async () => {
      const { clock, accounts } = await fixture();
      for (const account of [accounts.alice, accounts.admin, accounts.emergency]) {
        await expectRevert(clock.write.setUnit([TIME_UNIT.SECONDS], { account }), clock, "AccessManagedUnauthorized", [
          account.address,
        ]);
      }
    });

    it("refuses a unit that does not fit the present reading, whichever was declared", async () => {
      const { harness, accounts } = await fixture();
      const options = { account: accounts.regulator };
      for (const [reading, wrong, right] of [
        [SECONDS, TIME_UNIT.MILLISECONDS, TIME_UNIT.SECONDS],
        [MILLISECONDS, TIME_UNIT.SECONDS, TIME_UNIT.MILLISECONDS],
      ] as const) {
        await harness.write.setReading([reading]);
        await expectRevert(harness.write.setUnit([wrong], options), harness, "ClockImplausibleReading", [
          reading,
          wrong,
        ]);
        await harness.write.setUnit([right], options);
        await expectRevert(harness.write.setUnit([wrong], options), harness, "ClockImplausibleReading", [
          reading,
          wrong,
        ]);
      }
    });

    it("refuses while the reading lies before the deployment", async () => {
      const { harness, accounts } = await fixture();
      const deployedAt = await harness.read.deployedAt();
      await harness.write.setReading([deployedAt - 1n]);
      await expectRevert(
        harness.write.setUnit([TIME_UNIT.SECONDS], { account: accounts.regulator }),
        harness,
        "ClockBeforeDeployment",
        [deployedAt - 1n, deployedAt],
      );
    });

    it("declares the unit and says so", async () => {
      const { connection, harness, accounts } = await fixture();
      await harness.write.setReading([MILLISECONDS + 999n]);
      await expectEvents(connection, harness.write.setUnit([TIME_UNIT.MILLISECONDS], { account: accounts.regulator }), [
        event(harness, "UnitSet", { oldUnit: TIME_UNIT.AUTO, newUnit: TIME_UNIT.MILLISECONDS, timestamp: SECONDS }),
      ]);
      expect(await harness.read.unit()).to.equal(TIME_UNIT.MILLISECONDS);
      expect(await harness.read.timestamp()).to.equal(SECONDS);
    });
  });

  describe("timestamp", () => {
    it("refuses readings that are neither seconds nor milliseconds", async () => {
      const { harness } = await fixture();
      for (const reading of [10n ** 14n, SECONDS * 1_000_000n, 2n ** 256n - 1n]) {
        await harness.write.setReading([reading]);
        await expectRevert(harness.read.timestamp(), harness, "ClockImplausibleReading", [reading, TIME_UNIT.AUTO]);
      }
    });

    it("refuses a reading before the deployment, and takes the deployment's own", async () => {
      const { harness } = await fixture();
      const deployedAt = await harness.read.deployedAt();
      await harness.write.setReading([deployedAt - 1n]);
      await expectRevert(harness.read.timestamp(), harness, "ClockBeforeDeployment", [deployedAt - 1n, deployedAt]);
      await harness.write.setReading([deployedAt * 1_000n - 1n]);
      await expectRevert(harness.read.timestamp(), harness, "ClockBeforeDeployment", [deployedAt - 1n, deployedAt]);
      for (const reading of [deployedAt, deployedAt * 1_000n]) {
        await harness.write.setReading([reading]);
        expect(await harness.read.timestamp()).to.equal(deployedAt);
      }
    });

    it("tells the units apart to the last number", async () => {
      const { harness } = await fixture();
      await harness.write.setReading([10n ** 11n - 1n]);
      expect(await harness.read.timestamp()).to.equal(10n ** 11n - 1n);
      await harness.write.setReading([10n ** 14n - 1n]);
      expect(await harness.read.timestamp()).to.equal(10n ** 11n - 1n);
      // 10^11 ms is March 1973, before any deployment.
      const deployedAt = await harness.read.deployedAt();
      await harness.write.setReading([10n ** 11n]);
      await expectRevert(harness.read.timestamp(), harness, "ClockBeforeDeployment", [10n ** 8n, deployedAt]);
    });

    it("reads the chain's seconds and milliseconds alike", async () => {
      const { connection, clock } = await fixture();
      const { time, mine } = connection.networkHelpers;
      await time.setNextBlockTimestamp(SECONDS);
      await mine();
      expect(await clock.read.timestamp()).to.equal(SECONDS);
      await time.setNextBlockTimestamp(MILLISECONDS + 7_500n);
      await mine();
      expect(await clock.read.timestamp()).to.equal(SECONDS + 7n);
    });

    it("moves no deadline when the unit changes under an automatic clock", async () => {
      const { harness } = await fixture();
      const deadline = SECONDS + 10n;
      const passed: boolean[] = [];
      for (const reading of [MILLISECONDS + 9_999n, SECONDS + 9n, MILLISECONDS + 10_000n, SECONDS + 10n]) {
        await harness.write.setReading([reading]);
        passed.push((await harness.read.timestamp()) >= deadline);
      }
      expect(passed).to.deep.equal([false, false, true, true]);
    });

    it("stops under a fixed unit when the chain changes it, until the regulator says so", async () => {
      const { harness, accounts } = await fixture();
      const options = { account: accounts.regulator };
      await harness.write.setReading([MILLISECONDS]);
      await harness.write.setUnit([TIME_UNIT.MILLISECONDS], options);
      await harness.write.setReading([SECONDS + 1n]);
      await expectRevert(harness.read.timestamp(), harness, "ClockImplausibleReading", [
        SECONDS + 1n,
        TIME_UNIT.MILLISECONDS,
      ]);
      await harness.write.setUnit([TIME_UNIT.SECONDS], options);
      expect(await harness.read.timestamp()).to.equal(SECONDS + 1n);
      await harness.write.setReading([MILLISECONDS]);
      await expectRevert(harness.read.timestamp(), harness, "ClockImplausibleReading", [
        MILLISECONDS,
        TIME_UNIT.SECONDS,
      ]);
    });
  });
});
