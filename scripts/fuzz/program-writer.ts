import type { Assembler } from "./assembler.ts";
import { edgeWord } from "./edge-words.ts";
import type { Random } from "./random.ts";

/** What a random program may use. */
export interface ProgramOptions {
  readonly random: Random;
  /** Accounts that it may call, read or send to. */
  readonly targets: readonly bigint[];
  /** Whether the fork has PUSH0. */
  readonly shanghai: boolean;
  /** Whether the fork has TLOAD, TSTORE, MCOPY, BLOBHASH and BLOBBASEFEE. */
  readonly cancun: boolean;
  /** Statements, about. */
  readonly size: number;
  /** How deep init code may hold init code. */
  readonly nesting: number;
}

/** A program while it is written. */
export interface Writer extends ProgramOptions {
  readonly code: Assembler;
  /** Words on the stack that the program knows of. */
  height: number;
  /** Init codes to append at the end. */
  readonly tails: { readonly at: ReturnType<Assembler["label"]>; readonly data: Uint8Array }[];
}

/** Pushes a word. */
export function push(writer: Writer, value: bigint | number): void {
  writer.code.push(value);
  writer.height++;
}

/** A place in memory: near, at the seam of a word, seldom far out. */
export function offset(writer: Writer): void {
  const { random } = writer;
  push(writer, random.below(1_000) > 3 ? random.pick([0, 1, 31, 32, 33, 64, 96, 100, 128, 500]) : edgeWord(random));
}

/** A length of memory, of the same kind. */
export function size(writer: Writer): void {
  const { random } = writer;
  push(writer, random.below(1_000) > 3 ? random.pick([0, 0, 1, 31, 32, 33, 64, 96, 160]) : edgeWord(random));
}

/** Brings the stack back to a height. */
export function settle(writer: Writer, height: number): void {
  for (; writer.height > height; writer.height--) writer.code.op("POP");
  for (; writer.height < height; writer.height++) writer.code.push(0);
}
