// The node that is asked: serves a chain, tells where, then its memory whenever its parent wants to know it.
import { createNode } from "@banyan/chain";
import { MOST_GAS } from "./most-gas.ts";

const node = await createNode({
  blockGasLimit: 10_000_000n,
  rpc: { print: () => {}, limits: { blockGas: MOST_GAS } },
  server: { port: 0 },
});
process.on("message", () => {
  void tellMemory();
});

/** WebAssembly and buffers are freed after the collection that finds them dead, so one is not enough. */
async function tellMemory(): Promise<void> {
  for (let round = 0; round < 4; round++) {
    globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ resident: rss, used: heapUsed + external });
}

process.once("SIGTERM", () => {
  void node.close().then(() => process.exit(0));
});
process.send?.({ url: node.url, webSocketUrl: node.webSocketUrl });
