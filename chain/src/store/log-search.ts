import { bloomMayContain } from "../builder/bloom.ts";
import { ChainError } from "../errors.ts";
import type { Address, Block, Hash, LogFilter, PlacedLog } from "../types.ts";

type Conditions = Pick<LogFilter, "addresses" | "topics">;

/** Logs of a block that match, in order. The block's bloom spares looking at most blocks. */
export function matchingLogs(block: Block, conditions: Conditions): PlacedLog[] {
  if (block.receipts.length === 0 || !mayMatch(block.header.logsBloom, conditions)) return [];
  return block.receipts.flatMap((receipt) => receipt.logs.filter((log) => logMatches(log, conditions)));
}

/** The logs found, unless they are too many. @throws ChainError `TOO_MANY_LOGS` */
export function withinLimit(found: PlacedLog[], { limit }: Pick<LogFilter, "limit">): PlacedLog[] {
  if (limit === undefined || found.length <= limit) return found;
  throw new ChainError("TOO_MANY_LOGS", `More than ${limit} logs match: ask for fewer blocks`, { limit });
}

/** True if a log has one of the addresses and, at each position, one of the topics. */
export function logMatches(
  log: { readonly address: Address; readonly topics: readonly Hash[] },
  { addresses, topics }: Conditions,
): boolean {
  if (addresses !== undefined && addresses.length > 0 && !addresses.includes(log.address)) return false;
  return (topics ?? []).every((wanted, position) => {
    const topic = log.topics[position];
    // A position that the filter names must be there, even if every topic will do.
    return topic !== undefined && (wanted === null || wanted.length === 0 || wanted.includes(topic));
  });
}

/** False if a block with this bloom certainly has no such log. */
export function mayMatch(bloom: Uint8Array, { addresses, topics }: Conditions): boolean {
  if (addresses !== undefined && addresses.length > 0 && !addresses.some((address) => bloomMayContain(bloom, address)))
    return false;
  return (topics ?? []).every(
    (wanted) => wanted === null || wanted.length === 0 || wanted.some((topic) => bloomMayContain(bloom, topic)),
  );
}
