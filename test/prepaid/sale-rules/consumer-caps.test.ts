import { CARD_KIND, DAY } from "../../fixtures/prepaid.ts";
import {
  bearerOrder,
  NO_DIGEST,
  OTHER_KEY,
  periodOrder,
  storedOrder,
  visitsOrder,
  ZERO,
} from "../../fixtures/prepaid-cards.ts";
import { china, deploySaleRules } from "../../fixtures/sale-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

// SHFIT Art 8, in fen, visits and months.
const FITNESS = {
  "prepaid.cap.named": 2_000_000n,
  "prepaid.cap.period": 500_000n,
  "prepaid.cap.periodMonths": 24n,
  "prepaid.cap.visits": 2_000_000n,
  "prepaid.cap.visitCount": 60n,
  "prepaid.cap.stored": 500_000n,
  "prepaid.cap.consumer": 2_000_000n,
} as const;
const STORED_CAP = FITNESS["prepaid.cap.stored"];
const PERIOD_CAP = FITNESS["prepaid.cap.period"];
const VISITS_CAP = FITNESS["prepaid.cap.visits"];
const ALL_CAP = FITNESS["prepaid.cap.consumer"];
const { STORED_VALUE, VISITS, PERIOD } = CARD_KIND;

/** The Shanghai fitness rules, for the shop's trade and region. */
const fixture = defineFixture(async (connection) => {
  const shop = await deploySaleRules(connection);
  await shop.publish("CN-GZ", FITNESS, "8040");
  return shop;
});

const stored = (paid: bigint) => storedOrder({ paid, face: paid });
const visits = (face: bigint, paid = 1_000n) => visitsOrder({ face, paid });
const period = (paid: bigint, face = 30n * DAY) => periodOrder({ paid, face });

