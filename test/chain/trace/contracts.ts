import type { Address } from "@banyan/chain";

const push = (address: Address): string => `73${address.slice(2)}`;

/** Writes 1 into slot 2 and reverts with `Error("no")`. */
export const REVERTING = [
  "6001600255", // SSTORE(2, 1)
  `7f08c379a0${"0".repeat(56)}5f52`, // MSTORE(0, selector)
  "6020600452", // MSTORE(4, 32)
  "6002602452", // MSTORE(36, 2)
  `7f6e6f${"0".repeat(60)}604452`, // MSTORE(68, "no")
  "60645ffd",
].join("");

/** Logs one topic and returns 32 bytes. */
export const LOGGING = "6007602060" + "00a1" + "602a5f52" + "60205ff3";

/** Calls each of the targets with the call data given to it, logs, writes 5 into slot 1 and returns the word 0xaa. */
export function caller(...targets: readonly Address[]): string {
  const calls = targets.map((target) => `365f5f375f5f365f5f${push(target)}5af150`).join("");
  return `${calls}60095f5fa1600560015560aa5f5260205ff3`;
}

/** Gives its balance to the address of 20 bytes 0xbb and ends. */
export const DESTROYING = `73${"bb".repeat(20)}ff`;

/** Counts down from a number in the call data, about 20 gas a round. */
export const COUNTING = "5f355b6001900380600257" + "00";

/** Jumps to itself until the gas is used up. */
export const ENDLESS = "5b5f56";
