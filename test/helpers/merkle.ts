import { concat, encodeAbiParameters, type Hex, keccak256 } from "viem";

/** A leaf of a Merkle tree as the contracts take it: hashed twice, so that no inner node passes for one. */
export function leafOf(word: Hex): Hex {
  return keccak256(keccak256(encodeAbiParameters([{ type: "bytes32" }], [word])));
}

/** A node over two others: the pair is sorted, so that a path needs no directions. */
export function nodeOf(a: Hex, b: Hex): Hex {
  return keccak256(a.toLowerCase() < b.toLowerCase() ? concat([a, b]) : concat([b, a]));
}
