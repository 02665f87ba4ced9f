import { checkDigit } from "@banyan/trace-common/epcis";
import { expect } from "chai";
import fc from "fast-check";
import { loadTraceKeys } from "../../fixtures/trade.ts";

/** Codes that GS1 prints as examples in its General Specifications and its Tag Data Standard, with the digit that each ends in. */
const PUBLISHED = {
  "GTIN-8": 95050003n,
  "GTIN-12": 614141007349n,
  "GTIN-13": 9506000134352n,
  "GTIN-14": 80614141123458n,
  "SSCC with extension digit 1": 195060000000000029n,
  "SSCC of the Tag Data Standard": 106141412345678908n,
  "GLN, GRAI and GDTI": 614141123452n,
} as const;

describe("TraceKeys.hasCheckDigit", () => {
  for (const [name, number] of Object.entries(PUBLISHED)) {
    it(`C-17: given the published ${name}, when its last digit is changed, then none of the nine others is taken`, async () => {
      const { keys } = await loadTraceKeys();
      const taken: bigint[] = [];
      const stem = number - (number % 10n);
      for (let digit = 0n; digit < 10n; ++digit) {
        if (await keys.read.hasCheckDigit([stem + digit])) taken.push(stem + digit);
      }
      expect(taken).to.deep.equal([number]);
    });
  }

  it("C-17: given the published GTIN-13, when one digit anywhere is another, then it is refused", async () => {
    const { keys } = await loadTraceKeys();
    const digits = "9506000134352";
    for (let at = 0; at < digits.length; ++at) {
      const other = (Number(digits[at]) + 1) % 10;
      const wrong = BigInt(`${digits.slice(0, at)}${other}${digits.slice(at + 1)}`);
      expect(await keys.read.hasCheckDigit([wrong]), String(wrong)).to.equal(false);
    }
  });

  it("C-17: given no number, or the largest word, when asked, then there is no check digit", async () => {
    const { keys } = await loadTraceKeys();
    for (const number of [0n, 2n ** 64n - 1n]) {
      expect(await keys.read.hasCheckDigit([number]), String(number)).to.equal(false);
    }
  });

  it("C-17: given any number, when the library beside the contracts makes its digit, then the contract takes that one", async () => {
    const { keys } = await loadTraceKeys();
    const stems = fc.bigInt({ min: 1n, max: 10n ** 17n - 1n });
    await fc.assert(
      fc.asyncProperty(stems, fc.integer({ min: 1, max: 9 }), async (stem, off) => {
        const right = Number(checkDigit(String(stem)));
        expect(await keys.read.hasCheckDigit([stem * 10n + BigInt(right)])).to.equal(true);
        expect(await keys.read.hasCheckDigit([stem * 10n + BigInt((right + off) % 10)])).to.equal(false);
      }),
      { numRuns: 60 },
    );
  });
});
