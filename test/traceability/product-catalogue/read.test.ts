import { KeyKind, packObjectId } from "@banyan/trace-common/epcis";
import { expect } from "chai";
import { stringToHex } from "viem";
import { itemOf, lotOf } from "../../fixtures/trace-keys.ts";
import { CLASS_BIT, GROWER, GTIN_A, GTIN_B, loadTrade, SAMPLES } from "../../fixtures/trade.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

/** Classes as `ProductClass` counts. */
const [NONE, FOOD, LISTED_PRODUCE, MEDICINE] = [0, 1, 2, 4];

describe("ProductCatalogue: reading", () => {
  it("given a product that is not filed, when a reader needs it, then it refuses, and nobody produces it", async () => {
    const { catalogue } = await loadTrade();
    const { productOf, unitOf } = catalogue.read;
    for (const read of [productOf, unitOf]) {
      await expectRevert(read([GTIN_A]), catalogue, "ProductCatalogueUnknown", [GTIN_A]);
    }
    const produce = catalogue.read.requireMayProduce([GTIN_A, GROWER]);
    await expectRevert(produce, catalogue, "ProductCatalogueUnknown", [GTIN_A]);
    expect(await catalogue.read.isFiled([GTIN_A])).to.equal(false);
    expect(await catalogue.read.isProducer([GTIN_A, 0])).to.equal(false);
    expect(await catalogue.read.isOfClass([GTIN_A, FOOD])).to.equal(false);
  });

  it("C-21: given a product of two classes, when asked, then it is of these and of no other", async () => {
    const { catalogue, productFiling, asGrower } = await loadTrade();
    const classes = CLASS_BIT.FOOD | CLASS_BIT.LISTED_PRODUCE;
    await catalogue.write.file([productFiling({ classes })], asGrower);
    for (const [kind, holds] of [
      [NONE, false],
      [FOOD, true],
      [LISTED_PRODUCE, true],
      [MEDICINE, false],
    ] as const) {
      expect(await catalogue.read.isOfClass([GTIN_A, kind])).to.equal(holds);
    }
  });

  it("C-31: given a medicine code, when its product is read, then its first seven characters tell it, as soon as they are filed", async () => {
    const { catalogue, productFiling, asGrower } = await loadTrade();
    expect(await catalogue.read.gtinOf([SAMPLES.MEDICINE])).to.equal(0n);
    const drug = stringToHex("8400010", { size: 7 });
    await catalogue.write.file([productFiling({ drug, classes: CLASS_BIT.MEDICINE })], asGrower);
    expect(await catalogue.read.gtinOf([SAMPLES.MEDICINE])).to.equal(GTIN_A);
    const other = packObjectId({ kind: KeyKind.MEDICINE, number: "", text: "84000200000000000017" });
    expect(await catalogue.read.gtinOf([other])).to.equal(0n);
  });

  it("given an item or a lot, when its product is read, then it is the GTIN in the code; other kinds have none", async () => {
    const { catalogue } = await loadTrade();
    expect(await catalogue.read.gtinOf([itemOf(GTIN_B, "S1")])).to.equal(GTIN_B);
    expect(await catalogue.read.gtinOf([lotOf(GTIN_B, "L1")])).to.equal(GTIN_B);
    for (const name of ["SSCC", "GRAI", "GIAI", "SGLN", "GDTI", "BATTERY", "URI", "TRANSFORMATION"] as const) {
      expect(await catalogue.read.gtinOf([SAMPLES[name]]), name).to.equal(0n);
    }
    const none = `0xff${"00".repeat(31)}` as const;
    await expectRevert(catalogue.read.gtinOf([none]), catalogue, "TraceKeysInvalid", [none]);
  });
});
