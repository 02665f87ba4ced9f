import { byteAt, EMPTY_BYTES } from "../../codec/hex.ts";
import type { Address, Hash, Hex } from "../../types.ts";
import type { Pointer } from "./state-exports.ts";

/**
 * The linear memory of a machine. A word there is 32 bytes, least significant first; addresses and hashes are words too, so their bytes stand
 * reversed. Views are valid until the memory grows, that is until the next call into the machine: ask for them again.
 *
 * A pointer beyond 2 GiB comes out of the machine as a negative number. What reads and writes here bears that; whoever indexes a view by a
 * pointer makes it unsigned first (`>>> 0`).
 */
export interface MachineMemory {
  bytes(): Uint8Array;
  view(): DataView;
  /** A copy of some bytes. */
  slice(at: Pointer, size: number): Uint8Array;
  /** Some bytes as they lie there: valid until the memory grows. */
  subarray(at: Pointer, size: number): Uint8Array;
  set(at: Pointer, bytes: Uint8Array): void;
  readU32(at: Pointer): number;
  readU64(at: Pointer): bigint;
  writeU64(at: Pointer, value: bigint): void;
  readWord(at: Pointer): bigint;
  writeWord(at: Pointer, value: bigint): void;
  readAddress(at: Pointer): Address;
  writeAddress(at: Pointer, address: Address): void;
  readHash(at: Pointer): Hash;
  writeHash(at: Pointer, hash: Hash): void;
  /** A word as big-endian bytes without leading zeros, a copy; zero is empty. */
  readTrimmed(at: Pointer): Uint8Array;
  /** Writes at most 32 big-endian bytes as a word. */
  writeTrimmed(at: Pointer, value: Uint8Array): void;
}

const MAX_LIMB = 0xffff_ffff_ffff_ffffn;

/** Makes the views of a machine's memory. */
export function createMachineMemory(memory: WebAssembly.Memory): MachineMemory {
  let bytes = new Uint8Array(memory.buffer);
  let view = new DataView(memory.buffer);
  const turned = Buffer.allocUnsafeSlow(32);

  // A memory that grew leaves its old views with no length: cheaper to see than to ask for the buffer.
  function refresh(): void {
    bytes = new Uint8Array(memory.buffer);
    view = new DataView(memory.buffer);
  }

  function readHex(pointer: Pointer, length: number): Hex {
    if (bytes.length === 0) refresh();
    for (let i = 0, from = (pointer >>> 0) + length - 1; i < length; i++, from--) turned[i] = bytes[from] as number;
    return `0x${turned.toString("hex", 0, length)}`;
  }

  function writeHex(pointer: Pointer, hex: Hex, length: number): void {
    if (bytes.length === 0) refresh();
    const at = pointer >>> 0;
    for (let to = at + length - 1, from = 2; to >= at; to--, from += 2) bytes[to] = byteAt(hex, from);
  }

  return {
    bytes() {
      if (bytes.length === 0) refresh();
      return bytes;
    },
    view() {
      if (bytes.length === 0) refresh();
      return view;
    },
    slice(pointer, size) {
      if (bytes.length === 0) refresh();
      const at = pointer >>> 0;
      return bytes.slice(at, at + size);
    },
    subarray(pointer, size) {
      if (bytes.length === 0) refresh();
      const at = pointer >>> 0;
      return bytes.subarray(at, at + size);
    },
    set(pointer, source) {
      if (bytes.length === 0) refresh();
      bytes.set(source, pointer >>> 0);
    },
    readU32(pointer) {
      if (bytes.length === 0) refresh();
      return view.getUint32(pointer >>> 0, true);
    },
    readU64(pointer) {
      if (bytes.length === 0) refresh();
      return view.getBigUint64(pointer >>> 0, true);
    },
    writeU64(pointer, value) {
      if (bytes.length === 0) refresh();
      view.setBigUint64(pointer >>> 0, value, true);
    },
    readWord(pointer) {
      if (bytes.length === 0) refresh();
      const at = pointer >>> 0;
      const low = view.getBigUint64(at, true);
      const second = view.getBigUint64(at + 8, true);
      const third = view.getBigUint64(at + 16, true);
      const high = view.getBigUint64(at + 24, true);
      if (third === 0n && high === 0n) return second === 0n ? low : (second << 64n) | low;
      return (high << 192n) | (third << 128n) | (second << 64n) | low;
    },
    writeWord(pointer, value) {
      if (bytes.length === 0) refresh();
      const at = pointer >>> 0;
      view.setBigUint64(at, value, true);
      if (value <= MAX_LIMB) {
        bytes.fill(0, at + 8, at + 32);
        return;
      }
      view.setBigUint64(at + 8, value >> 64n, true);
      view.setBigUint64(at + 16, value >> 128n, true);
      view.setBigUint64(at + 24, value >> 192n, true);
    },
    readAddress: (at) => readHex(at, 20),
    writeAddress(pointer, address) {
      const at = pointer >>> 0;
      writeHex(at, address, 20);
      bytes.fill(0, at + 20, at + 32);
    },
    readHash: (at) => readHex(at, 32),
    writeHash: (at, hash) => writeHex(at, hash, 32),
    readTrimmed(pointer) {
      if (bytes.length === 0) refresh();
      const at = pointer >>> 0;
      let top = at + 31;
      while (top >= at && bytes[top] === 0) top--;
      if (top < at) return EMPTY_BYTES;
      const value = new Uint8Array(top - at + 1);
      for (let i = 0; top >= at; i++, top--) value[i] = bytes[top] as number;
      return value;
    },
    writeTrimmed(pointer, value) {
      if (bytes.length === 0) refresh();
      const at = pointer >>> 0;
      const { length } = value;
      for (let i = 0, to = at + length - 1; i < length; i++, to--) bytes[to] = value[i] as number;
      bytes.fill(0, at + length, at + 32);
    },
  };
}
