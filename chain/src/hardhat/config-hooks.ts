import type { HardhatConfig, HardhatUserConfig, NetworkConfig, NetworkUserConfig } from "hardhat/types/config";
import type { ConfigHooks, HardhatUserConfigValidationError } from "hardhat/types/hooks";
import { type InProcessChainConfig, inProcessNetwork, settingKinds } from "./config.ts";
import { forkingProblems, resolveForking } from "./forking-config.ts";
import { takeSimulatedSettings } from "./simulated-settings.ts";

/** Name that Hardhat connects to when none is asked for. */
const DEFAULT_NETWORK = "default";
/** Name of Hardhat's own simulated network beside ours. */
const EDR_NETWORK = "edr";

/** A network of ours may have settings in the words of Hardhat's simulated one. */
function withSettings(network: NetworkUserConfig): NetworkUserConfig {
  if (network.type !== "http" || network.banyan === undefined) return network;
  return { ...takeSimulatedSettings(network), type: network.type, url: network.url };
}

/** Completes the networks: ours is the default one, Hardhat's own has the name `edr`. What the user wrote wins. */
function withNetworks(config: HardhatUserConfig): HardhatUserConfig {
  const given = config.networks ?? {};
  const asDefault: Partial<NetworkUserConfig> = given[DEFAULT_NETWORK] ?? {};
  const isOurs = asDefault.type === undefined;
  return {
    ...config,
    networks: {
      [EDR_NETWORK]: { type: "edr-simulated", hardfork: "cancun" },
      ...Object.fromEntries(Object.entries(given).map(([name, network]) => [name, withSettings(network)])),
      // An override for one connection arrives as a part of a network: the rest is ours.
      ...(isOurs
        ? { [DEFAULT_NETWORK]: withSettings({ ...inProcessNetwork(), ...asDefault } as NetworkUserConfig) }
        : {}),
    },
  };
}

function settingsOf(network: NetworkUserConfig | undefined): InProcessChainConfig | undefined {
  return network?.type === "http" ? network.banyan : undefined;
}

const expectations: Readonly<Record<(typeof settingKinds)[keyof InProcessChainConfig], string>> = {
  bigint: "a bigint",
  number: "a number",
  string: "a string",
  boolean: "a boolean",
  interval: "milliseconds or a pair of them",
  cap: "a bigint, or false for no cap",
  forking: "{url, blockNumber, headers, cacheDir}",
};

function fits(kind: (typeof settingKinds)[keyof InProcessChainConfig], value: unknown): boolean {
  if (kind === "cap") return typeof value === "bigint" || value === false;
  if (kind !== "interval") return typeof value === kind;
  return (
    typeof value === "number" ||
    (Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === "number"))
  );
}

function isSetting(name: string): name is keyof InProcessChainConfig {
  return Object.hasOwn(settingKinds, name);
}

function problemsOf(networkName: string, settings: InProcessChainConfig): HardhatUserConfigValidationError[] {
  const problems: HardhatUserConfigValidationError[] = [];
  for (const [name, value] of Object.entries(settings)) {
    const path = ["networks", networkName, "banyan", name];
    if (!isSetting(name))
      problems.push({ path, message: `Unknown setting; known ones are ${Object.keys(settingKinds).join(", ")}` });
    else if (name === "forking" && value !== undefined)
      problems.push(...forkingProblems(value).map((problem) => ({ ...problem, path: [...path, ...problem.path] })));
    else if (value !== undefined && !fits(settingKinds[name], value)) {
      problems.push({
        path,
        message: `Expected ${expectations[settingKinds[name]]}`,
      });
    }
  }
  return problems;
}

/** Makes the configuration hooks of the plugin. */
export default async (): Promise<Partial<ConfigHooks>> => ({
  extendUserConfig: (config, next) => next(withNetworks(config)),
  async validateUserConfig(config) {
    return Object.entries(config.networks ?? {}).flatMap(([name, network]) =>
      problemsOf(name, settingsOf(network) ?? {}),
    );
  },
  async resolveUserConfig(userConfig, resolveConfigurationVariable, next): Promise<HardhatConfig> {
    const resolved = await next(userConfig, resolveConfigurationVariable);
    const networks: Record<string, NetworkConfig> = {};
    for (const [name, network] of Object.entries(resolved.networks)) {
      const settings = settingsOf(userConfig.networks?.[name]);
      networks[name] =
        network.type === "http" && settings !== undefined
          ? { ...network, banyan: resolveForking(settings, resolveConfigurationVariable) }
          : network;
    }
    return { ...resolved, networks };
  },
});
