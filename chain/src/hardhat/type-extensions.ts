import "hardhat/types/config";
import type { InProcessChainConfig } from "./config.ts";

declare module "hardhat/types/config" {
  interface HttpNetworkUserConfig {
    /** Makes this network a fresh in-process chain for every connection; `url` is not used then. */
    banyan?: InProcessChainConfig;
  }

  interface HttpNetworkConfig {
    /** Set on a network that is a fresh in-process chain for every connection. */
    banyan?: InProcessChainConfig;
  }
}
