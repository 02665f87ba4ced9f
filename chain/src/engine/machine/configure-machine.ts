import { ChainError } from "../../errors.ts";
import type { Fork } from "../../rules/fork.ts";
import type { Address, Hash } from "../../types.ts";
import type { Precompile } from "../precompiles/precompile.ts";
import { createCodeLoader } from "./code-cache.ts";
import { forkFigures } from "./fork-figures.ts";
import type { Machine } from "./machine.ts";
import { opcodeTable } from "./opcode-table.ts";

/** What an engine sets in every machine it runs on. */
export interface MachineConfiguration {
  readonly chainId: bigint;
  readonly fork: Fork;
  readonly allowUnlimitedContractSize: boolean;
  readonly precompiles: ReadonlyMap<Address, Precompile>;
}

const LOW_ADDRESSES = 512n;
const MAX_OTHERS = 64;

/** Makes a machine run by a configuration. Costs nothing if it does already; another fork costs a walk over all accounts. */
export function configureMachine(machine: Machine, configuration: MachineConfiguration): void {
  if (machine.engine.configuration === configuration) return;
  const { fork, chainId, allowUnlimitedContractSize, precompiles } = configuration;
  const { exports } = machine;
  const bytes = machine.bytes();
  bytes.set(opcodeTable(fork), exports.opcodeTable.value);
  const figures = forkFigures(fork, { allowUnlimitedContractSize });
  bytes.set(new Uint8Array(figures.buffer), exports.figures.value);
  machine.writeWord(exports.environment.value + 224, chainId);
  const low = exports.lowPrecompiles.value;
  bytes.fill(0, low, low + Number(LOW_ADDRESSES));
  let others = 0;
  for (const address of precompiles.keys()) {
    const number = BigInt(address);
    if (number < LOW_ADDRESSES) bytes[low + Number(number)] = 1;
    else if (others === MAX_OTHERS) {
      throw new ChainError("ENGINE_FAILURE", `More than ${MAX_OTHERS} precompiled contracts at high addresses`, {
        limit: MAX_OTHERS,
      });
    } else machine.writeAddress(exports.otherPrecompiles.value + 32 * others++, address);
  }
  exports.setOtherPrecompileCount(others);
  if (machine.engine.fork !== fork) {
    if (machine.engine.fork !== undefined) exports.forgetDecoded();
    const loader = machine.engine.loaders.get(fork) ?? createCodeLoader(machine, fork);
    machine.engine.loaders.set(fork, loader);
    machine.engine.loadCode = loader;
    machine.engine.fork = fork;
  }
  machine.engine.configuration = configuration;
}

export type { Hash };
