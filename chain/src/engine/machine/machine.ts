import { randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Hash } from "../../types.ts";
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
  readonly exports: StateExports;
  /** Code by its hash; empty if there is none. */
  code(codeHash: Hash): Uint8Array;
}

/** What only an engine answers. */
const ENGINE_IMPORTS = [
  "loadCode",
  "blockHash",
  "blobHash",
  "precompile",
  "step",
  "consoleCall",
  "logged",
  "stored",
  "enter",
  "exit",
] as const;

function noEngine(): never {
  throw new Error("No engine runs on this machine");
}

let compiled: WebAssembly.Module | undefined;
let hashKeys: Uint8Array | undefined;

/** Makes a machine with empty tables. The module is compiled once for the process; an instance takes about 0.1 ms. */
export function createMachine(host: MachineHost): Machine {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("./machine.wasm", import.meta.url)));
  // Secret, so that nobody can choose keys that share a bucket. Nothing else depends on them.
  hashKeys ??= randomFillSync(new Uint8Array(80));
  const instance = new WebAssembly.Instance(compiled, {
    host: {
      ...Object.fromEntries(ENGINE_IMPORTS.map((name) => [name, noEngine])),
      loadAccount: host.loadAccount,
      loadSlot: host.loadSlot,
      storeCode(codeHash: Pointer, code: Pointer, size: number) {
        host.keepCode(memory.readHash(codeHash), memory.bytes().slice(code, code + size));
      },
    },
  });
  // What the module exports is settled by its sources, which the compiler of TypeScript does not see.
  const exports = instance.exports as unknown as StateExports;
  const memory = createMachineMemory(exports.memory);
  memory.bytes().set(hashKeys, exports.hashKeys.value);
  return { ...memory, exports, code: host.code };
}
