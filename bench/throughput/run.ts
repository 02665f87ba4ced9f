// npm run bench:throughput [-- --transfers 20000 --batch 200]: signed transfers over HTTP batches, the durable node beside Anvil in memory.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { renderTable } from "@banyan/app-common/app";
import { fetchAnvil } from "../engine/fetch-anvil.ts";
import { sendBatches } from "../lib/send-batches.ts";
import { ask, type ServedNode, startAnvil, startBanyan } from "../lib/start-server.ts";
import { spread } from "../lib/stats.ts";
import { signedBatches } from "../lib/transfers.ts";

const { values } = parseArgs({
  options: {
    transfers: { type: "string", default: "20000" },
    batch: { type: "string", default: "200" },
    rounds: { type: "string", default: "3" },
    connections: { type: "string", default: "1" },
    only: { type: "string" },
  },
});
const transfers = Number(values.transfers);
const INTERVAL_SECONDS = 1;
const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "banyan-bench-"));
  folders.push(folder);
  return folder;
}

const anvil = fetchAnvil();
if (!("path" in anvil)) throw new Error(anvil.reason);
const interval = String(INTERVAL_SECONDS);
const peers: Readonly<Record<string, () => Promise<ServedNode>>> = {
  "Banyan, kept on disk": () => startBanyan(["--data", newFolder()]),
  "Banyan, kept on disk, --sync": () => startBanyan(["--data", newFolder(), "--sync"]),
  "Banyan, in memory": () => startBanyan([]),
  "Anvil, in memory": () => startAnvil(anvil.path, []),
  "Banyan, kept on disk, a block a second": () =>
    startBanyan(["--data", newFolder(), "--interval", String(1_000 * INTERVAL_SECONDS)]),
  "Anvil, in memory, a block a second": () => startAnvil(anvil.path, ["--block-time", interval]),
};

/** Sends all, waits until all are in blocks, and gives the rate and the node's processor time for each, us: that does not depend on what else the machine does. */
async function measure(
  start: () => Promise<ServedNode>,
  batches: readonly string[],
): Promise<{ readonly rate: number; readonly processor: number }> {
  const node = await start();
  try {
    const began = performance.now();
    const before = node.processorTime();
    const { accepted, refusal } = await sendBatches(node.url, batches, Number(values.connections));
    if (accepted !== transfers) throw new Error(`${accepted} of ${transfers} were accepted: ${refusal}`);
    for (;;) {
      const pending = Object(await ask(node.url, "txpool_status", [])).pending;
      if (Number(pending) === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return {
      rate: transfers / ((performance.now() - began) / 1_000),
      processor: ((node.processorTime() - before) / transfers) * 1e6,
    };
  } finally {
    await node.stop();
  }
}

try {
  process.stderr.write(`Signing ${transfers} transfers\n`);
  const batches = signedBatches(transfers, Number(values.batch));
  const rates: Record<string, number[]> = {};
  const processors: Record<string, number[]> = {};
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const [name, start] of Object.entries(peers)) {
      if (values.only !== undefined && !name.includes(values.only)) continue;
      process.stderr.write(`\r\u001b[2Kround ${round}/${values.rounds}, ${name}`);
      const { rate, processor } = await measure(start, batches);
      rates[name] = [...(rates[name] ?? []), rate];
      processors[name] = [...(processors[name] ?? []), processor];
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    }
  }
  process.stderr.write("\r\u001b[2K");
  const medians = Object.fromEntries(Object.entries(rates).map(([name, list]) => [name, spread(list).median]));
  const baseOf = (name: string): number =>
    medians[name.includes("a block a second") ? "Anvil, in memory, a block a second" : "Anvil, in memory"] ??
    Number.NaN;
  console.log(
    `${transfers} signed transfers over HTTP in batches of ${values.batch} (medians of ${values.rounds} processes each, in turn; Node ${process.versions.node})`,
  );
  console.log(
    renderTable(
      [
        { heading: "node" },
        { heading: "transfers a second", align: "right" },
        { heading: "times Anvil", align: "right" },
        { heading: "processor time each", align: "right" },
      ],
      Object.entries(medians).map(([name, rate]) => [
        name,
        rate.toFixed(0),
        (rate / baseOf(name)).toFixed(2),
        `${spread(processors[name] ?? []).median.toFixed(0)} us`,
      ]),
    ),
  );
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
