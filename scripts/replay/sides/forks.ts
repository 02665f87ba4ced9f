import { CHAIN_FORKS, type ChainFork } from "../../../chain/src/rules/fork.ts";

/** Every fork by its plain name, oldest first, with the fork of ours that comes nearest. Forks that changed no rules have those of the one before. */
const AGES: readonly string[] = [
  "frontier",
  "frontierthawing",
  "homestead",
  "dao",
  "tangerine",
  "spurious",
  "byzantium",
  "constantinople",
  "petersburg",
  "istanbul",
  "muirglacier",
  "berlin",
  "london",
  "arrowglacier",
  "grayglacier",
  "paris",
  "shanghai",
  "cancun",
  "prague",
  "osaka",
  "amsterdam",
];

const OTHER_NAMES: Readonly<Record<string, string>> = {
  daofork: "dao",
  tangerinewhistle: "tangerine",
  spuriousdragon: "spurious",
  merge: "paris",
  latest: "osaka",
};

/** The fork's usual name in letters alone; `undefined` if nobody knows it. */
export function plainFork(name: string): string | undefined {
  const plain = OTHER_NAMES[name] ?? name;
  return AGES.includes(plain) ? plain : undefined;
}

/** The fork of ours whose rules come nearest: the newest that is not newer, else the oldest. */
export function nearestFork(name: string): ChainFork {
  const age = AGES.indexOf(plainFork(name) ?? name);
  let [nearest]: readonly ChainFork[] = CHAIN_FORKS;
  for (const fork of CHAIN_FORKS) if (AGES.indexOf(fork.toLowerCase()) <= age) nearest = fork;
  return nearest ?? "london";
}
