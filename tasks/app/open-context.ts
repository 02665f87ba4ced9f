import { BanyanError } from "@banyan/app-common";
import type { AppContext } from "@banyan/app-common/app";
import { isLanguage, LANGUAGES, type Language } from "@banyan/app-common/app";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

/** Reads `--lang`. */
export function parseLanguage(value: string): Language {
  if (isLanguage(value)) return value;
  throw new BanyanError("LANGUAGE_UNKNOWN", `--lang ${value}: there is no such language`, {
    cure: `Choose one of: ${LANGUAGES.join(", ")}.`,
  });
}

/**
 * Compiles and connects to the chosen network.
 *
 * @param hre - Hardhat
 * @param options - the language, and whether standard output must stay clean
 */
export async function openContext(
  hre: HardhatRuntimeEnvironment,
  { language, quiet }: { readonly language: Language; readonly quiet: boolean },
): Promise<AppContext> {
  await hre.tasks.getTask("build").run({ quiet, noTests: true });
  const connection = await hre.network.create();
  const inProcess =
    connection.networkConfig.type === "edr-simulated" ||
    ("inProcess" in connection.networkConfig && connection.networkConfig.inProcess === true);
  return {
    connection,
    network: connection.networkName,
    inProcess,
    language,
    stderr: process.stderr,
    now: () => performance.now(),
    root: hre.config.paths.root,
  };
}
