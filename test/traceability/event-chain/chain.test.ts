import { expect } from "chai";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** The most entries that a chain can number: an index of 22 bits, one of which says that there is none. */
const MAX_ENTRIES = 2n ** 22n - 2n;

interface Said {
  readonly id: number;
  readonly place?: number;
  readonly disposition?: number;
  readonly set?: bigint;
  readonly unset?: bigint;
  readonly before?: bigint;
  readonly effect?: bigint;
  readonly payload?: bigint;
  readonly structural?: boolean;
}

const load = defineFixture(async ({ viem }) => await viem.deployContract("EventChainHarness"));

async function stage() {
  const chain = await load();
  const append = async (said: Said) => {
    const { id, place = 0, disposition = 0, set = 0n, unset = 0n } = said;
    const { before = 0n, effect = 0n, payload = 0n, structural = false } = said;
    await chain.write.append([{ id, place, disposition, set, unset }, before, effect, payload, structural]);
  };
  return { chain, append, state: async () => await chain.read.state() };
}

describe("EventChain: appending", () => {
  it("given the last index that can be numbered, when an entry is appended, then it stands; one more is refused", async () => {
    const { chain, append } = await stage();
    const full = { id: 7, place: 0, disposition: 0, set: 0n, unset: 0n };
    await chain.write.setWord([MAX_ENTRIES]);
    await expectRevert(chain.write.append([full, 0n, 0n, 0n, false]), chain, "EventChainFull", []);
    await chain.write.setWord([MAX_ENTRIES - 1n]);
    await append({ id: 7, structural: true });
    const [, count, live, structure] = await chain.read.cursor();
    expect([count, live, structure]).to.deep.equal([MAX_ENTRIES, 1n, MAX_ENTRIES]);
    expect((await chain.read.entryAt([MAX_ENTRIES - 1n]))[0]).to.equal(7);
  });

  it("given every field at its largest, when it is read, then none has touched another, nor what stands above the cursor", async () => {
    const { chain, append, state } = await stage();
    const above = (2n ** 146n - 1n) << 110n;
    const [id, place, disposition] = [2 ** 48 - 1, 2 ** 32 - 1, 63];
    const [before, effect, payload] = [2n ** 22n - 1n, 15n, 2n ** 96n - 1n];
    await chain.write.setWord([above]);
    await append({ id, place, disposition, set: 2n ** 63n, before, effect, payload, structural: true });
    expect(await chain.read.word()).to.equal(above | (await chain.read.cursor())[0]);
    expect(await chain.read.cursor()).to.deep.equal([
      (1n << 88n) | (1n << 66n) | (1n << 44n) | (1n << 22n) | 1n,
      1n,
      1n,
      1n,
    ]);
    expect(await chain.read.entryAt([0n])).to.deep.equal([id, false, effect, payload, before]);
    expect(await state()).to.deep.equal([id, place, id, disposition, 2n ** 63n]);
    await chain.write.void([0n]);
    expect(await chain.read.entryAt([0n])).to.deep.equal([id, true, effect, payload, before]);
    expect(await state()).to.deep.equal([0, 0, 0, 0, 0n]);
    expect(await chain.read.cursor()).to.deep.equal([(1n << 88n) | (1n << 66n) | (1n << 44n) | 1n, 1n, 0n, 1n]);
    await chain.write.setStructure([0n]);
    expect(await chain.read.cursor()).to.deep.equal([(1n << 66n) | (1n << 44n) | 1n, 1n, 0n, 0n]);
  });
});

describe("EventChain: what stands", () => {
  it("C-10: given statements of place, disposition and persistent dispositions, when any are voided in any order, then what stands was said last by those that hold", async () => {
    const { chain, append, state } = await stage();
    await append({ id: 3, place: 30, disposition: 5, set: 0b0110n });
    await append({ id: 5 });
    await append({ id: 6, place: 60, unset: 0b0010n });
    await append({ id: 9, disposition: 8, set: 0b1000n, unset: 0b0100n });
    expect(await state()).to.deep.equal([9, 60, 6, 8, 0b1000n]);
    await chain.write.void([2n]);
    expect(await state()).to.deep.equal([9, 30, 3, 8, 0b1010n]);
    await chain.write.void([3n]);
    expect(await state()).to.deep.equal([5, 30, 3, 5, 0b0110n]);
    await chain.write.void([0n]);
    expect(await state()).to.deep.equal([5, 0, 0, 0, 0n]);
    await append({ id: 11, place: 110, disposition: 2 });
    expect(await state()).to.deep.equal([11, 110, 11, 2, 0n]);
    expect((await chain.read.cursor()).slice(1)).to.deep.equal([5n, 2n, 0n]);
  });
});

describe("EventChain: finding", () => {
  it("given chains of every length to eight, when events are looked for, then exactly those there are found, each at its index", async () => {
    const { chain, append } = await stage();
    const missing = [1, 4, 2_000];
    expect(await chain.read.find([3])).to.deep.equal([false, 0n]);
    for (let count = 1; count <= 8; count++) {
      await append({ id: 3 * count });
      for (let i = 0; i < count; i++) expect(await chain.read.find([3 * (i + 1)])).to.deep.equal([true, BigInt(i)]);
      for (const id of missing) expect((await chain.read.find([id]))[0]).to.equal(false);
    }
    await chain.write.void([2n]);
    expect(await chain.read.find([9])).to.deep.equal([true, 2n]);
    expect(await chain.read.page([1n, 3n])).to.deep.equal([[6, 9, 12], 4n]);
    expect(await chain.read.page([6n, 3n])).to.deep.equal([[21, 24], 0n]);
  });
});
