// The node that is asked: serves a chain, tells where, then its memory whenever its parent wants to know it.
import { createNode } from "@banyan/chain";
import { MOST_GAS } from "./most-gas.ts";

const node = await createNode({
  blockGasLimit: 10_000_000n,
  rpc: { print: () => {}, limits: { blockGas: MOST_GAS } },
  server: { port: 0 },
});
process.on("message", () => {
  globalThis.gc?.();
  process.send?.({ rss: process.memoryUsage.rss(), height: Number(node.core.latestBlock().header.number) });
});
process.once("SIGTERM", () => {
  void node.close().then(() => process.exit(0));
});
process.send?.({ url: node.url, webSocketUrl: node.webSocketUrl });
