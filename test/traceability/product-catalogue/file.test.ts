import { expect } from "chai";
import { stringToHex } from "viem";
import {
  BEGIN,
  CLASS_BIT,
  DEALER,
  GROWER,
  GTIN_A,
  GTIN_B,
  loadTrade,
  MISSING,
  NO_DRUG,
  NO_PAPER,
  NOBODY,
  PAPER,
} from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const BRAND_OWNER = 14;
const unitOf = (text: string) => stringToHex(text, { size: 3 });
const drugOf = (text: string) => stringToHex(text, { size: 7 });

/** Files products of the grower. */
async function stage() {
  const trade = await loadTrade();
  const file = (change: Parameters<typeof trade.productFiling>[0] = {}) =>
    trade.catalogue.write.file([trade.productFiling(change)], trade.asGrower);
  return { ...trade, file };
}

describe("ProductCatalogue.file", () => {
  it("refuses who does not act for the brand owner, and an owner that is not filed or suspended", async () => {
    const { catalogue, parties, accounts, productFiling, asRegulator, file } = await stage();
    for (const account of [accounts.admin, accounts.platform, accounts.dealerAgent]) {
      const call = catalogue.write.file([productFiling()], { account });
      await expectRevert(call, parties, "TradePartiesNotAgent", [GROWER, account.address]);
    }
    await expectRevert(file({ owner: NOBODY }), parties, "TradePartiesUnknown", [NOBODY]);
    await parties.write.suspend([GROWER, PAPER], asRegulator);
    await expectRevert(file(), parties, "TradePartiesSuspended", [GROWER]);
  });

  it("refuses an owner without the role of a brand owner", async () => {
    const { catalogue, parties, productFiling, asDealer } = await stage();
    const call = catalogue.write.file([productFiling({ owner: DEALER })], asDealer);
    await expectRevert(call, parties, "TradePartiesRoleMissing", [DEALER, BRAND_OWNER]);
  });

  it("C-17: given a GTIN with a wrong check digit, none, or 15 digits, when filed, then it is refused", async () => {
    const { catalogue, file } = await stage();
    for (const gtin of [GTIN_A + 1n, 0n, 100000000000007n]) {
      await expectRevert(file({ gtin }), catalogue, "ProductCatalogueInvalidGtin", [gtin]);
    }
  });

  it("C-17: given published GTINs of 8, 12, 13 and 14 digits, when filed, then each is taken as the number that it is", async () => {
    const { catalogue, file } = await stage();
    for (const gtin of [95050003n, 614141007349n, 9506000134352n, 80614141123458n]) {
      await file({ gtin });
      expect(await catalogue.read.isFiled([gtin])).to.equal(true);
    }
  });

  it("given no class, the bit of none, or a class that does not exist, when filed, then it is refused", async () => {
    const { catalogue, file } = await stage();
    for (const classes of [0, 1, CLASS_BIT.FOOD | 1, 1 << 9, 1 << 15]) {
      await expectRevert(file({ classes }), catalogue, "ProductCatalogueInvalidClasses", [classes]);
    }
  });

  it("C-07: given a unit that is not two or three capitals or digits, when filed, then it is refused", async () => {
    const { catalogue, file } = await stage();
    for (const unit of ["K", "kgm", "K-M", "K\0M", "\0KG", "KG "].map(unitOf)) {
      await expectRevert(file({ unit }), catalogue, "ProductCatalogueInvalidUnit", [unit]);
    }
  });

  it("C-07: given a unit of two or three capitals or digits, or none for pieces, when filed, then it counts in that", async () => {
    const { catalogue, file } = await stage();
    const gtins = [95050003n, 614141007349n, 9506000134352n];
    for (const [index, unit] of ["KGM", "4G", ""].map(unitOf).entries()) {
      const gtin = gtins[index] ?? 0n;
      await file({ gtin, unit });
      expect(await catalogue.read.unitOf([gtin])).to.equal(unit);
    }
  });

  it("C-31: given a drug identifier with another character, or with a product that is no medicine, when filed, then it is refused", async () => {
    const { catalogue, file } = await stage();
    for (const [text, classes] of [
      ["840001", CLASS_BIT.MEDICINE],
      ["840001a", CLASS_BIT.MEDICINE],
      ["84-0001", CLASS_BIT.VACCINE],
      ["8400010", CLASS_BIT.FOOD],
      ["8400010", CLASS_BIT.BATTERY],
    ] as const) {
      const drug = drugOf(text);
      await expectRevert(file({ drug, classes }), catalogue, "ProductCatalogueInvalidDrug", [drug, 0n]);
    }
  });

  it("C-31: given a drug identifier that another product has, when filed, then it is refused and that product is named", async () => {
    const { catalogue, file } = await stage();
    const drug = drugOf("8400010");
    await file({ drug, classes: CLASS_BIT.MEDICINE });
    const call = file({ gtin: GTIN_B, drug, classes: CLASS_BIT.VACCINE });
    await expectRevert(call, catalogue, "ProductCatalogueInvalidDrug", [drug, GTIN_A]);
    expect(await catalogue.read.gtinOfDrug([drug])).to.equal(GTIN_A);
  });

  it("given no name, or a product that is filed, when filed, then it is refused", async () => {
    const { catalogue, file } = await stage();
    await expectRevert(file({ name: NO_PAPER }), catalogue, "DigestsMissing", MISSING);
    await file();
    await expectRevert(file(), catalogue, "ProductCatalogueFiled", [GTIN_A]);
  });

  it("given a product, when filed, then it is kept as filed and its owner alone may produce it", async () => {
    const { catalogue, connection, productFiling, asGrower, nextBlockAt } = await stage();
    const filing = productFiling({
      ...{ unit: unitOf("KGM"), classes: CLASS_BIT.VACCINE | CLASS_BIT.MEDICINE, temperature: 3 },
      drug: drugOf("8400010"),
    });
    const filedAt = await nextBlockAt(BEGIN + 60n);
    await expectEvents(connection, catalogue.write.file([filing], asGrower), [
      event(catalogue, "ProductFiled", { gtin: GTIN_A, owner: GROWER, filing }),
    ]);
    const { gtin: _, ...kept } = filing;
    expect(await catalogue.read.productOf([GTIN_A])).to.deep.equal({ ...kept, filedAt, withdrawnAt: 0n });
    await catalogue.read.requireMayProduce([GTIN_A, GROWER]);
    expect(await catalogue.read.isProducer([GTIN_A, DEALER])).to.equal(false);
    expect(await catalogue.read.gtinOfDrug([NO_DRUG])).to.equal(0n);
  });

  it("given the owner's mandate, when the platform files for it, then it may", async () => {
    const { catalogue, parties, productFiling, asGrower, asPlatform } = await stage();
    await parties.write.setMandate([GROWER, true], asGrower);
    await catalogue.write.file([productFiling()], asPlatform);
    expect((await catalogue.read.productOf([GTIN_A])).owner).to.equal(GROWER);
  });
});
