import { createRequire } from "node:module";
import banyanChain from "@banyan/chain/hardhat";
import hardhatIgnitionViem from "@nomicfoundation/hardhat-ignition-viem";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatNetworkHelpers from "@nomicfoundation/hardhat-network-helpers";
import hardhatViem from "@nomicfoundation/hardhat-viem";
import hardhatViemAssertions from "@nomicfoundation/hardhat-viem-assertions";
import { defineConfig } from "hardhat/config";
import { tasks } from "./tasks/index.ts";

const require = createRequire(import.meta.url);

export default defineConfig({
  plugins: [hardhatMocha, hardhatViem, hardhatViemAssertions, hardhatNetworkHelpers, hardhatIgnitionViem, banyanChain],
  tasks,
  solidity: {
    profiles: {
      default: {
        compilers: [
          {
            version: "0.8.37",
            // The npm build of solc: nothing is downloaded, so a build works offline.
            path: require.resolve("solc/soljson.js"),
            settings: {
              evmVersion: "cancun",
              optimizer: { enabled: true, runs: 200 },
            },
          },
        ],
      },
    },
  },
});
