import { isAtLeast } from "../../chain/src/rules/fork.ts";
import { type Assembler, createAssembler } from "./assembler.ts";
import { EDGE_WORDS, edgeWord } from "./edge-words.ts";
import { OPCODES, type Opcode, opcodeNamed } from "./opcodes.ts";
import type { Random } from "./random.ts";
import {
  type Check,
  COMPARED_FORKS,
  executionWith,
  type GenesisAccount,
  numberedAddress,
  type Scenario,
  scenarioBlock,
} from "./scenario.ts";

/** Memory that checks write to; what they found out lies below it. */
const SCRATCH = 0x2000;
const SCRATCH_SIZE = 0x200;
const WORDS_PER_CHECK = 2;
const DATA_WORDS = 64;

const CONTRACT = numberedAddress("c0de", 1);
const SENDER = numberedAddress("5e4de4", 1);
const OTHERS: readonly GenesisAccount[] = [
  { address: numberedAddress("ab", 1), balance: 5n, nonce: 1n, code: Uint8Array.from([0x5b, 0x00]), storage: [] },
  { address: numberedAddress("ab", 2), balance: 2n ** 100n, nonce: 0n, code: new Uint8Array(0), storage: [] },
];
const ADDRESSES = [
  CONTRACT,
  SENDER,
  ...OTHERS.map(({ address }) => address),
  numberedAddress("", 1),
  numberedAddress("ff", 9),
];

const PLAIN = [...OPCODES.values()].filter(({ code }) => code >= 0x01 && code <= 0x1d);
const ENVIRONMENT = [...OPCODES.values()].filter(
  ({ code, inputs, outputs }) => code >= 0x30 && code <= 0x5a && inputs === 0 && outputs === 1,
);
const COMPARISONS = ["LT", "GT", "SLT", "SGT", "EQ"];

interface Bench {
  readonly random: Random;
  readonly code: Assembler;
  readonly data: readonly bigint[];
  readonly cancun: boolean;
}

/**
 * A program of many single checks that cannot fail. Each puts operands on the stack, as constants or out of the call data, executes one
 * instruction, and keeps its result and the gas left; the program returns all of that.
 */
export function inlineChecks(random: Random, name: string, count: number): Scenario {
  const fork = random.pick(COMPARED_FORKS);
  const code = createAssembler();
  const data = Array.from({ length: DATA_WORDS }, () => edgeWord(random));
  const bench: Bench = { random, code, data, cancun: isAtLeast(fork, "cancun") };
  // The identity precompile leaves 64 bytes of return data behind.
  code.push(0).push(0).push(64).push(SCRATCH).push(4).op("GAS", "STATICCALL", "POP");
  const checks: Check[] = [];
  for (let i = 0; i < count; i++) {
    const at = 32 * WORDS_PER_CHECK * i;
    const label = writeCheck(bench, at);
    code
      .op("GAS")
      .push(at + 32, 2)
      .op("MSTORE");
    checks.push({ label, firstWord: WORDS_PER_CHECK * i, words: WORDS_PER_CHECK });
  }
  code
    .push(32 * WORDS_PER_CHECK * count)
    .push(0)
    .op("RETURN");
  const storage = [0, 2, 4, 5].map((i) => [slotNumbered(i), edgeWord(random)] as const);
  return {
    name,
    fork,
    block: scenarioBlock(),
    accounts: [
      { address: CONTRACT, balance: 1_000n, nonce: 1n, code: code.finish(), storage },
      { address: SENDER, balance: 10n ** 20n, nonce: 0n, code: new Uint8Array(0), storage: [] },
      ...OTHERS,
    ],
    actions: [
      {
        kind: "transaction",
        execution: executionWith({
          from: SENDER,
          to: CONTRACT,
          gasLimit: random.pick([30_000_000n, 30_000_000n, 2n ** 32n + 5n, 2n ** 53n + 1n, 2n ** 61n]),
          value: BigInt(random.below(3)),
          data: Uint8Array.from(Buffer.from(data.map((word) => word.toString(16).padStart(64, "0")).join(""), "hex")),
        }),
      },
    ],
    checks,
  };
}

