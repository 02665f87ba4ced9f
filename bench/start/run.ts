// How long a chain takes to start, and to know the senders of a batch. `npm run bench:start`
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { runPeers } from "../lib/run-peers.ts";

readArguments({
  script: "bench:start",
  help: "How long a chain takes to start, and to know the senders of a batch.\n\n  npm run bench:start   takes no options",
  options: {},
});

runPeers({
  title: "start of a chain: createChain, modules loaded",
  unit: "ms",
  ours: "first of a process",
  rounds: 7,
  peers: {
    "first of a process": new URL("./first.ts", import.meta.url),
    "a later one": new URL("./later.ts", import.meta.url),
  },
});
runPeers({
  title: "senders of 1,000 signed transactions, per transaction",
  unit: "us",
  ours: "beside the main thread",
  rounds: 5,
  peers: {
    "beside the main thread": new URL("./recover-threads.ts", import.meta.url),
    "on the main thread": new URL("./recover-main.ts", import.meta.url),
  },
});
