import { expect } from "chai";
import { DEALER, GROWER, GTIN_A, GTIN_B, loadTrade, NOBODY, PAPER } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

/** Two products of the grower. */
async function filed() {
  const trade = await loadTrade();
  const { catalogue, productFiling, asGrower } = trade;
  for (const gtin of [GTIN_A, GTIN_B]) await catalogue.write.file([productFiling({ gtin })], asGrower);
  const license = (party: number, licensed: boolean) =>
    catalogue.write.license([GTIN_A, party, licensed], trade.asGrower);
  return { ...trade, license };
}

describe("ProductCatalogue.license", () => {
  it("refuses a product that is not filed, and who does not act for the brand owner", async () => {
    const { catalogue, accounts, asGrower } = await filed();
    const unknown = catalogue.write.license([95050003n, DEALER, true], asGrower);
    await expectRevert(unknown, catalogue, "ProductCatalogueUnknown", [95050003n]);
    for (const account of [accounts.platform, accounts.dealerAgent]) {
      const call = catalogue.write.license([GTIN_A, DEALER, true], { account });
      await expectRevert(call, catalogue, "ProductCatalogueNotOwner", [GTIN_A, account.address]);
    }
  });

  it("given a producer that is not filed, or is suspended, when licensed, then it is refused", async () => {
    const { parties, asRegulator, license } = await filed();
    for (const licensed of [true, false]) {
      await expectRevert(license(NOBODY, licensed), parties, "TradePartiesUnknown", [NOBODY]);
    }
    await parties.write.suspend([DEALER, PAPER], asRegulator);
    await expectRevert(license(DEALER, true), parties, "TradePartiesSuspended", [DEALER]);
  });

  it("given a party, when licensed, then it may produce this product and no other until the licence is taken back", async () => {
    const { catalogue, connection, license } = await filed();
    const produce = (gtin: bigint) => catalogue.read.requireMayProduce([gtin, DEALER]);
    await expectRevert(produce(GTIN_A), catalogue, "ProductCatalogueMayNotProduce", [GTIN_A, DEALER]);
    await expectEvents(connection, license(DEALER, true), [
      event(catalogue, "ProducerLicensed", { gtin: GTIN_A, producer: DEALER, licensed: true }),
    ]);
    await produce(GTIN_A);
    expect(await catalogue.read.isProducer([GTIN_A, DEALER])).to.equal(true);
    await expectRevert(produce(GTIN_B), catalogue, "ProductCatalogueMayNotProduce", [GTIN_B, DEALER]);
    await expectEvents(connection, license(DEALER, false), [
      event(catalogue, "ProducerLicensed", { gtin: GTIN_A, producer: DEALER, licensed: false }),
    ]);
    await expectRevert(produce(GTIN_A), catalogue, "ProductCatalogueMayNotProduce", [GTIN_A, DEALER]);
    await catalogue.read.requireMayProduce([GTIN_A, GROWER]);
  });

  it("given a suspended party with a licence, when it is taken back, then it may be", async () => {
    const { catalogue, parties, asRegulator, license } = await filed();
    await license(DEALER, true);
    await parties.write.suspend([DEALER, PAPER], asRegulator);
    await license(DEALER, false);
    expect(await catalogue.read.isProducer([GTIN_A, DEALER])).to.equal(false);
  });
});
