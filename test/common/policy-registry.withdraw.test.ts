import { expect } from "chai";
import { ascii } from "../fixtures/common.ts";
import { CN, DAYS, LINE, PAST, policyFixture, RATIO } from "../fixtures/policy.ts";
import { event, expectEvents } from "../helpers/expect-events.ts";
import { expectRevert } from "../helpers/expect-revert.ts";

describe("PolicyRegistry", () => {
  describe("withdraw", () => {
    it("refuses everyone but the regulator", async () => {
      const { policy, publish, now, accounts } = await policyFixture();
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
      const { policy, publish, now, asRegulator } = await policyFixture();
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
      const { policy, publish, now, time, asRegulator } = await policyFixture();
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
      const { policy, publish, now, asRegulator } = await policyFixture();
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
      const { connection, policy, publish, now, asRegulator } = await policyFixture();
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
