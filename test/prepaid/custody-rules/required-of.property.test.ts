import { expect } from "chai";
import fc from "fast-check";
import { digestOf } from "../../fixtures/common.ts";
import { DAY, deployCustody, REGION, SCALE, TRADE, YUAN } from "../../fixtures/custody.ts";
import { defineFixture } from "../../helpers/fixture.ts";
import { type CustodyPolicy, requiredReference } from "./required.reference.ts";

const QUARTER = { scale: 200_000n, group: 300_000n, brand: 400_000n };
const SHANGHAI: CustodyPolicy = {
  general: 200_000n * YUAN,
  generalRatio: 400_000n,
  specialShare: 200_000n,
  specialCap: 50_000_000n * YUAN,
  specialRatio: 1_000_000n,
  youngDays: 365n,
};
/** Numbers that no region has, odd on purpose: a special ratio, a trade ratio and a cap that cut across the others. */
const ODD: CustodyPolicy = {
  general: 7_777_777n,
  generalRatio: 333_333n,
  specialShare: 123_457n,
  specialCap: 99_999_999n,
  specialRatio: 700_001n,
  youngDays: 100n,
  tradeRatio: 345_679n,
};

const fixture = defineFixture(async (connection) => {
  const deployed = await deployCustody(connection);
  const { publish, fileMerchant, people, records, now, time, accounts } = deployed;
  await publish(
    REGION.GUIZHOU,
    {
      "prepaid.warning.general": 7_777_777n,
      "prepaid.ratio.general": 333_333n,
      "prepaid.warning.specialShare": 123_457n,
      "prepaid.warning.specialCap": 99_999_999n,
      "prepaid.ratio.special": 700_001n,
      "prepaid.young.days": 100n,
      "prepaid.ratio.trade": 345_679n,
    },
    TRADE.FITNESS,
  );
  const begin = await now();
  const old = begin - 2_000n * DAY;
  const made = [
    {
      account: people.agent,
      region: REGION.SHANGHAI,
      trade: TRADE.STORE,
      licensedAt: old,
      policy: { ...SHANGHAI, quarter: QUARTER },
    },
    { account: people.otherAgent, region: REGION.SHANGHAI, trade: TRADE.FITNESS, licensedAt: begin, policy: SHANGHAI },
    {
      account: accounts.agent3,
      region: REGION.BEIJING,
      trade: TRADE.YOUTH_SPORT,
      licensedAt: old,
      policy: { tradeRatio: 1_000_000n },
    },
    { account: accounts.alice, region: REGION.GUIZHOU, trade: TRADE.FITNESS, licensedAt: begin, policy: ODD },
    { account: accounts.bob, region: REGION.GUIZHOU, trade: TRADE.FITNESS, licensedAt: old, policy: ODD },
  ];
  const merchants = [];
  for (const { account, policy, ...options } of made) {
    const id = await fileMerchant(account, { ...options, vault: false });
    await records.paid(id, 123_456_789n);
    merchants.push({ id, policy: policy as CustodyPolicy, licensedAt: options.licensedAt });
  }
  await time.increaseTo(begin + 92n * DAY);
  for (const { id } of merchants) await records.redeemed(id, 1n);
  return { ...deployed, merchants };
});

/** Amounts near every line and far from it. */
const amount = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 12n }),
  fc
    .tuple(
      fc.constantFrom(0n, 7_777_777n, 20_000_000n, 99_999_999n, 100_000_000n, 5_000_000_000n),
      fc.bigInt({ min: -3n, max: 3n }),
    )
    .map(([line, off]) => (line + off < 0n ? 0n : line + off)),
);

describe("CustodyRules.requiredAt against the formulas of the texts (A-14 to A-19)", () => {
  it("agrees for any balance, revenue, scale, age and policy", async () => {
    const { rules, book, register, merchants, now, asPlatform } = await fixture();
    const evidence = digestOf("accounts of last year");
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...merchants),
        fc.constantFrom(...Object.values(SCALE)),
        amount,
        fc.array(amount, { minLength: 3, maxLength: 3 }),
        async ({ id, policy, licensedAt }, scale, revenue, balances) => {
          await register.write.updateFigures([id, scale, revenue, 0n, 0n, evidence], asPlatform);
          const quarterEnd = await book.read.quarterEndBalanceOf([id]);
          expect(quarterEnd).to.equal(123_456_789n);
          const facts = { quarterEnd, scale, revenue, licensedAt, now: await now() };
          for (const balance of [...balances, (revenue * 200_000n) / 1_000_000n + 1n]) {
            expect(await rules.read.requiredAt([id, balance]), `balance ${balance}`).to.equal(
              requiredReference(policy, { ...facts, balance }),
            );
          }
          const balance = await book.read.balanceOf([id]);
          expect(await rules.read.requiredOf([id])).to.equal(requiredReference(policy, { ...facts, balance }));
        },
      ),
      { numRuns: 120, verbose: 1 },
    );
  }).timeout(300_000);
});
