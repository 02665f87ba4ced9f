// A tree of lineage recalled in pages: gas of a page, early and late. `npm run bench:recall [-- --nodes 100000 --page 50]`
import { renderTable } from "@banyan/app-common/app";
import { network } from "hardhat";
import type { Hex } from "viem";
import { readArguments } from "../../scripts/lib/read-arguments.ts";
import { box, commission, deployRecalls, qty, tea, transform } from "../../test/fixtures/recall.ts";

const values = readArguments({
  script: "bench:recall",
  help: `Grows a tree of lots and cases on the in-process chain and recalls it from its root.

  npm run bench:recall                              100,000 nodes in pages of 50 steps; takes some minutes
  npm run bench:recall -- --nodes 2000 --page 20    another size

  --nodes N   nodes of the tree, at least 100 (default 100000)
  --page N    steps of a page, 1 to 50 (default 50)`,
  counts: { nodes: 100, page: 1 },
  options: {
    nodes: { type: "string", default: "100000" },
    page: { type: "string", default: "50" },
  },
});
const target = Number(values.nodes);
const limit = BigInt(values.page);

/** Cases of one event. */
const CASES = 40;
/** Lots that one lot is split into. */
const WIDTH = 10;

const connection = await network.create();
const recalls = await deployRecalls(connection);
const { capture, open, marks, as, viem } = recalls;
const client = await viem.getPublicClient();
const began = performance.now();

// The root, ten lots of it, ten of each: each of these hundred is filled into cases until the tree is large enough.
const root = tea("B");
await capture("processor", commission([qty(root, WIDTH * WIDTH)]));
let lots: Hex[] = [root];
for (const amount of [WIDTH, 1]) {
  const next: Hex[] = [];
  for (const lot of lots) {
    const parts = Array.from({ length: WIDTH }, (_, i) => tea(`B${next.length + i}-${amount}`));
    await capture(
      "processor",
      transform(
        [qty(lot, WIDTH * amount)],
        parts.map((part) => qty(part, amount)),
      ),
    );
    next.push(...parts);
  }
  lots = next;
}
let nodes = 1 + WIDTH + WIDTH * WIDTH + 1 + WIDTH;
for (let at = 0; nodes < target; at += 1) {
  const lot = lots[at % lots.length];
  if (lot === undefined) throw new Error("No lots");
  const count = Math.min(CASES, Math.max(1, target - nodes - 1));
  await capture(
    "processor",
    commission(
      Array.from({ length: count }, (_, i) => box(`${at}.${i}`)),
      { ilmd: { lot } },
    ),
  );
  nodes += count + 1;
  if (at % 50 === 0) process.stderr.write(`\r\u001b[2K${nodes.toLocaleString("en")} nodes`);
}
const grown = performance.now();

const recall = await open([root]);
const gas: number[] = [];
for (let waiting = 1n; waiting !== 0n; ) {
  const hash = await marks.write.advance([recall, limit], as("shop"));
  gas.push(Number((await client.getTransactionReceipt({ hash })).gasUsed));
  waiting = (await marks.read.progressOf([recall])).waiting;
  if (gas.length % 50 === 0) process.stderr.write(`\r\u001b[2Kpage ${gas.length.toLocaleString("en")}`);
}
const done = performance.now();
process.stderr.write("\r\u001b[2K");
const { reached, marked } = await marks.read.progressOf([recall]);
await connection.close();

// The last page is short; the first reads more lots than cases.
const tenth = Math.max(1, Math.floor(gas.length / 10));
const parts = [
  ["all but the last", gas.slice(0, -1)],
  ["first tenth", gas.slice(0, tenth)],
  ["middle tenth", gas.slice(Math.floor(gas.length / 2), Math.floor(gas.length / 2) + tenth)],
  ["last tenth, but the last", gas.slice(-tenth - 1, -1)],
] as const;
console.log(
  `${reached.toLocaleString("en")} nodes reached, ${marked.toLocaleString("en")} marked, in ${gas.length.toLocaleString("en")} pages of ${limit} steps; ` +
    `grown in ${((grown - began) / 1000).toFixed(0)} s, recalled in ${((done - grown) / 1000).toFixed(0)} s (Node ${process.versions.node})`,
);
console.log(
  renderTable(
    [
      { heading: "gas of a page" },
      { heading: "mean", align: "right" },
      { heading: "least", align: "right" },
      { heading: "most", align: "right" },
    ],
    parts.map(([label, list]) => [
      label,
      ...[list.reduce((sum, one) => sum + one, 0) / list.length, Math.min(...list), Math.max(...list)].map((one) =>
        Math.round(one).toLocaleString("en"),
      ),
    ]),
  ),
);
