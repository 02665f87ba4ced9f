import { type Abi, type ContractFunctionName, type Hex, toFunctionSelector } from "viem";

/**
 * The selectors of functions of a contract, by name; a name that the contract does not have does not compile.
 *
 * @param contract - The contract.
 * @param names - The functions.
 * @returns One selector per function of these names.
 */
export function selectorsOf<const TAbi extends Abi>(
  contract: { readonly abi: TAbi },
  ...names: ContractFunctionName<TAbi>[]
): Hex[] {
  const wanted = new Set<string>(names);
  const abi: Abi = contract.abi;
  return abi.flatMap((item) => (item.type === "function" && wanted.has(item.name) ? [toFunctionSelector(item)] : []));
}