/** Slots: small ones, and one that needs all 32 bytes. */
function slotNumbered(i: number): bigint {
  return i < 5 ? BigInt(i) : (EDGE_WORDS.at(-1) ?? 0n);
}

/** Writes the code of one check, whose result goes to memory at `at`. */
function writeCheck(bench: Bench, at: number): string {
  const { random, code, cancun } = bench;
  const keep = (): void => void code.push(at, 2).op("MSTORE");
  const keepScratch = (): void => {
    code.push(SCRATCH_SIZE).push(SCRATCH).op("KECCAK256");
    keep();
  };
  const operation = (opcode: Opcode, operands: readonly bigint[]): string => {
    const label = pushOperands(bench, operands);
    code.op(opcode.name);
    return `${opcode.name}(${label})`;
  };
  const inScratch = (): bigint => BigInt(SCRATCH + random.below(SCRATCH_SIZE / 2));
  const length = (): bigint => BigInt(random.pick([0, 1, 2, 31, 32, 33, 63, 64, 65, 100, 200]));
  /** A place to read from: near, at the end of what there is, far out. */
  const source = (end: number): bigint =>
    random.chance(50) ? BigInt(random.below(end + 40)) : random.pick([0n, BigInt(end), edgeWord(random)]);
  const account = (): bigint => (random.chance(70) ? BigInt(random.pick(ADDRESSES)) : edgeWord(random));

  const kinds: readonly (readonly [number, () => string])[] = [
    [
      44,
      () => {
        const opcode = random.pick(PLAIN);
        const label = operation(opcode, operandsOf(random, opcode));
        keep();
        return label;
      },
    ],
    [
      8,
      () => {
        // A condition as compilers write it: compare, negate or not, jump.
        const opcode = opcodeNamed(random.pick(COMPARISONS));
        let label = operation(opcode, operandsOf(random, opcode));
        for (let i = random.below(3); i > 0; i--) {
          code.op("ISZERO");
          label += " ISZERO";
        }
        const taken = code.label();
        code.pushLabel(taken).op("JUMPI").push(7);
        keep();
        code.place(taken).op("JUMPDEST");
        return `${label} JUMPI`;
      },
    ],
    [
      5,
      () => {
        const { name } = random.pick(ENVIRONMENT.filter(({ since }) => cancun || since !== "cancun"));
        code.op(name);
        keep();
        return name;
      },
    ],
    [
      4,
      () => {
        const choices = [
          "BALANCE",
          "EXTCODESIZE",
          "EXTCODEHASH",
          "BLOCKHASH",
          "CALLDATALOAD",
          ...(cancun ? ["BLOBHASH"] : []),
        ];
        const opcode = opcodeNamed(random.pick(choices));
        const operand =
          opcode.name === "BLOCKHASH"
            ? random.pick([743n, 744n, 745n, 999n, 1_000n, 1_001n, edgeWord(random)])
            : opcode.name === "CALLDATALOAD"
              ? source(32 * DATA_WORDS)
              : account();
        const label = operation(opcode, [operand]);
        keep();
        return label;
      },
    ],
    [
      7,
      () => {
        const opcode = opcodeNamed(random.pick(["MSTORE", "MSTORE8", "MSTORE"]));
        const label = operation(opcode, [inScratch(), edgeWord(random)]);
        keepScratch();
        return label;
      },
    ],
    [
      3,
      () => {
        const label = operation(opcodeNamed("MLOAD"), [inScratch()]);
        keep();
        return label;
      },
    ],
    [
      7,
      () => {
        const choices = [
          "CALLDATACOPY",
          "CODECOPY",
          "RETURNDATACOPY",
          "EXTCODECOPY",
          ...(cancun ? ["MCOPY", "MCOPY"] : []),
        ];
        const opcode = opcodeNamed(random.pick(choices));
        const size = length();
        const target = size === 0n ? edgeWord(random) : inScratch();
        let from = source(32 * DATA_WORDS);
        if (opcode.name === "RETURNDATACOPY") from = size > 64n ? 0n : BigInt(random.below(Number(64n - size) + 1));
        if (opcode.name === "MCOPY") from = size === 0n ? edgeWord(random) : inScratch();
        const size2 = opcode.name === "RETURNDATACOPY" && size > 64n ? 64n : size;
        const operands = [target, from, size2];
        const label = operation(opcode, opcode.name === "EXTCODECOPY" ? [account(), ...operands] : operands);
        keepScratch();
        return label;
      },
    ],
    [
      3,
      () => {
        const label = operation(opcodeNamed("KECCAK256"), [inScratch(), length()]);
        keep();
        return label;
      },
    ],
    [
      6,
      () => {
        const slot = slotNumbered(random.below(8));
        const stored = random.pick([0n, 0n, 1n, edgeWord(random)]);
        const label = operation(opcodeNamed("SSTORE"), [slot, stored]);
        code.push(slot).op("SLOAD");
        keep();
        return label;
      },
    ],
    [
      4,
      () => {
        const label = operation(opcodeNamed("SLOAD"), [
          random.chance(80) ? slotNumbered(random.below(8)) : edgeWord(random),
        ]);
        keep();
        return label;
      },
    ],
    [
      3,
      () => {
        if (!cancun) return writeCheck(bench, at);
        const slot = slotNumbered(random.below(8));
        const label = random.chance(60) ? operation(opcodeNamed("TSTORE"), [slot, edgeWord(random)]) : "";
        code.push(random.chance(80) ? slot : edgeWord(random)).op("TLOAD");
        keep();
        return `${label} TLOAD(${slot})`;
      },
    ],
    [
      2,
      () => {
        const topics = random.below(5);
        const operands = Array.from({ length: topics }, () => edgeWord(random));
        const label = operation(opcodeNamed(`LOG${topics}`), [inScratch(), length(), ...operands]);
        return label;
      },
    ],
    [
      4,
      () => {
        // DUP and SWAP at depth, folded into one word that depends on every place.
        const depth = random.between(1, 16);
        const swaps = random.chance(50);
        for (let i = 0; i <= depth; i++) code.push(random.chance(50) ? BigInt(i + 1) : edgeWord(random));
        code.raw((swaps ? 0x8f : 0x7f) + depth);
        for (let i = swaps ? depth : depth + 1; i > 0; i--) code.push(31).op("MUL", "ADD");
        keep();
        return `${swaps ? "SWAP" : "DUP"}${depth}`;
      },
    ],
  ];
  return random.weighted(kinds)();
}

