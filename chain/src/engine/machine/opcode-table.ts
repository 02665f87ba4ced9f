import { type Fork, isAtLeast } from "../../rules/fork.ts";

/** An instruction as the forks know it: Yellow Paper, appendix H, and the EIPs named. */
export interface Instruction {
  readonly opcode: number;
  readonly name: string;
  /** Words it takes from the stack. */
  readonly taken: number;
  /** Words it leaves there. */
  readonly left: number;
  /** The part of its gas that does not depend on operands and state, by the fork that set it; latest last. */
  readonly gas: readonly (readonly [since: Fork, gas: number])[];
  /** True if there is another part. */
  readonly isDynamic: boolean;
}

const instructions: Instruction[] = [];

function define(
  opcode: number,
  name: string,
  taken: number,
  left: number,
  gas: number | readonly (readonly [Fork, number])[],
  options: { readonly since?: Fork; readonly isDynamic?: boolean } = {},
): void {
  const { since = "frontier", isDynamic = false } = options;
  instructions.push({
    opcode,
    name,
    taken,
    left,
    gas: typeof gas === "number" ? [[since, gas]] : gas,
    isDynamic,
  });
}

define(0x00, "STOP", 0, 0, 0);
define(0x01, "ADD", 2, 1, 3);
define(0x02, "MUL", 2, 1, 5);
define(0x03, "SUB", 2, 1, 3);
define(0x04, "DIV", 2, 1, 5);
define(0x05, "SDIV", 2, 1, 5);
define(0x06, "MOD", 2, 1, 5);
define(0x07, "SMOD", 2, 1, 5);
define(0x08, "ADDMOD", 3, 1, 8);
define(0x09, "MULMOD", 3, 1, 8);
define(0x0a, "EXP", 2, 1, 10, { isDynamic: true });
define(0x0b, "SIGNEXTEND", 2, 1, 5);
define(0x10, "LT", 2, 1, 3);
define(0x11, "GT", 2, 1, 3);
define(0x12, "SLT", 2, 1, 3);
define(0x13, "SGT", 2, 1, 3);
define(0x14, "EQ", 2, 1, 3);
define(0x15, "ISZERO", 1, 1, 3);
define(0x16, "AND", 2, 1, 3);
define(0x17, "OR", 2, 1, 3);
define(0x18, "XOR", 2, 1, 3);
define(0x19, "NOT", 1, 1, 3);
define(0x1a, "BYTE", 2, 1, 3);
// EIP-145.
define(0x1b, "SHL", 2, 1, 3, { since: "constantinople" });
define(0x1c, "SHR", 2, 1, 3, { since: "constantinople" });
define(0x1d, "SAR", 2, 1, 3, { since: "constantinople" });
// EIP-7939.
define(0x1e, "CLZ", 1, 1, 5, { since: "osaka" });
define(0x20, "KECCAK256", 2, 1, 30, { isDynamic: true });
define(0x30, "ADDRESS", 0, 1, 2);
// EIP-150, EIP-1884; EIP-2929: the warm cost, cold accounts cost more.
define(
  0x31,
  "BALANCE",
  1,
  1,
  [
    ["frontier", 20],
    ["tangerineWhistle", 400],
    ["istanbul", 700],
    ["berlin", 100],
  ],
  { isDynamic: true },
);
define(0x32, "ORIGIN", 0, 1, 2);
define(0x33, "CALLER", 0, 1, 2);
define(0x34, "CALLVALUE", 0, 1, 2);
define(0x35, "CALLDATALOAD", 1, 1, 3);
define(0x36, "CALLDATASIZE", 0, 1, 2);
define(0x37, "CALLDATACOPY", 3, 0, 3, { isDynamic: true });
define(0x38, "CODESIZE", 0, 1, 2);
define(0x39, "CODECOPY", 3, 0, 3, { isDynamic: true });
define(0x3a, "GASPRICE", 0, 1, 2);
define(
  0x3b,
  "EXTCODESIZE",
  1,
  1,
  [
    ["frontier", 20],
    ["tangerineWhistle", 700],
    ["berlin", 100],
  ],
  { isDynamic: true },
);
define(
  0x3c,
  "EXTCODECOPY",
  4,
  0,
  [
    ["frontier", 20],
    ["tangerineWhistle", 700],
    ["berlin", 100],
  ],
  { isDynamic: true },
);
// EIP-211.
define(0x3d, "RETURNDATASIZE", 0, 1, 2, { since: "byzantium" });
define(0x3e, "RETURNDATACOPY", 3, 0, 3, { since: "byzantium", isDynamic: true });
// EIP-1052, EIP-1884.
define(
  0x3f,
  "EXTCODEHASH",
  1,
  1,
  [
    ["constantinople", 400],
    ["istanbul", 700],
    ["berlin", 100],
  ],
  { isDynamic: true },
);
define(0x40, "BLOCKHASH", 1, 1, 20);
define(0x41, "COINBASE", 0, 1, 2);
define(0x42, "TIMESTAMP", 0, 1, 2);
define(0x43, "NUMBER", 0, 1, 2);
define(0x44, "PREVRANDAO", 0, 1, 2);
define(0x45, "GASLIMIT", 0, 1, 2);
// EIP-1344, EIP-1884, EIP-3198, EIP-4844, EIP-7516.
define(0x46, "CHAINID", 0, 1, 2, { since: "istanbul" });
define(0x47, "SELFBALANCE", 0, 1, 5, { since: "istanbul" });
define(0x48, "BASEFEE", 0, 1, 2, { since: "london" });
define(0x49, "BLOBHASH", 1, 1, 3, { since: "cancun" });
define(0x4a, "BLOBBASEFEE", 0, 1, 2, { since: "cancun" });
define(0x50, "POP", 1, 0, 2);
define(0x51, "MLOAD", 1, 1, 3, { isDynamic: true });
define(0x52, "MSTORE", 2, 0, 3, { isDynamic: true });
define(0x53, "MSTORE8", 2, 0, 3, { isDynamic: true });
define(
  0x54,
  "SLOAD",
  1,
  1,
  [
    ["frontier", 50],
    ["tangerineWhistle", 200],
    ["istanbul", 800],
    ["berlin", 100],
  ],
  { isDynamic: true },
);
define(0x55, "SSTORE", 2, 0, 0, { isDynamic: true });
define(0x56, "JUMP", 1, 0, 8);
define(0x57, "JUMPI", 2, 0, 10);
define(0x58, "PC", 0, 1, 2);
define(0x59, "MSIZE", 0, 1, 2);
define(0x5a, "GAS", 0, 1, 2);
define(0x5b, "JUMPDEST", 0, 0, 1);
// EIP-1153, EIP-5656, EIP-3855.
define(0x5c, "TLOAD", 1, 1, 100, { since: "cancun" });
define(0x5d, "TSTORE", 2, 0, 100, { since: "cancun" });
define(0x5e, "MCOPY", 3, 0, 3, { since: "cancun", isDynamic: true });
define(0x5f, "PUSH0", 0, 1, 2, { since: "shanghai" });
for (let size = 1; size <= 32; size++) define(0x5f + size, `PUSH${size}`, 0, 1, 3);
for (let position = 1; position <= 16; position++) {
  define(0x7f + position, `DUP${position}`, position, position + 1, 3);
  define(0x8f + position, `SWAP${position}`, position + 1, position + 1, 3);
}
for (let topics = 0; topics <= 4; topics++) {
  define(0xa0 + topics, `LOG${topics}`, topics + 2, 0, 375 * (topics + 1), { isDynamic: true });
}
define(0xf0, "CREATE", 3, 1, 32_000, { isDynamic: true });
const callGas = [
  ["frontier", 40],
  ["tangerineWhistle", 700],
  ["berlin", 100],
] as const;
define(0xf1, "CALL", 7, 1, callGas, { isDynamic: true });
define(0xf2, "CALLCODE", 7, 1, callGas, { isDynamic: true });
define(0xf3, "RETURN", 2, 0, 0, { isDynamic: true });
define(0xf4, "DELEGATECALL", 6, 1, [["homestead", 40], ...callGas.slice(1)], { isDynamic: true });
// EIP-1014, EIP-214, EIP-140.
define(0xf5, "CREATE2", 4, 1, 32_000, { since: "constantinople", isDynamic: true });
define(
  0xfa,
  "STATICCALL",
  6,
  1,
  [
    ["byzantium", 700],
    ["berlin", 100],
  ],
  { isDynamic: true },
);
define(0xfd, "REVERT", 2, 0, 0, { since: "byzantium", isDynamic: true });
define(0xfe, "INVALID", 0, 0, 0);
define(
  0xff,
  "SELFDESTRUCT",
  1,
  0,
  [
    ["frontier", 0],
    ["tangerineWhistle", 5_000],
  ],
  { isDynamic: true },
);

