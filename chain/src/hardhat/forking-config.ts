import { join } from "node:path";
import type { ConfigurationVariable, ResolvedConfigurationVariable, SensitiveString } from "hardhat/types/config";
import type { EmbeddedChainOptions } from "../create-chain.ts";
import type { ForkingOptions } from "../options.ts";
import type { InProcessChainConfig } from "./config.ts";

/** The setting `forking` of an in-process network: those of {@link ForkingOptions}, with some liberties of configuration files. */
export interface ForkingConfig extends Omit<ForkingOptions, "url" | "blockNumber"> {
  /** The endpoint, or the configuration variable that holds it: URLs of providers contain keys. */
  readonly url: SensitiveString | ResolvedConfigurationVariable;
  readonly blockNumber?: bigint | number;
  /** False: the network begins with an own genesis after all. Default true. */
  readonly enabled?: boolean;
}

const FOLDER = "forks";

/** What each part must be, by name. */
const kinds: Readonly<Record<keyof ForkingConfig, readonly string[]>> = {
  url: ["string", "object"],
  blockNumber: ["bigint", "number"],
  headers: ["object"],
  cacheDir: ["string", "boolean"],
  requestsPerSecond: ["number"],
  batchSize: ["number"],
  retries: ["number"],
  timeout: ["number"],
  enabled: ["boolean"],
};

function isPart(name: string): name is keyof ForkingConfig {
  return Object.hasOwn(kinds, name);
}

/** What is wrong with the setting: the path below it, and why. */
export function forkingProblems(forking: unknown): { readonly path: readonly string[]; readonly message: string }[] {
  if (typeof forking !== "object" || forking === null)
    return [{ path: [], message: "Expected {url, blockNumber, headers, cacheDir}" }];
  const problems = Object.entries(forking).flatMap(([name, value]) => {
    if (!isPart(name))
      return [{ path: [name], message: `Unknown setting; known ones are ${Object.keys(kinds).join(", ")}` }];
    const isFit = value === undefined || (value !== null && kinds[name].includes(typeof value));
    return isFit ? [] : [{ path: [name], message: `Expected a ${kinds[name].join(" or a ")}` }];
  });
  return "url" in forking && forking.url !== undefined
    ? problems
    : [...problems, { path: ["url"], message: "Expected the URL of a JSON-RPC endpoint" }];
}

/**
 * Options of the chain that settings describe: configuration variables are read, and the fork's cache lies in the project's.
 * @param settings of the network
 * @param cache folder of the project's cache
 */
export async function chainOptionsOf(settings: InProcessChainConfig, cache: string): Promise<EmbeddedChainOptions> {
  const { forking, ...own } = settings;
  const options = { ...own, forkCacheDir: join(cache, FOLDER) };
  if (forking === undefined || forking.enabled === false) return options;
  const { enabled: _enabled, url, blockNumber, ...rest } = forking;
  return {
    ...options,
    forking: {
      ...rest,
      url: await readUrl(url),
      ...(blockNumber === undefined ? {} : { blockNumber: BigInt(blockNumber) }),
    },
  };
}

/** Hardhat resolves configuration variables once, together with the rest of the configuration. */
export function resolveForking(
  settings: InProcessChainConfig,
  resolve: (variable: SensitiveString) => ResolvedConfigurationVariable,
): InProcessChainConfig {
  const { forking } = settings;
  if (forking === undefined || isResolved(forking.url)) return settings;
  return { ...settings, forking: { ...forking, url: resolve(forking.url) } };
}

function isResolved(
  url: string | ConfigurationVariable | ResolvedConfigurationVariable,
): url is ResolvedConfigurationVariable {
  return typeof url === "object" && url._type === "ResolvedConfigurationVariable";
}

async function readUrl(url: ForkingConfig["url"]): Promise<string> {
  if (typeof url === "string") return url;
  return isResolved(url) ? url.getUrl() : url.name;
}
