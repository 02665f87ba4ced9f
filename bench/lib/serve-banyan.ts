// Our node for benchmarks: node serve-banyan.ts PORT [--data FOLDER] [--sync] [--interval MILLISECONDS]
import { parseArgs } from "node:util";
import { createNode } from "@banyan/chain";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { data: { type: "string" }, sync: { type: "boolean" }, interval: { type: "string" } },
});
const node = await createNode({
  ...(values.data === undefined ? {} : { data: values.data, sync: values.sync === true }),
  ...(values.interval === undefined ? {} : { automine: false, interval: Number(values.interval) }),
  server: { port: Number(positionals[0]) },
});
process.once("SIGTERM", () => void node.close().then(() => process.exit(0)));
