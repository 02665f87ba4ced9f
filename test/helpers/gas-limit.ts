import hre from "hardhat";

/**
 * The most gas that a call of the domain may use: 5 million (house rule B12). With `--coverage` the contracts carry the
 * bookkeeping of what was run, and the limit is three times as high.
 */
export const CALL_GAS_LIMIT = hre.globalOptions.coverage ? 15_000_000n : 5_000_000n;
