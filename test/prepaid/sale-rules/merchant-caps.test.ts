import { DAY } from "../../fixtures/prepaid.ts";
import { periodOrder, storedOrder, visitsOrder } from "../../fixtures/prepaid-cards.ts";
import { deploySaleRules } from "../../fixtures/sale-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const REVENUE = 1_000_001n;
const CAPITAL = 300_000n;

/** The fitness rules of Jiangsu with half of the revenue, for a merchant of Shanghai with a lease of 400 days; and one in its first year. */
const fixture = defineFixture(async (connection) => {
  const shop = await deploySaleRules(connection);
  const { accounts, fileMerchant, fileTerms, now } = shop;
  const leaseEndsAt = (await now()) + 400n * DAY;
  const filing = { trade: "0x38393330", leaseEndsAt, paidInCapital: CAPITAL } as const;
  const old = await fileMerchant({ ...filing, agent: accounts.agent2.address, lastYearRevenue: REVENUE });
  const young = await fileMerchant({ ...filing, agent: accounts.agent3.address, lastYearRevenue: 0n });
  const sales = {
    old: { merchant: old, terms: await fileTerms(old) },
    young: { merchant: young, terms: await fileTerms(young) },
  };
  await shop.publish("CN-SH", { "prepaid.cap.revenue": 500_000n, "prepaid.cap.capital": 2_000_000n }, "8930");
  await shop.publish("CN-SH", { "prepaid.cap.named": 0n, "prepaid.cap.stored": 0n }, "8930");
  return { ...shop, old, young, sales, leaseEndsAt };
});

const paid = (fen: bigint) => [storedOrder({ paid: fen, face: fen })];

describe("SaleRules.checkSale: what the merchant may hold", () => {
  it("A-10: at most the share of last year's revenue, rounded down, what it holds counted", async () => {
    const { check, passes, book, saleRules, operator, sales, old } = await fixture();
    await passes(paid(500_000n), sales.old);
    await expectRevert(check(paid(500_001n), sales.old), saleRules, "SaleRulesMerchantCap", [old, 500_001n, 500_000n]);
    await book.write.recordPayment([old, 400_000n, 1n], { account: operator });
    await passes(paid(100_000n), sales.old);
    await expectRevert(check(paid(100_001n), sales.old), saleRules, "SaleRulesMerchantCap", [old, 500_001n, 500_000n]);
  });

  it("A-10: in the first year at most twice the paid-in capital", async () => {
    const { check, passes, saleRules, sales, young } = await fixture();
    await passes(paid(600_000n), sales.young);
    await expectRevert(check(paid(600_001n), sales.young), saleRules, "SaleRulesMerchantCap", [
      young,
      600_001n,
      600_000n,
    ]);
  });

  it("A-10: each cap holds by itself", async () => {
    const { check, passes, publish, saleRules, sales, old } = await fixture();
    await publish("CN-SH", { "prepaid.cap.capital": 0n }, "8930");
    await passes(paid(2_000_000n), sales.young);
    await expectRevert(check(paid(500_001n), sales.old), saleRules, "SaleRulesMerchantCap", [old, 500_001n, 500_000n]);
    await publish("CN-SH", { "prepaid.cap.revenue": 0n }, "8930");
    await passes(paid(2_000_000n), sales.old);
  });

  it("A-10: no term outlives the lease, where the policy binds it", async () => {
    const { check, passes, publish, saleRules, sales, old, leaseEndsAt } = await fixture();
    const startsAt = leaseEndsAt - 30n * DAY;
    const late = periodOrder({ startsAt, face: 30n * DAY + 1n });
    await passes([late], sales.old);
    await publish("CN-SH", { "prepaid.lease.bound": 1n }, "8930");
    await passes([periodOrder({ startsAt, face: 30n * DAY })], sales.old);
    await expectRevert(check([late, periodOrder({ face: 2n * DAY })], sales.old), saleRules, "SaleRulesLease", [
      old,
      leaseEndsAt + 1n,
      leaseEndsAt,
    ]);
    await passes([visitsOrder(), storedOrder()], sales.old);
  });

  it("A-10: a merchant without a lease on file sells no term, where the policy binds it", async () => {
    const { check, publish, saleRules, sale, merchant, now } = await fixture();
    await publish("CN-GZ", { "prepaid.lease.bound": 1n });
    const startsAt = (await now()) + DAY;
    await expectRevert(check([periodOrder({ startsAt })], sale()), saleRules, "SaleRulesLease", [
      merchant,
      startsAt + 100n * DAY,
      0n,
    ]);
  });
});
