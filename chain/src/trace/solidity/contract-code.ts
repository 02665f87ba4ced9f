import type { Contract } from "./contract.ts";
import type { Location, SourceFile } from "./source-file.ts";

/** How an instruction moves between functions, by the source map. */
export const JUMP = { NONE: 0, IN: 1, OUT: 2 } as const;

/** Opcodes that stack traces look for. */
export const OP = {
  LT: 0x10,
  ISZERO: 0x15,
  CALLDATASIZE: 0x36,
  CODESIZE: 0x38,
  CODECOPY: 0x39,
  EXTCODESIZE: 0x3b,
  JUMPDEST: 0x5b,
  PUSH1: 0x60,
  PUSH32: 0x7f,
  DUP1: 0x80,
  CREATE: 0xf0,
  CALL: 0xf1,
  CREATE2: 0xf5,
  DELEGATECALL: 0xf4,
  STATICCALL: 0xfa,
  REVERT: 0xfd,
  INVALID: 0xfe,
} as const;

/** One of a contract's two bytecodes, instruction by instruction. Places that hold no instruction of the source map have no location. */
export interface ContractCode {
  readonly contract: Contract;
  readonly isCreation: boolean;
  opcodeAt(pc: number): number;
  /** A value of {@link JUMP}. */
  jumpAt(pc: number): number;
  locationAt(pc: number): Location | undefined;
}

/** Decoded once, when a frame of the contract is looked at for the first time. */
interface Decoded {
  readonly jumps: Uint8Array;
  /** Index of a location by place, plus one; 0: none. */
  readonly places: Uint32Array;
  readonly locations: readonly Location[];
}

/** What a source map is read against. */
export interface CodeSource {
  readonly contract: Contract;
  readonly isCreation: boolean;
  readonly code: Uint8Array;
  readonly sourceMap: string;
  readonly files: ReadonlyMap<number, SourceFile>;
}

/** Makes the view of a bytecode through its source map. */
export function createContractCode(source: CodeSource): ContractCode {
  const { contract, isCreation, code } = source;
  let decoded: Decoded | undefined;
  const read = (): Decoded => {
    decoded ??= decode(source);
    return decoded;
  };
  return {
    contract,
    isCreation,
    opcodeAt: (pc) => code[pc] ?? 0,
    jumpAt: (pc) => read().jumps[pc] ?? JUMP.NONE,
    locationAt(pc) {
      const { places, locations } = read();
      return locations[(places[pc] ?? 0) - 1];
    },
  };
}

/** An entry of a source map: every field that is left out is that of the entry before. */
function decode({ code, sourceMap, files }: CodeSource): Decoded {
  const jumps = new Uint8Array(code.length);
  const places = new Uint32Array(code.length);
  const locations: Location[] = [];
  const known = new Map<string, number>();
  let start = "";
  let length = "";
  let fileId = "-1";
  let jump = "-";
  let pc = 0;
  for (const entry of sourceMap.split(";")) {
    if (pc >= code.length) break;
    if (entry !== "") {
      const [newStart, newLength, newFile, newJump] = entry.split(":");
      start = newStart || start;
      length = newLength || length;
      fileId = newFile || fileId;
      jump = newJump || jump;
    }
    jumps[pc] = jump === "i" ? JUMP.IN : jump === "o" ? JUMP.OUT : JUMP.NONE;
    const key = `${start}:${length}:${fileId}`;
    let place = known.get(key);
    if (place === undefined) {
      const file = files.get(Number(fileId));
      const from = Number(start);
      place =
        file === undefined || !(from >= 0) ? 0 : locations.push({ file, start: from, end: from + Number(length) });
      known.set(key, place);
    }
    places[pc] = place;
    const opcode = code[pc] ?? 0;
    pc += opcode >= OP.PUSH1 && opcode <= OP.PUSH32 ? opcode - OP.PUSH1 + 2 : 1;
  }
  return { jumps, places, locations };
}
