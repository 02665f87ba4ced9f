// npm run bench:throughput [-- --transfers 20000 --batch 200]: signed transfers over HTTP batches, the durable node beside Anvil in memory.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderTable } from "@banyan/app-common/app";
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { fetchAnvil } from "../engine/fetch-anvil.ts";
import { countMined } from "../lib/count-mined.ts";
import { sendBatches } from "../lib/send-batches.ts";
import { ask, type ServedNode, startAnvil, startBanyan } from "../lib/start-server.ts";
import { spread } from "../lib/stats.ts";
import { signedBatches } from "../lib/transfers.ts";

const values = readArguments({
  script: "bench:throughput",
  help: `Sends signed transfers over HTTP in batches to our node, kept on disk and in memory, and to Anvil, each time in a fresh process, in turn.

  npm run bench:throughput                                        20,000 transfers, 200 to a batch, 3 rounds: several minutes
  npm run bench:throughput -- --transfers 5000 --only Anvil --rounds 1

  --transfers N    how many (default 20000)
  --batch N        transfers in a batch (default 200)
  --rounds N       processes per node (default 3)
  --connections N  connections that send at a time (default 1)
  --only TEXT      nodes whose name has TEXT in it`,
  counts: { transfers: 1, batch: 1, rounds: 1, connections: 1 },
  options: {
    transfers: { type: "string", default: "20000" },
    batch: { type: "string", default: "200" },
    rounds: { type: "string", default: "3" },
    connections: { type: "string", default: "1" },
    only: { type: "string" },
  },
});
const transfers = Number(values.transfers);
const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "banyan-bench-"));
  folders.push(folder);
  return folder;
}

const anvil = fetchAnvil();
if (!("path" in anvil)) throw new Error(anvil.reason);
/** A node, and whether it makes a block of each transfer by itself or one of each batch when told. */
interface Peer {
  readonly blocks: "a block each" | "a block a batch";
  readonly start: () => Promise<ServedNode>;
}
const peers: Readonly<Record<string, Peer>> = {
  "Banyan, kept on disk": { blocks: "a block each", start: () => startBanyan(["--data", newFolder()]) },
  "Banyan, kept on disk, --sync": {
    blocks: "a block each",
    start: () => startBanyan(["--data", newFolder(), "--sync"]),
  },
  "Banyan, in memory": { blocks: "a block each", start: () => startBanyan([]) },
  "Anvil, in memory": { blocks: "a block each", start: () => startAnvil(anvil.path, []) },
  "Banyan, kept on disk, told": {
    blocks: "a block a batch",
    start: () => startBanyan(["--data", newFolder(), "--no-mining"]),
  },
  "Anvil, in memory, told": { blocks: "a block a batch", start: () => startAnvil(anvil.path, ["--no-mining"]) },
};

/** What a run gives: transfers a second until the last answer, how many are in blocks by then, and the node's processor time for each so far, us. */
interface Measured {
  readonly rate: number;
  readonly mined: number;
  readonly processor: number;
}

async function measure({ start, blocks }: Peer, batches: readonly string[]): Promise<Measured> {
  const node = await start();
  try {
    const before = node.processorTime();
    const mine = blocks === "a block each" ? undefined : () => ask(node.url, "evm_mine", []);
    const { accepted, refusal, seconds } = await sendBatches(node.url, batches, Number(values.connections), mine);
    const processor = ((node.processorTime() - before) / transfers) * 1e6;
    if (accepted !== transfers) throw new Error(`${accepted} of ${transfers} were accepted: ${refusal}`);
    return { rate: transfers / seconds, mined: await countMined(node.url), processor };
  } finally {
    await node.stop();
  }
}

try {
  process.stderr.write(`Signing ${transfers} transfers\n`);
  const batches = signedBatches(transfers, Number(values.batch));
  const runs = new Map<string, Measured[]>();
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const [name, peer] of Object.entries(peers)) {
      if (values.only !== undefined && !name.includes(values.only)) continue;
      process.stderr.write(`\r\u001b[2Kround ${round}/${values.rounds}, ${name}`);
      runs.set(name, [...(runs.get(name) ?? []), await measure(peer, batches)]);
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    }
  }
  process.stderr.write("\r\u001b[2K");
  const medianOf = (name: string, figure: keyof Measured): number =>
    spread((runs.get(name) ?? []).map((run) => run[figure])).median;
  console.log(
    `${transfers} signed transfers over HTTP in batches of ${values.batch} (medians of ${values.rounds} processes each, in turn; Node ${process.versions.node})`,
  );
  console.log(
    renderTable(
      [
        { heading: "node" },
        { heading: "blocks" },
        { heading: "answered a second", align: "right" },
        { heading: "times Anvil", align: "right" },
        { heading: "in blocks by then", align: "right" },
        { heading: "processor time each", align: "right" },
      ],
      [...runs.keys()].map((name) => {
        const blocks = peers[name]?.blocks ?? "";
        const base = blocks === "a block each" ? "Anvil, in memory" : "Anvil, in memory, told";
        return [
          name,
          blocks,
          medianOf(name, "rate").toFixed(0),
          (medianOf(name, "rate") / medianOf(base, "rate")).toFixed(2),
          medianOf(name, "mined").toFixed(0),
          `${medianOf(name, "processor").toFixed(0)} us`,
        ];
      }),
    ),
  );
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
