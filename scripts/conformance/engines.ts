import type { Engine } from "../../chain/src/engine/engine.ts";
import { createEthereumjsEngine } from "../../chain/src/engine/ethereumjs/create-ethereumjs-engine.ts";
import { createMachineEngine } from "../../chain/src/engine/machine/create-machine-engine.ts";
import type { Fork } from "../../chain/src/rules/fork.ts";
import type { EngineName } from "./case.ts";

const opened = new Map<string, Engine>();

/** An engine at a fork; one per process. */
export async function openEngine(name: EngineName, fork: Fork, chainId: bigint): Promise<Engine> {
  const key = `${name} ${fork} ${chainId}`;
  const known = opened.get(key);
  if (known !== undefined) return known;
  const create = name === "machine" ? createMachineEngine : createEthereumjsEngine;
  const engine = create({ fork, chainId, allowUnlimitedContractSize: false });
  opened.set(key, engine);
  return engine;
}
