import { expect } from "chai";
import fc from "fast-check";
import { numberToHex } from "viem";
import { librariesFixture } from "../fixtures/common-libraries.ts";
import { expectRevert } from "../helpers/expect-revert.ts";

const LENGTH = 205;
const numbers = Array.from({ length: LENGTH }, (_, i) => BigInt(i + 1));

describe("Paging", () => {
  it("refuses a page of none or of more than 100", async () => {
    const { libraries } = await librariesFixture();
    for (const limit of [0n, 101n, 2n ** 256n - 1n]) {
      await expectRevert(libraries.read.numbers([0n, limit]), libraries, "PagingLimitOutOfRange", [limit, 100n]);
    }
  });

  it("refuses to begin after the end", async () => {
    const { libraries } = await librariesFixture();
    await libraries.write.fill([3n]);
    for (const offset of [4n, 2n ** 256n - 1n]) {
      await expectRevert(libraries.read.numbers([offset, 1n]), libraries, "PagingOffsetOutOfRange", [offset, 3n]);
    }
    expect(await libraries.read.numbers([3n, 1n])).to.deep.equal([[], 0n]);
  });

  it("gives an empty page of an empty list", async () => {
    const { libraries } = await librariesFixture();
    expect(await libraries.read.numbers([0n, 100n])).to.deep.equal([[], 0n]);
    expect(await libraries.read.words([0n, 100n])).to.deep.equal([[], 0n]);
    expect(await libraries.read.addresses([0n, 100n])).to.deep.equal([[], 0n]);
  });

  it("reads every item once, in order, with any page size", async () => {
    const { libraries } = await librariesFixture();
    await libraries.write.fill([BigInt(LENGTH)]);
    for (const limit of [100n, 41n, 68n, 99n]) {
      const read: bigint[] = [];
      const sizes: number[] = [];
      let offset = 0n;
      do {
        const [items, next] = await libraries.read.numbers([offset, limit]);
        read.push(...items);
        sizes.push(items.length);
        offset = next;
      } while (offset !== 0n);
      expect(read).to.deep.equal(numbers);
      for (const size of sizes.slice(0, -1)) expect(size).to.equal(Number(limit));
    }
  });

  it("pages words and addresses alike", async () => {
    const { libraries } = await librariesFixture();
    await libraries.write.fill([5n]);
    expect(await libraries.read.words([1n, 2n])).to.deep.equal([[2n, 3n].map((n) => numberToHex(n, { size: 32 })), 3n]);
    expect(await libraries.read.words([3n, 2n])).to.deep.equal([[4n, 5n].map((n) => numberToHex(n, { size: 32 })), 0n]);
    expect(await libraries.read.addresses([1n, 2n])).to.deep.equal([
      [2n, 3n].map((n) => numberToHex(n, { size: 20 })),
      3n,
    ]);
    expect(await libraries.read.addresses([4n, 2n])).to.deep.equal([[numberToHex(5n, { size: 20 })], 0n]);
  });

  it("bounds the window of a list of any length", async () => {
    const { libraries } = await librariesFixture();
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt(0n, 2n ** 256n - 1n),
        fc.bigInt(0n, 300n),
        fc.bigInt(1n, 100n),
        async (length, back, limit) => {
          const offset = back > length ? 0n : length - back;
          const [end, next] = await libraries.read.window([length, offset, limit]);
          const wanted = offset + limit < length ? offset + limit : length;
          expect(end).to.equal(wanted);
          expect(next).to.equal(wanted < length ? wanted : 0n);
        },
      ),
      { numRuns: 50 },
    );
  });
});
