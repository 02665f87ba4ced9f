import { measureEngine } from "../measure-engine.ts";

await measureEngine(async (chainId) => {
  const { createStockEthereumjsEngine } = await import("../stock-ethereumjs.ts");
  return createStockEthereumjsEngine(chainId);
}, "slow");
