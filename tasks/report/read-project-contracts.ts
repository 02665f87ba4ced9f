import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { createCompilationLoader, readArtifactFile } from "../contract-model/compilation.ts";
import { readContract } from "../contract-model/read-contract.ts";
import type { ContractModel } from "../contract-model/types.ts";

/** Reads every contract, interface and library of the project, mocks left out, sorted by source and name. */
export async function readProjectContracts(hre: HardhatRuntimeEnvironment): Promise<ContractModel[]> {
  const names = [...(await hre.artifacts.getAllFullyQualifiedNames())].filter(isOfTheProject).sort();
  const load = createCompilationLoader(hre.config.paths.artifacts);
  return await Promise.all(
    names.map(async (name) => {
      const artifact = readArtifactFile(await hre.artifacts.getArtifactPath(name));
      return readContract(artifact, load(artifact));
    }),
  );
}

function isOfTheProject(name: string): boolean {
  return name.startsWith("contracts/") && !name.startsWith("contracts/mocks/") && !name.includes(".t.sol");
}

/** The folder of a contract under `contracts/`. */
export function domainOf({ source }: Pick<ContractModel, "source">): string {
  return source.split("/")[1] ?? source;
}
