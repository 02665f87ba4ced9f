import { createAssembler } from "./assembler.ts";
import { edgeWord } from "./edge-words.ts";
import { offset, type ProgramOptions, push, settle, size, type Writer } from "./program-writer.ts";

const BINARY = [
  ...["ADD", "MUL", "SUB", "DIV", "SDIV", "MOD", "SMOD", "EXP", "SIGNEXTEND", "LT", "GT", "SLT", "SGT", "EQ"],
  ...["AND", "OR", "XOR", "BYTE", "SHL", "SHR", "SAR"],
];
const ENVIRONMENT = [
  ...["ADDRESS", "ORIGIN", "CALLER", "CALLVALUE", "CALLDATASIZE", "CODESIZE", "GASPRICE", "RETURNDATASIZE", "COINBASE"],
  ...["TIMESTAMP", "NUMBER", "PREVRANDAO", "GASLIMIT", "CHAINID", "SELFBALANCE", "BASEFEE", "PC", "MSIZE", "GAS"],
];
const CALLS = ["CALL", "CALL", "CALLCODE", "DELEGATECALL", "STATICCALL"] as const;
/** Slots that programs fight over. */
const SLOTS = 5;

/** Random code with conditions, loops, subroutines, calls and creations. It always ends: gas is finite. */
export function randomProgram(options: ProgramOptions): Uint8Array {
  const writer: Writer = { ...options, code: createAssembler(), height: 0, tails: [] };
  statements(writer, options.size, 2);
  ending(writer);
  for (const { at, data } of writer.tails) writer.code.place(at).bytes(data);
  return writer.code.finish();
}

/** Init code: sometimes a few statements, then it returns code, or one of the things that go wrong. */
export function randomInitCode(options: ProgramOptions): Uint8Array {
  const { random } = options;
  const writer: Writer = { ...options, code: createAssembler(), height: 0, tails: [] };
  const { code } = writer;
  if (random.chance(30)) statements(writer, 2, 1);
  const runtime = random.weighted<() => Uint8Array>([
    [8, () => randomProgram({ ...options, size: random.between(1, 5), nesting: options.nesting - 1 })],
    [1, () => new Uint8Array(0)],
    [1, () => Uint8Array.of(0xef, 0x00)],
    [1, () => new Uint8Array(random.pick([24_576, 24_577]))],
    [1, () => Uint8Array.of(0x33, 0xff)],
  ])();
  const at = code.label();
  code.push(runtime.length, 2).op("DUP1").pushLabel(at).push(0).op("CODECOPY").push(0);
  code.op(random.chance(90) ? "RETURN" : random.pick(["REVERT", "INVALID", "SELFDESTRUCT", "STOP"]));
  for (const tail of writer.tails) code.place(tail.at).bytes(tail.data);
  return code.place(at).bytes(runtime).finish();
}

function statements(writer: Writer, count: number, depth: number): void {
  for (let i = 0; i < count; i++) statement(writer, depth);
}

function statement(writer: Writer, depth: number): void {
  const { random, code, cancun } = writer;
  const value = (): void => expression(writer, 2);
  const slot = (): void => key(writer);
  const op = (name: string, taken: number): void => {
    code.op(name);
    writer.height -= taken;
  };
  random.weighted<() => void>([
    [
      10,
      () => {
        value();
        slot();
        op("SSTORE", 2);
      },
    ],
    [
      cancun ? 3 : 0,
      () => {
        value();
        slot();
        op("TSTORE", 2);
      },
    ],
    [
      6,
      () => {
        value();
        offset(writer);
        op("MSTORE", 2);
      },
    ],
    [
      3,
      () => {
        value();
        offset(writer);
        op("MSTORE8", 2);
      },
    ],
    [
      3,
      () => {
        const topics = random.below(5);
        for (let i = 0; i < topics; i++) value();
        size(writer);
        offset(writer);
        op(`LOG${topics}`, topics + 2);
      },
    ],
    [4, () => copy(writer)],
    [depth > 0 ? 5 : 0, () => conditional(writer, depth)],
    [depth > 0 ? 3 : 0, () => loop(writer, depth)],
    [depth > 0 ? 2 : 0, () => subroutine(writer, depth)],
    [
      9,
      () => {
        call(writer);
        slot();
        op("SSTORE", 2);
      },
    ],
    [
      writer.nesting > 0 ? 4 : 0,
      () => {
        create(writer);
        slot();
        op("SSTORE", 2);
      },
    ],
    [
      2,
      () => {
        value();
        op("POP", 1);
      },
    ],
    [
      2,
      () => {
        // Words that stay on the stack for later DUPs and SWAPs.
        if (writer.height < 40) value();
        if (writer.height >= 2) code.raw(0x8f + random.between(1, Math.min(16, writer.height - 1)));
      },
    ],
    [1, () => random.chance(10) && code.bytes(random.bytes(random.between(1, 3)))],
    [
      1,
      () => {
        const skip = code.label();
        value();
        code.pushLabel(skip).op("JUMPI");
        writer.height--;
        ending(writer);
        code.place(skip).op("JUMPDEST");
      },
    ],
  ])();
}

