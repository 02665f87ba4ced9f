import { artifacts } from "hardhat";
import type { Abi } from "viem";

/** A contract, or a library with functions of its own, that can be deployed. */
export interface Deployable {
  readonly contract: string;
  readonly abi: Abi;
}

/**
 * Everything of some folders of `contracts/` that is deployed: no interface, no abstract contract, no library that is compiled into others.
 *
 * @param folders - such as `prepaid`
 */
export async function deployablesOf(...folders: readonly string[]): Promise<Deployable[]> {
  const names = [...(await artifacts.getAllFullyQualifiedNames())].sort();
  const found: Deployable[] = [];
  for (const name of names) {
    if (!folders.some((folder) => name.startsWith(`contracts/${folder}/`))) continue;
    const { contractName, abi, bytecode } = await artifacts.readArtifact(name);
    if (bytecode === "0x" || !abi.some(({ type }) => type === "function")) continue;
    found.push({ contract: contractName, abi: abi as Abi });
  }
  return found;
}
