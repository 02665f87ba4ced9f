import { bearerOrder, CARD_FORM, storedOrder, visitsOrder } from "../../fixtures/prepaid-cards.ts";
import { deploySaleRules } from "../../fixtures/sale-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const NAMED_CAP = 500_000n; // 5,000 CNY
const BEARER_CAP = 100_000n; // 1,000 CNY

const fixture = defineFixture(deploySaleRules);

describe("SaleRules.checkSale: the most a card holds", () => {
  it("A-04: refuses a named card of a fen over 5,000 CNY and takes one of exactly 5,000", async () => {
    const { check, passes, saleRules } = await fixture();
    const paid = NAMED_CAP + 1n;
    await expectRevert(check([storedOrder(), storedOrder({ paid, face: paid })]), saleRules, "SaleRulesCardCap", [
      1n,
      CARD_FORM.NAMED,
      paid,
      NAMED_CAP,
    ]);
    await passes([storedOrder({ paid: NAMED_CAP, face: 2n * NAMED_CAP })]);
  });

  it("A-04: refuses a bearer card of a fen over 1,000 CNY and takes one of exactly 1,000", async () => {
    const { check, passes, saleRules } = await fixture();
    const paid = BEARER_CAP + 1n;
    await expectRevert(check([bearerOrder({ paid, face: paid })]), saleRules, "SaleRulesCardCap", [
      0n,
      CARD_FORM.BEARER,
      paid,
      BEARER_CAP,
    ]);
    await passes([bearerOrder({ paid: BEARER_CAP, face: BEARER_CAP })]);
  });

  it("A-04: takes the cap of the trade before the general one", async () => {
    const { check, passes, publish, saleRules } = await fixture();
    await publish("CN-GZ", { "prepaid.cap.named": 600_000n }, "8040");
    await passes([visitsOrder({ paid: 600_000n })]);
    await expectRevert(check([visitsOrder({ paid: 600_001n })]), saleRules, "SaleRulesCardCap", [
      0n,
      CARD_FORM.NAMED,
      600_001n,
      600_000n,
    ]);
    // A cap of 0 for a trade switches the rule off for it.
    await publish("CN-GZ", { "prepaid.cap.named": 0n }, "8040");
    await passes([visitsOrder({ paid: 10n ** 12n })]);
  });

  it("A-11: refuses the mark of a platform sale of a merchant that is not filed as selling through one", async () => {
    const { check, saleRules, merchant } = await fixture();
    await expectRevert(check([storedOrder()], { viaPlatform: true }), saleRules, "SaleRulesNotOnPlatform", [merchant]);
  });

  it("A-11: waives the named card's cap on a compliant platform only where the policy says so, and for named cards only", async () => {
    const { check, passes, publish, saleRules, fileMerchant, fileTerms, accounts } = await fixture();
    const merchant = await fileMerchant({ agent: accounts.agent2.address, onCompliantPlatform: true });
    const terms = await fileTerms(merchant);
    const large = [visitsOrder({ paid: NAMED_CAP + 1n })];
    const sale = { merchant, terms, viaPlatform: true };
    await publish("CN-SH", { "prepaid.cap.named": NAMED_CAP }, "8930");
    const refusal = [0n, CARD_FORM.NAMED, NAMED_CAP + 1n, NAMED_CAP] as const;
    await expectRevert(check(large, sale), saleRules, "SaleRulesCardCap", refusal);

    await publish("CN-SH", { "prepaid.platform.waivesCap": 1n });
    await passes(large, sale);
    await expectRevert(check(large, { ...sale, viaPlatform: false }), saleRules, "SaleRulesCardCap", refusal);
    await expectRevert(
      check([bearerOrder({ paid: BEARER_CAP + 1n, face: BEARER_CAP + 1n })], sale),
      saleRules,
      "SaleRulesCardCap",
      [0n, CARD_FORM.BEARER, BEARER_CAP + 1n, BEARER_CAP],
    );
  });
});
