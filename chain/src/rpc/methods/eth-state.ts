import { toHex } from "../../codec/hex.ts";
import { formatProof } from "../format.ts";
import { quantity } from "../hex.ts";
import { address, block, decodeSlot, listOf, param, required } from "../params.ts";
import { method } from "./define.ts";

/** State of accounts at any block. */
export const stateMethods = {
  eth_getBalance: method({
    summary: "Balance in wei.",
    params: [address, block],
    handler: async ({ chain }, account, at) => quantity(await chain.getBalance(account, at)),
  }),
  eth_getTransactionCount: method({
    summary: "Nonce; with `pending`, waiting transactions count.",
    params: [address, block],
    handler: async ({ chain }, account, at) => quantity(await chain.getNonce(account, at)),
  }),
  eth_getCode: method({
    summary: "Code of a contract, empty for others.",
    params: [address, block],
    handler: async ({ chain }, account, at) => toHex(await chain.getCode(account, at)),
  }),
  eth_getStorageAt: method({
    summary: "A storage word.",
    params: [address, param.slot("slot"), block],
    handler: ({ chain }, account, slot, at) => chain.getStorageAt(account, slot, at),
  }),
  eth_getProof: method({
    summary: "Merkle proof of an account and of storage slots (EIP-1186).",
    params: [
      address,
      required("slots", "a list of storage slots", listOf(decodeSlot, "a list of storage slots")),
      block,
    ],
    handler: async ({ chain }, account, slots, at) => formatProof(await chain.getProof(account, slots, at)),
  }),
} as const;
