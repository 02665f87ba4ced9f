import { ChainError } from "../errors.ts";
import type { Ledger } from "../ledger.ts";
import { nextBaseFee, nextEnvironment } from "../ledger.ts";
import type { Block } from "../types.ts";
import { checkTimestamp } from "./block-clock.ts";
import { keepHashesOf } from "./block-steps.ts";
import type { Miner } from "./miner.ts";

/** From how many empty blocks on a run is not stored one by one. */
const LEAST_RUN = 1_000n;

/** How many blocks at once a store keeps that keeps each. */
const MOST_STORED = 1_000_000n;

/**
 * Makes many blocks: one by one while transactions wait or the base fee still falls; what is left then, if it is much, as one run of empty
 * blocks and a last one behind it. Costs the same for a thousand million as for a thousand.
 * @returns the blocks that are stored one by one
 * @throws ChainError `TIMESTAMP_TOO_HIGH`, `RUN_TOO_LONG`
 */
export async function mineMany(ledger: Ledger, miner: Miner, count: bigint, interval: bigint): Promise<Block[]> {
  const { store, clock } = ledger;
  const blocks: Block[] = [];
  const timestampOf = (): bigint => store.head().block.header.timestamp;

  async function mineAt(timestamp: bigint): Promise<void> {
    // The chain's time stands where the last block left it, whatever the clock says.
    clock.setNext(timestamp, timestampOf());
    blocks.push((await miner.mineOne(timestamp)).block);
  }

  if (count < 1n) return blocks;
  if (store.appendEmpty === undefined && count > MOST_STORED) {
    throw new ChainError(
      "RUN_TOO_LONG",
      `A chain on disk stores every block; ${count} at once are too many, at most ${MOST_STORED} are made`,
      { count, limit: MOST_STORED },
    );
  }
  // Before anything is made: the last block must have a time.
  checkTimestamp(clock.peek(timestampOf()) + (count - 1n) * interval);
  blocks.push((await miner.mineOne()).block);
  for (let left = count - 1n; left > 0n; left--) {
    const timestamp = timestampOf() + interval;
    if (left > LEAST_RUN && store.appendEmpty !== undefined && isIdle(ledger)) {
      const environment = nextEnvironment(ledger, timestamp);
      const { after: state, block } = store.head();
      const { stateRoot } = block.header;
      const run = { first: environment.number, count: left - 1n, interval, timestamp, environment, state, stateRoot };
      store.appendEmpty(run);
      keepHashesOf(ledger.state, ledger.rules, run);
      await mineAt(timestampOf() + interval);
      break;
    }
    await mineAt(timestamp);
  }
  return blocks;
}

/** Whether the last block took no transaction and one more has the same fees: then it takes none either, whatever waits. */
function isIdle(ledger: Ledger): boolean {
  if (ledger.store.head().block.transactions.length > 0) return false;
  const { baseFeePerGas = 0n, excessBlobGas = 0n } = ledger.store.head().block.header;
  return excessBlobGas === 0n && ledger.knobs.nextBaseFee === undefined && nextBaseFee(ledger) === baseFeePerGas;
}
