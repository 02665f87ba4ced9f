import { measureEngine } from "../measure-engine.ts";

await measureEngine(async (chainId) => {
  const { createMachineEngine } = await import("../../../chain/src/engine/machine/create-machine-engine.ts");
  return createMachineEngine({ chainId, fork: "cancun", allowUnlimitedContractSize: false });
}, "fast");
