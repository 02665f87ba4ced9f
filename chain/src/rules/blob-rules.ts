import type { BlockHeader } from "../types.ts";
import { type Fork, isAtLeast } from "./fork.ts";

/** What holds for transactions with blobs (EIP-4844). */
export interface BlobRules {
  readonly gasPerBlob: bigint;
  /** Most blobs of one transaction. */
  readonly maxPerTransaction: number;
  /** Blobs per block above which their price rises. */
  readonly targetPerBlock: number;
  /** Most blobs of one block. */
  readonly maxPerBlock: number;
  /** First byte of a versioned hash: what the blob is committed to with. 1 is KZG. */
  readonly hashVersion: number;
  /** How slowly the price follows the excess; `eth_config` reports it. */
  readonly updateFraction: bigint;
  /** Whether clients prove blobs cell by cell (EIP-7594) instead of whole. */
  readonly hasCellProofs: boolean;
  /** Price of blob gas, wei, at the excess of blob gas that a header states. */
  baseFee(excessBlobGas: bigint): bigint;
  /** Excess of blob gas that the block after `parent` states. */
  excessAfter(parent: Pick<BlockHeader, "excessBlobGas" | "blobGasUsed" | "baseFeePerGas">): bigint;
}

// EIP-4844; EIP-7691 raises a block's blobs with Prague; EIP-7594 limits a transaction's with Osaka.
const GAS_PER_BLOB = 131_072n;
const KZG_HASH_VERSION = 1;
const FEE_FRACTION = 3_338_477n;
const FEE_FRACTION_SINCE_PRAGUE = 5_007_716n;
const MAX_PER_TRANSACTION_SINCE_OSAKA = 6;
// EIP-7918: blob gas costs at least what executing this much gas for a blob would.
const BLOB_BASE_COST = 8_192n;

/** The rules of blobs at a fork; `undefined` before Cancun. */
export function blobRulesOf(fork: Fork): BlobRules | undefined {
  if (!isAtLeast(fork, "cancun")) return undefined;
  const isPrague = isAtLeast(fork, "prague");
  const isOsaka = isAtLeast(fork, "osaka");
  const targetPerBlock = isPrague ? 6 : 3;
  const maxPerBlock = isPrague ? 9 : 6;
  const updateFraction = isPrague ? FEE_FRACTION_SINCE_PRAGUE : FEE_FRACTION;
  const target = BigInt(targetPerBlock) * GAS_PER_BLOB;
  const baseFee = (excessBlobGas: bigint): bigint => exponential(excessBlobGas, updateFraction);
  return {
    gasPerBlob: GAS_PER_BLOB,
    maxPerTransaction: isOsaka ? MAX_PER_TRANSACTION_SINCE_OSAKA : maxPerBlock,
    targetPerBlock,
    maxPerBlock,
    hashVersion: KZG_HASH_VERSION,
    updateFraction,
    hasCellProofs: isOsaka,
    baseFee,
    excessAfter({ excessBlobGas = 0n, blobGasUsed = 0n, baseFeePerGas = 0n }) {
      if (excessBlobGas + blobGasUsed < target) return 0n;
      if (isOsaka && BLOB_BASE_COST * baseFeePerGas > GAS_PER_BLOB * baseFee(excessBlobGas))
        return excessBlobGas + (blobGasUsed * BigInt(maxPerBlock - targetPerBlock)) / BigInt(maxPerBlock);
      return excessBlobGas + blobGasUsed - target;
    },
  };
}

/** e to the power of `numerator / denominator`, rounded down: `fake_exponential` of EIP-4844 with a factor of 1 wei. */
function exponential(numerator: bigint, denominator: bigint): bigint {
  if (numerator === 0n) return 1n;
  let sum = 0n;
  let term = denominator;
  for (let i = 1n; term > 0n; i++) {
    sum += term;
    term = (term * numerator) / (denominator * i);
  }
  return sum / denominator;
}
