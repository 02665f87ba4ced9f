import { measureEngine } from "../measure-engine.ts";

await measureEngine(async (chainId) => {
  const { createEthereumjsEngine } = await import("../../../chain/src/engine/ethereumjs/create-ethereumjs-engine.ts");
  return createEthereumjsEngine({ chainId, allowUnlimitedContractSize: false });
}, "slow");
