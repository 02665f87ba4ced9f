import { expect } from "chai";
import { CARD_KIND, DAY } from "../../fixtures/prepaid.ts";
import {
  bearerOrder,
  CARD_FORM,
  NO_DIGEST,
  periodOrder,
  storedOrder,
  visitsOrder,
  ZERO,
} from "../../fixtures/prepaid-cards.ts";
import { deploySaleRules } from "../../fixtures/sale-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** One card of each kind, sold; the stored-value card has 3,000 CNY. */
const fixture = defineFixture(async (connection) => {
  const shop = await deploySaleRules(connection);
  return {
    ...shop,
    stored: await shop.sell(storedOrder()),
    visits: await shop.sell(visitsOrder()),
    period: await shop.sell(periodOrder()),
    bearer: await shop.sell(bearerOrder(), { consumerKey: ZERO, buyerId: NO_DIGEST }),
  };
});

describe("SaleRules.checkTopUp", () => {
  it("A-12: refuses a top-up without the digest of a written contract", async () => {
    const { checkTopUp, saleRules, merchant, stored } = await fixture();
    await expectRevert(checkTopUp(stored, { contractDigest: NO_DIGEST }), saleRules, "SaleRulesContractMissing", [
      merchant,
    ]);
  });

  it("refuses a top-up for which nothing is paid or given, and stored value below what is paid", async () => {
    const { checkTopUp, saleRules, stored, visits } = await fixture();
    await expectRevert(checkTopUp(stored, { paid: 0n }), saleRules, "SaleRulesEmptyOrder", [0n]);
    await expectRevert(checkTopUp(stored, { face: 0n }), saleRules, "SaleRulesEmptyOrder", [0n]);
    await expectRevert(checkTopUp(stored, { paid: 10n, face: 9n }), saleRules, "SaleRulesFaceBelowPaid", [0n, 10n, 9n]);
    expect(await checkTopUp(stored, { paid: 10n, face: 10n })).to.equal(undefined);
    expect(await checkTopUp(visits, { paid: 10n, face: 1n })).to.equal(undefined);
  });

  it("A-04: counts what is left on the card", async () => {
    const { checkTopUp, cards, saleRules, stored, asOperator } = await fixture();
    expect(await checkTopUp(stored, { paid: 200_000n, face: 200_000n })).to.equal(undefined);
    const over = [0n, CARD_FORM.NAMED, 500_001n, 500_000n] as const;
    const paid = 200_001n;
    await expectRevert(checkTopUp(stored, { paid, face: paid }), saleRules, "SaleRulesCardCap", over);
    await cards.write.consume([stored, 4n, 4n, false], asOperator);
    expect(await checkTopUp(stored, { paid, face: paid })).to.equal(undefined);
  });

  it("A-04: keeps a bearer card under its own cap", async () => {
    const { checkTopUp, saleRules, bearer } = await fixture();
    expect(await checkTopUp(bearer, { paid: 50_000n, face: 50_000n })).to.equal(undefined);
    await expectRevert(checkTopUp(bearer, { paid: 50_001n, face: 50_001n }), saleRules, "SaleRulesCardCap", [
      0n,
      CARD_FORM.BEARER,
      100_001n,
      100_000n,
    ]);
  });

  it("A-05: wants the buyer's identity for a bearer card from 10,000 CNY in one payment on", async () => {
    const { checkTopUp, publish, saleRules, merchant, bearer, sell } = await fixture();
    await publish("CN-GZ", { "prepaid.cap.bearer": 0n });
    const paid = 1_000_000n;
    expect(await checkTopUp(bearer, { paid: paid - 1n, face: paid })).to.equal(undefined);
    await expectRevert(checkTopUp(bearer, { paid, face: paid }), saleRules, "SaleRulesIdentityMissing", [
      merchant,
      paid,
      paid,
    ]);
    const known = await sell(bearerOrder(), { consumerKey: ZERO });
    expect(await checkTopUp(known, { paid, face: paid })).to.equal(undefined);
  });

  it("A-06: refuses cash by the same sums as a sale", async () => {
    const { checkTopUp, publish, saleRules, merchant, stored } = await fixture();
    await publish("CN-GZ", { "prepaid.cap.named": 0n });
    const order = { paid: 500_000n, face: 500_000n, cash: true };
    expect(await checkTopUp(stored, order)).to.equal(undefined);
    await expectRevert(checkTopUp(stored, { ...order, organisation: true }), saleRules, "SaleRulesCashRefused", [
      merchant,
      500_000n,
      500_000n,
    ]);
  });

  it("A-08: counts what the consumer has left with the merchant", async () => {
    const { checkTopUp, publish, saleRules, merchant, stored, visits } = await fixture();
    await publish("CN-GZ", { "prepaid.cap.stored": 400_000n, "prepaid.cap.visitCount": 12n });
    expect(await checkTopUp(stored)).to.equal(undefined);
    await expectRevert(checkTopUp(stored, { paid: 100_001n, face: 100_001n }), saleRules, "SaleRulesKindCap", [
      merchant,
      CARD_KIND.STORED_VALUE,
      400_001n,
      400_000n,
    ]);
    expect(await checkTopUp(visits, { paid: 10n, face: 2n })).to.equal(undefined);
    await expectRevert(checkTopUp(visits, { paid: 10n, face: 3n }), saleRules, "SaleRulesVisitCap", [
      merchant,
      13n,
      12n,
    ]);
  });

  it("A-09: charges a pass behind its end, at most a month ahead", async () => {
    const { checkTopUp, cards, publish, saleRules, merchant, period, time } = await fixture();
    await publish("CN-GZ", { "prepaid.charge.earlyDays": 30n });
    const { startsAt } = await cards.read.cardOf([period]);
    const end = startsAt + 100n * DAY;
    const order = { paid: 10n, face: 20n * DAY };
    await time.increaseTo(end - 30n * DAY - 1n);
    await expectRevert(checkTopUp(period, order), saleRules, "SaleRulesChargeEarly", [merchant, end, end - 30n * DAY]);
    await time.increaseTo(end - 30n * DAY);
    expect(await checkTopUp(period, order)).to.equal(undefined);
  });

  it("A-10: adds the term behind the end of the pass, or to now where it is over", async () => {
    const { checkTopUp, cards, publish, register, saleRules, merchant, period, asPlatform, time } = await fixture();
    await publish("CN-GZ", { "prepaid.lease.bound": 1n });
    const { startsAt } = await cards.read.cardOf([period]);
    const end = startsAt + 100n * DAY;
    const lease = async (leaseEndsAt: bigint) =>
      register.write.updateFigures(
        [merchant, 0, 0n, 0n, leaseEndsAt, { value: `0x${"1".repeat(64)}`, algorithm: 1 }],
        asPlatform,
      );
    const order = { paid: 10n, face: 20n * DAY };
    await lease(end + 20n * DAY);
    expect(await checkTopUp(period, order)).to.equal(undefined);
    await expectRevert(checkTopUp(period, { ...order, face: 20n * DAY + 1n }), saleRules, "SaleRulesLease", [
      merchant,
      end + 20n * DAY + 1n,
      end + 20n * DAY,
    ]);
    await time.increaseTo(end + 1n);
    await expectRevert(checkTopUp(period, order), saleRules, "SaleRulesLease", [
      merchant,
      end + 20n * DAY + 1n,
      end + 20n * DAY,
    ]);
  });

  it("A-11: refuses a false mark of a platform sale, of a bearer card too, and waives the named card's cap by a true one", async () => {
    const {
      checkTopUp,
      saleRules,
      merchant,
      stored,
      bearer,
      fileMerchant,
      fileTerms,
      linkMerchant,
      publish,
      accounts,
      sales,
      cards,
      sale,
    } = await fixture();
    for (const card of [stored, bearer]) {
      await expectRevert(checkTopUp(card, { viaPlatform: true }), saleRules, "SaleRulesNotOnPlatform", [merchant]);
    }
    const agent = accounts.agent2;
    const other = await fileMerchant({ agent: agent.address, onCompliantPlatform: true, trade: "0x35323131" });
    await linkMerchant(other);
    const terms = await fileTerms(other);
    await sales.write.sell([sale({ merchant: other, terms }), [storedOrder()]], { account: agent });
    const card = await cards.read.count();
    const order = { paid: 200_001n, face: 200_001n };
    await publish("CN-SH", { "prepaid.platform.waivesCap": 1n });
    await expectRevert(checkTopUp(card, order), saleRules, "SaleRulesCardCap", [
      0n,
      CARD_FORM.NAMED,
      500_001n,
      500_000n,
    ]);
    expect(await checkTopUp(card, { ...order, viaPlatform: true })).to.equal(undefined);
  });
});
