import type { Chain } from "../../chain.ts";
import type { Block } from "../../types.ts";

/** Blocks that are looked at together. */
const MOST_TOGETHER = 256;
/** Heights that are looked at together at first: more after runs without transactions, fewer where there are many. */
const FIRST_WINDOW = 256n;
const FACTOR = 8n;

/**
 * The blocks of a chain that hold transactions, from one height to another, up or down. A run of empty blocks is passed over at once, however
 * long it is.
 */
export async function* walkBlocks(chain: Chain, from: bigint, to: bigint): AsyncGenerator<Block> {
  const isUp = from <= to;
  let window = FIRST_WINDOW;
  let at = from;
  while (isUp ? at <= to : at >= to) {
    const end = isUp ? least(at + window - 1n, to) : most(at - window + 1n, to);
    const [first, last] = isUp ? [at, end] : [end, at];
    const found = await chain.inspect.blocksWithTransactions(first, last, MOST_TOGETHER);
    if (found.length === MOST_TOGETHER && window > FIRST_WINDOW) {
      window = most(window / FACTOR, FIRST_WINDOW);
      continue;
    }
    yield* isUp ? found : [...found].reverse();
    if (found.length < MOST_TOGETHER / 2) window *= FACTOR;
    at = isUp ? end + 1n : end - 1n;
  }
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
