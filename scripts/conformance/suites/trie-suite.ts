import { fromHex, toHex } from "../../../chain/src/codec/hex.ts";
import { keccak256 } from "../../../chain/src/crypto/keccak.ts";
import { type TrieNode, trieHash, trieKeys, triePut, trieRemove } from "../../../chain/src/state/trie.ts";
import type { Case } from "../case.ts";
import { asHex, asList, asText, type JsonObject, type Place, readTests } from "../json.ts";

type Pair = readonly [key: Uint8Array, value: Uint8Array | undefined];

const MAX_ORDERS = 24;

/**
 * TrieTests: `in` lists keys and values (null removes), `root` is the root that must result; as an object `in` may be put in any order. Secure
 * tries hash their keys. The file of neighbours asks for the keys before and after others.
 */
export function trieCases(path: string, file: string): Case[] {
  const isSecure = /secure/i.test(file);
  return readTests(path, file).map(([name, test]) => {
    const place = `${file}: ${name}`;
    const run = () => (test.tests === undefined ? compareRoots(test, isSecure, place) : compareNeighbours(test, place));
    return { name, fork: undefined, hasCode: false, run };
  });
}

function compareRoots(test: JsonObject, isSecure: boolean, place: Place): string | undefined {
  const expected = asHex(test.root, `${place}.root`);
  const isAnyOrder = !Array.isArray(test.in);
  const written = isAnyOrder ? Object.entries(test.in ?? {}) : asList(test.in, `${place}.in`);
  const pairs = written.map((pair): Pair => {
    const [key, value] = asList(pair, `${place}.in`);
    const keyBytes = bytesOf(key, `${place}.in`);
    return [isSecure ? keccak256(keyBytes) : keyBytes, value === null ? undefined : bytesOf(value, `${place}.in`)];
  });
  for (const order of isAnyOrder ? orders(pairs) : [pairs]) {
    let root: TrieNode<Uint8Array> | undefined;
    for (const [key, value] of order) root = value === undefined ? trieRemove(root, key) : triePut(root, key, value);
    const actual = toHex(trieHash(root, (value) => value));
    if (actual !== expected) return `root ${actual}, expected ${expected}`;
  }
  return undefined;
}

function compareNeighbours(test: JsonObject, place: Place): string | undefined {
  let root: TrieNode<Uint8Array> | undefined;
  for (const key of asList(test.in, `${place}.in`)) {
    const bytes = bytesOf(key, `${place}.in`);
    root = triePut(root, bytes, bytes);
  }
  const keys = [...trieKeys(root)].map((key) => Buffer.from(key));
  for (const row of asList(test.tests, `${place}.tests`)) {
    const [asked = "", before = "", after = ""] = asList(row, `${place}.tests`).map((one) =>
      asText(one, `${place}.tests`),
    );
    const key = Buffer.from(asked);
    const previous = keys.findLast((other) => other.compare(key) < 0)?.toString() ?? "";
    const next = keys.find((other) => other.compare(key) > 0)?.toString() ?? "";
    if (previous !== before || next !== after)
      return `the neighbours of "${asked}" are "${previous}" and "${next}", expected "${before}" and "${after}"`;
  }
  return undefined;
}

/** All orders of a few pairs; of more, each rotation forwards and backwards. */
function orders(pairs: readonly Pair[]): (readonly Pair[])[] {
  if (pairs.length <= 4) return permutations(pairs);
  const rotations = pairs.slice(0, MAX_ORDERS / 2).map((_, at) => [...pairs.slice(at), ...pairs.slice(0, at)]);
  return rotations.flatMap((rotation) => [rotation, rotation.toReversed()]);
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

function bytesOf(value: unknown, place: Place): Uint8Array {
  const text = asText(value, place);
  return text.startsWith("0x") ? fromHex(asHex(text, place)) : new TextEncoder().encode(text);
}
