/** Forks of Ethereum's mainnet that a chain can have, oldest first. */
export const CHAIN_FORKS = [
  "byzantium",
  "constantinople",
  "petersburg",
  "istanbul",
  "berlin",
  "london",
  "paris",
  "shanghai",
  "cancun",
  "prague",
  "osaka",
] as const;

/** A fork that a chain can have. */
export type ChainFork = (typeof CHAIN_FORKS)[number];

/** All that changed execution, in their order: the chain offers Byzantium and later, the older ones serve the public tests. */
export const FORKS = ["frontier", "homestead", "tangerineWhistle", "spuriousDragon", ...CHAIN_FORKS] as const;

/** A fork by its name. */
export type Fork = (typeof FORKS)[number];

const places: ReadonlyMap<Fork, number> = new Map(FORKS.map((fork, place) => [fork, place]));

/** Whether a fork has the rules of another: whether it is that one or came later. */
export function isAtLeast(fork: Fork, other: Fork): boolean {
  return (places.get(fork) as number) >= (places.get(other) as number);
}
