import { expect } from "chai";
import { GTIN_A, GTIN_B, GTIN_C, loadTrade, MISSING, NO_PAPER, PAPER } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const MOST = 10n ** 12n;

/** Two products of the grower: of the first the second is made. */
async function filed() {
  const trade = await loadTrade();
  const { catalogue, productFiling, asGrower } = trade;
  for (const gtin of [GTIN_A, GTIN_B]) await catalogue.write.file([productFiling({ gtin })], asGrower);
  return trade;
}

describe("ProductCatalogue.stateFactor", () => {
  it("refuses a product that is not filed on either side, and who does not act for the output's brand owner", async () => {
    const { catalogue, accounts, asGrower } = await filed();
    for (const [input, output] of [
      [GTIN_A, GTIN_C],
      [GTIN_C, GTIN_B],
    ] as const) {
      const call = catalogue.write.stateFactor([input, output, 250_000n, PAPER], asGrower);
      await expectRevert(call, catalogue, "ProductCatalogueUnknown", [GTIN_C]);
    }
    for (const account of [accounts.platform, accounts.dealerAgent]) {
      const call = catalogue.write.stateFactor([GTIN_A, GTIN_B, 250_000n, PAPER], { account });
      await expectRevert(call, catalogue, "ProductCatalogueNotOwner", [GTIN_B, account.address]);
    }
  });

  it("given a factor above a million for one, or no ground, when stated, then it is refused", async () => {
    const { catalogue, asGrower } = await filed();
    const large = catalogue.write.stateFactor([GTIN_A, GTIN_B, MOST + 1n, PAPER], asGrower);
    await expectRevert(large, catalogue, "ProductCatalogueFactorTooLarge", [GTIN_A, GTIN_B, MOST + 1n, MOST]);
    const baseless = catalogue.write.stateFactor([GTIN_A, GTIN_B, 1n, NO_PAPER], asGrower);
    await expectRevert(baseless, catalogue, "DigestsMissing", MISSING);
  });

  it("given factors, when stated, then each replaces the one before, one way only, and 0 takes it back", async () => {
    const { catalogue, asGrower, connection } = await filed();
    expect(await catalogue.read.factorOf([GTIN_A, GTIN_B])).to.deep.equal([false, 0n]);
    for (const ppm of [250_000n, MOST, 0n]) {
      await expectEvents(connection, catalogue.write.stateFactor([GTIN_A, GTIN_B, ppm, PAPER], asGrower), [
        event(catalogue, "FactorStated", { input: GTIN_A, output: GTIN_B, ppm, basis: PAPER }),
      ]);
      expect(await catalogue.read.factorOf([GTIN_A, GTIN_B])).to.deep.equal([ppm !== 0n, ppm]);
      expect(await catalogue.read.factorOf([GTIN_B, GTIN_A])).to.deep.equal([false, 0n]);
    }
  });
});
