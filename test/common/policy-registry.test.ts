import { expect } from "chai";
import { type Hex, zeroHash } from "viem";
import { ascii, deployCommon } from "../fixtures/common.ts";
import { event, expectEvents } from "../helpers/expect-events.ts";
import { expectRevert } from "../helpers/expect-revert.ts";
import { defineFixture } from "../helpers/fixture.ts";

const CN = ascii("CN");
const SHANGHAI = ascii("CN-SH");
const HUANGPU = ascii("CN-SH-310101");
const LINE = ascii("SAMPLE.WARNING_LINE");
const RATIO = ascii("SAMPLE.CUSTODY_RATIO");
const DAYS = ascii("SAMPLE.COOLING_OFF");
const INHERITED = 2n ** 256n - 1n;
const MAX_VALUE = 2n ** 176n - 2n;
const SOURCE = "Sample rule 2026, Art 11";
const PAST = 1_546_272_000n; // 2019-01-01 in China

const fixture = defineFixture(async (connection) => {
  const common = await deployCommon(connection);
  const { time } = connection.networkHelpers;
  const asRegulator = { account: common.accounts.regulator };
  /** Publishes and returns the from-date. */
  async function publish(region: Hex, numbers: readonly (readonly [Hex, bigint])[], fromDate: bigint) {
    const [parameters, values] = [numbers.map(([id]) => id), numbers.map(([, value]) => value)];
    await common.policy.write.publish([region, parameters, values, fromDate, SOURCE], asRegulator);
    return fromDate;
  }
  const now = async () => BigInt(await time.latest());
  return { ...common, asRegulator, publish, now, time };
});

