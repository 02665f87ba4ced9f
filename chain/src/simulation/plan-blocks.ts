import { ChainError } from "../errors.ts";
import type { BlockHeader } from "../types.ts";
import { MOST_SIMULATED_BLOCKS, MOST_SIMULATED_CALLS, type SimulatedBlockRequest } from "./simulation.ts";

/** Seconds between blocks where no time is given: those of the main network. */
const BLOCK_TIME = 12n;

/** A block whose height and time are settled. */
export interface PlannedBlock extends SimulatedBlockRequest {
  readonly number: bigint;
  readonly timestamp: bigint;
}

/**
 * Settles height and time of every block, with empty ones where heights were left out.
 * @throws ChainError `SIMULATION_NUMBER_ORDER`, `SIMULATION_TIME_ORDER`, `SIMULATION_TOO_LONG`
 */
export function planBlocks(
  base: Pick<BlockHeader, "number" | "timestamp">,
  requests: readonly SimulatedBlockRequest[],
): PlannedBlock[] {
  const planned: PlannedBlock[] = [];
  const calls = requests.reduce((count, request) => count + request.calls.length, 0);
  if (calls > MOST_SIMULATED_CALLS) throw tooLong("calls", calls, MOST_SIMULATED_CALLS);
  let { number, timestamp } = base;
  for (const request of requests) {
    const wanted = request.blockOverrides?.number ?? number + 1n;
    if (wanted <= number) {
      throw new ChainError("SIMULATION_NUMBER_ORDER", `Block numbers must rise: ${wanted} comes after ${number}`, {
        number: wanted,
        previous: number,
      });
    }
    const blocks = wanted - base.number;
    if (blocks > BigInt(MOST_SIMULATED_BLOCKS)) throw tooLong("blocks", blocks, MOST_SIMULATED_BLOCKS);
    while (number + 1n < wanted) {
      number++;
      timestamp += BLOCK_TIME;
      planned.push({ number, timestamp, calls: [] });
    }
    const time = request.blockOverrides?.timestamp ?? timestamp + BLOCK_TIME;
    if (time <= timestamp) {
      throw new ChainError("SIMULATION_TIME_ORDER", `Block timestamps must rise: ${time} comes after ${timestamp}`, {
        timestamp: time,
        previous: timestamp,
      });
    }
    number = wanted;
    timestamp = time;
    planned.push({ ...request, number, timestamp });
  }
  return planned;
}

function tooLong(what: string, count: bigint | number, limit: number): ChainError {
  return new ChainError("SIMULATION_TOO_LONG", `A simulation has at most ${limit} ${what}, not ${count}`, {
    [what]: count,
    limit,
  });
}
