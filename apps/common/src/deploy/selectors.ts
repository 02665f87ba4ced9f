import { type Abi, type Hex, toFunctionSelector } from "viem";
import { BanyanError } from "../errors.ts";

/**
 * The selectors of a contract's functions.
 *
 * @param abi - the contract's ABI
 * @param names - functions by name
 * @returns one selector per name, in the same order
 * @throws BanyanError `FUNCTION_UNKNOWN` when the ABI has no function of a name, or more than one
 */
export function selectorsOf(abi: Abi, names: readonly string[]): Hex[] {
  return names.map((name) => {
    const [found, second] = abi.filter((item) => item.type === "function" && item.name === name);
    if (found?.type !== "function" || second !== undefined) {
      throw new BanyanError(
        "FUNCTION_UNKNOWN",
        `the contract has ${found ? "several functions" : "no function"} "${name}"`,
        { cure: "Correct the name where the roles of the deployment are listed." },
      );
    }
    return toFunctionSelector(found);
  });
}
