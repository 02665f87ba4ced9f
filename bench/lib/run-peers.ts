import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { renderTable } from "@banyan/app-common/app";
import { type Spread, spread } from "./stats.ts";

/** A peer that takes arguments. */
export interface PeerCommand {
  readonly module: URL;
  readonly args: readonly string[];
}

/** How peers are compared. */
export interface PeersOptions {
  /** What is measured, e.g. `one automined ERC-20 transfer`. */
  readonly title: string;
  /** The unit of the figure that each peer prints. */
  readonly unit: string;
  /** Module of each peer by its name; run as a process of its own, it prints one number on its last line. */
  readonly peers: Readonly<Record<string, URL | PeerCommand>>;
  /** The name of ours: the others are compared with it. */
  readonly ours: string;
  /** How often each peer is run. */
  readonly rounds: number;
}

/**
 * Runs each peer several times, in turn, each time in a fresh process, so that a machine that gets slower gets slower for all; prints the medians, their spread and the ratios.
 *
 * @returns the spread of each peer's figures
 */
export function runPeers({ title, unit, peers, ours, rounds }: PeersOptions): Readonly<Record<string, Spread>> {
  const figures = Object.fromEntries(Object.keys(peers).map((name): [string, number[]] => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const [name, peer] of Object.entries(peers)) {
      const { module, args } = peer instanceof URL ? { module: peer, args: [] } : peer;
      process.stderr.write(`\r\u001b[2K${title}: round ${round}/${rounds}, ${name}`);
      const printed = execFileSync(process.execPath, [fileURLToPath(module), ...args], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      });
      figures[name]?.push(Number(printed.trim().split("\n").at(-1)));
    }
  }
  process.stderr.write("\r\u001b[2K");
  const spreads = Object.fromEntries(Object.entries(figures).map(([name, values]) => [name, spread(values)]));
  const base = spreads[ours]?.median ?? Number.NaN;
  const rows = Object.entries(spreads).map(([name, { median, min, max }]) => [
    name,
    `${median.toFixed(3)} ${unit}`,
    `${min.toFixed(3)} … ${max.toFixed(3)}`,
    name === ours ? "" : `${(base / median).toFixed(2)}`,
  ]);
  console.log(`${title} (medians of ${rounds} processes each, in turn; Node ${process.versions.node})`);
  console.log(
    renderTable(
      [
        { heading: "peer" },
        { heading: "median", align: "right" },
        { heading: "min … max", align: "right" },
        { heading: `${ours} / peer`, align: "right" },
      ],
      rows,
    ),
  );
  return spreads;
}
