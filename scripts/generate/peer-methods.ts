// Asks Hardhat's network, Anvil and Ganache which methods they answer, and writes scripts/generate/peer-methods/answers.json, out of which
// the columns of the method table of docs/chain.md are made. Run by hand when a peer's version changes: it fetches Anvil and Ganache from npm.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { methodTable } from "../../chain/src/rpc/method-table.ts";
import { candidateNames } from "./peer-methods/candidates.ts";
import { openAnvil, openGanache, openHardhat } from "./peer-methods/peers.ts";

const FILE = fileURLToPath(new URL("peer-methods/answers.json", import.meta.url));

const candidates = new Set(Object.keys(methodTable));
for (const [namespace, names] of Object.entries(candidateNames))
  for (const name of names) candidates.add(`${namespace}_${name}`);

const peers: { name: string; version: string; methods: string[] }[] = [];
for (const open of [openHardhat, openAnvil, openGanache]) {
  const peer = await open();
  const methods: string[] = [];
  for (const method of [...candidates].sort()) if (await peer.answers(method)) methods.push(method);
  await peer.close();
  peers.push({ name: peer.name, version: peer.version, methods });
  console.log(`${peer.name} ${peer.version}: ${methods.length} methods`);
}
writeFileSync(FILE, `${JSON.stringify(peers, undefined, 2)}\n`);
process.exit(0);
