import "./type-extensions.ts";
import { definePlugin } from "hardhat/plugins";
import type { HardhatPlugin } from "hardhat/types/plugins";
import { chainTasks } from "./tasks/index.ts";

export { stackTracerOfProject } from "./build-infos.ts";
export { IN_PROCESS_URL, type InProcessChainConfig, inProcessNetwork } from "./config.ts";
export { createErrorNamer } from "./error-namer.ts";
export { chainOptionsOf, type ForkingConfig } from "./forking-config.ts";

/**
 * The Hardhat 3 plugin: the default network becomes a fresh in-process chain of this package for every connection, and Hardhat's own simulated
 * network stays reachable as `--network edr`. It brings the task `chain`, which serves a node.
 */
const banyanChain: HardhatPlugin = definePlugin({
  id: "banyan-chain",
  npmPackage: "@banyan/chain",
  tasks: chainTasks,
  hookHandlers: {
    config: () => import("./config-hooks.ts"),
    hre: () => import("./hre-hooks.ts"),
    network: () => import("./network-hooks.ts"),
  },
});

export default banyanChain;
