// What a full state costs: one token with 5,000 and with 5,000,000 holders. `npm run bench:state [-- --slots 5000,5000000 --rounds 3]`
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { renderTable } from "@banyan/app-common/app";
import { readArguments, refuseArguments } from "../../scripts/lib/read-arguments.ts";
import { spread } from "../lib/stats.ts";

const values = readArguments({
  script: "bench:state",
  help: `Fills the storage of one token and measures transfers between its holders.

  npm run bench:state                                       5,000 and 5,000,000 slots, three processes each, in turn
  npm run bench:state -- --slots 5000,1000000 --rounds 1    other sizes

  --slots LIST   sizes (default 5000,5000000); 5,000,000 slots take about two minutes and 2 GB a round
  --rounds N     processes per size (default 3)`,
  counts: { rounds: 1 },
  options: {
    slots: { type: "string", default: "5000,5000000" },
    rounds: { type: "string", default: "3" },
  },
});
const sizes = values.slots.split(",").map(Number);
const rounds = Number(values.rounds);
if (sizes.some((size) => !Number.isSafeInteger(size) || size < 1))
  refuseArguments("bench:state", `--slots ${values.slots} is no list of whole numbers such as 5000,1000000`);

/** What is printed, by the key in the JSON of the measuring processes. */
const FIGURES = {
  transfer: ["automined transfer through the chain", "ms", 3],
  tables: ["reads and writes of a transfer on the tables", "us", 2],
  root: ["root and seal of a block with one transfer", "us", 1],
  insertPause: ["longest 1,000 insertions, processor time", "ms", 1],
  sealPause: ["longest seal and root of 10,000 new slots, processor time", "ms", 1],
  tableBytes: ["memory per slot: tables and journal", "bytes", 0],
  trieBytes: ["memory per slot: trie with its history", "bytes", 0],
  processBytes: ["memory per slot: whole process", "bytes", 0],
} as const;

const found = new Map<string, number[]>();
for (let round = 1; round <= rounds; round++) {
  for (const size of sizes) {
    for (const module of ["tables.ts", "transfer.ts"]) {
      process.stderr.write(`\r\u001b[2Kround ${round}/${rounds}, ${size.toLocaleString("en")} slots, ${module}`);
      const printed = execFileSync(process.execPath, [fileURLToPath(new URL(module, import.meta.url)), String(size)], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      });
      for (const [figure, value] of Object.entries(JSON.parse(printed.trim().split("\n").at(-1) ?? "") as object)) {
        const key = `${figure} ${size}`;
        found.set(key, [...(found.get(key) ?? []), Number(value)]);
      }
    }
  }
}
process.stderr.write("\r\u001b[2K");

const [first = 0] = sizes;
const last = sizes.at(-1) ?? first;
const median = (figure: string, size: number): number => spread(found.get(`${figure} ${size}`) ?? []).median;
console.log(
  `One token with many holders (medians of ${rounds} processes each, in turn, [min … max]; Node ${process.versions.node})`,
);
console.log(
  renderTable(
    [
      { heading: "figure" },
      ...sizes.map((size) => ({ heading: `${size.toLocaleString("en")} slots`, align: "right" as const })),
      { heading: "ratio", align: "right" },
    ],
    Object.entries(FIGURES).map(([figure, [label, unit, digits]]) => [
      label,
      ...sizes.map((size) => {
        const values = spread(found.get(`${figure} ${size}`) ?? []);
        return `${values.median.toFixed(digits)} ${unit} [${values.min.toFixed(digits)} … ${values.max.toFixed(digits)}]`;
      }),
      (median(figure, last) / median(figure, first)).toFixed(2),
    ]),
  ),
);
