import type { BlockContext } from "../../chain/src/engine/engine.ts";
import type { Execution } from "../../chain/src/executor/executor.ts";
import type { Fork } from "../../chain/src/rules/fork.ts";
import type { Address, Hash } from "../../chain/src/types.ts";

/** An account that exists before the first transaction. */
export interface GenesisAccount {
  readonly address: Address;
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Uint8Array;
  /** Slot and value pairs. */
  readonly storage: readonly (readonly [slot: bigint, value: bigint])[];
}

/** One thing that is done to a chain. */
export type Action =
  | { readonly kind: "transaction"; readonly execution: Execution }
  /** Ends a block. */
  | { readonly kind: "seal" }
  | { readonly kind: "snapshot" }
  /** Returns to the latest snapshot, if there is one. */
  | { readonly kind: "restore" };

/** All that has to be known to run the same thing on two engines. */
export interface Scenario {
  /** Which one of a run: what reproduces it. */
  readonly name: string;
  readonly fork: Fork;
  readonly block: BlockContext;
  readonly accounts: readonly GenesisAccount[];
  readonly actions: readonly Action[];
  /** What the words of the first transaction's return data come from, where they come from single checks. */
  readonly checks: readonly Check[];
}

/** A single check within a scenario. */
export interface Check {
  readonly label: string;
  /** Words of the return data that it filled: from, and how many. */
  readonly firstWord: number;
  readonly words: number;
}

/** The forks that are compared. */
export const COMPARED_FORKS: readonly Fork[] = ["london", "paris", "shanghai", "cancun"];

/** Name of chain 31337 for CHAINID. */
export const CHAIN_ID = 31_337n;

/** The n-th address of a scenario; for n up to 2^32. */
export function numberedAddress(prefix: string, n: number): Address {
  return `0x${prefix}${n.toString(16).padStart(40 - prefix.length, "0")}`;
}

/** A block for a scenario: the fields a contract can read all differ. */
export function scenarioBlock(gasLimit = 2n ** 62n): BlockContext {
  const number = 1_000n;
  return {
    number,
    timestamp: 1_800_000_000n,
    coinbase: "0xc01ba5ec01ba5ec01ba5ec01ba5ec01ba5ec01ba",
    gasLimit,
    baseFeePerGas: 7n,
    prevRandao: `0x${"5eed".repeat(16)}`,
    blobBaseFee: 3n,
    blockHash: (wanted) =>
      wanted < number && wanted >= number - 256n
        ? (`0x${(wanted * 0x9e3779b97f4a7c15n).toString(16).padStart(64, "b")}` as Hash)
        : undefined,
  };
}

/** A transaction with the fields that scenarios mostly leave as they are. */
export function executionWith(fields: Partial<Execution> & Pick<Execution, "from" | "to" | "gasLimit">): Execution {
  return {
    value: 0n,
    data: new Uint8Array(0),
    maxFeePerGas: 0n,
    maxPriorityFeePerGas: 0n,
    accessList: [],
    nonce: undefined,
    hash: undefined,
    mayHaveCode: true,
    chargesFees: false,
    ...fields,
  };
}
