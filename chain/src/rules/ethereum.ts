import type { Address, TransactionType } from "../types.ts";
import { blobRulesOf } from "./blob-rules.ts";
import { type Fork, isAtLeast } from "./fork.ts";
import type { CostBasis, Rules } from "./rules.ts";
import { predeploysOf } from "./system-contracts.ts";
import { workRulesOf } from "./work-rules.ts";

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
// EIP-7702.
const AUTHORIZATION_GAS = 25_000;
// EIP-7623.
const FLOOR_TOKEN_GAS = 10;
const TOKENS_PER_NONZERO_BYTE = 4;
// EIP-7825.
const MAX_TRANSACTION_GAS = 16_777_216n;
// EIP-7934: ten mebibytes less what the beacon block around it may need.
const MAX_BLOCK_SIZE = 8_388_608;
// EIP-3529.
const REFUND_QUOTIENT = 5n;
const REFUND_QUOTIENT_BEFORE_LONDON = 2n;
// EIP-1559.
const ELASTICITY = 2n;
const BASE_FEE_CHANGE_DENOMINATOR = 8n;

// EIP-7951: the one precompile away from the others.
const P256_VERIFY = 0x100;

/** Options of the Ethereum profile. */
export interface EthereumRulesOptions {
  /** Default: Cancun. */
  readonly fork?: Fork;
  /** Lifts the init code limit of EIP-3860 (its cost stays). */
  readonly allowUnlimitedContractSize: boolean;
  /** Largest gas limit of one transaction; `false`: none but the block's. Default: that of the fork (EIP-7825 since Osaka). */
  readonly transactionGasCap?: bigint | false | undefined;
}

/**
 * Ethereum's rules at a fork. What they leave to whoever has it: before Spurious Dragon an empty account counted as existing, which the state
 * does not model.
 */
export function createEthereumRules(options: EthereumRulesOptions): Rules {
  const { fork = "cancun", allowUnlimitedContractSize, transactionGasCap } = options;
  const since = (other: Fork): boolean => isAtLeast(fork, other);
  const limitsInitCode = since("shanghai");
  const nonzeroByteGas = since("istanbul") ? NONZERO_BYTE_GAS : NONZERO_BYTE_GAS_BEFORE_ISTANBUL;
  const createGas = since("homestead") ? CREATE_GAS : 0;
  return {
    name: "ethereum",
    hardfork: fork,
    transactionTypes: transactionTypesOf(fork),
    blobs: blobRulesOf(fork),
    maxTransactionGas:
      transactionGasCap === undefined
        ? since("osaka")
          ? MAX_TRANSACTION_GAS
          : undefined
        : transactionGasCap || undefined,
    maxBlockSize: since("osaka") ? MAX_BLOCK_SIZE : undefined,
    hasBaseFee: since("london"),
    work: workRulesOf(fork),
    maxInitCodeSize: !limitsInitCode || allowUnlimitedContractSize ? Number.MAX_SAFE_INTEGER : MAX_INIT_CODE_SIZE,
    maxRefundQuotient: since("london") ? REFUND_QUOTIENT : REFUND_QUOTIENT_BEFORE_LONDON,
    warmsBeneficiary: since("shanghai"),
    precompiles: precompilesOf(fork),
    predeploys: predeploysOf(fork),
    intrinsicGas({ to, data, accessList, authorizationList }) {
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
      if (authorizationList !== undefined) gas += AUTHORIZATION_GAS * authorizationList.length;
      return BigInt(gas);
    },
    floorGas: since("prague") ? floorGas : () => 0n,
    nextBaseFee({ baseFeePerGas, gasLimit, gasUsed }) {
      if (baseFeePerGas === undefined || !since("london")) return 0n;
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
  if (isAtLeast(fork, "prague")) return [0, 1, 2, 3, 4];
  if (isAtLeast(fork, "cancun")) return [0, 1, 2, 3];
  if (isAtLeast(fork, "london")) return [0, 1, 2];
  return isAtLeast(fork, "berlin") ? [0, 1] : [0];
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