describe("PolicyRegistry", () => {
  describe("deployment", () => {
    it("refuses an authority or a clock that is not a contract", async () => {
      const { viem, policy, authority, clock, accounts } = await fixture();
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
      const { policy, accounts } = await fixture();
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
      const { policy, asRegulator } = await fixture();
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
      const { policy, asRegulator } = await fixture();
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
      const { policy, asRegulator } = await fixture();
      await expectRevert(
        policy.write.publish([CN, [LINE], [1n], PAST, ""], asRegulator),
        policy,
        "PolicyRegistrySourceMissing",
        [CN],
      );
    });

    it("refuses a parameter without a name", async () => {
      const { policy, asRegulator } = await fixture();
      await expectRevert(
        policy.write.publish([CN, [LINE, zeroHash], [1n, 2n], PAST, SOURCE], asRegulator),
        policy,
        "PolicyRegistryParameterMissing",
        [1n],
      );
    });

    it("refuses a parameter stated twice", async () => {
      const { policy, asRegulator } = await fixture();
      await expectRevert(
        policy.write.publish([CN, [LINE, RATIO, LINE], [1n, 2n, 3n], PAST, SOURCE], asRegulator),
        policy,
        "PolicyRegistryDuplicateParameter",
        [LINE],
      );
    });

    it("refuses a value that it could not keep", async () => {
      const { policy, asRegulator } = await fixture();
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
      const { policy, asRegulator } = await fixture();
      await expectRevert(
        policy.write.publish([CN, [LINE], [1n], 2n ** 48n, SOURCE], asRegulator),
        policy,
        "SafeCastOverflowedUintDowncast",
        [48, 2n ** 48n],
      );
    });

    it("refuses a from-date that is not after the present time, except for a root's first version", async () => {
      const { policy, asRegulator, publish, now, time } = await fixture();
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
      const { policy, asRegulator, publish, now } = await fixture();
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
      const { connection, policy, asRegulator, now, time } = await fixture();
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
      const { connection, viem, policy, asRegulator, now } = await fixture();
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

  describe("reading", () => {
    it("refuses what was never set, at that moment", async () => {
      const { policy, publish } = await fixture();
      await publish(CN, [[LINE, 7n]], PAST);
      for (const [region, asOf, parameter] of [
        [CN, PAST - 1n, LINE],
        [CN, PAST, RATIO],
        [ascii("JP"), PAST, LINE],
      ] as const) {
        const args = [region, asOf, parameter] as const;
        await expectRevert(policy.read.valueOf(args), policy, "PolicyRegistryParameterNotSet", args);
        await expectRevert(policy.read.originOf(args), policy, "PolicyRegistryParameterNotSet", args);
        await expectRevert(
          policy.read.valuesOf([region, asOf, [parameter]]),
          policy,
          "PolicyRegistryParameterNotSet",
          args,
        );
        expect(await policy.read.tryValueOf(args)).to.deep.equal([false, 0n]);
      }
      expect(await policy.read.valuesOf([CN, PAST, []])).to.deep.equal([]);
    });

    it("finds each value from its from-date on, and keeps what is not restated", async () => {
      const { policy, publish, now } = await fixture();
      const dates = [
        await publish(
          CN,
          [
            [LINE, 10n],
            [RATIO, 1n],
          ],
          PAST,
        ),
      ];
      const start = (await now()) + 1_000n;
      for (let i = 1n; i <= 5n; i += 1n) dates.push(await publish(CN, [[LINE, 10n + i]], start + i * 100n));
      for (const [i, date] of dates.entries()) {
        expect(await policy.read.valueOf([CN, date, LINE])).to.equal(10n + BigInt(i));
        expect(await policy.read.versionAt([CN, date])).to.equal(i + 1);
        expect(await policy.read.versionAt([CN, date - 1n])).to.equal(i);
        expect(await policy.read.valueOf([CN, date, RATIO])).to.equal(1n);
        expect(await policy.read.originOf([CN, date, LINE])).to.deep.equal([CN, i + 1]);
        expect(await policy.read.originOf([CN, date, RATIO])).to.deep.equal([CN, 1]);
        if (i > 0) expect(await policy.read.valueOf([CN, date - 1n, LINE])).to.equal(9n + BigInt(i));
      }
      for (const asOf of [2n ** 48n - 1n, 2n ** 48n, 2n ** 64n - 1n]) {
        expect(await policy.read.valueOf([CN, asOf, LINE])).to.equal(15n);
      }
    });

    it("prefers the narrower region, and goes back to the wider one when told", async () => {
      const { policy, publish, now } = await fixture();
      await publish(
        CN,
        [
          [LINE, 1n],
          [RATIO, 10n],
        ],
        PAST,
      );
      const start = (await now()) + 1_000n;
      await publish(SHANGHAI, [[LINE, 2n]], start);
      await publish(HUANGPU, [[LINE, 3n]], start + 10n);
      await publish(CN, [[LINE, 4n]], start + 20n);
      await publish(HUANGPU, [[LINE, INHERITED]], start + 30n);
      await publish(
        SHANGHAI,
        [
          [LINE, INHERITED],
          [DAYS, INHERITED],
        ],
        start + 40n,
      );
      for (const [asOf, value, origin] of [
        [start - 1n, 1n, CN],
        [start, 2n, SHANGHAI],
        [start + 10n, 3n, HUANGPU],
        [start + 20n, 3n, HUANGPU],
        [start + 30n, 2n, SHANGHAI],
        [start + 40n, 4n, CN],
      ] as const) {
        expect(await policy.read.tryValueOf([HUANGPU, asOf, LINE])).to.deep.equal([true, value]);
        expect((await policy.read.originOf([HUANGPU, asOf, LINE]))[0]).to.equal(origin);
        expect(await policy.read.valueOf([HUANGPU, asOf, RATIO])).to.equal(10n);
      }
      expect(await policy.read.originOf([HUANGPU, start + 40n, LINE])).to.deep.equal([CN, 2]);
      expect(await policy.read.tryValueOf([SHANGHAI, start + 40n, DAYS])).to.deep.equal([false, 0n]);
    });

    it("knows the region above", async () => {
      const { policy } = await fixture();
      const full = ascii("A-ABCDEFGHIJKLMNOPQRSTUVWXYZ0123");
      for (const [region, parent] of [
        [HUANGPU, "CN-SH"],
        [SHANGHAI, "CN"],
        [CN, ""],
        [zeroHash, ""],
        [full, "A"],
      ] as const) {
        expect(await policy.read.parentOf([region])).to.equal(ascii(parent));
      }
    });
  });

  describe("withdraw", () => {
    it("refuses everyone but the regulator", async () => {
      const { policy, publish, now, accounts } = await fixture();
      await publish(CN, [[LINE, 1n]], (await now()) + 1_000n);
      for (const account of [accounts.alice, accounts.admin]) {
        await expectRevert(
          policy.write.withdraw([CN, 1, [LINE], "error"], { account }),
          policy,
          "AccessManagedUnauthorized",
          [account.address],
        );
      }
    });

    it("refuses a version that is not the latest, or is none", async () => {
      const { policy, publish, now, asRegulator } = await fixture();
      await expectRevert(policy.write.withdraw([CN, 0, [LINE], "x"], asRegulator), policy, "PolicyRegistryNotPending", [
        CN,
        0,
      ]);
      const start = (await now()) + 1_000n;
      await publish(CN, [[LINE, 1n]], start);
      await publish(CN, [[LINE, 2n]], start + 1n);
      for (const version of [0, 1, 3]) {
        await expectRevert(
          policy.write.withdraw([CN, version, [LINE], "x"], asRegulator),
          policy,
          "PolicyRegistryNotPending",
          [CN, version],
        );
      }
    });

    it("refuses a version that holds, from the first second on", async () => {
      const { policy, publish, now, time, asRegulator } = await fixture();
      const start = await publish(CN, [[LINE, 1n]], (await now()) + 1_000n);
      await time.setNextBlockTimestamp(start);
      await expectRevert(
        policy.write.withdraw([CN, 1, [LINE], "late"], { ...asRegulator, gas: 1_000_000n }),
        policy,
        "PolicyRegistryNotPending",
        [CN, 1],
      );
    });

    it("refuses a list that is not the version's, and a missing reason", async () => {
      const { policy, publish, now, asRegulator } = await fixture();
      const start = (await now()) + 1_000n;
      await publish(CN, [[DAYS, 1n]], start);
      await publish(
        CN,
        [
          [LINE, 1n],
          [RATIO, 2n],
        ],
        start + 1n,
      );
      await expectRevert(
        policy.write.withdraw([CN, 2, [LINE], "x"], asRegulator),
        policy,
        "PolicyRegistryInvalidLength",
        [1n, 2n, 64n],
      );
      for (const [list, wrong] of [
        [[LINE, DAYS], DAYS],
        [[LINE, LINE], LINE],
        [[LINE, ascii("SAMPLE.UNKNOWN")], ascii("SAMPLE.UNKNOWN")],
      ] as const) {
        await expectRevert(
          policy.write.withdraw([CN, 2, list, "x"], asRegulator),
          policy,
          "PolicyRegistryParameterNotInVersion",
          [CN, 2, wrong],
        );
      }
      await expectRevert(
        policy.write.withdraw([CN, 2, [LINE, RATIO], ""], asRegulator),
        policy,
        "PolicyRegistrySourceMissing",
        [CN],
      );
    });

    it("takes the plan back, and does not use its number again", async () => {
      const { connection, policy, publish, now, asRegulator } = await fixture();
      await publish(CN, [[LINE, 1n]], PAST);
      const start = (await now()) + 1_000n;
      await publish(
        CN,
        [
          [LINE, 2n],
          [RATIO, 3n],
        ],
        start,
      );
      await expectEvents(connection, policy.write.withdraw([CN, 2, [RATIO, LINE], "figures mistaken"], asRegulator), [
        event(policy, "PolicyWithdrawn", {
          region: CN,
          version: 2,
          parameters: [RATIO, LINE],
          reason: "figures mistaken",
        }),
      ]);
      expect((await policy.read.publication([CN, 2])).withdrawn).to.equal(true);
      expect(await policy.read.valueOf([CN, start, LINE])).to.equal(1n);
      expect(await policy.read.tryValueOf([CN, start, RATIO])).to.deep.equal([false, 0n]);
      expect(await policy.read.versionAt([CN, start])).to.equal(1);
      await publish(CN, [[LINE, 5n]], start - 500n);
      expect(await policy.read.versionCount([CN])).to.equal(3);
      expect(await policy.read.originOf([CN, start, LINE])).to.deep.equal([CN, 3]);
    });
  });
});
