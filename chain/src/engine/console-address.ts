import type { Address } from "../types.ts";

/** Address that `hardhat/console.sol` calls: "console.log" in ASCII. */
export const CONSOLE_ADDRESS: Address = "0x000000000000000000636f6e736f6c652e6c6f67";
