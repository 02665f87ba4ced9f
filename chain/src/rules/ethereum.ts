import { fromHex } from "../codec/hex.ts";
import type { Address, TransactionType } from "../types.ts";
import { type Fork, isAtLeast } from "./fork.ts";
import type { BlobRules, CostBasis, Rules } from "./rules.ts";

// Yellow Paper appendix G with EIP-2, EIP-2028, EIP-2930, EIP-3860.
const TRANSACTION_GAS = 21_000;
const CREATE_GAS = 32_000;
const ZERO_BYTE_GAS = 4;
const NONZERO_BYTE_GAS = 16;
const NONZERO_BYTE_GAS_BEFORE_ISTANBUL = 68;
const INIT_CODE_WORD_GAS = 2;
const MAX_INIT_CODE_SIZE = 49_152;
const ACCESS_LIST_ADDRESS_GAS = 2_400;
const ACCESS_LIST_SLOT_GAS = 1_900;
// EIP-7623.
const FLOOR_TOKEN_GAS = 10;
const TOKENS_PER_NONZERO_BYTE = 4;
// EIP-7825.
const MAX_TRANSACTION_GAS = 16_777_216n;
// EIP-4844; EIP-7691 raises a block's blobs with Prague; EIP-7594 limits a transaction's with Osaka.
const GAS_PER_BLOB = 131_072n;
const KZG_HASH_VERSION = 1;
const BLOB_FEE_FRACTION = 3_338_477n;
const BLOB_FEE_FRACTION_SINCE_PRAGUE = 5_007_716n;
// EIP-3529.
const REFUND_QUOTIENT = 5n;
const REFUND_QUOTIENT_BEFORE_LONDON = 2n;
// EIP-1559.
const ELASTICITY = 2n;
const BASE_FEE_CHANGE_DENOMINATOR = 8n;

// EIP-7951: the one precompile away from the others.
const P256_VERIFY = 0x100;

// EIP-4788. Present as on every Cancun chain; a development chain has no beacon blocks to record in it.
const BEACON_ROOTS_ADDRESS: Address = "0x000f3df6d732807ef1319fb7b8bb8522d0beac02";
const BEACON_ROOTS_CODE = fromHex(
  "0x3373fffffffffffffffffffffffffffffffffffffffe14604d57602036146024575f5ffd5b5f35801560495762001fff810690815414603c575f5ffd5b62001fff01545f5260205ff35b5f5ffd5b62001fff42064281555f359062001fff015500",
);

/** Options of the Ethereum profile. */
export interface EthereumRulesOptions {
  /** Default: Cancun. */
  readonly fork?: Fork;
  /** Lifts the init code limit of EIP-3860 (its cost stays). */
  readonly allowUnlimitedContractSize: boolean;
}

/**
 * Ethereum's rules for transactions at a fork. What they leave to whoever has it: before Spurious Dragon an empty account counted as existing,
 * which the state does not model, and the transactions of EIP-7702 (type 4, Prague) are not offered.
 */