/** Operands that make the instruction's edges likely: a small shift, a divisor close to the dividend. */
function operandsOf(random: Random, { name, inputs }: Opcode): bigint[] {
  const operands = Array.from({ length: inputs }, () => edgeWord(random));
  const [first = 0n] = operands;
  if (["BYTE", "SIGNEXTEND"].includes(name) && random.chance(60)) operands[0] = BigInt(random.below(34));
  if (["SHL", "SHR", "SAR"].includes(name) && random.chance(60)) operands[0] = BigInt(random.below(260));
  if (inputs >= 2 && random.chance(15)) operands[1] = BigInt.asUintN(256, first + BigInt(random.between(-1, 1)));
  return operands;
}

/** Pushes operands, the first one last, each as a constant, as a value only known at run time, or as a copy; says how. */
function pushOperands({ random, code, data }: Bench, operands: readonly bigint[]): string {
  const words: string[] = [];
  const onlyConstants = random.chance(40);
  for (const [i, operand] of [...operands.entries()].reverse()) {
    const text = `0x${operand.toString(16)}`;
    if (operands[i + 1] === operand && random.chance(70)) {
      code.op("DUP1");
      words.unshift(`${text} copied`);
    } else if (onlyConstants || random.chance(30)) {
      code.push(operand, random.chance(60) ? 1 : random.between(1, 32));
      words.unshift(text);
    } else {
      const other = random.below(data.length);
      code.push(BigInt.asUintN(256, operand - (data[other] ?? 0n)));
      code.push(32 * other).op("CALLDATALOAD", "ADD");
      words.unshift(`${text} from data`);
    }
  }
  return words.join(", ");
}
