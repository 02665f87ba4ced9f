import { EMPTY_BYTES } from "../codec/hex.ts";
import type { Hash } from "../types.ts";
import { type BlockEnvironment, closeBlock, type SealedBlock } from "./build-block.ts";

/**
 * A run of empty blocks that are made when they are asked for, as on Hardhat's network: nobody stores a thousand million of them. They have
 * numbers, timestamps and the state of the block before, but no link to their parent, no randomness and no beacon root (all zero).
 */
export interface EmptyRun {
  /** Number of the first. */
  readonly first: bigint;
  readonly count: bigint;
  /** Seconds between them. */
  readonly interval: bigint;
  /** Timestamp of the first. */
  readonly timestamp: bigint;
  /** What they have in common. */
  readonly environment: BlockEnvironment;
  /** State they leave as it is. */
  readonly state: SealedBlock["after"];
  readonly stateRoot: Hash;
}

const NO_CHANGES: SealedBlock["changes"] = { edits: EMPTY_BYTES, all: EMPTY_BYTES };
const ZERO_HASH: Hash = `0x${"0".repeat(64)}`;

/** One block of a run. The same number gives the same block. */
export function emptyBlock(run: EmptyRun, number: bigint): SealedBlock {
  const environment: BlockEnvironment = {
    ...run.environment,
    number,
    timestamp: run.timestamp + (number - run.first) * run.interval,
    parentHash: ZERO_HASH,
    prevRandao: ZERO_HASH,
    parentBeaconBlockRoot: ZERO_HASH,
  };
  const block = closeBlock(environment, run.stateRoot, [], []);
  return { block, before: run.state, after: run.state, changes: NO_CHANGES };
}
