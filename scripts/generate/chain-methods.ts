// Writes the method table of docs/chain.md from the chain's method table; with --check it compares instead, and exits 1 on a difference.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { methodTable } from "../../chain/src/rpc/method-table.ts";

const PAGE = fileURLToPath(new URL("../../docs/chain.md", import.meta.url));
const BEGIN = "<!-- methods: written by `npm run generate` -->";
const END = "<!-- end of methods -->";

const aliases = new Map<string, string[]>();
for (const [name, { aliasOf }] of Object.entries(methodTable)) {
  if (aliasOf !== undefined) aliases.set(aliasOf, [...(aliases.get(aliasOf) ?? []), name]);
}

const rows = Object.entries(methodTable)
  .filter(([, { aliasOf }]) => aliasOf === undefined)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, { params, summary }]) => {
    const list = params.map((param) => (param.optional ? `[${param.name}]` : param.name)).join(", ");
    const others = aliases.get(name)?.map((alias) => `\`${alias}\``);
    return `| \`${name}\` | ${list} | ${summary}${others === undefined ? "" : ` Also ${others.join(", ")}.`} |`;
  });
const table = ["| method | parameters | what it does |", "| --- | --- | --- |", ...rows].join("\n");

const page = readFileSync(PAGE, "utf8");
const [before, rest = ""] = page.split(BEGIN);
const after = rest.split(END)[1];
if (before === undefined || after === undefined) {
  console.error(`${PAGE} lacks the lines "${BEGIN}" and "${END}" between which the table stands: put them back.`);
  process.exit(1);
}
const wanted = `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
if (!process.argv.includes("--check")) {
  writeFileSync(PAGE, wanted);
  console.log(`docs/chain.md: ${rows.length} methods`);
} else if (page !== wanted) {
  console.error("The method table of docs/chain.md is stale: run npm run generate and commit the result.");
  process.exit(1);
}
