import { readFileSync } from "node:fs";

/** The exports of the compiled module. */
interface Compressor {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly block: { readonly value: number };
  compress(rounds: number, isLast: boolean): void;
  begin(isLast: boolean): void;
  mix(rounds: number): void;
  finish(): void;
}

/**
 * Rounds in one call, at most: a multiple of ten, as the order of the words repeats. V8 exchanges a slow function for its optimised form
 * between two calls only, so that one long call would stay ten times as slow to its end.
 */
const SLICE = 100_000;

/** State, message and counter. */
const BLOCK_LENGTH = 208;
const STATE_LENGTH = 64;

let compressor: Compressor | undefined;

function load(): Compressor {
  const module = new WebAssembly.Module(readFileSync(new URL("./blake2b.wasm", import.meta.url)));
  // What the module exports is settled by its source, which the compiler of TypeScript does not see.
  return new WebAssembly.Instance(module).exports as unknown as Compressor;
}

/**
 * The compression function F of BLAKE2b (RFC 7693, section 3.2) with a given number of rounds, compiled: about 20 ns a round.
 * Neither @noble/hashes nor node:crypto offers another number than twelve.
 * @param rounds up to 2^32 - 1
 * @param block state (64 bytes), message (128), offset counter (16), little-endian words
 * @param isLast whether it is the last block
 * @returns the new state, 64 bytes
 */
export function compressBlake2b(rounds: number, block: Uint8Array, isLast: boolean): Uint8Array {
  compressor ??= load();
  const memory = new Uint8Array(compressor.memory.buffer, compressor.block.value, BLOCK_LENGTH);
  memory.set(block);
  if (rounds <= SLICE) compressor.compress(rounds, isLast);
  else {
    compressor.begin(isLast);
    for (let left = rounds; left > 0; left -= SLICE) compressor.mix(Math.min(left, SLICE));
    compressor.finish();
  }
  return memory.slice(0, STATE_LENGTH);
}
