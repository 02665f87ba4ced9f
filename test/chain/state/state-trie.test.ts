import { expect } from "chai";
import fc from "fast-check";
import { fromHex, toHex } from "../../../chain/src/codec/hex.ts";
import { encodeBytes } from "../../../chain/src/codec/rlp.ts";
import { type TrieNode, trieGet, trieHash, trieProof, triePut, trieRemove } from "../../../chain/src/state/trie.ts";
import { type Root, trieProbe } from "./trie-probe.ts";

/** Keys that part early, late, and in the very last nibble, so that there are extensions, and nodes short enough to lie in their parents. */
const key = fc
  .tuple(
    fc.constantFrom("", "0", "a", "ab", "c".repeat(30), "c".repeat(31), "c".repeat(61)),
    fc.stringMatching(/^[0-3]{3}$/),
  )
  .map(([beginning, end]) => fromHex(`0x${`${beginning}${"d".repeat(61)}`.slice(0, 61)}${end}`));
const value = fc
  .constantFrom("01", "7f", "80", "0102", "ff".repeat(31), "ff".repeat(32))
  .map((hex) => fromHex(`0x${hex}`));
const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ key, value }) },
  { weight: 2, arbitrary: fc.record({ key, value: fc.constant(undefined) }) },
);
const batches = fc.array(fc.array(change, { maxLength: 30 }), { maxLength: 6 });

type Plain = TrieNode<Uint8Array> | undefined;

describe("Compiled trie", () => {
  it("given any puts and removals, has the roots, values and proofs of the plain one, and keeps every earlier root", async () => {
    const probe = await trieProbe();
    fc.assert(
      fc.property(batches, fc.boolean(), (all, hashesOften) => {
        let root: Root = 0;
        let plain: Plain;
        const kept: { root: Root; plain: Plain }[] = [];
        for (const batch of all) {
          probe.beginBatch();
          for (const one of batch) {
            if (one.value === undefined) {
              root = probe.remove(root, one.key);
              plain = trieRemove(plain, one.key);
            } else {
              root = probe.put(root, one.key, one.value);
              plain = triePut(plain, one.key, one.value);
            }
          }
          if (hashesOften) expect(toHex(probe.hash(root))).to.equal(toHex(trieHash(plain, encodeBytes)));
          kept.push({ root, plain });
        }
        for (const one of kept) {
          expect(toHex(probe.hash(one.root))).to.equal(toHex(trieHash(one.plain, encodeBytes)));
          for (const asked of all.flat().slice(0, 20)) {
            expect(probe.get(one.root, asked.key)).to.deep.equal(trieGet(one.plain, asked.key));
            expect(probe.proof(one.root, asked.key).map(toHex)).to.deep.equal(
              trieProof(one.plain, asked.key, encodeBytes).map(toHex),
            );
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("given a mark, what came after it is dropped and its memory used again, while earlier roots stay", async () => {
    const probe = await trieProbe();
    const keyOf = (index: number): Uint8Array => {
      const made = new Uint8Array(32);
      new DataView(made.buffer).setUint32(0, Math.imul(index + 1, 0x9e3779b1));
      return made;
    };
    let root: Root = 0;
    let plain: Plain;
    for (let i = 0; i < 2_000; i++) {
      root = probe.put(root, keyOf(i), Uint8Array.of(1));
      plain = triePut(plain, keyOf(i), Uint8Array.of(1));
    }
    probe.beginBatch();
    const mark = probe.mark();
    const ends = new Set<number>();
    for (let round = 0; round < 5; round++) {
      let later = root;
      let laterPlain = plain;
      for (let i = 1_000; i < 4_000; i++) {
        later = probe.put(later, keyOf(i), Uint8Array.of(2));
        laterPlain = triePut(laterPlain, keyOf(i), Uint8Array.of(2));
      }
      expect(toHex(probe.hash(later))).to.equal(toHex(trieHash(laterPlain, encodeBytes)));
      ends.add(probe.mark());
      probe.dropNodes(mark);
      expect(toHex(probe.hash(root))).to.equal(toHex(trieHash(plain, encodeBytes)));
    }
    expect(ends.size).to.equal(1);
  });
});
