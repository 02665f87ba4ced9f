import { recoverAddressBytes } from "../../crypto/secp256k1.ts";
import { answer, NOTHING, precompileAddress, slicePadded } from "./input.ts";
import type { Precompile } from "./precompile.ts";

/** Yellow Paper, appendix E.1: the address whose key signed a digest, or nothing if none can have. */
export const ecrecover: Precompile = {
  name: "ecrecover",
  address: precompileAddress(1),
  gas: () => 3_000n,
  run(input) {
    const padded = slicePadded(input, 0, 128);
    for (let i = 32; i < 63; i++) if (padded[i] !== 0) return NOTHING;
    const v = padded[63];
    if (v !== 27 && v !== 28) return NOTHING;
    const signer = recoverAddressBytes(padded.subarray(0, 32), padded.subarray(64, 128), v - 27);
    if (signer === undefined) return NOTHING;
    const word = new Uint8Array(32);
    word.set(signer, 12);
    return answer(word);
  },
};
