import { readFileSync } from "node:fs";
import type { Hash } from "../types.ts";

/** What the compiled module gives: `engine/machine/assembly/keccak-hasher.ts`. */
interface Hasher {
  readonly memory: WebAssembly.Memory;
  readonly digest: { readonly value: number };
  readonly input: { readonly value: number };
  hash(length: number): void;
}

const PAGE = 65_536;

// One instance for the whole process: hashing is synchronous and leaves no state behind.
const module = new WebAssembly.Module(readFileSync(new URL("./keccak.wasm", import.meta.url)));
// What the module exports is settled by its source, which the compiler of TypeScript does not see.
const hasher = new WebAssembly.Instance(module).exports as unknown as Hasher;
const atInput = hasher.input.value;
const atDigest = hasher.digest.value;
let memory = new Uint8Array(hasher.memory.buffer);
let digest = Buffer.from(memory.buffer, atDigest, 32);

/** Keccak-256, as Ethereum uses it. */
export function keccak256(data: Uint8Array): Uint8Array {
  hash(data);
  return memory.slice(atDigest, atDigest + 32);
}

/** Keccak-256 as a hash string. */
export function keccak256Hex(data: Uint8Array): Hash {
  hash(data);
  return `0x${digest.toString("hex")}`;
}

function hash(data: Uint8Array): void {
  const missing = atInput + data.length - memory.length;
  if (missing > 0) {
    hasher.memory.grow(Math.ceil(missing / PAGE));
    memory = new Uint8Array(hasher.memory.buffer);
    digest = Buffer.from(memory.buffer, atDigest, 32);
  }
  memory.set(data, atInput);
  hasher.hash(data.length);
}