/** Leaves one word on the stack. */
function expression(writer: Writer, depth: number): void {
  const { random, code, cancun, shanghai } = writer;
  const leaf = depth <= 0;
  const unary = (name: string): void => {
    expression(writer, depth - 1);
    code.op(name);
  };
  const pushed = (action: () => void): void => {
    action();
    writer.height++;
  };
  random.weighted<() => void>([
    [6, () => pushed(() => code.push(random.below(40)))],
    [4, () => pushed(() => code.push(edgeWord(random)))],
    [shanghai ? 2 : 0, () => pushed(() => code.raw(0x5f))],
    [4, () => pushed(() => code.push(32 * random.below(8)).op("CALLDATALOAD"))],
    [5, () => pushed(() => code.push(random.below(SLOTS)).op("SLOAD"))],
    [cancun ? 2 : 0, () => pushed(() => code.push(random.below(SLOTS)).op("TLOAD"))],
    [4, () => pushed(() => code.op(random.pick(ENVIRONMENT)))],
    [cancun ? 1 : 0, () => pushed(() => code.op("BLOBBASEFEE"))],
    [writer.height > 0 ? 4 : 0, () => pushed(() => code.raw(0x7f + random.between(1, Math.min(16, writer.height))))],
    [
      3,
      () => {
        offset(writer);
        code.op("MLOAD");
      },
    ],
    [
      leaf ? 0 : 12,
      () => {
        expression(writer, depth - 1);
        expression(writer, depth - 1);
        code.op(random.pick(BINARY));
        writer.height--;
      },
    ],
    [leaf ? 0 : 3, () => unary(random.pick(["ISZERO", "NOT"]))],
    [
      leaf ? 0 : 2,
      () => {
        for (let i = 0; i < 3; i++) expression(writer, depth - 1);
        code.op(random.pick(["ADDMOD", "MULMOD"]));
        writer.height -= 2;
      },
    ],
    [
      3,
      () => {
        size(writer);
        offset(writer);
        code.op("KECCAK256");
        writer.height--;
      },
    ],
    [
      3,
      () => {
        target(writer);
        code.op(random.pick(["BALANCE", "EXTCODESIZE", "EXTCODEHASH"]));
      },
    ],
    [leaf ? 0 : 1, () => unary(random.pick(["BLOCKHASH", "CALLDATALOAD", ...(cancun ? ["BLOBHASH"] : [])]))],
  ])();
}

function key(writer: Writer): void {
  if (writer.random.chance(90)) push(writer, writer.random.below(SLOTS));
  else expression(writer, 1);
}

function target(writer: Writer): void {
  const { random, code } = writer;
  if (random.chance(10)) {
    code.op(random.pick(["ADDRESS", "CALLER", "ORIGIN", "COINBASE"]));
    writer.height++;
  } else if (random.chance(75)) push(writer, random.pick(writer.targets));
  else if (random.chance(60)) push(writer, random.between(1, 11));
  else expression(writer, 1);
}

function copy(writer: Writer): void {
  const { random, code, cancun } = writer;
  const names = ["CALLDATACOPY", "CODECOPY", "EXTCODECOPY", "RETURNDATACOPY", ...(cancun ? ["MCOPY", "MCOPY"] : [])];
  const name = random.pick(names);
  if (name === "RETURNDATACOPY" && random.chance(80)) {
    // All of it, so that it does not fail.
    code.op("RETURNDATASIZE").push(0);
    writer.height += 2;
  } else {
    size(writer);
    offset(writer);
  }
  offset(writer);
  if (name === "EXTCODECOPY") target(writer);
  code.op(name);
  writer.height -= name === "EXTCODECOPY" ? 4 : 3;
}

