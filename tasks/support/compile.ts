import { readFile } from "node:fs/promises";
import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { BanyanError } from "../../apps/common/src/errors.ts";

/**
 * Compiles the contracts, silently if all is well.
 *
 * @throws BanyanError `COMPILER_OUTDATED` when another compiler is installed than package.json asks for: what is generated from its output would
 * differ from everybody else's
 */
export async function compile(hre: HardhatRuntimeEnvironment): Promise<void> {
  const { root } = hre.config.paths;
  const wanted = await versionIn(path.join(root, "package.json"), (json) => json.devDependencies?.solc);
  const installed = await versionIn(path.join(root, "node_modules", "solc", "package.json"), (json) => json.version);
  if (wanted !== installed) {
    throw new BanyanError("COMPILER_OUTDATED", `solc ${installed} is installed, package.json asks for ${wanted}`, {
      cure: "Install what package.json asks for: node scripts/setup.mjs, or npm ci.",
    });
  }
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
}

interface PackageJson {
  readonly version?: string;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

async function versionIn(file: string, select: (json: PackageJson) => string | undefined): Promise<string | undefined> {
  const json: PackageJson = JSON.parse(await readFile(file, "utf8"));
  return select(json);
}
