import type { EngineName } from "../options.ts";
import type { Fork } from "../rules/fork.ts";
import { createCrossCheckEngine } from "./create-cross-check-engine.ts";
import type { Engine } from "./engine.ts";
import { createMachineEngine } from "./machine/create-machine-engine.ts";

/** Options of {@link createEngine}. */
export interface EngineOptions {
  readonly engine: EngineName;
  /** Runs everything on both engines. */
  readonly crossCheck: boolean;
  readonly fork: Fork;
  readonly chainId: bigint;
  /** Lifts EIP-170 and EIP-3860. */
  readonly allowUnlimitedContractSize: boolean;
}

/** Makes the engine that a chain asks for. */
export function createEngine({ engine, crossCheck, ...options }: EngineOptions): Engine {
  if (!crossCheck) return engine === "machine" ? createMachineEngine(options) : createLateEthereumjsEngine(options);
  const machine = createMachineEngine(options);
  const oracle = createLateEthereumjsEngine(options);
  return engine === "machine"
    ? createCrossCheckEngine({ subject: machine, oracle })
    : createCrossCheckEngine({ subject: oracle, oracle: machine });
}

/** The ethereumjs engine, its packages loaded with the first message: they take longer to load than a whole chain takes to start. */
function createLateEthereumjsEngine(options: Omit<EngineOptions, "engine" | "crossCheck">): Engine {
  let loading: Promise<Engine> | undefined;
  async function load(): Promise<Engine> {
    const { createEthereumjsEngine } = await import("./ethereumjs/create-ethereumjs-engine.ts");
    return createEthereumjsEngine(options);
  }
  return {
    name: "ethereumjs",
    async execute(...call) {
      loading ??= load();
      const engine = await loading;
      return engine.execute(...call);
    },
  };
}
