import { inProcessNetwork } from "@banyan/chain/hardhat";
import type { NetworkConfig } from "hardhat/types/config";

/** Whether the chain of a network lives in this process and ends with it. */
export function isInProcess(config: NetworkConfig): boolean {
  return config.type === "edr-simulated" || config.banyan !== undefined;
}

/**
 * What to create a network's connection with, so that its chain begins at a moment.
 *
 * @param config - the network; one that does not live in this process keeps its own time
 * @param initialDate - the time of the first block, in seconds
 */
export function startingAt(config: NetworkConfig | undefined, initialDate: bigint) {
  if (config === undefined || !isInProcess(config)) return {};
  if (config.type === "edr-simulated") return { override: { initialDate: new Date(Number(initialDate) * 1000) } };
  return { override: { ...inProcessNetwork({ ...config.banyan, initialDate: Number(initialDate) * 1000 }) } };
}
