import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import hre from "hardhat";
import { generateClient } from "../../../tasks/bindings/generate-client.ts";

/** Where the committed client of the probes lies, which the tests also use. */
export const SNAPSHOT = path.join(import.meta.dirname, "..", "snapshots", "client");

/** The contracts of that client. */
export const PROBES = ["BindingProbe", "BindingProbeDesk"] as const;

/** Generates the client of the probes, with the errors of a third contract known too. */
export async function generateProbeClient(contracts: readonly string[] = PROBES): Promise<Map<string, string>> {
  return await generateClient({
    root: hre.config.paths.root,
    artifacts: await Promise.all(contracts.map((name) => hre.artifacts.getArtifactPath(name))),
    errorArtifacts: [await hre.artifacts.getArtifactPath("IBindingProbeVault")],
  });
}

/** The files of a folder by name. */
export async function readFolder(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).sort();
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, string]> => [name, await readFile(path.join(folder, name), "utf8")]),
    ),
  );
}
