import { getHashes, hash } from "node:crypto";
import { lazily, requireLate } from "../../lazily.ts";
import { answer, gasByWords, precompileAddress } from "./input.ts";
import type { Precompile } from "./precompile.ts";

// Some builds of OpenSSL 3 leave RIPEMD-160 out.
const digest = lazily((): ((input: Uint8Array) => Uint8Array) => {
  if (getHashes().includes("ripemd160")) return (input) => hash("ripemd160", input, "buffer");
  const noble: typeof import("@noble/hashes/legacy") = requireLate("@noble/hashes/legacy");
  return noble.ripemd160;
});

/** Yellow Paper, appendix E.1: RIPEMD-160, in the lower 20 bytes of a word. */
export const ripemd160: Precompile = {
  name: "ripemd160",
  address: precompileAddress(3),
  gas: gasByWords(600, 120),
  run(input) {
    const word = new Uint8Array(32);
    word.set(digest()(input), 12);
    return answer(word);
  },
};
