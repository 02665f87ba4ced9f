// The shipped month of the prepaid code, event by event: our chain and Hardhat's own network, both in process. `npm run bench:play`
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { runPeers } from "../lib/run-peers.ts";

readArguments({
  script: "bench:play",
  help: "The shipped month of the prepaid code, event by event, in process: our chain and Hardhat's own network.\n\n  npm run bench:play   takes no options",
  options: {},
});

/** Events per second that ours is to reach. */
const TARGET = 300;

const spreads = runPeers({
  title: "one event of the prepaid month, signed, sent, mined and read back",
  unit: "ms",
  ours: "banyan",
  rounds: 3,
  peers: {
    banyan: new URL("./banyan.ts", import.meta.url),
    "hardhat (EDR)": new URL("./edr.ts", import.meta.url),
  },
});

const median = spreads.banyan?.median;
if (median !== undefined) {
  const rate = 1000 / median;
  console.log(`banyan: ${rate.toFixed(0)} events/s; target ${TARGET} or more: ${rate >= TARGET ? "met" : "MISSED"}`);
}
