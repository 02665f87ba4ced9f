import { randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { ChainError } from "../../errors.ts";
import type { Hash } from "../../types.ts";
import type { EngineExports, EngineHost, EngineSlot } from "./engine-exports.ts";
import { createMachineMemory, type MachineMemory } from "./machine-memory.ts";
import type { Pointer, StateExports } from "./state-exports.ts";

/** What a machine asks of the state that it holds. */
export interface MachineHost {
  /** Looks for an account below and writes it at a record's offsets into `out`: 0 absent, 1 there, 3 there with storage. */
  loadAccount(address: Pointer, out: Pointer): number;
  /** Writes the value of a slot below into `out`. */
  loadSlot(address: Pointer, key: Pointer, out: Pointer): void;
  /** Code by its hash; empty if there is none. */
  code(codeHash: Hash): Uint8Array;
  /** Keeps new code by its hash. */
  keepCode(codeHash: Hash, code: Uint8Array): void;
}

/** One instance of the compiled module: the tables of one state, and the engine that runs on them. */
export interface Machine extends MachineMemory {
  readonly exports: StateExports & EngineExports;
  /** Code by its hash; empty if there is none. */
  code(codeHash: Hash): Uint8Array;
  /** What belongs to the engine that runs here. */
  readonly engine: EngineSlot;
}

let compiled: WebAssembly.Module | undefined;
let hashKeys: Uint8Array | undefined;

/** Makes a machine with empty tables. The module is compiled once for the process; an instance takes about 0.1 ms. */
export function createMachine(host: MachineHost): Machine {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("./machine.wasm", import.meta.url)));
  // Secret, so that nobody can choose keys that share a bucket. Nothing else depends on them.
  hashKeys ??= randomFillSync(new Uint8Array(80));
  const engine: EngineSlot = {
    host: undefined,
    configuration: undefined,
    fork: undefined,
    block: undefined,
    loaders: new Map(),
    loadCode: undefined,
  };
  const running = (): EngineHost => {
    if (engine.host === undefined) throw new ChainError("ENGINE_FAILURE", "The machine runs without an engine");
    return engine.host;
  };
  const engineHost: EngineHost = {
    blockHash: (number, out) => running().blockHash(number, out),
    blobHash: (index, out) => running().blobHash(index, out),
    precompile: (frame) => running().precompile(frame),
    step: (pc, opcode, gasLeft, cost, stackSize) => running().step(pc, opcode, gasLeft, cost, stackSize),
    place: (pc, opcode) => running().place(pc, opcode),
    consoleCall: (frame) => running().consoleCall(frame),
    logged: (at) => running().logged(at),
    stored: (slot) => running().stored(slot),
    destroyed: (heir, balance) => running().destroyed(heir, balance),
    enter: (frame) => running().enter(frame),
    exit: (frame, outcome, gasUsed, output, size) => running().exit(frame, outcome, gasUsed, output, size),
  };
  const instance = new WebAssembly.Instance(compiled, {
    host: {
      ...engineHost,
      loadCode: (codeHash: Pointer) => engine.loadCode?.(codeHash) ?? 0,
      exhausted() {
        throw new ChainError("STATE_FULL", "The state has used up the 4 GiB that it can lie in: begin a new chain");
      },
      loadAccount: host.loadAccount,
      loadSlot: host.loadSlot,
      storeCode(codeHash: Pointer, code: Pointer, size: number) {
        host.keepCode(memory.readHash(codeHash), memory.slice(code, size));
      },
    },
  });
  // What the module exports is settled by its sources, which the compiler of TypeScript does not see.
  const exports = instance.exports as unknown as StateExports & EngineExports;
  const memory = createMachineMemory(exports.memory);
  memory.bytes().set(hashKeys, exports.hashKeys.value);
  return { ...memory, exports, engine, code: host.code };
}
