// Writes the method table of docs/chain.md from the chain's method table and from what the peers answered (peer-methods.ts); with --check it
// compares instead, and exits 1 on a difference.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { methodTable } from "../../chain/src/rpc/method-table.ts";

/** What a peer answers, as peer-methods.ts wrote it. */
interface PeerAnswers {
  readonly name: string;
  readonly version: string;
  readonly methods: readonly string[];
}

const PAGE = fileURLToPath(new URL("../../docs/chain.md", import.meta.url));
const ANSWERS = fileURLToPath(new URL("peer-methods/answers.json", import.meta.url));
const BEGIN = "<!-- methods: written by `npm run generate` -->";
const END = "<!-- end of methods -->";

const peers: readonly PeerAnswers[] = JSON.parse(readFileSync(ANSWERS, "utf8"));

const aliases = new Map<string, string[]>();
for (const [name, { aliasOf }] of Object.entries(methodTable)) {
  if (aliasOf !== undefined) aliases.set(aliasOf, [...(aliases.get(aliasOf) ?? []), name]);
}

/** Whether a peer has the method: by its name, by another only, or not. */
function markOf({ methods }: PeerAnswers, name: string): string {
  if (methods.includes(name)) return "✓";
  return (aliases.get(name) ?? []).some((alias) => methods.includes(alias)) ? "(✓)" : "";
}

const rows = Object.entries(methodTable)
  .filter(([, { aliasOf }]) => aliasOf === undefined)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, { params, summary }]) => {
    const list = params.map((param) => (param.optional ? `[${param.name}]` : param.name)).join(", ");
    const others = aliases.get(name)?.map((alias) => `\`${alias}\``);
    const marks = peers.map((peer) => markOf(peer, name)).join(" | ");
    return `| \`${name}\` | ${list} | ${summary}${others === undefined ? "" : ` Also ${others.join(", ")}.`} | ${marks} |`;
  });

const lacking = peers.map((peer) => {
  const names = peer.methods.filter((name) => !Object.hasOwn(methodTable, name)).map((name) => `\`${name}\``);
  return `- ${peer.name} ${peer.version}: ${names.length === 0 ? "none" : names.join(", ")}`;
});
const heads = peers.map(({ name, version }) => `${name} ${version}`).join(" | ");
const table = [
  `| method | parameters | what it does | ${heads} |`,
  `| --- | --- | --- |${peers.map(() => " --- |").join("")}`,
  ...rows,
  "",
  "A mark in brackets: under another of the names. Each peer was asked. What they answer and this chain does not:",
  "",
  ...lacking,
].join("\n");

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
