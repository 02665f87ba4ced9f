import { type Fork, isAtLeast } from "../../rules/fork.ts";

/** What a chain may set apart from its fork. */
export interface FigureOptions {
  /** Lifts EIP-170 and EIP-3860. */
  readonly allowUnlimitedContractSize: boolean;
}

const UNLIMITED = 0xffff_ffff;

/** The figures of a fork in the order in which `assembly/parameters.ts` reads them. */
export function forkFigures(fork: Fork, options: FigureOptions): Uint32Array {
  const has = (other: Fork): boolean => isAtLeast(fork, other);
  const berlin = has("berlin");
  const netMetering = fork === "constantinople" || has("istanbul");
  const limited = !options.allowUnlimitedContractSize;
  return Uint32Array.of(
    // EIP-2929: 2,600 for a cold account instead of 100; 2,100 for a cold slot instead of 100; SSTORE on a cold slot 2,100 more.
    berlin ? 2_500 : 0,
    berlin ? 2_000 : 0,
    berlin ? 2_100 : 0,
    // EIP-1283 in Constantinople, taken back by Petersburg; EIP-2200 from Istanbul on.
    netMetering ? 1 : 0,
    berlin ? 100 : has("istanbul") ? 800 : 200,
    20_000,
    berlin ? 2_900 : 5_000,
    has("london") ? 4_800 : 15_000,
    has("istanbul") ? 2_300 : 0,
    has("spuriousDragon") ? 50 : 10,
    has("tangerineWhistle") ? 1 : 0,
    has("cancun") ? 1 : 0,
    has("london") ? 0 : 24_000,
    has("spuriousDragon") && limited ? 24_576 : UNLIMITED,
    has("shanghai") && limited ? 49_152 : UNLIMITED,
    has("shanghai") ? 2 : 0,
    has("london") ? 1 : 0,
    has("spuriousDragon") ? 1 : 0,
    has("homestead") ? 0 : 1,
    has("spuriousDragon") ? 1 : 0,
    has("tangerineWhistle") ? 25_000 : 0,
    berlin ? 2_600 : 0,
    // EIP-7610 holds for all blocks ever mined.
    1,
    has("prague") ? 1 : 0,
  );
}
