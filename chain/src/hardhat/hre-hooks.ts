import type { HardhatRuntimeEnvironmentHooks } from "hardhat/types/hooks";
import { measuringOption } from "./measuring-option.ts";

/** Name of Hardhat's own simulated network beside ours. */
const EDR_NETWORK = "edr";

/**
 * Makes the hooks of the runtime environment. Coverage and gas figures come out of Hardhat's own network: who asks for them and names no network
 * gets that one, and is told so. Who names ours is refused by the network hooks.
 */
export default async (): Promise<Partial<HardhatRuntimeEnvironmentHooks>> => ({
  async created(_context, hre) {
    const option = measuringOption(hre.globalOptions);
    if (option === undefined || hre.globalOptions.network !== undefined) return;
    if (hre.config.networks[EDR_NETWORK]?.type !== "edr-simulated") return;
    // The network manager reads it when the first connection is opened.
    Object.assign(hre.globalOptions, { network: EDR_NETWORK });
    console.error(`${option} is measured on Hardhat's own network: this run uses --network ${EDR_NETWORK}.`);
  },
});
