import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

/** Compiles the contracts, silently if all is well. */
export async function compile(hre: HardhatRuntimeEnvironment): Promise<void> {
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
}
