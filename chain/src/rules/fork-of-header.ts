import type { BlockHeader } from "../types.ts";
import type { Fork } from "./fork.ts";

/** First blocks of mainnet's forks whose headers look like those before. */
const MAINNET: readonly (readonly [Fork, bigint])[] = [
  ["berlin", 12_244_000n],
  ["istanbul", 9_069_000n],
  ["petersburg", 7_280_000n],
  ["byzantium", 4_370_000n],
  ["spuriousDragon", 2_675_000n],
  ["tangerineWhistle", 2_463_000n],
  ["homestead", 1_150_000n],
  ["frontier", 0n],
];
/** First seconds of Osaka, whose headers look like Prague's, by chain id: mainnet, Sepolia, Holesky, Hoodi. */
const OSAKA: ReadonlyMap<bigint, bigint> = new Map([
  [1n, 1_764_798_551n],
  [11_155_111n, 1_760_427_360n],
  [17_000n, 1_759_308_480n],
  [560_048n, 1_761_677_592n],
]);

/**
 * The fork whose rules a block of another chain was made under, as its header shows: each fork since London added a field. Where the header does
 * not show it (before London, and Osaka), the dates of Ethereum's chains decide, and on others the newest fork that fits.
 */
export function forkOfHeader(chainId: bigint, header: BlockHeader): Fork {
  if (header.requestsHash !== undefined) {
    const osaka = OSAKA.get(chainId);
    return osaka !== undefined && header.timestamp >= osaka ? "osaka" : "prague";
  }
  if (header.parentBeaconBlockRoot !== undefined) return "cancun";
  if (header.withdrawalsRoot !== undefined) return "shanghai";
  if (header.baseFeePerGas !== undefined) return header.difficulty === 0n ? "paris" : "london";
  if (chainId !== 1n) return "berlin";
  return MAINNET.find(([, from]) => header.number >= from)?.[0] ?? "frontier";
}
