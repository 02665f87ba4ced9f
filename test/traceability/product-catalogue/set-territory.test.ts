import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { DEALER, GROWER, GTIN_A, GTIN_B, loadTrade } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const EVERYONE = 0;

/** A product of the grower. */
async function filed() {
  const trade = await loadTrade();
  const { catalogue } = trade;
  await catalogue.write.file([trade.productFiling()], trade.asGrower);
  const set = (dealer: number, ...codes: string[]) =>
    catalogue.write.setTerritory([GTIN_A, dealer, codes.map((code) => ascii(code))], trade.asGrower);
  const within = (dealer: number, code: string) => catalogue.read.inTerritory([GTIN_A, dealer, ascii(code)]);
  return { ...trade, set, within };
}

describe("ProductCatalogue.setTerritory", () => {
  it("refuses a product that is not filed, and who does not act for the brand owner", async () => {
    const { catalogue, accounts, asGrower } = await filed();
    const unknown = catalogue.write.setTerritory([GTIN_B, DEALER, []], asGrower);
    await expectRevert(unknown, catalogue, "ProductCatalogueUnknown", [GTIN_B]);
    for (const account of [accounts.platform, accounts.dealerAgent]) {
      const call = catalogue.write.setTerritory([GTIN_A, DEALER, []], { account });
      await expectRevert(call, catalogue, "ProductCatalogueNotOwner", [GTIN_A, account.address]);
    }
  });

  it("given 41 regions, or one that is malformed, when set, then it is refused; 40 are taken", async () => {
    const { catalogue, set } = await filed();
    const codes = Array.from({ length: 41 }, (_, index) => `CN-${index}`);
    await expectRevert(set(DEALER, ...codes), catalogue, "ProductCatalogueTooManyRegions", [41n, 40n]);
    for (const code of ["", "cn-sh", "CN-"]) {
      await expectRevert(set(DEALER, "CN-SH", code), catalogue, "ProductCatalogueInvalidRegion", [ascii(code)]);
    }
    await set(DEALER, ...codes.slice(1));
    expect(await catalogue.read.territoryOf([GTIN_A, DEALER])).to.have.lengthOf(40);
  });

  it("C-18: given no list, when asked, then the product may be sold everywhere", async () => {
    const { within } = await filed();
    expect(await within(DEALER, "CN-SH")).to.equal(true);
    expect(await within(EVERYONE, "CN")).to.equal(true);
  });

  it("C-18: given a dealer's list, when asked, then it sells in these regions and in what lies within them, and nowhere else", async () => {
    const { catalogue, connection, set, within } = await filed();
    const regions = ["CN-SH", "CN-FJ-350200"].map((code) => ascii(code));
    await expectEvents(connection, set(DEALER, "CN-SH", "CN-FJ-350200"), [
      event(catalogue, "TerritorySet", { gtin: GTIN_A, dealer: DEALER, regions }),
    ]);
    expect(await catalogue.read.territoryOf([GTIN_A, DEALER])).to.deep.equal(regions);
    for (const [code, sells] of [
      ["CN-SH", true],
      ["CN-SH-310115", true],
      ["CN-SHX", false],
      ["CN", false],
      ["CN-FJ", false],
      ["CN-FJ-350200", true],
      ["CN-FJ-350100", false],
    ] as const) {
      expect(await within(DEALER, code), code).to.equal(sells);
    }
    expect(await within(GROWER, "CN-FJ"), "another party").to.equal(true);
  });

  it("C-18: given a list of the product and one of a dealer, when asked, then the dealer goes by its own until that is empty", async () => {
    const { catalogue, set, within } = await filed();
    await set(EVERYONE, "CN-FJ");
    await set(DEALER, "CN-SH");
    expect(await within(DEALER, "CN-SH")).to.equal(true);
    expect(await within(DEALER, "CN-FJ")).to.equal(false);
    expect(await within(GROWER, "CN-FJ")).to.equal(true);
    expect(await within(GROWER, "CN-SH")).to.equal(false);
    await set(DEALER);
    expect(await catalogue.read.territoryOf([GTIN_A, DEALER])).to.deep.equal([]);
    expect(await within(DEALER, "CN-SH")).to.equal(false);
    expect(await within(DEALER, "CN-FJ")).to.equal(true);
  });
});
