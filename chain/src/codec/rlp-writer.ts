import type { Hex } from "../types.ts";
import { bigIntToBytes, byteAt } from "./hex.ts";
import { headLength, writeHead } from "./rlp.ts";

/**
 * Writes RLP into one buffer that is used again: what is hashed or stored at once needs no part of its own on the way there. Not to be used by
 * two at a time.
 */
export interface RlpWriter {
  /** Begins anew. */
  clear(): void;
  /** Opens a list. @returns where, for {@link endList} */
  begin(): number;
  /** Closes the list. */
  endList(start: number): void;
  /** Closes a byte string that was opened like a list: what was written since is its content. Of two bytes or more. */
  endBytes(start: number): void;
  /** A byte string. */
  bytes(value: Uint8Array): void;
  /** A byte string of two digits or more, given as hexadecimal with `0x`. */
  hex(value: Hex): void;
  /** An unsigned integer. */
  integer(value: bigint): void;
  /** What is RLP already, or stands in front of it. */
  raw(value: Uint8Array): void;
  /** One byte as it is. */
  byte(value: number): void;
  /** All that was written, without copying: holds until the next {@link clear}. */
  view(): Uint8Array;
  /** A copy of all that was written. */
  take(): Uint8Array;
}

const FIRST_SIZE = 4_096;
/** Room that a list keeps for its prefix until its length is known: enough for most. */
const PREFIX_ROOM = 3;
const MAX_SMALL = 0xffff_ffffn;

/** Makes a writer. */
export function createRlpWriter(): RlpWriter {
  let buffer = new Uint8Array(FIRST_SIZE);
  let at = 0;

  function reserve(size: number): void {
    if (at + size <= buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * buffer.length, at + size));
    larger.set(buffer.subarray(0, at));
    buffer = larger;
  }

  function end(start: number, base: number): void {
    const content = start + PREFIX_ROOM;
    const length = at - content;
    const head = headLength(length);
    if (head !== PREFIX_ROOM) {
      reserve(head);
      buffer.copyWithin(start + head, content, at);
      at += head - PREFIX_ROOM;
    }
    writeHead(buffer, start, base, length);
  }

  function bytes(value: Uint8Array): void {
    const { length } = value;
    reserve(length + 5);
    if (length === 1 && (value[0] as number) < 0x80) {
      buffer[at++] = value[0] as number;
      return;
    }
    at = writeHead(buffer, at, 0x80, length);
    buffer.set(value, at);
    at += length;
  }

  return {
    clear() {
      at = 0;
    },
    begin() {
      reserve(PREFIX_ROOM);
      at += PREFIX_ROOM;
      return at - PREFIX_ROOM;
    },
    endList: (start) => end(start, 0xc0),
    endBytes: (start) => end(start, 0x80),
    bytes,
    hex(value) {
      const length = (value.length - 2) >> 1;
      reserve(length + 5);
      at = writeHead(buffer, at, 0x80, length);
      for (let i = 2; i < value.length; i += 2) buffer[at++] = byteAt(value, i);
    },
    integer(value) {
      if (value > MAX_SMALL) {
        bytes(bigIntToBytes(value));
        return;
      }
      reserve(5);
      const small = Number(value);
      if (small === 0) {
        buffer[at++] = 0x80;
        return;
      }
      if (small >= 0x80) buffer[at++] = 0x80 + (small < 0x100 ? 1 : small < 0x1_0000 ? 2 : small < 0x100_0000 ? 3 : 4);
      if (small >= 0x100_0000) buffer[at++] = small >>> 24;
      if (small >= 0x1_0000) buffer[at++] = (small >>> 16) & 255;
      if (small >= 0x100) buffer[at++] = (small >>> 8) & 255;
      buffer[at++] = small & 255;
    },
    raw(value) {
      reserve(value.length);
      buffer.set(value, at);
      at += value.length;
    },
    byte(value) {
      reserve(1);
      buffer[at++] = value;
    },
    view: () => buffer.subarray(0, at),
    take: () => buffer.slice(0, at),
  };
}
