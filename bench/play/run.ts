// The shipped month of the prepaid code, event by event: our chain and Hardhat's own network, both in process. `npm run bench:play`
import { runPeers } from "../lib/run-peers.ts";

runPeers({
  title: "one event of the prepaid month, signed, sent, mined and read back",
  unit: "ms",
  ours: "banyan",
  rounds: 3,
  peers: {
    banyan: new URL("./banyan.ts", import.meta.url),
    "hardhat (EDR)": new URL("./edr.ts", import.meta.url),
  },
});
