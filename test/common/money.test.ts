import { expect } from "chai";
import fc from "fast-check";
import { librariesFixture } from "../fixtures/common-libraries.ts";
import { expectPanic, expectRevert } from "../helpers/expect-revert.ts";

const MAX = 2n ** 256n - 1n;
const amount = fc.bigInt(0n, 10n ** 18n);

describe("Money", () => {
  it("refuses a part of an empty whole", async () => {
    const { libraries } = await librariesFixture();
    await expectRevert(libraries.read.proRataDown([100n, 3n, 0n]), libraries, "MoneyEmptyWhole", [3n]);
    await expectRevert(libraries.read.proRataUp([100n, 4n, 0n]), libraries, "MoneyEmptyWhole", [4n]);
    await expectRevert(libraries.read.instalment([100n, 2n, 2n, 0n]), libraries, "MoneyEmptyWhole", [2n]);
  });

  it("refuses a result that does not fit, and computes products that would not", async () => {
    const { libraries } = await librariesFixture();
    await expectPanic(libraries.read.shareDown([MAX, 1_000_001n]), 0x11n);
    await expectPanic(libraries.read.proRataUp([MAX, 2n, 1n]), 0x11n);
    await expectPanic(libraries.read.instalment([100n, 2n, 1n, 4n]), 0x11n);
    expect(await libraries.read.shareDown([MAX, 1_000_000n])).to.equal(MAX);
    expect(await libraries.read.proRataDown([MAX, MAX, MAX])).to.equal(MAX);
  });

  it("rounds shares as the name says", async () => {
    const { libraries } = await librariesFixture();
    for (const [value, ppm, down, up] of [
      [0n, 400_000n, 0n, 0n],
      [1n, 400_000n, 0n, 1n],
      [5n, 400_000n, 2n, 2n],
      [20_000_001n, 400_000n, 8_000_000n, 8_000_001n],
      [100n, 0n, 0n, 0n],
      [3n, 2_000_000n, 6n, 6n],
    ] as const) {
      expect(await libraries.read.shareDown([value, ppm])).to.equal(down);
      expect(await libraries.read.shareUp([value, ppm])).to.equal(up);
    }
  });

  // Pay 3,000 yuan with a bonus of 1,000; 3,594 of the face used counts 3,594 x 3,000 / 4,000 (法释〔2025〕4号 Art 18(2)).
  it("divides the statute's bonus example to the fen", async () => {
    const { libraries } = await librariesFixture();
    expect(await libraries.read.proRataDown([359_400n, 300_000n, 400_000n])).to.equal(269_550n);
  });

  it("agrees with exact arithmetic, whatever the numbers", async () => {
    const { libraries } = await librariesFixture();
    await fc.assert(
      fc.asyncProperty(amount, amount, fc.bigInt(1n, 10n ** 18n), async (total, part, whole) => {
        const product = total * part;
        expect(await libraries.read.proRataDown([total, part, whole])).to.equal(product / whole);
        expect(await libraries.read.proRataUp([total, part, whole])).to.equal((product + whole - 1n) / whole);
      }),
      { numRuns: 50 },
    );
  });

  it("pays instalments that sum to the whole, whatever the steps", async () => {
    const { libraries } = await librariesFixture();
    const steps = fc.array(fc.bigInt(0n, 40n), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.bigInt(0n, 10n ** 9n), steps, async (total, sizes) => {
        const whole = sizes.reduce((sum, size) => sum + size, 0n) || 1n;
        let [done, paid] = [0n, 0n];
        for (const size of [...sizes, whole]) {
          const after = done + size > whole ? whole : done + size;
          const step = await libraries.read.instalment([total, done, after, whole]);
          const exact = total * (after - done);
          expect(step * whole > exact - whole && step * whole < exact + whole).to.equal(true);
          paid += step;
          done = after;
        }
        expect(paid).to.equal(total);
      }),
      { numRuns: 25 },
    );
  });

  it("takes the smaller, the larger and the rest not under zero", async () => {
    const { libraries } = await librariesFixture();
    expect(await libraries.read.bounds([3n, 5n])).to.deep.equal([3n, 5n, 0n]);
    expect(await libraries.read.bounds([5n, 3n])).to.deep.equal([3n, 5n, 2n]);
    expect(await libraries.read.bounds([4n, 4n])).to.deep.equal([4n, 4n, 0n]);
  });
});
