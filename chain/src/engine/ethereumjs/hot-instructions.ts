import type { Common } from "@nomicfoundation/ethereumjs-common";
import { EVMErrorMessage, EvmError } from "@nomicfoundation/ethereumjs-evm";
import type { RunState } from "@nomicfoundation/ethereumjs-evm/dist/cjs/interpreter.js";
import type { OpcodeMapEntry } from "@nomicfoundation/ethereumjs-evm/dist/cjs/opcodes/index.js";
import { subMemUsage } from "@nomicfoundation/ethereumjs-evm/dist/cjs/opcodes/util.js";
import {
  bigIntToBytes,
  bigIntToWord,
  bytesToBigInt,
  EMPTY_BYTES,
  equalBytes,
  fromHex,
  toHex,
} from "../../codec/hex.ts";
import { keccak256 } from "../../crypto/keccak.ts";
import type { Word } from "../../types.ts";
import { FlatInterpreter } from "./flat-interpreter.ts";
import { type StateAdapter, textOf } from "./state-adapter.ts";

type Gas = (runState: RunState, gas: bigint, common: Common) => bigint;
type Logic = (runState: RunState) => void;

// EIP-2929, EIP-2200 as amended by EIP-3529.
const COLD_SLOAD = 2_100n;
const WARM_READ = 100n;
const SSTORE_SENTRY = 2_300n;
const SSTORE_SET = 20_000n;
const SSTORE_RESET = 2_900n;
const SSTORE_CLEAR_REFUND = 4_800n;
const COPY_WORD = 3n;
const KECCAK_WORD = 6n;
const LOG_TOPIC = 375n;
const LOG_BYTE = 8n;

/**
 * The instructions that real contracts run most, without promises and without hexadecimal detours: same costs, same effects, same failures as
 * those of ethereumjs. The differential tests hold them to that.
 */
export function hotInstructions(adapter: StateAdapter): (entry: OpcodeMapEntry, opcode: number) => OpcodeMapEntry {
  // Cost and effect of one storage access ask for the same slot one after the other.
  let lastKey = -1n;
  let lastWord: Word = "0x";
  const wordOf = (key: bigint): Word => {
    if (key !== lastKey) {
      lastKey = key;
      lastWord = bigIntToWord(key);
    }
    return lastWord;
  };

  const gas = new Map<number, Gas>([
    [0x20, (runState, base, common) => base + memory(runState, common) + KECCAK_WORD * words(peekAt(runState, 1))],
    [0x37, copyGas],
    [0x39, copyGas],
    [
      0x3e,
      (runState, base, common) => {
        const [, offset = 0n, length = 0n] = runState.stack.peek(3);
        if (offset + length > BigInt(runState.returnBytes.length)) throw new EvmError(EVMErrorMessage.OUT_OF_GAS);
        return copyGas(runState, base, common);
      },
    ],
    [0x51, (runState, base, common) => base + subMemUsage(runState, peekAt(runState, 0), 32n, common)],
    [0x52, (runState, base, common) => base + subMemUsage(runState, peekAt(runState, 0), 32n, common)],
    [
      0x54,
      (runState, base) => {
        const { state } = adapter;
        const address = textOf(runState.env.address);
        const slot = wordOf(peekAt(runState, 0));
        if (state.isWarmSlot(address, slot)) return base + WARM_READ;
        state.warmSlot(address, slot);
        return base + COLD_SLOAD;
      },
    ],
    [0x55, (runState, base) => base + storeGas(runState, adapter, wordOf)],
    ...[0xa0, 0xa1, 0xa2, 0xa3, 0xa4].map((opcode): [number, Gas] => [
      opcode,
      (runState, base, common) => {
        if (runState.env.isStatic) throw new EvmError(EVMErrorMessage.STATIC_STATE_CHANGE);
        return base + memory(runState, common) + LOG_TOPIC * BigInt(opcode - 0xa0) + LOG_BYTE * peekAt(runState, 1);
      },
    ]),
    [0xf3, (runState, base, common) => base + memory(runState, common)],
    [0xfd, (runState, base, common) => base + memory(runState, common)],
  ]);

  const logic = new Map<number, Logic>([
    [
      0x20,
      ({ stack, memory: ram }) => {
        const offset = stack.pop();
        const length = stack.pop();
        stack.push(
          BigInt(toHex(keccak256(length === 0n ? EMPTY_BYTES : ram.read(Number(offset), Number(length), true)))),
        );
      },
    ],
    [0x30, ({ stack, env }) => stack.push(BigInt(textOf(env.address)))],
    [0x33, ({ stack, env }) => stack.push(BigInt(textOf(env.caller)))],
    [
      0x35,
      ({ stack, env: { callData } }) => {
        const position = stack.pop();
        stack.push(position >= BigInt(callData.length) ? 0n : readWord(callData, Number(position)));
      },
    ],
    [
      0x51,
      ({ stack, memory: ram }) => {
        const offset = Number(stack.pop());
        ram.extend(offset, 32);
        stack.push(readWord(ram._store, offset));
      },
    ],
    [
      0x52,
      ({ stack, memory: ram }) => {
        const offset = Number(stack.pop());
        const value = stack.pop();
        ram.extend(offset, 32);
        writeWord(ram._store, offset, value);
      },
    ],
    [
      0x54,
      ({ stack, env }) => stack.push(bytesToBigInt(adapter.state.getStorage(textOf(env.address), wordOf(stack.pop())))),
    ],
    [
      0x55,
      ({ stack, env, interpreter }) => {
        const slot = wordOf(stack.pop());
        const value = bigIntToBytes(stack.pop());
        if (interpreter instanceof FlatInterpreter) interpreter.tellStorageWrite(slot, value);
        adapter.state.setStorage(textOf(env.address), slot, value);
      },
    ],
  ]);

  return (entry, opcode) => ({
    opcodeInfo: entry.opcodeInfo,
    opHandler: logic.get(opcode) ?? entry.opHandler,
    gasHandler: gas.get(opcode) ?? entry.gasHandler,
  });
}

