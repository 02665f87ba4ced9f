import { bearerOrder, NO_DIGEST, storedOrder, ZERO } from "../../fixtures/prepaid-cards.ts";
import { deploySaleRules } from "../../fixtures/sale-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const FROM = 1_000_000n; // 10,000 CNY
const anonymous = { consumerKey: ZERO, buyerId: NO_DIGEST };

const fixture = defineFixture(deploySaleRules);

/** Ten bearer cards that cost `total` together. */
function bearers(total: bigint) {
  const paid = total / 10n;
  const face = total;
  const first = bearerOrder({ paid: paid + (total % 10n), face });
  return [first, ...Array.from({ length: 9 }, () => bearerOrder({ paid, face }))];
}

describe("SaleRules.checkSale: who buys, and how it is paid", () => {
  it("A-05: refuses a named card without identity document or without the consumer's key", async () => {
    const { check, saleRules, merchant } = await fixture();
    for (const missing of [{ buyerId: NO_DIGEST }, { consumerKey: ZERO }, anonymous]) {
      await expectRevert(check([bearerOrder(), storedOrder()], missing), saleRules, "SaleRulesIdentityMissing", [
        merchant,
        0n,
        0n,
      ]);
    }
  });

  it("A-05: wants the buyer's identity from 10,000 CNY of bearer cards in one sale on, not a fen below", async () => {
    const { check, passes, saleRules, merchant, publish } = await fixture();
    await publish("CN-GZ", { "prepaid.cap.bearer": 0n });
    await passes(bearers(FROM - 1n), anonymous);
    await expectRevert(check(bearers(FROM), anonymous), saleRules, "SaleRulesIdentityMissing", [merchant, FROM, FROM]);
    await passes(bearers(FROM), { consumerKey: ZERO });
  });

  it("A-05: does not count named cards of the same sale", async () => {
    const { passes, publish } = await fixture();
    await publish("CN-GZ", { "prepaid.cap.bearer": 0n, "prepaid.cap.named": 0n });
    await passes([...bearers(FROM - 1n).slice(1), storedOrder({ paid: FROM, face: FROM })]);
  });

  it("A-05: takes bearer cards of any sum where the policy sets none", async () => {
    const { passes, publish } = await fixture();
    await publish("CN-GZ", { "prepaid.cap.bearer": 0n, "prepaid.id.bearerFrom": 0n });
    await passes(bearers(100n * FROM), anonymous);
  });

  it("A-06: refuses cash from 5,000 CNY on in a sale to an organisation, not a fen below", async () => {
    const { check, passes, saleRules, merchant } = await fixture();
    const sale = { organisation: true, cash: true };
    await passes([storedOrder({ paid: 300_000n }), storedOrder({ paid: 199_999n })], sale);
    const orders = [storedOrder({ paid: 300_000n }), storedOrder({ paid: 200_000n })];
    await expectRevert(check(orders, sale), saleRules, "SaleRulesCashRefused", [merchant, 500_000n, 500_000n]);
    await passes(orders, { ...sale, cash: false });
    await passes(orders, { ...sale, organisation: false });
  });

  it("A-06: refuses cash from 50,000 CNY on in a sale to a person, not a fen below", async () => {
    const { check, passes, saleRules, merchant } = await fixture();
    const ten = Array.from({ length: 9 }, () => storedOrder({ paid: 500_000n, face: 500_000n }));
    await passes([...ten, storedOrder({ paid: 499_999n, face: 500_000n })], { cash: true });
    const orders = [...ten, storedOrder({ paid: 500_000n, face: 500_000n })];
    await expectRevert(check(orders, { cash: true }), saleRules, "SaleRulesCashRefused", [
      merchant,
      5_000_000n,
      5_000_000n,
    ]);
    await passes(orders);
  });

  it("A-06: takes cash where the policy sets no sum", async () => {
    const { passes, publish } = await fixture();
    await publish("CN-GZ", { "prepaid.transfer.organisation": 0n });
    await passes([storedOrder({ paid: 500_000n, face: 500_000n })], { organisation: true, cash: true });
  });
});
