import { bigIntToBytes, bytesToBigInt } from "../../codec/hex.ts";
import { answer, NOTHING, precompileAddress, slicePadded } from "./input.ts";
import { exponentHead, type ModexpPrice, modexpLengths } from "./modexp-gas.ts";
import { modularPower } from "./modular-power.ts";
import type { Precompile } from "./precompile.ts";

/** EIP-198: base to the power of an exponent, modulo a modulus, each of any length. */
export function createModexp(price: ModexpPrice): Precompile {
  return {
    name: "modexp",
    address: precompileAddress(5),
    gas(input) {
      const lengths = modexpLengths(input);
      return price(lengths, exponentHead(input, lengths));
    },
    run(input) {
      const lengths = modexpLengths(input);
      // Without modulus even an endless exponent costs next to nothing: it must not be read. With one the gas paid bounds all lengths.
      if (lengths.modulus === 0n) return NOTHING;
      const [baseLength, exponentLength, modulusLength] = [lengths.base, lengths.exponent, lengths.modulus].map(Number);
      if (baseLength === undefined || exponentLength === undefined || modulusLength === undefined) return NOTHING;
      const result = new Uint8Array(modulusLength);
      const modulus = bytesToBigInt(slicePadded(input, 96 + baseLength + exponentLength, modulusLength));
      if (modulus > 1n) {
        const base = bytesToBigInt(slicePadded(input, 96, baseLength));
        const exponent = bytesToBigInt(slicePadded(input, 96 + baseLength, exponentLength));
        const digits = bigIntToBytes(modularPower(base, exponent, modulus));
        result.set(digits, modulusLength - digits.length);
      }
      return answer(result);
    },
  };
}
