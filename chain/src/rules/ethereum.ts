import { fromHex } from "../codec/hex.ts";
import type { Address } from "../types.ts";
import type { Rules } from "./rules.ts";

// Yellow Paper appendix G with EIP-2028, EIP-2930, EIP-3860.
const TRANSACTION_GAS = 21_000;
const CREATE_GAS = 32_000;
const ZERO_BYTE_GAS = 4;
const NONZERO_BYTE_GAS = 16;
const INIT_CODE_WORD_GAS = 2;
const ACCESS_LIST_ADDRESS_GAS = 2_400;
const ACCESS_LIST_SLOT_GAS = 1_900;
// EIP-1559.
const ELASTICITY = 2n;
const BASE_FEE_CHANGE_DENOMINATOR = 8n;

// EIP-4788. Present as on every Cancun chain; a development chain has no beacon blocks to record in it.
const BEACON_ROOTS_ADDRESS: Address = "0x000f3df6d732807ef1319fb7b8bb8522d0beac02";
const BEACON_ROOTS_CODE = fromHex(
  "0x3373fffffffffffffffffffffffffffffffffffffffe14604d57602036146024575f5ffd5b5f35801560495762001fff810690815414603c575f5ffd5b62001fff01545f5260205ff35b5f5ffd5b62001fff42064281555f359062001fff015500",
);

/** Options of the Ethereum profile. */
export interface EthereumRulesOptions {
  /** Lifts the init code limit of EIP-3860 (its cost stays). */
  readonly allowUnlimitedContractSize: boolean;
}

/** Ethereum's rules at the fork Cancun. */
export function createEthereumRules(options: EthereumRulesOptions): Rules {
  return {
    name: "ethereum",
    hardfork: "cancun",
    maxInitCodeSize: options.allowUnlimitedContractSize ? Number.MAX_SAFE_INTEGER : 49_152,
    maxRefundQuotient: 5n,
    precompiles: Array.from({ length: 10 }, (_, i): Address => `0x${(i + 1).toString(16).padStart(40, "0")}`),
    predeploys: new Map([[BEACON_ROOTS_ADDRESS, BEACON_ROOTS_CODE]]),
    intrinsicGas({ to, data, accessList }) {
      let gas = TRANSACTION_GAS;
      if (data !== undefined) {
        for (let i = 0; i < data.length; i++) gas += data[i] === 0 ? ZERO_BYTE_GAS : NONZERO_BYTE_GAS;
        if (to === undefined) gas += INIT_CODE_WORD_GAS * Math.ceil(data.length / 32);
      }
      if (to === undefined) gas += CREATE_GAS;
      if (accessList !== undefined) {
        for (const entry of accessList)
          gas += ACCESS_LIST_ADDRESS_GAS + ACCESS_LIST_SLOT_GAS * entry.storageKeys.length;
      }
      return BigInt(gas);
    },
    nextBaseFee({ baseFeePerGas, gasLimit, gasUsed }) {
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
