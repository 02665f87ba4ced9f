import type { GlobalOptions } from "hardhat/types/global-options";

/** The option that asks for figures which only Hardhat's own network gives; `undefined` if none does. */
export function measuringOption({ coverage, gasStats, gasStatsJson }: GlobalOptions): string | undefined {
  if (coverage) return "--coverage";
  if (gasStats) return "--gas-stats";
  return gasStatsJson === undefined ? undefined : "--gas-stats-json";
}
