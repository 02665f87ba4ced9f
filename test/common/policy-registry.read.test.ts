import { expect } from "chai";
import { zeroHash } from "viem";
import { ascii } from "../fixtures/common.ts";
import { CN, DAYS, HUANGPU, INHERITED, LINE, PAST, policyFixture, RATIO, SHANGHAI } from "../fixtures/policy.ts";
import { expectRevert } from "../helpers/expect-revert.ts";

describe("PolicyRegistry", () => {
  describe("reading", () => {
    it("refuses what was never set, at that moment", async () => {
      const { policy, publish } = await policyFixture();
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
      const { policy, publish, now } = await policyFixture();
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
      const { policy, publish, now } = await policyFixture();
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
      const { policy } = await policyFixture();
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
});
