import { hash as digest } from "node:crypto";
import { toHex } from "../codec/hex.ts";
import { isAtLeast } from "../rules/fork.ts";
import { EMPTY_TRIE_ROOT } from "../state/trie.ts";
import type { BlockHeader, Hash } from "../types.ts";
import type { BlockEnvironment } from "./build-block.ts";

/** The header's fields that not every fork has, or not with the same meaning. */
export type ForkFields = Pick<
  BlockHeader,
  | "difficulty"
  | "prevRandao"
  | "nonce"
  | "baseFeePerGas"
  | "withdrawalsRoot"
  | "blobGasUsed"
  | "excessBlobGas"
  | "parentBeaconBlockRoot"
  | "requestsHash"
>;

const ZERO_HASH: Hash = `0x${"0".repeat(64)}`;
const EMPTY_ROOT: Hash = toHex(EMPTY_TRIE_ROOT);
/** EIP-7685 over no requests: no deposits, withdrawals and consolidations reach a chain without beacon blocks. */
const NO_REQUESTS_HASH: Hash = toHex(digest("sha256", new Uint8Array(0), "buffer"));

/** Fills them in as the fork of a block's environment has them. */
export function forkFieldsOf(environment: BlockEnvironment, blobGasUsed: bigint): ForkFields {
  const { fork } = environment;
  const isMerged = isAtLeast(fork, "paris");
  const hasBlobs = isAtLeast(fork, "cancun");
  return {
    difficulty: environment.difficulty,
    prevRandao: isMerged ? environment.prevRandao : ZERO_HASH,
    // Before the merge a miner's proof; as Hardhat's network has it, for nobody mines here.
    nonce: isMerged ? "0x0000000000000000" : "0x0000000000000042",
    baseFeePerGas: isAtLeast(fork, "london") ? environment.baseFeePerGas : undefined,
    withdrawalsRoot: isAtLeast(fork, "shanghai") ? EMPTY_ROOT : undefined,
    blobGasUsed: hasBlobs ? blobGasUsed : undefined,
    excessBlobGas: hasBlobs ? environment.excessBlobGas : undefined,
    parentBeaconBlockRoot: hasBlobs ? environment.parentBeaconBlockRoot : undefined,
    requestsHash: isAtLeast(fork, "prague") ? NO_REQUESTS_HASH : undefined,
  };
}
