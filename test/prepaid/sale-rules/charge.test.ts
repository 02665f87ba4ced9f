import { CARD_KIND, DAY } from "../../fixtures/prepaid.ts";
import { periodOrder, storedOrder, visitsOrder } from "../../fixtures/prepaid-cards.ts";
import { china, deploySaleRules } from "../../fixtures/sale-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const BEGIN = china("2030-11-30");

/** The tutoring rules of Guangzhou, for the shop's trade and region, on 30 November 2030. */
const fixture = defineFixture(async (connection) => {
  const shop = await deploySaleRules(connection);
  await shop.publish("CN-GZ", { "prepaid.charge.months": 3n, "prepaid.charge.visits": 60n }, "8040");
  await shop.publish("CN-GZ", { "prepaid.charge.earlyDays": 30n, "prepaid.charge.renewAt": 20n }, "8040");
  await shop.time.increaseTo(BEGIN);
  return shop;
});

const lessons = (face: bigint, startsAt = 0n) => visitsOrder({ face, startsAt });
const term = (face: bigint, startsAt = 0n) => periodOrder({ face, startsAt });

describe("SaleRules.checkSale: one charge", () => {
  it("A-09: covers at most 60 lessons, in however many cards", async () => {
    const { check, passes, saleRules, merchant } = await fixture();
    await passes([lessons(60n)]);
    await passes([lessons(58n), lessons(2n)]);
    await expectRevert(check([lessons(61n)]), saleRules, "SaleRulesChargeVisits", [merchant, 61n, 60n]);
    await expectRevert(check([lessons(58n), lessons(3n)]), saleRules, "SaleRulesChargeVisits", [merchant, 61n, 60n]);
  });

  it("A-09: covers at most three calendar months from its first day, in however many cards", async () => {
    const { check, passes, saleRules, merchant } = await fixture();
    // 30 November to 28 February: 90 days.
    const cap = china("2031-02-28") - BEGIN;
    await passes([term(cap)]);
    await passes([term(cap - 10n * DAY), term(10n * DAY, BEGIN + 20n * DAY)]);
    await expectRevert(check([term(cap + 1n)]), saleRules, "SaleRulesChargeTerm", [merchant, cap + 1n, cap]);
    await expectRevert(
      check([term(10n * DAY, BEGIN + 20n * DAY), term(cap - 10n * DAY + 1n)]),
      saleRules,
      "SaleRulesChargeTerm",
      [merchant, cap + 1n, cap],
    );
  });

  it("A-09: measures the three months from the earliest first day of several cards", async () => {
    const { check, passes, saleRules, merchant, time } = await fixture();
    // 20 April to 20 July has 91 days, 1 May to 1 August 92.
    await time.increaseTo(china("2031-04-20"));
    const second = term(31n * DAY, china("2031-05-01"));
    await passes([term(60n * DAY), second]);
    await expectRevert(check([term(60n * DAY + 1n), second]), saleRules, "SaleRulesChargeTerm", [
      merchant,
      91n * DAY + 1n,
      91n * DAY,
    ]);
  });

  it("A-09: is not taken earlier than a month before the service begins", async () => {
    const { check, passes, saleRules, merchant } = await fixture();
    const earliest = BEGIN + 30n * DAY;
    for (const order of [term(30n * DAY, earliest), lessons(10n, earliest)]) await passes([order]);
    for (const order of [term(30n * DAY, earliest + 1n), lessons(10n, earliest + 1n)]) {
      await expectRevert(check([order]), saleRules, "SaleRulesChargeEarly", [merchant, earliest + 1n, BEGIN + 1n]);
    }
    // The latest beginning of several cards counts.
    await expectRevert(check([lessons(5n, earliest + 1n), lessons(5n)]), saleRules, "SaleRulesChargeEarly", [
      merchant,
      earliest + 1n,
      BEGIN + 1n,
    ]);
    await expectRevert(check([term(2n * DAY, earliest + 1n), term(2n * DAY)]), saleRules, "SaleRulesChargeEarly", [
      merchant,
      earliest + 1n,
      BEGIN + 1n,
    ]);
  });

  it("A-09: of another term begins behind the one that runs", async () => {
    const { check, passes, has, saleRules, merchant } = await fixture();
    await has(CARD_KIND.PERIOD, 1_000n, 0n, BEGIN + 60n * DAY);
    const ends = BEGIN + 60n * DAY;
    await expectRevert(check([term(2n * DAY)]), saleRules, "SaleRulesChargeEarly", [merchant, ends, ends - 30n * DAY]);
    const { time } = await fixture();
    await has(CARD_KIND.PERIOD, 1_000n, 0n, ends);
    await time.increaseTo(ends - 30n * DAY);
    await passes([term(2n * DAY)]);
  });

  it("A-09: of more lessons is taken when at most 20 are left, whenever they begin", async () => {
    const { check, passes, has, saleRules, merchant } = await fixture();
    await has(CARD_KIND.VISITS, 1_000n, 20n);
    await passes([lessons(60n)]);
    await passes([lessons(60n, BEGIN + 300n * DAY)]);
    await has(CARD_KIND.VISITS, 0n, 1n);
    await expectRevert(check([lessons(2n)]), saleRules, "SaleRulesRenewalEarly", [merchant, 21n, 20n]);
    await passes([storedOrder()]);
  });

  it("A-09: where no number left is set, is bound by the beginning alone", async () => {
    const { check, passes, has, publish, saleRules, merchant, now } = await fixture();
    await publish("CN-GZ", { "prepaid.charge.renewAt": 2n ** 256n - 1n }, "8040");
    await has(CARD_KIND.VISITS, 1_000n, 500n);
    await passes([lessons(60n)]);
    const startsAt = (await now()) + 30n * DAY + 1n;
    await expectRevert(check([lessons(60n, startsAt)]), saleRules, "SaleRulesChargeEarly", [
      merchant,
      startsAt,
      startsAt - 30n * DAY,
    ]);
  });

  it("A-09: is free where the policy sets nothing", async () => {
    const { passes, publish } = await fixture();
    await publish("CN-GZ", { "prepaid.charge.months": 0n, "prepaid.charge.visits": 0n }, "8040");
    await publish("CN-GZ", { "prepaid.charge.earlyDays": 0n, "prepaid.charge.renewAt": 2n ** 256n - 1n }, "8040");
    await passes([lessons(1_000n, BEGIN + 900n * DAY), term(3_000n * DAY, BEGIN + 900n * DAY)]);
  });
});
