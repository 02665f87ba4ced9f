import type { Address, Hex, TypedDataDomain } from "viem";

/** `Digest` of an EIP-712 message: a 32-byte digest and the algorithm that made it (1 Keccak-256, 2 SHA-256, 3 SM3). */
const DIGEST = [
  { name: "value", type: "bytes32" },
  { name: "algorithm", type: "uint8" },
] as const;

/**
 * EIP-712 types of a sale offer, which the merchant's agent signs and `PrepaidSales.purchase` takes. Enumerations are `uint8`, ids `uint256`,
 * money in fen, times in seconds; face in the card's unit (fen, visits, or seconds of the term).
 */
export const SALE_OFFER_TYPES = {
  SaleOffer: [
    { name: "sale", type: "Sale" },
    { name: "orders", type: "CardOrder[]" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint64" },
  ],
  Sale: [
    { name: "merchant", type: "uint256" },
    { name: "terms", type: "uint256" },
    { name: "holder", type: "address" },
    { name: "consumerKey", type: "bytes32" },
    { name: "buyerId", type: "Digest" },
    { name: "contractDigest", type: "Digest" },
    { name: "toCustody", type: "uint256" },
    { name: "organisation", type: "bool" },
    { name: "cash", type: "bool" },
    { name: "hadBefore", type: "bool" },
    { name: "viaPlatform", type: "bool" },
  ],
  CardOrder: [
    { name: "kind", type: "uint8" },
    { name: "form", type: "uint8" },
    { name: "paid", type: "uint128" },
    { name: "face", type: "uint128" },
    { name: "listUnitPrice", type: "uint128" },
    { name: "startsAt", type: "uint64" },
    { name: "expiresAt", type: "uint64" },
  ],
  Digest: DIGEST,
} as const;

/** EIP-712 types of a redemption order, which the holder signs and `Redemptions.recordSigned` takes. */
export const REDEMPTION_ORDER_TYPES = {
  RedemptionOrder: [
    { name: "card", type: "uint256" },
    { name: "face", type: "uint128" },
    { name: "listValue", type: "uint128" },
    { name: "evidence", type: "Digest" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint64" },
  ],
  Digest: DIGEST,
} as const;

/** EIP-712 types of an authorisation order, which the holder signs and `Redemptions.authorise` takes. */
export const AUTHORISATION_ORDER_TYPES = {
  AuthorisationOrder: [
    { name: "card", type: "uint256" },
    { name: "face", type: "uint128" },
    { name: "expiresAt", type: "uint64" },
    { name: "nonce", type: "uint256" },
  ],
} as const;

/** The contracts of the prepaid domain that check signatures, by the name in their EIP-712 domain. */
export type PrepaidVerifier = "PrepaidSales" | "Redemptions";

/** Where a signature is to hold. */
export interface PrepaidDomainOptions {
  /** The contract that checks it. */
  readonly contract: PrepaidVerifier;
  /** Its address. */
  readonly address: Address;
  /** The chain's id as the EVM answers it; 0 on some consortium chains. */
  readonly chainId: number | bigint;
  /** The salt of the deployment, 32 bytes. */
  readonly salt: Hex;
}

/**
 * The EIP-712 domain of a contract of the prepaid domain; the same as its `eip712Domain()` answers.
 *
 * @param options - the contract, its address, the chain's id and the deployment's salt
 * @returns the domain, for `signTypedData` of viem
 */
export function prepaidDomain({ contract, address, chainId, salt }: PrepaidDomainOptions) {
  return {
    name: `Banyan ${contract}`,
    version: "1",
    chainId,
    verifyingContract: address,
    salt,
  } satisfies TypedDataDomain;
}

/**
 * The key of a nonce sequence of its own: a signature waits only for those of the same signer and key.
 *
 * @param matter - what the sequence is for: a buyer's address for sale offers, a card's number for orders
 * @returns the key, for `nonces(signer, key)`
 */
export function nonceKey(matter: Address | bigint): bigint {
  return BigInt(matter);
}
