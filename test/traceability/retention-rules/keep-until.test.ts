import { expect } from "chai";
import { ascii, digestOf } from "../../fixtures/common.ts";
import {
  commission,
  deployTrace,
  GTIN,
  KGM,
  lgtin,
  NO_DIGEST,
  PARTY,
  qty,
  receive,
  START,
  sgtin,
  ship,
} from "../../fixtures/trace.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { onEitherClock } from "../../helpers/clocked-time.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const FRUIT = "06975310000061";
const VACCINE = "06975310000078";
const at = (date: string) => BigInt(Date.parse(`${date}T00:00:00+08:00`) / 1000);
const NUMBERS = {
  "trace.keep.afterExpiryMonths": 6n,
  "trace.keep.withoutExpiryMonths": 24n,
  "trace.keep.produceMonths": 6n,
  "trace.keep.productionMonths": 24n,
  "trace.keep.vaccineMonths": 60n,
};

const fixture = onEitherClock(
  defineFixture(async (connection) => {
    const trace = await deployTrace(connection);
    const { catalogue, policy, accounts, time } = trace;
    for (const [gtin, productClass] of [
      [FRUIT, 2],
      [VACCINE, 5],
    ] as const) {
      const filing = { gtin: BigInt(gtin), owner: PARTY.grower, unit: KGM, classes: 1 << productClass, temperature: 0 };
      const more = { shelfLife: 0n, drug: "0x00000000000000", name: digestOf(gtin) } as const;
      await catalogue.write.file([{ ...filing, ...more }], trace.as("grower"));
    }
    const names = Object.keys(NUMBERS).map(ascii);
    const values = Object.values(NUMBERS);
    const from = START + 60n;
    await policy.write.publish([ascii("CN"), names, values, from, "Sample"], { account: accounts.regulator });
    await time.increaseTo(START + 120n);
    return {
      ...trace,
      /** The months' day and the parameter that says so. */
      keep: async (event: number, object: `0x${string}`) => {
        const [until, rule] = await trace.retention.read.keepUntil([event, object]);
        return [until, Buffer.from(rule.slice(2), "hex").toString().replace(/\0+$/, "")];
      },
    };
  }),
);

const deployBefore = onEitherClock(
  defineFixture(async (connection) => {
    const trace = await deployTrace(connection);
    await trace.capture("processor", commission([sgtin(GTIN.BOX, "1")]));
    return trace;
  }),
);

byEachClock((clock) => {
  describe("RetentionRules.keepUntil", () => {
    it("given an event that was not captured, when it is asked for, then it is refused", async () => {
      const trace = await fixture(clock);
      const box = sgtin(GTIN.BOX, "1");
      await expectRevert(
        trace.retention.read.keepUntil([1, box]),
        trace.repository,
        "EpcisRepositoryUnknownEvent",
        [1],
      );
    });

    it("C-19: given a shelf life, when it is asked for, then six months after it; without one two years after the record", async () => {
      const trace = await fixture(clock);
      const [box, tea] = [sgtin(GTIN.BOX, "1"), lgtin(GTIN.TEA, "T1")];
      await trace.capture("processor", commission([box], { ilmd: { expiresAt: at("2030-08-31") } }));
      await trace.time.setNextBlockTimestamp(at("2030-02-01"));
      await trace.capture("processor", commission([qty(tea, 1)]));
      expect(await trace.keep(1, box)).to.deep.equal([at("2031-02-28"), "trace.keep.afterExpiryMonths"]);
      expect(await trace.keep(2, tea)).to.deep.equal([at("2032-02-01"), "trace.keep.withoutExpiryMonths"]);
    });

    it("C-20: given listed produce, when its producer and its seller ask, then two years and six months after the record", async () => {
      const trace = await fixture(clock);
      const fruit = lgtin(FRUIT, "F1");
      await trace.time.setNextBlockTimestamp(at("2030-02-01"));
      await trace.capture(
        "grower",
        commission([qty(fruit, 5)], { ilmd: { expiresAt: at("2030-03-01") } }),
        ship([qty(fruit, 1)], PARTY.shop),
        ship([qty(fruit, 1)], PARTY.processor),
      );
      await trace.time.setNextBlockTimestamp(at("2030-02-02"));
      await trace.capture("shop", receive([qty(fruit, 1)], PARTY.grower));
      await trace.time.setNextBlockTimestamp(at("2030-02-03"));
      await trace.capture("processor", receive([qty(fruit, 1)], PARTY.grower));
      expect(await trace.keep(1, fruit)).to.deep.equal([at("2032-02-01"), "trace.keep.productionMonths"]);
      expect(await trace.keep(4, fruit)).to.deep.equal([at("2030-08-02"), "trace.keep.produceMonths"]);
      expect(await trace.keep(5, fruit)).to.deep.equal([at("2030-09-01"), "trace.keep.afterExpiryMonths"]);
    });

    it("C-37: given a vaccine, when it is asked for, then five years after its expiry", async () => {
      const trace = await fixture(clock);
      const vaccine = lgtin(VACCINE, "V1");
      await trace.capture("grower", commission([qty(vaccine, 5)], { ilmd: { expiresAt: at("2031-03-01") } }));
      expect(await trace.keep(1, vaccine)).to.deep.equal([at("2036-03-01"), "trace.keep.vaccineMonths"]);
    });

    it("given a record from before the policy, when it is asked for, then no rule says anything", async () => {
      const trace = await deployBefore(clock);
      const [until, rule] = await trace.retention.read.keepUntil([1, sgtin(GTIN.BOX, "1")]);
      expect([until, rule]).to.deep.equal([0n, NO_DIGEST]);
    });
  });
});