describe("SaleRules.checkSale: what one consumer may have with one merchant", () => {
  it("A-08: stored value at most 5,000 CNY, what is left counted", async () => {
    const { check, passes, has, saleRules, merchant } = await fixture();
    await passes([stored(300_000n), stored(200_000n)]);
    const over = [merchant, STORED_VALUE, STORED_CAP + 1n, STORED_CAP] as const;
    await expectRevert(check([stored(300_000n), stored(200_001n)]), saleRules, "SaleRulesKindCap", over);
    await has(STORED_VALUE, 499_000n);
    await passes([stored(1_000n)]);
    await expectRevert(check([stored(1_001n)]), saleRules, "SaleRulesKindCap", over);
    await passes([stored(1_001n)], { consumerKey: OTHER_KEY });
  });

  it("A-08: lessons at most 20,000 CNY, what is left counted", async () => {
    const { check, passes, has, saleRules, merchant } = await fixture();
    await passes([visits(10n, VISITS_CAP)]);
    await has(VISITS, 1_999_000n, 5n);
    await passes([visits(10n, 1_000n)]);
    const over = [merchant, VISITS, VISITS_CAP + 1n, VISITS_CAP] as const;
    await expectRevert(check([visits(10n, 1_001n)]), saleRules, "SaleRulesKindCap", over);
  });

  it("A-08: at most 60 lessons, those left counted", async () => {
    const { check, passes, has, saleRules, merchant } = await fixture();
    await passes([visits(30n), visits(30n)]);
    await expectRevert(check([visits(30n), visits(31n)]), saleRules, "SaleRulesVisitCap", [merchant, 61n, 60n]);
    await has(VISITS, 1_000n, 20n);
    await passes([visits(40n)]);
    await expectRevert(check([visits(41n)]), saleRules, "SaleRulesVisitCap", [merchant, 61n, 60n]);
  });

  it("A-08: membership at most 5,000 CNY, what is left counted", async () => {
    const { check, passes, has, saleRules, merchant, now } = await fixture();
    await passes([period(PERIOD_CAP)]);
    await has(PERIOD, 400_000n, 0n, (await now()) + DAY);
    await passes([period(100_000n)]);
    const over = [merchant, PERIOD, PERIOD_CAP + 1n, PERIOD_CAP] as const;
    await expectRevert(check([period(100_001n)]), saleRules, "SaleRulesKindCap", over);
  });

  it("A-08: membership at most 24 calendar months from its first day", async () => {
    const { check, passes, saleRules, merchant, time } = await fixture();
    // 2032 is a leap year: 731 days.
    const begin = china("2031-06-01");
    await time.increaseTo(begin);
    const latest = china("2033-06-01");
    await passes([period(1_000n, latest - begin)]);
    await expectRevert(check([period(1_000n, latest - begin + 1n)]), saleRules, "SaleRulesPeriodCap", [
      merchant,
      latest + 1n,
      latest,
    ]);
    // A first term may begin later, and is then measured from there: 730 days.
    const startsAt = china("2032-06-01");
    await passes([periodOrder({ paid: 1_000n, startsAt, face: 730n * DAY })]);
    await expectRevert(
      check([periodOrder({ paid: 1_000n, startsAt, face: 730n * DAY + 1n })]),
      saleRules,
      "SaleRulesPeriodCap",
      [merchant, china("2034-06-01") + 1n, china("2034-06-01")],
    );
  });

  it("A-08: a renewal counts the term that is left, and terms side by side count like terms in a row", async () => {
    const { check, passes, has, saleRules, merchant, time } = await fixture();
    const begin = china("2030-03-01");
    const latest = china("2032-03-01");
    await time.increaseTo(begin - 10n);
    await has(PERIOD, 1_000n, 0n, begin + 700n * DAY);
    await time.increaseTo(begin);
    const left = latest - (begin + 700n * DAY);
    const startsAt = begin + 700n * DAY;
    await passes([periodOrder({ paid: 1_000n, face: left })]);
    await passes([periodOrder({ paid: 1_000n, face: left, startsAt })]);
    for (const order of [{ face: left + 1n }, { face: left + 1n, startsAt }]) {
      await expectRevert(check([periodOrder({ paid: 1_000n, ...order })]), saleRules, "SaleRulesPeriodCap", [
        merchant,
        latest + 1n,
        latest,
      ]);
    }
    const half = left / 2n;
    await passes([period(500n, half), period(500n, left - half)]);
    await expectRevert(check([period(500n, half), period(500n, left - half + 1n)]), saleRules, "SaleRulesPeriodCap", [
      merchant,
      latest + 1n,
      latest,
    ]);
  });

  it("A-08: a term that is over does not count", async () => {
    const { passes, has, time, now } = await fixture();
    const begin = (await now()) + 10n * DAY;
    await has(PERIOD, 1_000n, 0n, begin);
    await time.increaseTo(begin);
    await passes([period(1_000n, 730n * DAY)]);
  });

  it("A-08: all kinds together at most 20,000 CNY, what is left counted", async () => {
    const { check, passes, has, saleRules, merchant, now } = await fixture();
    await passes([stored(500_000n), visits(10n, 1_000_000n), period(500_000n)]);
    const over = [merchant, ALL_CAP + 1n, ALL_CAP] as const;
    await expectRevert(
      check([stored(500_000n), visits(10n, 1_000_001n), period(500_000n)]),
      saleRules,
      "SaleRulesConsumerCap",
      over,
    );
    await has(STORED_VALUE, 100_000n);
    await has(VISITS, 1_500_000n, 10n);
    await has(PERIOD, 300_000n, 0n, (await now()) + DAY);
    await passes([visits(10n, 100_000n)]);
    await expectRevert(check([visits(10n, 100_001n)]), saleRules, "SaleRulesConsumerCap", over);
  });

  it("A-08: refuses a consumer who is not named, where a cap for each consumer holds", async () => {
    const { check, saleRules, merchant } = await fixture();
    const anonymous = { consumerKey: ZERO, buyerId: NO_DIGEST };
    await expectRevert(check([bearerOrder()], anonymous), saleRules, "SaleRulesConsumerMissing", [merchant]);
  });

  it("A-08: wants the consumer named for each cap by itself, and only for the kind it holds for", async () => {
    const { check, passes, saleRules, fileMerchant, fileTerms, accounts, publish } = await fixture();
    const merchant = await fileMerchant({ agent: accounts.agent2.address, trade: "0x35323131" });
    const sale = { merchant, terms: await fileTerms(merchant), consumerKey: ZERO, buyerId: NO_DIGEST };
    const cards = {
      "prepaid.cap.stored": bearerOrder(),
      "prepaid.cap.visits": bearerOrder({ kind: VISITS, listUnitPrice: 1n }),
      "prepaid.cap.visitCount": bearerOrder({ kind: VISITS, listUnitPrice: 1n }),
      "prepaid.charge.renewAt": bearerOrder({ kind: VISITS, listUnitPrice: 1n }),
      "prepaid.cap.period": bearerOrder({ kind: PERIOD, listUnitPrice: 1n, face: 30n * DAY }),
      "prepaid.cap.periodMonths": bearerOrder({ kind: PERIOD, listUnitPrice: 1n, face: 30n * DAY }),
      "prepaid.cap.consumer": bearerOrder(),
    } as const;
    await passes(Object.values(cards), sale);
    for (const [id, order] of Object.entries(cards)) {
      await publish("CN-SH", { [id]: 1_000_000n }, "5211");
      await expectRevert(check([order], sale), saleRules, "SaleRulesConsumerMissing", [merchant]);
      if (id !== "prepaid.cap.consumer") {
        await passes([order.kind === STORED_VALUE ? cards["prepaid.cap.visits"] : bearerOrder()], sale);
      }
      // What is set stays set; 2^256 - 1 hands it back.
      await publish("CN-SH", { [id]: 2n ** 256n - 1n }, "5211");
    }
    await passes(Object.values(cards), sale);
  });
});
