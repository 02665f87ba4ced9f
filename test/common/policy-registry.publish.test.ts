import { expect } from "chai";
import { zeroHash } from "viem";
import { ascii } from "../fixtures/common.ts";
import { CN, INHERITED, LINE, MAX_VALUE, PAST, policyFixture, RATIO, SHANGHAI, SOURCE } from "../fixtures/policy.ts";
import { event, expectEvents } from "../helpers/expect-events.ts";
import { expectRevert } from "../helpers/expect-revert.ts";

describe("PolicyRegistry", () => {
  describe("deployment", () => {
    it("refuses an authority or a clock that is not a contract", async () => {
      const { viem, policy, authority, clock, accounts } = await policyFixture();
      const { address } = accounts.alice;
      for (const parts of [
        [address, clock.address],
        [authority.address, address],
      ] as const) {
        await expectRevert(viem.deployContract("PolicyRegistry", parts), policy, "GovernedNotAContract", [address]);
      }
      expect((await policy.read.clock()).toLowerCase()).to.equal(clock.address.toLowerCase());
    });
  });

  describe("publish", () => {
    it("refuses everyone but the regulator", async () => {
      const { policy, accounts } = await policyFixture();
      for (const account of [accounts.alice, accounts.admin, accounts.platform]) {
        await expectRevert(
          policy.write.publish([CN, [LINE], [1n], PAST, SOURCE], { account }),
          policy,
          "AccessManagedUnauthorized",
          [account.address],
        );
      }
    });

    it("refuses malformed region codes", async () => {
      const { policy, asRegulator } = await policyFixture();
      const malformed = ["cn", "-CN", "CN-", "CN--SH", "CN_SH", "CN SH", "C/", "C:", "C@", "C["].map(ascii);
      const holed = `0x434e00${"41".padEnd(58, "0")}` as const;
      for (const region of [zeroHash, holed, ...malformed]) {
        await expectRevert(
          policy.write.publish([region, [LINE], [1n], PAST, SOURCE], asRegulator),
          policy,
          "PolicyRegistryInvalidRegion",
          [region],
        );
      }
    });

    it("refuses none, too many or unpaired parameters", async () => {
      const { policy, asRegulator } = await policyFixture();
      const many = Array.from({ length: 65 }, (_, i) => ascii(`P${i}`));
      for (const [parameters, values] of [
        [[], []],
        [[LINE], []],
        [[LINE], [1n, 2n]],
        [many, many.map(() => 1n)],
      ] as const) {
        await expectRevert(
          policy.write.publish([CN, parameters, values, PAST, SOURCE], asRegulator),
          policy,
          "PolicyRegistryInvalidLength",
          [BigInt(parameters.length), BigInt(values.length), 64n],
        );
      }
    });

    it("refuses a publication without a source", async () => {
      const { policy, asRegulator } = await policyFixture();
      await expectRevert(
        policy.write.publish([CN, [LINE], [1n], PAST, ""], asRegulator),
        policy,
        "PolicyRegistrySourceMissing",
        [CN],
      );
    });

    it("refuses a parameter without a name", async () => {
      const { policy, asRegulator } = await policyFixture();
      await expectRevert(
        policy.write.publish([CN, [LINE, zeroHash], [1n, 2n], PAST, SOURCE], asRegulator),
        policy,
        "PolicyRegistryParameterMissing",
        [1n],
      );
    });

    it("refuses a parameter stated twice", async () => {
      const { policy, asRegulator } = await policyFixture();
      await expectRevert(
        policy.write.publish([CN, [LINE, RATIO, LINE], [1n, 2n, 3n], PAST, SOURCE], asRegulator),
        policy,
        "PolicyRegistryDuplicateParameter",
        [LINE],
      );
    });

    it("refuses a value that it could not keep", async () => {
      const { policy, asRegulator } = await policyFixture();
      for (const value of [MAX_VALUE + 1n, INHERITED - 1n]) {
        await expectRevert(
          policy.write.publish([CN, [LINE], [value], PAST, SOURCE], asRegulator),
          policy,
          "PolicyRegistryValueTooLarge",
          [LINE, value, MAX_VALUE],
        );
      }
      await policy.write.publish([CN, [LINE, RATIO], [MAX_VALUE, 0n], PAST, SOURCE], asRegulator);
      expect(await policy.read.valuesOf([CN, PAST, [LINE, RATIO]])).to.deep.equal([MAX_VALUE, 0n]);
    });

    it("refuses a from-date that does not fit", async () => {
      const { policy, asRegulator } = await policyFixture();
      await expectRevert(
        policy.write.publish([CN, [LINE], [1n], 2n ** 48n, SOURCE], asRegulator),
        policy,
        "SafeCastOverflowedUintDowncast",
        [48, 2n ** 48n],
      );
    });

    it("refuses a from-date that is not after the present time, except for a root's first version", async () => {
      const { policy, asRegulator, publish, now, time } = await policyFixture();
      await publish(CN, [[LINE, 1n]], PAST);
      for (const region of [CN, SHANGHAI]) {
        const present = (await now()) + 10n;
        await time.setNextBlockTimestamp(present);
        await expectRevert(
          policy.write.publish([region, [LINE], [2n], present, SOURCE], { ...asRegulator, gas: 1_000_000n }),
          policy,
          "PolicyRegistryRetroactive",
          [region, present, present],
        );
        await time.setNextBlockTimestamp(present + 10n);
        await publish(region, [[LINE, 2n]], present + 11n);
        expect(await policy.read.currentVersion([region])).to.equal(region === CN ? 1 : 0);
        await time.increaseTo(present + 11n);
        expect(await policy.read.currentVersion([region])).to.equal(region === CN ? 2 : 1);
      }
    });

    it("refuses a from-date that is not after the latest version's", async () => {
      const { policy, asRegulator, publish, now } = await policyFixture();
      const planned = await publish(CN, [[LINE, 1n]], (await now()) + 1_000n);
      for (const fromDate of [planned, planned - 1n]) {
        await expectRevert(
          policy.write.publish([CN, [RATIO], [2n], fromDate, SOURCE], asRegulator),
          policy,
          "PolicyRegistryOutOfOrder",
          [CN, fromDate, planned],
        );
      }
    });

    it("keeps the publication and says so", async () => {
      const { connection, policy, asRegulator, now, time } = await policyFixture();
      const publishedAt = (await now()) + 60n;
      await time.setNextBlockTimestamp(publishedAt);
      await expectEvents(
        connection,
        policy.write.publish([CN, [LINE, RATIO], [20_000_000n, 400_000n], PAST, SOURCE], asRegulator),
        [
          event(policy, "PolicyPublished", {
            region: CN,
            version: 1,
            fromDate: PAST,
            parameters: [LINE, RATIO],
            values: [20_000_000n, 400_000n],
            source: SOURCE,
          }),
        ],
      );
      expect(await policy.read.publication([CN, 1])).to.deep.equal({
        fromDate: PAST,
        publishedAt,
        count: 2,
        withdrawn: false,
        source: SOURCE,
      });
      expect(await policy.read.versionCount([CN])).to.equal(1);
      for (const version of [0, 2]) {
        await expectRevert(policy.read.publication([CN, version]), policy, "PolicyRegistryUnknownVersion", [
          CN,
          version,
        ]);
      }
    });

    it("publishes 64 parameters under 5 million gas, and so with any history", async () => {
      const { connection, viem, policy, asRegulator, now } = await policyFixture();
      const client = await viem.getPublicClient();
      const parameters = Array.from({ length: 64 }, (_, i) => ascii(`SAMPLE.PARAMETER_NUMBER_${i}`));
      const gas: bigint[] = [];
      for (let round = 0; round < 4; round += 1) {
        const hash = await policy.write.publish(
          [CN, parameters, parameters.map((_, i) => BigInt(i + round)), (await now()) + 2n, SOURCE],
          asRegulator,
        );
        gas.push((await client.waitForTransactionReceipt({ hash })).gasUsed);
        await connection.networkHelpers.time.increase(10);
      }
      expect(Number(gas[0])).to.be.lessThan(5_000_000);
      expect(gas[3]).to.equal(gas[2]);
      expect(Number(gas[2])).to.be.lessThan(Number(gas[0]));
    });
  });
});
