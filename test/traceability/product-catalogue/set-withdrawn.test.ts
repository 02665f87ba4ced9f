import { expect } from "chai";
import { BEGIN, GROWER, GTIN_A, GTIN_B, loadTrade, PAPER } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

/** A product of the grower. */
async function filed() {
  const trade = await loadTrade();
  await trade.catalogue.write.file([trade.productFiling()], trade.asGrower);
  return trade;
}

describe("ProductCatalogue.setWithdrawn", () => {
  it("refuses a product that is not filed, and who does not act for the brand owner", async () => {
    const { catalogue, parties, accounts, asGrower, asRegulator } = await filed();
    const unknown = catalogue.write.setWithdrawn([GTIN_B, true], asGrower);
    await expectRevert(unknown, catalogue, "ProductCatalogueUnknown", [GTIN_B]);
    for (const account of [accounts.admin, accounts.platform, accounts.dealerAgent]) {
      const call = catalogue.write.setWithdrawn([GTIN_A, true], { account });
      await expectRevert(call, catalogue, "ProductCatalogueNotOwner", [GTIN_A, account.address]);
    }
    await parties.write.suspend([GROWER, PAPER], asRegulator);
    const suspended = catalogue.write.setWithdrawn([GTIN_A, true], asGrower);
    await expectRevert(suspended, catalogue, "ProductCatalogueNotOwner", [GTIN_A, accounts.growerAgent.address]);
  });

  it("given a product that is produced, or is withdrawn, when told so again, then it is refused", async () => {
    const { catalogue, asGrower } = await filed();
    const set = (withdrawn: boolean) => catalogue.write.setWithdrawn([GTIN_A, withdrawn], asGrower);
    await expectRevert(set(false), catalogue, "ProductCatalogueWithdrawn", [GTIN_A, false]);
    await set(true);
    await expectRevert(set(true), catalogue, "ProductCatalogueWithdrawn", [GTIN_A, true]);
  });

  it("given a product, when withdrawn, then nobody may produce it until it is taken up again", async () => {
    const { catalogue, asGrower, connection, nextBlockAt } = await filed();
    const withdrawnAt = await nextBlockAt(BEGIN + 60n);
    await expectEvents(connection, catalogue.write.setWithdrawn([GTIN_A, true], asGrower), [
      event(catalogue, "ProductWithdrawn", { gtin: GTIN_A, withdrawn: true }),
    ]);
    expect((await catalogue.read.productOf([GTIN_A])).withdrawnAt).to.equal(withdrawnAt);
    const produce = catalogue.read.requireMayProduce([GTIN_A, GROWER]);
    await expectRevert(produce, catalogue, "ProductCatalogueWithdrawn", [GTIN_A, true]);
    expect(await catalogue.read.isProducer([GTIN_A, GROWER])).to.equal(true);
    await expectEvents(connection, catalogue.write.setWithdrawn([GTIN_A, false], asGrower), [
      event(catalogue, "ProductWithdrawn", { gtin: GTIN_A, withdrawn: false }),
    ]);
    expect((await catalogue.read.productOf([GTIN_A])).withdrawnAt).to.equal(0n);
    await catalogue.read.requireMayProduce([GTIN_A, GROWER]);
  });
});
