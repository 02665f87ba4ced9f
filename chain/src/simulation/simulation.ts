import type { StateOverrides } from "../executor/overrides.ts";
import type { Block, BlockOverrides, BlockSelector, CallRequest, HaltReason, Hash, PlacedLog } from "../types.ts";

/** One call of a simulated block: a transaction nobody signed. */
export interface SimulatedCall extends CallRequest {
  /** Default: the sender's next one. */
  readonly nonce?: bigint;
}

/** One block to simulate on top of the one before. */
export interface SimulatedBlockRequest {
  /** Height and time must rise; heights left out are filled with empty blocks. */
  readonly blockOverrides?: BlockOverrides & { readonly beaconRoot?: Hash };
  readonly stateOverrides?: StateOverrides;
  readonly calls: readonly SimulatedCall[];
}

/** What to simulate, and how. */
export interface SimulationRequest {
  readonly blocks: readonly SimulatedBlockRequest[];
  /** On whose state. Default: latest. */
  readonly block?: BlockSelector;
  /** Checks nonces and the base fee as a block would; otherwise the base fee is 0 unless overridden. Default false. */
  readonly validation?: boolean;
  /** Tells a log of every transfer of value, as if ether were a token. Default false. */
  readonly traceTransfers?: boolean;
  /** Most gas of all calls together. Default: none but that of the blocks. */
  readonly gasBudget?: bigint;
}

/** What became of one call. A failing call is a result. */
export interface SimulatedCallResult {
  readonly success: boolean;
  readonly haltReason: HaltReason | undefined;
  readonly returnData: Uint8Array;
  readonly gasUsed: bigint;
  /** Before the refund. */
  readonly maxGasUsed: bigint;
  readonly logs: readonly PlacedLog[];
}

/** A simulated block: header, unsigned transactions and what they did. */
export interface SimulatedBlock {
  readonly block: Block;
  readonly calls: readonly SimulatedCallResult[];
}

/** Most blocks of one simulation, those that fill gaps included. */
export const MOST_SIMULATED_BLOCKS = 256;
/** Most calls of one simulation. */
export const MOST_SIMULATED_CALLS = 10_000;
