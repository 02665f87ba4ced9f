// One ERC-20 transfer, automined: ours in process, Hardhat's own network (EDR), and the stock runTx of ethereumjs (no block, no receipt trie). `npm run bench:transfer`
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { runPeers } from "../lib/run-peers.ts";

readArguments({
  script: "bench:transfer",
  help: "One ERC-20 transfer, automined, in process: our chain, Hardhat's own network, and the EVM of ethereumjs alone.\n\n  npm run bench:transfer   takes no options",
  options: {},
});

runPeers({
  title: "one automined ERC-20 transfer, eth_sendTransaction in process",
  unit: "ms",
  ours: "banyan",
  rounds: 5,
  peers: {
    banyan: new URL("./banyan.ts", import.meta.url),
    "hardhat (EDR)": new URL("./edr.ts", import.meta.url),
    "ethereumjs runTx": new URL("./ethereumjs.ts", import.meta.url),
  },
});