/** Every instruction that some fork knows, in the order of the opcodes. */
const INSTRUCTIONS: readonly Instruction[] = instructions.sort((a, b) => a.opcode - b.opcode);

const names = new Map(INSTRUCTIONS.map(({ opcode, name }) => [opcode, name]));
const heights = new Map(INSTRUCTIONS.map(({ opcode, left }) => [opcode, left]));

/** Mnemonic of an opcode; one that no fork knows is INVALID. */
export function opcodeName(opcode: number): string {
  return names.get(opcode) ?? "INVALID";
}

/** How many words an instruction leaves on the stack; 0 for what is none. Those that only move words leave as many as they looked at. */
export function wordsLeft(opcode: number): number {
  return heights.get(opcode) ?? 0;
}

/** Static gas of an instruction at a fork; `undefined` if the fork does not know it. */
function staticGas(instruction: Instruction, fork: Fork): number | undefined {
  let found: number | undefined;
  for (const [since, gas] of instruction.gas) if (isAtLeast(fork, since)) found = gas;
  return found;
}

/** The table of a fork as the machine reads it: per opcode known, taken, left, dynamic (a byte each), then the static gas (u32). */
export function opcodeTable(fork: Fork): Uint8Array {
  const table = new Uint8Array(2048);
  const view = new DataView(table.buffer);
  for (const instruction of INSTRUCTIONS) {
    const { opcode, taken, left, isDynamic } = instruction;
    const gas = staticGas(instruction, fork);
    // 0xfe is defined as the instruction that no fork knows.
    if (gas === undefined || opcode === 0xfe) continue;
    table.set([1, taken, left, isDynamic ? 1 : 0], opcode * 8);
    view.setUint32(opcode * 8 + 4, gas, true);
  }
  return table;
}
