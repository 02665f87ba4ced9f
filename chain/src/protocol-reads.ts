import { crc32 } from "node:zlib";
import { fromHex } from "./codec/hex.ts";
import { type Ledger, nextBlobBaseFee } from "./ledger.ts";
import { contractsByName, type NamedContracts } from "./rules/contract-names.ts";
import { requireFork } from "./rules/require-fork.ts";
import type { Hash, Hex } from "./types.ts";

/** What `eth_config` tells of a chain (EIP-7910). */
export interface ForkConfig extends NamedContracts {
  readonly chainId: bigint;
  /** EIP-6122: CRC-32 of the genesis hash, for no fork comes after genesis. */
  readonly forkId: Hex;
  readonly activationTime: bigint;
  readonly blobSchedule: { readonly target: number; readonly max: number; readonly baseFeeUpdateFraction: bigint };
}

/** What can be asked about the rules of a chain and about blobs. */
export interface ProtocolReads {
  /** Price of blob gas in the next block, wei; 0 before Cancun. */
  nextBlobBaseFee(): bigint;
  /** The rules in force. @throws ChainError `FORK_TOO_OLD` before Cancun, which the form cannot describe */
  forkConfig(): ForkConfig;
  /** A blob that came with a transaction, by its versioned hash; `undefined` if none did, or it is forgotten (the latest 512 are kept). */
  getBlob(hash: Hash): Uint8Array | undefined;
}

/** Answers from a ledger. */
export function createProtocolReads(ledger: Ledger): ProtocolReads {
  const { rules, store, blobs } = ledger;
  return {
    nextBlobBaseFee: () => nextBlobBaseFee(ledger),
    forkConfig() {
      requireFork(rules, "cancun", "Blobs, which this form describes,");
      const { targetPerBlock: target = 0, maxPerBlock: max = 0, updateFraction = 0n } = rules.blobs ?? {};
      const genesis = store.byNumber(0n)?.block;
      const checksum = crc32(fromHex(genesis?.hash ?? "0x"));
      return {
        chainId: ledger.chainId,
        forkId: `0x${checksum.toString(16).padStart(8, "0")}`,
        activationTime: genesis?.header.timestamp ?? 0n,
        blobSchedule: { target, max, baseFeeUpdateFraction: updateFraction },
        ...contractsByName(rules.hardfork, rules.precompiles),
      };
    },
    getBlob: (hash) => blobs.get(hash),
  };
}
