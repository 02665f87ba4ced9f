import { compileAssembly } from "../../../scripts/engine/compile-assembly.ts";

/** The word and keccak functions of the engine, compiled for the tests alone, with room for operands. */
export interface WordsProbe {
  /** Start of the room: a multiple of 16, at least 128 KiB long. */
  readonly room: number;
  readonly memory: Uint8Array;
  call(name: string, ...operands: (number | bigint)[]): number | bigint | undefined;
  /** Calls and says whether the answer was true. */
  holds(name: string, ...operands: number[]): boolean;
  put(at: number, value: bigint): void;
  get(at: number): bigint;
}

let instance: Promise<WordsProbe> | undefined;

/** Compiled once per process. */
export function wordsProbe(): Promise<WordsProbe> {
  instance ??= instantiate();
  return instance;
}

async function instantiate(): Promise<WordsProbe> {
  const exported = new WebAssembly.Instance(new WebAssembly.Module(await compileAssembly("words-probe.ts"))).exports;
  const { memory, scratch } = exported;
  if (!(memory instanceof WebAssembly.Memory) || !(scratch instanceof WebAssembly.Global)) throw new Error("no memory");
  memory.grow(4);
  const room = (Number(scratch.value) + 15) & ~15;
  const limbs = new BigUint64Array(memory.buffer);
  const call = (name: string, ...operands: (number | bigint)[]): number | bigint | undefined => {
    const found = exported[name];
    if (typeof found !== "function") throw new Error(`The words have no ${name}`);
    return found(...operands);
  };
  return {
    room,
    memory: new Uint8Array(memory.buffer),
    call,
    holds: (name, ...operands) => call(name, ...operands) === 1,
    put: (at, value) => {
      for (let i = 0; i < 4; i++) limbs[at / 8 + i] = BigInt.asUintN(64, value >> BigInt(64 * i));
    },
    get: (at) => [3, 2, 1, 0].reduce((value, i) => (value << 64n) | (limbs[at / 8 + i] ?? 0n), 0n),
  };
}
