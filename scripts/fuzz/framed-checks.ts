import { createAssembler } from "./assembler.ts";
import { edgeWord } from "./edge-words.ts";
import { OPCODES, type Opcode } from "./opcodes.ts";
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

const DRIVER = numberedAddress("d41fe4", 1);
const SENDER = numberedAddress("5e4de4", 1);
const RESULT_WORDS = 3;
const VALID = [...OPCODES.values()].filter(({ code }) => code < 0x60 || code > 0x9f);
const STACK_LIMIT = 1_024;

/**
 * A driver that calls many small contracts, one instruction under test in each, with any gas and any operands: here instructions may fail. The
 * driver keeps whether the call succeeded, a hash of what it returned, and the gas left.
 */
export function framedChecks(random: Random, name: string, count: number): Scenario {
  const fork = random.pick(COMPARED_FORKS);
  const driver = createAssembler();
  const accounts: GenesisAccount[] = [];
  const checks: Check[] = [];
  const room = 32 * RESULT_WORDS * count;
  // Something to hand over as input.
  for (let i = 0; i < 3; i++)
    driver
      .push(edgeWord(random), 32)
      .push(room + 32 * i)
      .op("MSTORE");
  for (let i = 0; i < count; i++) {
    const address = numberedAddress("be", 256 + i);
    const { code, label } = checkedContract(random, count);
    const storage = [0n, 1n, 2n].map((slot) => [slot, edgeWord(random)] as const);
    accounts.push({ address, balance: random.pick([0n, 1n, 10n ** 18n]), nonce: 1n, code, storage });

    const kind = random.weighted([
      [6, "CALL"],
      [2, "STATICCALL"],
      [2, "DELEGATECALL"],
      [1, "CALLCODE"],
    ] as const);
    const gas = random.pick([random.below(300), random.below(3_000), 2_300, random.below(40_000), 60_000, 100_000]);
    driver
      .push(0)
      .push(0)
      .push(random.pick([0, 4, 32, 96]))
      .push(room);
    if (kind === "CALL" || kind === "CALLCODE") driver.push(random.pick([0, 0, 1, 10n ** 30n]));
    driver.push(BigInt(address), 20).push(gas).op(kind);
    const at = 32 * RESULT_WORDS * i;
    driver.push(at).op("MSTORE");
    driver
      .op("RETURNDATASIZE")
      .push(0)
      .push(room + 96)
      .op("RETURNDATACOPY");
    driver
      .op("RETURNDATASIZE")
      .push(room + 96)
      .op("KECCAK256")
      .push(at + 32)
      .op("MSTORE");
    driver
      .op("GAS")
      .push(at + 64)
      .op("MSTORE");
    checks.push({ label: `${label} by ${kind} with ${gas} gas`, firstWord: RESULT_WORDS * i, words: RESULT_WORDS });
  }
  driver.push(room).push(0).op("RETURN");
  return {
    name,
    fork,
    block: scenarioBlock(),
    accounts: [
      { address: DRIVER, balance: 1_000_000n, nonce: 1n, code: driver.finish(), storage: [] },
      { address: SENDER, balance: 10n ** 20n, nonce: 0n, code: new Uint8Array(0), storage: [] },
      ...accounts,
    ],
    actions: [{ kind: "transaction", execution: executionWith({ from: SENDER, to: DRIVER, gasLimit: 100_000_000n }) }],
    checks,
  };
}

/** Code around one instruction, and what it is called in a report. */
function checkedContract(random: Random, contracts: number): { readonly code: Uint8Array; readonly label: string } {
  const code = createAssembler();
  const opcode: Opcode = random.chance(85)
    ? random.pick(VALID)
    : (OPCODES.get(random.below(256)) ?? {
        code: random.below(256),
        name: "byte",
        inputs: 2,
        outputs: 1,
        since: "london",
      });
  const before: string[] = [];
  if (random.chance(35)) {
    code
      .op("CALLDATASIZE")
      .push(0)
      .push(random.pick([0, 5, 40]))
      .op("CALLDATACOPY");
    before.push("memory");
  }
  if (random.chance(3)) {
    // To the brim of the stack, or over it.
    const fill = STACK_LIMIT - random.between(-1, 3);
    for (let i = 0; i < fill; i++) code.op("PC");
    before.push(`${fill} on the stack`);
  }
  const missing = random.chance(5) ? 1 : 0;
  const operands = Array.from({ length: Math.max(0, opcode.inputs - missing) }, () => operand(random, contracts));
  const target = code.label();
  for (const [i, value] of [...operands.entries()].reverse()) {
    if (i === 0 && (opcode.name === "JUMP" || opcode.name === "JUMPI") && random.chance(60)) code.pushLabel(target);
    else if (random.chance(50)) code.push(value, random.chance(70) ? 1 : random.between(1, 32));
    else code.push(BigInt.asUintN(256, ~value)).op("NOT");
  }
  code.raw(opcode.code);
  const label = `0x${opcode.code.toString(16)} ${opcode.name}(${operands.map((word) => `0x${word.toString(16)}`).join(", ")})`;
  if (opcode.code >= 0x60 && opcode.code <= 0x7f) code.bytes(random.bytes(random.below(opcode.code - 0x5e)));
  if (random.chance(15)) return { code: code.finish(), label: [...before, label, "at the end"].join(" ") };
  if (opcode.outputs > 0 && random.chance(85)) code.push(0).op("MSTORE");
  if (random.chance(30)) code.op("MSIZE").push(32).op("MSTORE");
  // A destination that is data of a PUSH is none.
  if (random.chance(15)) code.raw(0x60).place(target).raw(0x5b);
  else code.place(target).op("JUMPDEST");
  code.push(random.pick([0, 32, 64, 96, 200])).push(random.pick([0, 0, 1]));
  code.op(random.pick(["RETURN", "RETURN", "RETURN", "REVERT", "STOP"]));
  return { code: code.finish(), label: [...before, label].join(" ") };
}

/** An operand that may be an offset, a length, an address, an amount of gas, or anything. */
function operand(random: Random, contracts: number): bigint {
  return random.weighted<() => bigint>([
    [40, () => BigInt(random.below(200))],
    [
      8,
      () =>
        BigInt(random.pick([4_096, 24_576, 24_577, 49_152, 49_153, 65_535, 65_536, 1_000_000, 2 ** 31, 2 ** 32 - 1])),
    ],
    [
      6,
      () =>
        random.pick([2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 32n, 2n ** 64n - 1n, 2n ** 64n, 2n ** 256n - 32n]),
    ],
    [12, () => BigInt(numberedAddress("be", 256 + random.below(contracts)))],
    [3, () => BigInt(random.between(1, 11))],
    [2, () => BigInt(random.pick([DRIVER, SENDER]))],
    [25, () => edgeWord(random)],
  ])();
}