/** EIP-2200 with EIP-2929 and EIP-3529. */
function storeGas(runState: RunState, adapter: StateAdapter, wordOf: (key: bigint) => Word): bigint {
  if (runState.env.isStatic) throw new EvmError(EVMErrorMessage.STATIC_STATE_CHANGE);
  const [key = 0n, wanted = 0n] = runState.stack.peek(2);
  if (runState.gasLeft <= SSTORE_SENTRY) throw new EvmError(EVMErrorMessage.OUT_OF_GAS);
  const { state } = adapter;
  const address = textOf(runState.env.address);
  const slot = wordOf(key);
  const current = state.getStorage(address, slot);
  const original = state.getOriginalStorage(address, slot);
  const value = bigIntToBytes(wanted);
  let cold = 0n;
  if (!state.isWarmSlot(address, slot)) {
    state.warmSlot(address, slot);
    cold = COLD_SLOAD;
  }
  if (equalBytes(current, value)) return cold + WARM_READ;
  if (equalBytes(original, current)) {
    if (original.length === 0) return cold + SSTORE_SET;
    if (value.length === 0) runState.gasRefund += SSTORE_CLEAR_REFUND;
    return cold + SSTORE_RESET;
  }
  if (original.length > 0) {
    if (current.length === 0) runState.gasRefund -= SSTORE_CLEAR_REFUND;
    else if (value.length === 0) runState.gasRefund += SSTORE_CLEAR_REFUND;
  }
  if (equalBytes(original, value))
    runState.gasRefund += (original.length === 0 ? SSTORE_SET : SSTORE_RESET) - WARM_READ;
  return cold + WARM_READ;
}

/** Cost of the memory that an instruction with offset and length on top of the stack reaches. */
function memory(runState: RunState, common: Common): bigint {
  const [offset = 0n, length = 0n] = runState.stack.peek(2);
  return subMemUsage(runState, offset, length, common);
}

function copyGas(runState: RunState, base: bigint, common: Common): bigint {
  const [target = 0n, , length = 0n] = runState.stack.peek(3);
  return base + subMemUsage(runState, target, length, common) + COPY_WORD * words(length);
}

function words(length: bigint): bigint {
  return (length + 31n) / 32n;
}

function peekAt(runState: RunState, depth: number): bigint {
  return runState.stack.peek(depth + 1)[depth] ?? 0n;
}

/** 32 bytes as an integer; bytes beyond the end are zero. */
function readWord(bytes: Uint8Array, offset: number): bigint {
  const end = offset + 32;
  if (end > bytes.length) {
    const padded = new Uint8Array(32);
    padded.set(bytes.subarray(offset, end));
    return readWord(padded, 0);
  }
  let start = offset;
  while (start < end && bytes[start] === 0) start++;
  return bytesToBigInt(bytes.subarray(start, end));
}

function writeWord(target: Uint8Array, offset: number, value: bigint): void {
  if (value <= MAX_SMALL) {
    target.fill(0, offset, offset + 32);
    for (let at = offset + 31, rest = Number(value); rest > 0; at--, rest = Math.floor(rest / 256))
      target[at] = rest & 255;
    return;
  }
  target.set(fromHex(bigIntToWord(value)), offset);
}

const MAX_SMALL = BigInt(Number.MAX_SAFE_INTEGER);
