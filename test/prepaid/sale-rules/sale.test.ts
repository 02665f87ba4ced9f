import { NO_DIGEST, periodOrder, storedOrder, visitsOrder } from "../../fixtures/prepaid-cards.ts";
import { deploySaleRules } from "../../fixtures/sale-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const DAY = 86_400n;

const fixture = defineFixture(async (connection) => {
  const shop = await deploySaleRules(connection);
  const other = await shop.fileMerchant({ agent: shop.accounts.agent2.address });
  return { ...shop, other, otherTerms: await shop.fileTerms(other) };
});

describe("SaleRules.checkSale: the sale and each card", () => {
  it("refuses terms that another merchant filed, and terms that nobody filed", async () => {
    const { check, saleRules, terms, merchant, otherTerms } = await fixture();
    await expectRevert(check([storedOrder()], { terms: otherTerms }), saleRules, "SaleRulesTermsOfOther", [
      merchant,
      otherTerms,
    ]);
    await expectRevert(check([storedOrder()], { terms: 99n }), terms, "TermsRegisterUnknown", [99n]);
  });

  it("A-12: refuses a sale without the digest of a written contract", async () => {
    const { check, saleRules, merchant, sale } = await fixture();
    const { value } = sale().contractDigest;
    for (const contractDigest of [NO_DIGEST, { value, algorithm: 0 }, { value: NO_DIGEST.value, algorithm: 1 }]) {
      await expectRevert(check([storedOrder()], { contractDigest }), saleRules, "SaleRulesContractMissing", [merchant]);
    }
  });

  it("refuses a card for which nothing is paid or given, and names its place", async () => {
    const { check, saleRules } = await fixture();
    await expectRevert(check([storedOrder({ paid: 0n })]), saleRules, "SaleRulesEmptyOrder", [0n]);
    await expectRevert(check([storedOrder(), visitsOrder({ face: 0n })]), saleRules, "SaleRulesEmptyOrder", [1n]);
  });

  it("A-01: refuses a card that one act would use up", async () => {
    const { check, passes, saleRules } = await fixture();
    await expectRevert(check([visitsOrder({ face: 1n })]), saleRules, "SaleRulesSingleUse", [0n, 1n]);
    await passes([visitsOrder({ face: 2n })]);
    await expectRevert(check([periodOrder({ face: DAY })]), saleRules, "SaleRulesSingleUse", [0n, DAY]);
    await passes([periodOrder({ face: DAY + 1n })]);
  });

  it("A-32: refuses stored value below what is paid for it, the bonus being on top", async () => {
    const { check, passes, saleRules } = await fixture();
    await expectRevert(check([storedOrder({ paid: 100n, face: 99n })]), saleRules, "SaleRulesFaceBelowPaid", [
      0n,
      100n,
      99n,
    ]);
    await passes([storedOrder({ paid: 100n, face: 100n })]);
  });

  it("A-33: wants the price before discount of visits and periods, and none of stored value", async () => {
    const { check, saleRules } = await fixture();
    await expectRevert(check([storedOrder({ listUnitPrice: 1n })]), saleRules, "SaleRulesListPrice", [0n, 1n]);
    await expectRevert(check([visitsOrder({ listUnitPrice: 0n })]), saleRules, "SaleRulesListPrice", [0n, 0n]);
    await expectRevert(check([periodOrder({ listUnitPrice: 0n })]), saleRules, "SaleRulesListPrice", [0n, 0n]);
  });

  it("refuses a service that would have begun before the sale", async () => {
    const { check, passes, saleRules, now } = await fixture();
    const time = await now();
    await expectRevert(check([periodOrder({ startsAt: time - 1n })]), saleRules, "SaleRulesStartInPast", [
      0n,
      time - 1n,
      time,
    ]);
    await passes([periodOrder({ startsAt: time })]);
    await passes([periodOrder()]);
  });

  it("A-07: allows no term on a named card", async () => {
    const { check, saleRules, now } = await fixture();
    const expiresAt = (await now()) + 10_000n * DAY;
    await expectRevert(check([storedOrder({ expiresAt })]), saleRules, "SaleRulesTerm", [0n, expiresAt, 0n]);
  });

  it("passes one card of each kind in one sale", async () => {
    const { passes } = await fixture();
    await passes([storedOrder(), visitsOrder(), periodOrder()]);
  });
});
