// How long `hardhat test` takes on our chain and on Hardhat's own network, wall clock, compilation done before.
// `npm run bench:suite`: one trivial test; with --whole also every test of the repository (about ten minutes)
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { runPeers } from "../lib/run-peers.ts";

const values = readArguments({
  script: "bench:suite",
  help: `How long hardhat test takes on our chain and on Hardhat's own network, wall clock.

  npm run bench:suite              one trivial test
  npm run bench:suite -- --whole   every test of this repository too: about ten minutes`,
  options: { whole: { type: "boolean", default: false } },
});
const module = new URL("./time-test.ts", import.meta.url);
const trivial = "bench/suite/trivial.test.ts";

runPeers({
  title: "hardhat test of one trivial test",
  unit: "s",
  ours: "Banyan",
  rounds: 7,
  peers: { Banyan: { module, args: ["default", trivial] }, "Hardhat (EDR)": { module, args: ["edr", trivial] } },
});
if (values.whole) {
  runPeers({
    title: "hardhat test of this repository",
    unit: "s",
    ours: "Banyan",
    rounds: 1,
    peers: { Banyan: { module, args: ["default"] }, "Hardhat (EDR)": { module, args: ["edr"] } },
  });
}
