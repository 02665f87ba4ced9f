// Precompiled contracts, ours and those of ethereumjs: the first call of a process, and later ones. `npm run bench:precompiles`
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { renderTable } from "@banyan/app-common/app";
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { type Spread, spread } from "../lib/stats.ts";
import type { CallTimes } from "./measure-calls.ts";

readArguments({
  script: "bench:precompiles",
  help: "Precompiled contracts, ours and those of ethereumjs: the first call of a process, and later ones.\n\n  npm run bench:precompiles   takes no options",
  options: {},
});

const ROUNDS = 5;
const peers = { banyan: "./banyan.ts", ethereumjs: "./ethereumjs.ts" } as const;
type Peer = keyof typeof peers;

const figures = new Map<string, Record<Peer, CallTimes[]>>();
for (let round = 1; round <= ROUNDS; round++) {
  for (const peer of Object.keys(peers) as Peer[]) {
    process.stderr.write(`\r\u001b[2Kprecompiled contracts: round ${round}/${ROUNDS}, ${peer}`);
    const printed = execFileSync(process.execPath, [fileURLToPath(new URL(peers[peer], import.meta.url))], {
      encoding: "utf8",
    });
    for (const [name, times] of Object.entries(JSON.parse(printed) as Record<string, CallTimes>)) {
      const row = figures.get(name) ?? { banyan: [], ethereumjs: [] };
      row[peer].push(times);
      figures.set(name, row);
    }
  }
}
process.stderr.write("\r\u001b[2K");

const show = ({ median, min, max }: Spread): string => `${median.toFixed(1)} [${min.toFixed(1)}…${max.toFixed(1)}]`;
const cells = (row: Record<Peer, CallTimes[]>, of: (times: CallTimes) => number): string[] => {
  const ours = spread(row.banyan.map(of));
  if (row.ethereumjs.length === 0) return [show(ours), "none", ""];
  const theirs = spread(row.ethereumjs.map(of));
  return [show(ours), show(theirs), (ours.median / theirs.median).toFixed(2)];
};
console.log(
  `one call of a precompiled contract, µs: median [min…max] of ${ROUNDS} processes each, in turn; Node ${process.versions.node}`,
);
console.log(
  renderTable(
    [
      { heading: "contract" },
      { heading: "banyan, warm", align: "right" },
      { heading: "ethereumjs, warm", align: "right" },
      { heading: "ratio", align: "right" },
      { heading: "banyan, cold", align: "right" },
      { heading: "ethereumjs, cold", align: "right" },
      { heading: "ratio", align: "right" },
    ],
    [...figures].map(([name, row]) => [name, ...cells(row, ({ warm }) => warm), ...cells(row, ({ cold }) => cold)]),
  ),
);
