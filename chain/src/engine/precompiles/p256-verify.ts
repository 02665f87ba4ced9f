import { lazily, requireLate } from "../../lazily.ts";
import { answer, NOTHING, precompileAddress } from "./input.ts";
import type { Precompile } from "./precompile.ts";

const INPUT_LENGTH = 160;

const p256 = lazily(() => {
  const loaded: typeof import("@noble/curves/p256") = requireLate("@noble/curves/p256");
  return loaded.p256;
});

/** EIP-7951: one if an ECDSA signature over secp256r1 is good, else nothing. */
export const p256Verify: Precompile = {
  name: "p256Verify",
  address: precompileAddress(0x100),
  gas: () => 6_900n,
  run(input) {
    if (input.length !== INPUT_LENGTH) return NOTHING;
    const publicKey = new Uint8Array(65);
    publicKey[0] = 4;
    publicKey.set(input.subarray(96), 1);
    // A key off the curve and numbers out of range are no good signature either.
    if (!p256().verify(input.slice(32, 96), input.slice(0, 32), publicKey, { prehash: false, lowS: false }))
      return NOTHING;
    const word = new Uint8Array(32);
    word[31] = 1;
    return answer(word);
  },
};
