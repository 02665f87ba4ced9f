// What an expected failure costs a test: the request with its error, the stack read by nobody or by somebody. `npm run bench:failures`
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { runPeers } from "../lib/run-peers.ts";

readArguments({
  script: "bench:failures",
  help: "What an expected failure costs a test, on our chain and on Hardhat's own network.\n\n  npm run bench:failures   takes no options",
  options: {},
});

const module = new URL("./time-failures.ts", import.meta.url);

for (const what of ["custom error", "custom error, not mined", "reverted read", "unknown selector"]) {
  for (const reader of ["unread", "read"]) {
    runPeers({
      title: `${what}, stack ${reader}`,
      unit: "us of processor time",
      ours: "Banyan",
      rounds: 3,
      peers: {
        Banyan: { module, args: ["default", what, reader] },
        "Hardhat (EDR)": { module, args: ["edr", what, reader] },
      },
    });
  }
}
