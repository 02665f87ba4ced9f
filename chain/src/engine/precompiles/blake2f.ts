import { compressBlake2b } from "./blake2b-compress.ts";
import { answer, FAILURE, precompileAddress } from "./input.ts";
import type { Precompile } from "./precompile.ts";

const INPUT_LENGTH = 213;

/** EIP-152: the compression function of BLAKE2b, with any number of rounds. One gas a round. */
export const blake2f: Precompile = {
  name: "blake2f",
  address: precompileAddress(9),
  gas: (input) => (isWellFormed(input) ? BigInt(rounds(input)) : undefined),
  run(input) {
    if (!isWellFormed(input)) return FAILURE;
    return answer(compressBlake2b(rounds(input), input.subarray(4, 212), input[212] === 1));
  },
};

function isWellFormed(input: Uint8Array): boolean {
  return input.length === INPUT_LENGTH && (input[212] === 0 || input[212] === 1);
}

function rounds(input: Uint8Array): number {
  return new DataView(input.buffer, input.byteOffset).getUint32(0);
}
