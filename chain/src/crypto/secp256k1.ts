import secp256k1 from "secp256k1";
import { bigIntToBytes, bytesToBigInt, toHex } from "../codec/hex.ts";
import type { Address } from "../types.ts";
import { keccak256 } from "./keccak.ts";

/** An ECDSA signature over secp256k1, `s` in the lower half of the order (EIP-2). */
export interface Signature {
  readonly r: bigint;
  readonly s: bigint;
  readonly yParity: 0 | 1;
}

/** Half the order of the curve; a higher `s` is refused (EIP-2). */
export const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/**
 * Signs a 32-byte digest, deterministically (RFC 6979).
 * @param digest 32 bytes
 * @param privateKey 32 bytes
 */
export function sign(digest: Uint8Array, privateKey: Uint8Array): Signature {
  const { signature, recid } = secp256k1.ecdsaSign(digest, privateKey);
  return {
    r: bytesToBigInt(signature.subarray(0, 32)),
    s: bytesToBigInt(signature.subarray(32, 64)),
    yParity: recid === 1 ? 1 : 0,
  };
}

/**
 * The address whose key made a signature.
 * @returns `undefined` if no key can have made it
 */
export function recoverAddress(digest: Uint8Array, r: bigint, s: bigint, yParity: number): Address | undefined {
  const signature = new Uint8Array(64);
  writeScalar(signature, 0, r);
  writeScalar(signature, 32, s);
  const address = recoverAddressBytes(digest, signature, yParity);
  return address === undefined ? undefined : toHex(address);
}

/**
 * The address whose key made a signature.
 * @param digest 32 bytes
 * @param signature r and s, 32 bytes each; s in either half of the order
 * @returns 20 bytes, or `undefined` if no key can have made it
 */
export function recoverAddressBytes(
  digest: Uint8Array,
  signature: Uint8Array,
  yParity: number,
): Uint8Array | undefined {
  try {
    return publicKeyToAddress(secp256k1.ecdsaRecover(signature, yParity, digest, false));
  } catch {
    return undefined;
  }
}

/** Address of a private key of 32 bytes. */
export function privateKeyToAddress(privateKey: Uint8Array): Address {
  return toHex(publicKeyToAddress(secp256k1.publicKeyCreate(privateKey, false)));
}

function publicKeyToAddress(uncompressed: Uint8Array): Uint8Array {
  return keccak256(uncompressed.subarray(1)).subarray(12);
}

function writeScalar(target: Uint8Array, offset: number, value: bigint): void {
  const digits = bigIntToBytes(value);
  target.set(digits, offset + 32 - digits.length);
}
