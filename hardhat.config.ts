import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import banyanChain, { inProcessNetwork } from "@banyan/chain/hardhat";
import hardhatIgnitionViem from "@nomicfoundation/hardhat-ignition-viem";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatNetworkHelpers from "@nomicfoundation/hardhat-network-helpers";
import hardhatViem from "@nomicfoundation/hardhat-viem";
import hardhatViemAssertions from "@nomicfoundation/hardhat-viem-assertions";
import { defineConfig } from "hardhat/config";
import { tasks } from "./tasks/index.ts";

const require = createRequire(import.meta.url);
const { version: solcVersion }: { version: string } = require("solc/package.json");

export default defineConfig({
  plugins: [hardhatMocha, hardhatViem, hardhatViemAssertions, hardhatNetworkHelpers, hardhatIgnitionViem, banyanChain],
  tasks,
  networks: {
    // The chain on the EVM that ours is compared with: the same tests must pass.
    ethereumjs: inProcessNetwork({ engine: "ethereumjs" }),
  },
  test: {
    mocha: {
      reporter: fileURLToPath(new URL("./scripts/test/reporter.ts", import.meta.url)),
      forbidPending: true,
    },
  },
  solidity: {
    profiles: {
      default: {
        compilers: [
          {
            // The npm build of solc: nothing is downloaded, so a build works offline. 0.8.34 is the newest that does not warn of
            // OpenZeppelin's `at` functions (0.8.35 made the word a coming keyword), so that a warning always is one of ours.
            version: solcVersion,
            path: require.resolve("solc/soljson.js"),
            settings: {
              evmVersion: "cancun",
              optimizer: { enabled: true, runs: 200 },
              // The hash would change with every comment and with what else is compiled in the same run; without it the same code
              // always gives the same bytes, so that the committed clients can be compared.
              metadata: { bytecodeHash: "none" },
            },
          },
        ],
      },
    },
  },
});
