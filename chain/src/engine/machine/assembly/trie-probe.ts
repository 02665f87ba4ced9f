// Entry of the tests of the state's tries; no part of the machine.

import { triePut, trieRemove } from "./trie-edit";
import { L_VALUE, slotLeaf } from "./trie-nodes";

export { nextDepth, trieGet, trieNext } from "./trie-edit";
export { encodedAt, encodeNode, trieHash } from "./trie-hash";
export { beginBatch, dropNodes, L_SIZE, L_VALUE, nodeMark } from "./trie-nodes";

/** Room for a key, a value and a hash. */
export const scratch: usize = memory.data(96, 16);

/** Puts `size` bytes of the value in `scratch` under the key there. */
export function put(root: usize, size: u32): usize {
  const leaf = slotLeaf(scratch, size);
  memory.copy(leaf + L_VALUE, scratch + 32, size);
  return triePut(root, leaf);
}

/** Takes out the key in `scratch`. */
export function remove(root: usize): usize {
  return trieRemove(root, scratch);
}