function conditional(writer: Writer, depth: number): void {
  const { random, code } = writer;
  const [otherwise, end] = [code.label(), code.label()];
  expression(writer, 2);
  if (random.chance(40)) code.op("ISZERO");
  code.pushLabel(otherwise).op("JUMPI");
  writer.height--;
  const { height } = writer;
  statements(writer, random.between(1, 2), depth - 1);
  settle(writer, height);
  if (random.chance(40)) {
    code.pushLabel(end).op("JUMP").place(otherwise).op("JUMPDEST");
    statements(writer, random.between(1, 2), depth - 1);
    settle(writer, height);
    code.place(end).op("JUMPDEST");
  } else code.place(otherwise).op("JUMPDEST");
}

/** Counts down on the stack; seldom it never ends but for the gas. */
function loop(writer: Writer, depth: number): void {
  const { random, code } = writer;
  const [start, end] = [code.label(), code.label()];
  push(writer, random.chance(98) ? random.between(1, 12) : edgeWord(random));
  const { height } = writer;
  code.place(start).op("JUMPDEST", "DUP1", "ISZERO").pushLabel(end).op("JUMPI");
  statements(writer, random.between(1, 2), depth - 1);
  settle(writer, height);
  code.push(1).op("SWAP1", "SUB").pushLabel(start).op("JUMP").place(end).op("JUMPDEST", "POP");
  writer.height--;
}

/** Jumps to code that jumps back to where the stack says, as compilers do with internal functions. */
function subroutine(writer: Writer, depth: number): void {
  const { random, code } = writer;
  const [entry, first, second, over] = [code.label(), code.label(), code.label(), code.label()];
  code.pushLabel(first).pushLabel(entry).op("JUMP").place(first).op("JUMPDEST");
  code.pushLabel(second).pushLabel(entry).op("JUMP").place(second).op("JUMPDEST").pushLabel(over).op("JUMP");
  code.place(entry).op("JUMPDEST");
  writer.height++;
  const { height } = writer;
  statements(writer, random.between(1, 2), depth - 1);
  settle(writer, height);
  code.op("JUMP").place(over).op("JUMPDEST");
  writer.height--;
}

function call(writer: Writer): void {
  const { random, code } = writer;
  const name = random.pick(CALLS);
  size(writer);
  offset(writer);
  if (random.chance(50)) {
    // The call data, passed on.
    code.op("CALLDATASIZE").push(0).push(0).op("CALLDATACOPY", "CALLDATASIZE").push(0);
    writer.height += 2;
  } else {
    size(writer);
    offset(writer);
  }
  const hasValue = name === "CALL" || name === "CALLCODE";
  if (hasValue) push(writer, random.pick([0, 0, 0, 1, 3, 10n ** 30n]));
  target(writer);
  if (random.chance(60)) {
    code.op("GAS");
    writer.height++;
  } else push(writer, random.pick([0, 100, 700, 2_300, 9_000, 30_000, 2n ** 64n, 2n ** 256n - 1n]));
  code.op(name);
  writer.height -= hasValue ? 6 : 5;
}

function create(writer: Writer): void {
  const { random, code } = writer;
  const data = random.weighted<() => Uint8Array>([
    [8, () => randomInitCode({ ...writer, nesting: writer.nesting - 1 })],
    [1, () => new Uint8Array(0)],
    [1, () => random.bytes(random.between(1, 40))],
    [1, () => Uint8Array.of(0x5b, 0x5f, 0x56)],
  ])();
  const at = code.label();
  writer.tails.push({ at, data });
  const salted = random.chance(60);
  if (salted) code.push(random.below(3));
  code.push(data.length, 2).op("DUP1").pushLabel(at).push(0).op("CODECOPY");
  code.push(0).push(random.pick([0, 0, 0, 1, 10n ** 30n]));
  code.op(salted ? "CREATE2" : "CREATE");
  writer.height++;
}

/** Ends the frame, one way or another. */
function ending(writer: Writer): void {
  const { random, code } = writer;
  const { height } = writer;
  random.weighted<() => void>([
    [8, () => code.op("STOP")],
    [
      4,
      () => {
        size(writer);
        offset(writer);
        code.op("RETURN");
      },
    ],
    [
      3,
      () => {
        size(writer);
        offset(writer);
        code.op("REVERT");
      },
    ],
    [
      2,
      () => {
        target(writer);
        code.op("SELFDESTRUCT");
      },
    ],
    [1, () => code.op("INVALID")],
    [1, () => code.push(edgeWord(random)).op("JUMP")],
  ])();
  writer.height = height;
}
