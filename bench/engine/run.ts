// What engines need for the same work: the machine (ours), ethereumjs as it comes and as our oracle, Anvil and Hardhat's own network. `npm run bench:engine -- --help`
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProgress } from "@banyan/app-common/app";
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { ANVIL_VERSION, fetchAnvil } from "./fetch-anvil.ts";
import type { Figures } from "./figures.ts";
import { recordWorkload } from "./record-workload.ts";
import { checkGas, type Measured, report } from "./report.ts";
import { ITEM_NAMES, type ItemName, itemOf, writeWorkload } from "./workload.ts";

const PEERS = {
  banyan: new URL("./peers/banyan.ts", import.meta.url),
  ethereumjs: new URL("./peers/ethereumjs.ts", import.meta.url),
  oracle: new URL("./peers/oracle.ts", import.meta.url),
  anvil: new URL("./peers/anvil.ts", import.meta.url),
  edr: new URL("./peers/edr.ts", import.meta.url),
} as const;

/** An engine that is measured. */
export type PeerName = keyof typeof PEERS;

const HELP = `Measures engines on the same work, each item and peer in a process of its own, in turn.

  npm run bench:engine                        all items, all peers, 5 rounds: about 20 minutes
  npm run bench:engine -- --items keccak,sale --peers banyan,ethereumjs --rounds 3

  --rounds N      processes per item and peer (default 5)
  --items LIST    of: ${ITEM_NAMES.join(", ")}
  --peers LIST    of: ${Object.keys(PEERS).join(", ")}
  --json FILE     also writes every figure of every process to FILE
  --help          this text

Two tables. "Within one call" is the slope between n and 5n repetitions inside one call: what the EVM alone takes, for every peer. "Message by
message" is one engine call per message over our flat state: the first 100 of a fresh process, then warm; Anvil and Hardhat's network take no
messages without a transaction or an HTTP request around them, so they are not in it.

ethereumjs is its EVM as it comes, over our flat state (over its own trie it is several times slower); oracle is the same EVM with our interpreter
loop, journal and hash: \`engine: "ethereumjs"\` of our chain. Anvil ${ANVIL_VERSION} is fetched from npm into node_modules/.cache; without it the tables go on.
Every peer must report the same gas, or the run fails.`;

process.exitCode = await run();

async function run(): Promise<number> {
  const values = readArguments({
    script: "bench:engine",
    help: HELP,
    counts: { rounds: 1 },
    options: {
      rounds: { type: "string", default: "5" },
      items: { type: "string", default: ITEM_NAMES.join(",") },
      peers: { type: "string", default: Object.keys(PEERS).join(",") },
      json: { type: "string" },
    },
  });
  const rounds = Number(values.rounds);
  const items = namesOf(values.items, ITEM_NAMES);
  if (items === undefined) return refuse(`--items takes names of: ${ITEM_NAMES.join(", ")}`);
  const peers = namesOf(values.peers, peerNames());
  if (peers === undefined) return refuse(`--peers takes names of: ${peerNames().join(", ")}`);

  let anvil = "";
  let running = peers;
  if (peers.includes("anvil")) {
    const fetched = fetchAnvil();
    if ("path" in fetched) anvil = fetched.path;
    else {
      console.error(`Without Anvil: ${fetched.reason}`);
      running = peers.filter((peer) => peer !== "anvil");
    }
  }

  const folder = mkdtempSync(join(tmpdir(), "banyan-bench-"));
  try {
    process.stderr.write("Deploying the prepaid code and recording the work\n");
    const workload = await recordWorkload();
    const path = join(folder, "workload.json");
    writeWorkload(path, workload);
    const loadBefore = loadavg()[0] ?? 0;
    const measured: Measured = new Map();
    const total = rounds * items.length * running.length;
    const progress = createProgress({
      stream: process.stderr,
      total,
      now: () => performance.now(),
      unit: "processes/s",
    });
    let done = 0;
    for (let round = 1; round <= rounds; round++) {
      for (const item of items) {
        for (const peer of running) {
          progress.at(done++, `round ${round}/${rounds}, ${item}, ${peer}`);
          add(measured, item, peer, measure(peer, [path, item, anvil]));
        }
      }
    }
    progress.at(total, "");
    progress.end();
    const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), load ${loadBefore.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after`;
    console.log(
      `Medians of ${rounds} processes each, in turn [min … max]; Node ${process.versions.node}; ${machine}\n`,
    );
    report(
      measured,
      items.map((name) => itemOf(workload, name)),
    );
    if (values.json !== undefined) {
      const figures = Object.fromEntries([...measured].map(([item, byPeer]) => [item, Object.fromEntries(byPeer)]));
      writeFileSync(
        values.json,
        `${JSON.stringify({ rounds, node: process.versions.node, machine, figures }, undefined, 2)}\n`,
      );
    }
    const differences = checkGas(measured);
    for (const difference of differences) console.error(difference);
    return differences.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(peer: PeerName, args: readonly string[]): Figures {
  const printed = execFileSync(process.execPath, [fileURLToPath(PEERS[peer]), ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(printed.trim().split("\n").at(-1) ?? "");
}

function add(measured: Measured, item: ItemName, peer: PeerName, figures: Figures): void {
  const byPeer = measured.get(item) ?? new Map<PeerName, Figures[]>();
  measured.set(item, byPeer);
  byPeer.set(peer, [...(byPeer.get(peer) ?? []), figures]);
}

function peerNames(): readonly PeerName[] {
  return Object.keys(PEERS) as PeerName[];
}

/** The names of a list with commas; `undefined` if one is not known. */
function namesOf<T extends string>(list: string, known: readonly T[]): readonly T[] | undefined {
  const names = list.split(",").map((name) => known.find((each) => each === name.trim()));
  return names.includes(undefined) ? undefined : names.flatMap((name) => name ?? []);
}

function refuse(message: string): number {
  console.error(message);
  return 1;
}
