/** Forks of Ethereum's mainnet that changed execution, in their order. The chain offers London and later; the older ones serve the public tests. */
export const FORKS = [
  "frontier",
  "homestead",
  "tangerineWhistle",
  "spuriousDragon",
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

/** A fork by its name. */
export type Fork = (typeof FORKS)[number];

/** Whether a fork has the rules of another: whether it is that one or came later. */
export function isAtLeast(fork: Fork, other: Fork): boolean {
  return FORKS.indexOf(fork) >= FORKS.indexOf(other);
}
