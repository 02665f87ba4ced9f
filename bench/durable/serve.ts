// Serves the chain of a folder on a free port until it is killed: node serve.ts FOLDER [--sync]. Prints where, as JSON.
import { createNode } from "@banyan/chain";

const [data = "", option] = process.argv.slice(2);
const node = await createNode({ data, sync: option === "--sync", server: { port: 0 } });
console.log(JSON.stringify({ url: node.url, block: Number(node.core.latestBlock().header.number) }));
