import type { ArtifactManager } from "hardhat/types/artifacts";
import type { Abi } from "viem";
import { toHex } from "../codec/hex.ts";
import type { ErrorNamer } from "../trace/failure.ts";

type AbiError = Extract<Abi[number], { type: "error" }>;

/** Custom errors of all compiled contracts, by selector. */
type ErrorIndex = ReadonlyMap<string, AbiError>;

/** One index per project: connections come and go, the contracts stay. */
const indexes = new WeakMap<ArtifactManager, Promise<ErrorIndex>>();

async function readIndex(artifacts: ArtifactManager): Promise<ErrorIndex> {
  const { toFunctionSelector } = await import("viem");
  const { formatAbiItem } = await import("viem/utils");
  const index = new Map<string, AbiError>();
  for (const name of await artifacts.getAllFullyQualifiedNames()) {
    const { abi } = await artifacts.readArtifact(name);
    for (const item of abi) if (item.type === "error") index.set(toFunctionSelector(formatAbiItem(item)), item);
  }
  return index;
}

/**
 * Names custom errors by the ABIs of the project's compiled contracts, which are read when the first one is met.
 * @param artifacts the project's artifacts
 */
export function createErrorNamer(artifacts: ArtifactManager): ErrorNamer {
  return async (revertData) => {
    let index = indexes.get(artifacts);
    if (index === undefined) {
      index = readIndex(artifacts);
      indexes.set(artifacts, index);
    }
    const data = toHex(revertData);
    const item = (await index).get(data.slice(0, 10));
    if (item === undefined) return undefined;
    const { nameCustomError } = await import("../trace/solidity/abi-values.ts");
    return nameCustomError([item], revertData);
  };
}
