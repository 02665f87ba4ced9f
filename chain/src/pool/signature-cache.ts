import { toHex } from "../codec/hex.ts";
import { type Signature, sign } from "../crypto/secp256k1.ts";
import type { Address } from "../types.ts";

// Signing costs as much as several transfers, and test suites sign the same set-up again after every revert. Signatures are deterministic
// (RFC 6979), so this is only a cache. Shared by all chains of the process; bounded.
const LIMIT = 8_192;
const signatures = new Map<string, Signature>();

/**
 * Signs a digest, unless that was done lately.
 * @param digest 32 bytes
 * @param from address of the key
 * @param privateKey 32 bytes
 */
export function signOnce(digest: Uint8Array, from: Address, privateKey: Uint8Array): Signature {
  const name = `${toHex(digest)}${from}`;
  const known = signatures.get(name);
  if (known !== undefined) return known;
  const signature = sign(digest, privateKey);
  if (signatures.size >= LIMIT) {
    for (const oldest of signatures.keys()) {
      signatures.delete(oldest);
      break;
    }
  }
  signatures.set(name, signature);
  return signature;
}
