import { bigIntToBytes, fromHex } from "../codec/hex.ts";
import { encodeList } from "../codec/rlp.ts";
import { keccak256 } from "../crypto/keccak.ts";
import { HALF_ORDER, recoverAddress } from "../crypto/secp256k1.ts";
import { delegateIn, delegationTo } from "../state/delegation.ts";
import type { State } from "../state/state.ts";
import type { Address, Authorization } from "../types.ts";
import { MAX_NONCE } from "./validity.ts";

/** First byte of what an authorization signs. */
const MAGIC = 0x05;
/** What the intrinsic cost took too much if the account was there already. */
const EXISTING_REFUND = 12_500n;

/**
 * Sets the code of the accounts that authorize it (EIP-7702), in their order; one that does not hold is passed over.
 * @param chainId id of the chain; an authorization is for it, or with 0 for every chain
 * @returns gas to refund
 */
export function applyAuthorizations(state: State, list: readonly Authorization[], chainId: bigint): bigint {
  let refund = 0n;
  for (const authorization of list) {
    const { address, nonce } = authorization;
    if (authorization.chainId !== 0n && authorization.chainId !== chainId) continue;
    if (nonce >= MAX_NONCE) continue;
    const authority = authorityOf(authorization);
    if (authority === undefined) continue;
    state.warm(authority);
    const code = state.getCode(authority);
    if (code.length > 0 && delegateIn(code) === undefined) continue;
    if (state.getNonce(authority) !== nonce) continue;
    if (state.exists(authority)) refund += EXISTING_REFUND;
    state.setCode(authority, delegationTo(address));
    state.setNonce(authority, nonce + 1n);
  }
  return refund;
}

/** Who signed an authorization; `undefined` if nobody can have. */
export function authorityOf({ chainId, address, nonce, yParity, r, s }: Authorization): Address | undefined {
  if (yParity > 1n || r === 0n || s === 0n || s > HALF_ORDER) return undefined;
  const signed = encodeList([bigIntToBytes(chainId), fromHex(address), bigIntToBytes(nonce)], MAGIC);
  return recoverAddress(keccak256(signed), r, s, Number(yParity));
}
