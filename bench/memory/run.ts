// npm run bench:memory [-- --transfers 100000]: resident memory after signed transfers, 200 to a block, ours beside Anvil's.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderTable } from "@banyan/app-common/app";
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { fetchAnvil } from "../engine/fetch-anvil.ts";
import { countMined } from "../lib/count-mined.ts";
import { sendBatches } from "../lib/send-batches.ts";
import { ask, type ServedNode, startAnvil, startBanyan } from "../lib/start-server.ts";
import { signedBatches } from "../lib/transfers.ts";

const values = readArguments({
  script: "bench:memory",
  help: `Resident memory after signed transfers over HTTP, a block for each batch: our node, in memory and kept on disk, beside Anvil.

  npm run bench:memory                        100,000 transfers, 200 to a block
  npm run bench:memory -- --transfers 20000   fewer

  --transfers N   how many (default 100000)
  --batch N       transfers in a block (default 200)`,
  counts: { transfers: 1, batch: 1 },
  options: { transfers: { type: "string", default: "100000" }, batch: { type: "string", default: "200" } },
});
const transfers = Number(values.transfers);
const MIB = 1 << 20;
const anvil = fetchAnvil();
if (!("path" in anvil)) throw new Error(anvil.reason);
const folder = mkdtempSync(join(tmpdir(), "banyan-bench-"));
const peers: Readonly<Record<string, () => Promise<ServedNode>>> = {
  "Banyan, in memory": () => startBanyan(["--no-mining"]),
  "Banyan, kept on disk": () => startBanyan(["--data", folder, "--no-mining"]),
  "Anvil, in memory": () => startAnvil(anvil.path, ["--no-mining"]),
};

try {
  process.stderr.write(`Signing ${transfers} transfers\n`);
  const batches = signedBatches(transfers, Number(values.batch));
  const rows: { name: string; before: number; after: number; mined: number }[] = [];
  for (const [name, start] of Object.entries(peers)) {
    process.stderr.write(`${name}\n`);
    const node = await start();
    try {
      const before = node.memory();
      const { accepted, refusal } = await sendBatches(node.url, batches, 1, () => ask(node.url, "evm_mine", []));
      if (accepted !== transfers) throw new Error(`${accepted} of ${transfers} were accepted: ${refusal}`);
      rows.push({ name, before, after: node.memory(), mined: await countMined(node.url) });
    } finally {
      await node.stop();
    }
  }
  const base = rows.at(-1)?.after ?? Number.NaN;
  console.log(
    `Resident memory after ${transfers} signed transfers, ${values.batch} to a block (VmRSS; Node ${process.versions.node})`,
  );
  console.log(
    renderTable(
      [
        { heading: "node" },
        { heading: "at the start", align: "right" },
        { heading: "after", align: "right" },
        { heading: "times Anvil", align: "right" },
        { heading: "in blocks", align: "right" },
      ],
      rows.map(({ name, before, after, mined }) => [
        name,
        `${(before / MIB).toFixed(0)} MiB`,
        `${(after / MIB).toFixed(0)} MiB`,
        (after / base).toFixed(2),
        String(mined),
      ]),
    ),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
