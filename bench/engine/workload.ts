import { readFileSync, writeFileSync } from "node:fs";
import type { Address, Hex } from "viem";

/** An account as every peer begins with it. */
export interface WorkloadAccount {
  readonly address: Address;
  readonly nonce: number;
  /** Wei. */
  readonly balance: Hex;
  readonly code: Hex;
  /** Slots and values, 32 bytes each. */
  readonly storage: readonly (readonly [slot: Hex, value: Hex])[];
}

/** The things that are measured, in the order of the tables. */
export const ITEM_NAMES = [
  "keccak",
  "arithmetic",
  "transfer",
  "sale",
  "redemption",
  "signed redemption",
  "deploy",
] as const;

/** A thing that is measured. */
export type ItemName = (typeof ITEM_NAMES)[number];

/** One thing that is measured. */
export interface Item {
  readonly name: ItemName;
  /** What it is, for people. */
  readonly title: string;
  /** What one message of it is. */
  readonly messageTitle: string;
  /** Who sends the messages. */
  readonly from: Address;
  /** The receiver of the messages; `undefined` creates a contract. */
  readonly to: Address | undefined;
  /** Calldata of the messages, used in turn. */
  readonly inputs: readonly Hex[];
  /** Whether each message finds the state that the one before found. */
  readonly undone: boolean;
  /** The same within one call to {@link Workload.probe}: calldata without the count, which comes first, and how often a slow and a fast peer does it. */
  readonly repeated: { readonly selector: Hex; readonly tail: Hex; readonly slow: number; readonly fast: number };
}

/** Everything that peers need to do the same work. */
export interface Workload {
  readonly chainId: number;
  /** Seconds: later than everything in the state. */
  readonly timestamp: number;
  readonly accounts: readonly WorkloadAccount[];
  /** An account that owns nothing and calls the probe. */
  readonly caller: Address;
  /** The account that the messages come from; it has the code of `SpeedProbe`, so that it can also send them from within a call. */
  readonly probe: Address;
  readonly items: readonly Item[];
}

/** The calldata that makes the probe do an item `count` times. */
export function repeatedInput({ repeated: { selector, tail } }: Item, count: number): Hex {
  return `${selector}${count.toString(16).padStart(64, "0")}${tail.slice(2)}`;
}

/** The item of a name. */
export function itemOf(workload: Workload, name: string): Item {
  const found = workload.items.find((item) => item.name === name);
  if (found === undefined)
    throw new Error(`No item is called ${name}: ${workload.items.map((item) => item.name).join(", ")}`);
  return found;
}

/** Reads what {@link writeWorkload} wrote. */
export function readWorkload(path: string): Workload {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Writes a workload for the peers' processes. */
export function writeWorkload(path: string, workload: Workload): void {
  writeFileSync(path, JSON.stringify(workload));
}
