import { readdirSync } from "node:fs";
import { join } from "node:path";
import { BanyanError } from "@banyan/app-common";
import {
  type AppContext,
  type ConnectOptions,
  isLanguage,
  LANGUAGES,
  type Language,
  type Text,
} from "@banyan/app-common/app";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import { isInProcess, startingAt } from "../support/initial-date.ts";

/** The network that is a chain of ours in this process. */
const PRIVATE_NETWORK = "default";

const BUILDING: Text = {
  en: "Compiling what changed of the contracts",
  zh: "正在编译有改动的合约",
};

/** Reads `--lang`. */
export function parseLanguage(value: string): Language {
  if (isLanguage(value)) return value;
  throw new BanyanError(
    "LANGUAGE_UNKNOWN",
    {
      en: `--lang ${value}: there is no such language`,
      zh: `--lang ${value}：没有这种语言`,
    },
    {
      cure: { en: `Choose one of: ${LANGUAGES.join(", ")}.`, zh: `请选择：${LANGUAGES.join("、")}。` },
    },
  );
}

/** Options of {@link withContext}. */
export interface ContextOptions {
  readonly language: Language;
  /** Whether standard output must stay clean. */
  readonly quiet: boolean;
  /** The folders of `contracts/` that are needed: the first start compiles these and leaves the others to whom they concern. */
  readonly contracts: readonly string[];
}

/** The Solidity files of folders of `contracts/`. */
function sourcesOf(hre: HardhatRuntimeEnvironment, folders: readonly string[]): string[] {
  return hre.config.paths.sources.solidity.flatMap((sources) =>
    folders.flatMap((folder) =>
      readdirSync(join(sources, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".sol"))
        .map((file) => join(sources, folder, file)),
    ),
  );
}

/**
 * Compiles, then works with the chosen network; whatever was connected is closed at the end.
 *
 * @param hre - Hardhat
 * @param options - the language, whether standard output must stay clean, and what is compiled
 * @param work - what to do
 */
export async function withContext(
  hre: HardhatRuntimeEnvironment,
  { language, quiet, contracts }: ContextOptions,
  work: (context: AppContext) => Promise<void>,
): Promise<void> {
  if (!quiet) process.stderr.write(`${BUILDING[language]}\n`);
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true, files: sourcesOf(hre, contracts) });
  const network = hre.globalOptions.network ?? PRIVATE_NETWORK;
  const config = hre.config.networks[network];
  if (config === undefined) {
    throw new BanyanError(
      "NETWORK_UNKNOWN",
      {
        en: `--network ${network}: there is no such network`,
        zh: `--network ${network}：没有这个网络`,
      },
      {
        cure: {
          en: `Choose one of: ${Object.keys(hre.config.networks).join(", ")}; or add it to hardhat.config.ts.`,
          zh: `请选择：${Object.keys(hre.config.networks).join("、")}；或在 hardhat.config.ts 中添加。`,
        },
      },
    );
  }
  const opened: NetworkConnection[] = [];
  const stop = new AbortController();
  // The first Ctrl+C lets the event under way end; a second one ends the process, which loses nothing either.
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt);
  const open = async (name: string, { initialDate }: ConnectOptions = {}): Promise<NetworkConnection> => {
    const override = initialDate === undefined ? {} : startingAt(hre.config.networks[name], initialDate);
    const connection = await hre.network.create({ network: name, ...override });
    opened.push(connection);
    return connection;
  };
  try {
    await work({
      network,
      inProcess: isInProcess(config),
      connect: (options) => open(network, options),
      connectPrivately: (options) => open(PRIVATE_NETWORK, options),
      language,
      stderr: process.stderr,
      now: () => performance.now(),
      signal: stop.signal,
      root: hre.config.paths.root,
      ignition: hre.config.paths.ignition,
    });
  } finally {
    process.off("SIGINT", interrupt);
    for (const connection of opened) await connection.close();
  }
}
