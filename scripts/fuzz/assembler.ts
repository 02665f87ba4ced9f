import { opcodeNamed } from "./opcodes.ts";

/** A place in code, known when the code is finished. */
export type Label = number;

/** Writes EVM code. */
export interface Assembler {
  readonly length: number;
  /** Appends instructions by name. */
  op(...names: string[]): Assembler;
  /** Appends a byte as it is. */
  raw(...bytes: number[]): Assembler;
  bytes(data: Uint8Array): Assembler;
  /** PUSH of the fewest bytes that hold the value, or of as many as asked for. */
  push(value: bigint | number, width?: number): Assembler;
  /** A label not yet placed. */
  label(): Label;
  /** Puts a label here. */
  place(label: Label): Assembler;
  /** PUSH2 of a label's place. */
  pushLabel(label: Label): Assembler;
  /** The code. Labels never placed read 0. */
  finish(): Uint8Array;
}

/** Starts empty code. */
export function createAssembler(): Assembler {
  const code: number[] = [];
  const places: number[] = [];
  const references: { at: number; label: Label }[] = [];
  const assembler: Assembler = {
    get length() {
      return code.length;
    },
    op(...names) {
      for (const name of names) code.push(opcodeNamed(name).code);
      return assembler;
    },
    raw(...bytes) {
      code.push(...bytes);
      return assembler;
    },
    bytes(data) {
      for (const byte of data) code.push(byte);
      return assembler;
    },
    push(value, width) {
      const digits = BigInt(value).toString(16);
      const least = Math.max(1, Math.ceil(digits.length / 2));
      const size = Math.max(least, width ?? 1);
      const text = digits.padStart(2 * size, "0");
      code.push(0x5f + size);
      for (let i = 0; i < size; i++) code.push(Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
      return assembler;
    },
    label() {
      places.push(0);
      return places.length - 1;
    },
    place(label) {
      places[label] = code.length;
      return assembler;
    },
    pushLabel(label) {
      references.push({ at: code.length + 1, label });
      code.push(0x61, 0, 0);
      return assembler;
    },
    finish() {
      const finished = Uint8Array.from(code);
      for (const { at, label } of references) {
        const place = places[label] ?? 0;
        finished[at] = place >> 8;
        finished[at + 1] = place & 255;
      }
      return finished;
    },
  };
  return assembler;
}
