import { Trie } from "@nomicfoundation/ethereumjs-trie";
import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "../../chain/src/codec/hex.ts";
import { encodeBytes } from "../../chain/src/codec/rlp.ts";
import { keccak256 } from "../../chain/src/crypto/keccak.ts";
import {
  EMPTY_TRIE_ROOT,
  orderedRoot,
  type TrieNode,
  trieGet,
  trieHash,
  trieKeys,
  trieProof,
  triePut,
  trieRemove,
} from "../../chain/src/state/trie.ts";
import { bytes } from "./support.ts";

const asIs = (value: Uint8Array): Uint8Array => value;
/** Few distinct keys with shared beginnings, so that branches, extensions and their removal all occur. */
const key = fc
  .tuple(
    fc.constantFrom(0x00, 0x01, 0x10, 0x11, 0xff),
    fc.constantFrom(0x00, 0x01, 0x10, 0xf0),
    fc.integer({ min: 0, max: 255 }),
  )
  .map((parts) => Uint8Array.from(parts));
/** The same, some the beginning of others. */
const unevenKey = fc.tuple(key, fc.integer({ min: 0, max: 3 })).map(([whole, length]) => whole.subarray(0, length));
const value = fc.uint8Array({ minLength: 1, maxLength: 40 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ key, value }) },
  { weight: 1, arbitrary: fc.record({ key, value: fc.constant(undefined) }) },
);

describe("Merkle-Patricia trie", () => {
  it("given nothing, has the root every client gives the empty trie", () => {
    expect(toHex(EMPTY_TRIE_ROOT)).to.equal("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");
    expect(toHex(trieHash(undefined, asIs))).to.equal(toHex(EMPTY_TRIE_ROOT));
  });

  it("given the published vectors, has their roots", () => {
    // ethereum/tests TrieTests: trieanyorder.json "singleItem", and the hash of a leaf written out by hand.
    const rootOf = (pairs: readonly (readonly [string, string])[]): string => {
      let root: TrieNode<Uint8Array> | undefined;
      for (const [name, text] of pairs)
        root = triePut(root, new TextEncoder().encode(name), new TextEncoder().encode(text));
      return toHex(trieHash(root, asIs));
    };
    expect(rootOf([["A", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]])).to.equal(
      "0xd23786fb4a010da3ce639d66d5e904a11dbc02746d1ce25029e53290cabf28ab",
    );
    expect(rootOf([["foo", "bar"]])).to.equal(toHex(keccak256(bytes("c98420666f6f83626172"))));
  });

  it("given any puts and removals, agrees with the trie of ethereumjs after each, in values, root and proofs", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 40 }),
        fc.array(key, { maxLength: 5 }),
        async (steps, questions) => {
          const stock = await Trie.create();
          let root: TrieNode<Uint8Array> | undefined;
          for (const { key: at, value: wanted } of steps) {
            if (wanted === undefined) {
              await stock.del(at);
              root = trieRemove(root, at);
            } else {
              await stock.put(at, wanted);
              root = triePut(root, at, wanted);
            }
            expect(toHex(trieHash(root, asIs))).to.equal(toHex(stock.root()));
          }
          for (const at of [...questions, ...steps.map((one) => one.key)]) {
            expect(trieGet(root, at) ?? null).to.deep.equal(await stock.get(at));
            // EIP-1186 lists what is referred to by hash; the stock proof repeats nodes that lie inside their parent.
            const proof = (await stock.createProof(at)).filter((node, depth) => depth === 0 || node.length >= 32);
            if (root !== undefined) expect(trieProof(root, at, asIs).map(toHex)).to.deep.equal(proof.map(toHex));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("given keys that are the beginning of others, has after any removals the root and order of what is left", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(unevenKey, value), { minLength: 1, maxLength: 30 }),
        fc.array(fc.nat({ max: 29 }), { maxLength: 20 }),
        async (pairs, removals) => {
          const model = new Map<string, readonly [Uint8Array, Uint8Array]>();
          let root: TrieNode<Uint8Array> | undefined;
          for (const [at, wanted] of pairs) {
            root = triePut(root, at, wanted);
            model.set(toHex(at), [at, wanted]);
          }
          for (const index of removals) {
            const at = pairs[index]?.[0] ?? new Uint8Array(4);
            root = trieRemove(root, at);
            model.delete(toHex(at));
          }
          // Built anew, for the stock trie keeps a branch of nothing but a value when the last key below is removed.
          const stock = await Trie.create();
          for (const [at, wanted] of model.values()) await stock.put(at, wanted);
          expect(toHex(trieHash(root, asIs))).to.equal(toHex(stock.root()));
          for (const [at] of pairs) expect(trieGet(root, at)).to.equal(model.get(toHex(at))?.[1]);
          expect([...trieKeys(root)].map(toHex)).to.deep.equal([...model.keys()].sort());
        },
      ),
      { numRuns: 200 },
    );
  });

  it("given later changes, an old root still reads and hashes as it did", () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 30 }),
        fc.array(step, { minLength: 1, maxLength: 30 }),
        (before, after) => {
          let root: TrieNode<Uint8Array> | undefined;
          for (const { key: at, value: wanted } of before)
            root = wanted === undefined ? trieRemove(root, at) : triePut(root, at, wanted);
          const kept = root;
          const hash = toHex(trieHash(kept, asIs));
          const read = before.map((one) => trieGet(kept, one.key));
          for (const { key: at, value: wanted } of after)
            root = wanted === undefined ? trieRemove(root, at) : triePut(root, at, wanted);
          expect(before.map((one) => trieGet(kept, one.key))).to.deep.equal(read);
          expect(toHex(trieHash(kept, asIs))).to.equal(hash);
        },
      ),
    );
  });

  it("given a list, its root is that of the trie from RLP of the index, as for transactions and receipts", async () => {
    for (const length of [0, 1, 2, 17, 127, 128, 129, 300]) {
      const values = Array.from({ length }, (_, i) => keccak256(Uint8Array.of(i & 255, i >> 8)));
      const stock = await Trie.create();
      for (const [i, one] of values.entries())
        await stock.put(
          encodeBytes(i === 0 ? new Uint8Array(0) : i < 256 ? Uint8Array.of(i) : Uint8Array.of(i >> 8, i & 255)),
          one,
        );
      expect(toHex(orderedRoot(values)), `${length} items`).to.equal(toHex(stock.root()));
    }
  });
});