export function createEthereumRules({ fork = "cancun", allowUnlimitedContractSize }: EthereumRulesOptions): Rules {
  const since = (other: Fork): boolean => isAtLeast(fork, other);
  const limitsInitCode = since("shanghai");
  const nonzeroByteGas = since("istanbul") ? NONZERO_BYTE_GAS : NONZERO_BYTE_GAS_BEFORE_ISTANBUL;
  const createGas = since("homestead") ? CREATE_GAS : 0;
  return {
    name: "ethereum",
    hardfork: fork,
    transactionTypes: transactionTypesOf(fork),
    blobs: blobRulesOf(fork),
    maxTransactionGas: since("osaka") ? MAX_TRANSACTION_GAS : undefined,
    maxInitCodeSize: !limitsInitCode || allowUnlimitedContractSize ? Number.MAX_SAFE_INTEGER : MAX_INIT_CODE_SIZE,
    maxRefundQuotient: since("london") ? REFUND_QUOTIENT : REFUND_QUOTIENT_BEFORE_LONDON,
    warmsBeneficiary: since("shanghai"),
    precompiles: precompilesOf(fork),
    predeploys: new Map(since("cancun") ? [[BEACON_ROOTS_ADDRESS, BEACON_ROOTS_CODE]] : []),
    intrinsicGas({ to, data, accessList }) {
      let gas = TRANSACTION_GAS;
      if (data !== undefined) {
        for (let i = 0; i < data.length; i++) gas += data[i] === 0 ? ZERO_BYTE_GAS : nonzeroByteGas;
        if (to === undefined && limitsInitCode) gas += INIT_CODE_WORD_GAS * Math.ceil(data.length / 32);
      }
      if (to === undefined) gas += createGas;
      if (accessList !== undefined) {
        for (const entry of accessList)
          gas += ACCESS_LIST_ADDRESS_GAS + ACCESS_LIST_SLOT_GAS * entry.storageKeys.length;
      }
      return BigInt(gas);
    },
    floorGas: since("prague") ? floorGas : () => 0n,
    nextBaseFee({ baseFeePerGas, gasLimit, gasUsed }) {
      if (!since("london")) return 0n;
      const target = gasLimit / ELASTICITY;
      if (gasUsed === target || target === 0n) return baseFeePerGas;
      if (gasUsed > target) {
        const rise = (baseFeePerGas * (gasUsed - target)) / target / BASE_FEE_CHANGE_DENOMINATOR;
        return baseFeePerGas + (rise > 1n ? rise : 1n);
      }
      return baseFeePerGas - (baseFeePerGas * (target - gasUsed)) / target / BASE_FEE_CHANGE_DENOMINATOR;
    },
  };
}

function transactionTypesOf(fork: Fork): readonly TransactionType[] {
  if (isAtLeast(fork, "cancun")) return [0, 1, 2, 3];
  if (isAtLeast(fork, "london")) return [0, 1, 2];
  return isAtLeast(fork, "berlin") ? [0, 1] : [0];
}

function blobRulesOf(fork: Fork): BlobRules | undefined {
  if (!isAtLeast(fork, "cancun")) return undefined;
  const maxPerTransaction = fork === "prague" ? 9 : 6;
  const fraction = isAtLeast(fork, "prague") ? BLOB_FEE_FRACTION_SINCE_PRAGUE : BLOB_FEE_FRACTION;
  return {
    gasPerBlob: GAS_PER_BLOB,
    maxPerTransaction,
    hashVersion: KZG_HASH_VERSION,
    baseFee: (excessBlobGas) => exponential(excessBlobGas, fraction),
  };
}

/** e to the power of `numerator / denominator`, rounded down: `fake_exponential` of EIP-4844 with a factor of 1 wei. */
function exponential(numerator: bigint, denominator: bigint): bigint {
  let sum = 0n;
  let term = denominator;
  for (let i = 1n; term > 0n; i++) {
    sum += term;
    term = (term * numerator) / (denominator * i);
  }
  return sum / denominator;
}

function precompilesOf(fork: Fork): readonly Address[] {
  let last = 4;
  if (isAtLeast(fork, "byzantium")) last = 8;
  if (isAtLeast(fork, "istanbul")) last = 9;
  if (isAtLeast(fork, "cancun")) last = 10;
  if (isAtLeast(fork, "prague")) last = 17;
  const numbers = Array.from({ length: last }, (_, i) => i + 1);
  if (isAtLeast(fork, "osaka")) numbers.push(P256_VERIFY);
  return numbers.map((number): Address => `0x${number.toString(16).padStart(40, "0")}`);
}

function floorGas({ data }: CostBasis): bigint {
  let tokens = 0;
  if (data !== undefined) for (const byte of data) tokens += byte === 0 ? 1 : TOKENS_PER_NONZERO_BYTE;
  return BigInt(TRANSACTION_GAS + FLOOR_TOKEN_GAS * tokens);
}
