// Our node for benchmarks: node serve-banyan.ts PORT [--data FOLDER] [--sync] [--no-mining]
import { parseArgs } from "node:util";
import { createNode } from "@banyan/chain";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { data: { type: "string" }, sync: { type: "boolean" }, "no-mining": { type: "boolean", default: false } },
});
const node = await createNode({
  ...(values.data === undefined ? {} : { data: values.data, sync: values.sync === true }),
  automine: !values["no-mining"],
  server: { port: Number(positionals[0]) },
});
process.once("SIGTERM", () => void node.close().then(() => process.exit(0)));
