import { toHex } from "../codec/hex.ts";
import type { HaltDetail } from "../engine/tracer.ts";
import type { HaltReason } from "../types.ts";

const words: Readonly<Record<HaltReason, string>> = {
  revert: "execution reverted",
  "out-of-gas": "out of gas",
  "invalid-opcode": "invalid opcode",
  "stack-underflow": "stack underflow",
  "stack-overflow": "stack limit reached",
  "invalid-jump": "invalid jump destination",
  "static-state-change": "write protection",
  "insufficient-balance": "insufficient balance for transfer",
  "create-collision": "contract address collision",
  "code-size-exceeded": "max code size exceeded",
  "initcode-size-exceeded": "max initcode size exceeded",
  "invalid-code": "invalid code: must not begin with 0xef",
  "value-overflow": "insufficient balance for transfer",
  "precompile-failure": "precompiled failed",
  other: "execution failed",
};

/** INVALID (EIP-141), the one opcode that is there to be none. */
const INVALID = 0xfe;

/** Why a frame failed, in the words of geth's tracers, which explorers and debuggers look for. */
export function vmError(reason: HaltReason, detail: HaltDetail | undefined): string {
  switch (detail?.kind) {
    case "code-deposit":
      return "contract creation code storage out of gas";
    case "store-sentry":
      return "out of gas: not enough gas for reentrancy sentry";
    case "return-data":
      return "return data out of bounds";
    case "call-depth":
      return "max call depth exceeded";
    case "nonce":
      return "nonce uint64 overflow";
    case "opcode": {
      const { opcode } = detail;
      return `invalid opcode: ${opcode === INVALID ? "INVALID" : `opcode 0x${opcode.toString(16)} not defined`}`;
    }
    case "stack":
      return reason === "stack-underflow"
        ? `stack underflow (${detail.height} <=> ${detail.bound})`
        : `stack limit reached ${detail.height} (${detail.bound})`;
    default:
      return words[reason];
  }
}

const ERROR_STRING = "08c379a0";
const PANIC = "4e487b71";
const WORD = 32;

/** The codes of Solidity's `Panic(uint256)` in geth's words. */
const panics: ReadonlyMap<bigint, string> = new Map([
  [0x00n, "generic panic"],
  [0x01n, "assert(false)"],
  [0x11n, "arithmetic underflow or overflow"],
  [0x12n, "division or modulo by zero"],
  [0x21n, "enum overflow"],
  [0x22n, "invalid encoded storage byte array accessed"],
  [0x31n, "out-of-bounds array access; popping on an empty array"],
  [0x32n, "out-of-bounds access of an array or bytesN"],
  [0x41n, "out of memory"],
  [0x51n, "uninitialized function"],
]);

/** The text of `Error(string)` or the meaning of `Panic(uint256)`; `undefined` for other revert data. */
export function revertReason(data: Uint8Array): string | undefined {
  const selector = toHex(data.subarray(0, 4)).slice(2);
  const body = data.subarray(4);
  if (selector === PANIC && body.length >= WORD) {
    const code = BigInt(toHex(body.subarray(0, WORD)));
    return panics.get(code) ?? `unknown panic code: 0x${code.toString(16)}`;
  }
  if (selector !== ERROR_STRING) return undefined;
  const offset = smallAt(body, 0);
  const length = offset === undefined ? undefined : smallAt(body, offset);
  if (offset === undefined || length === undefined || offset + WORD + length > body.length) return undefined;
  return Buffer.from(body.subarray(offset + WORD, offset + WORD + length)).toString("utf8");
}

/** A word as a number, if it is there and no longer than the data could be. */
function smallAt(data: Uint8Array, at: number): number | undefined {
  if (at + WORD > data.length) return undefined;
  const value = BigInt(toHex(data.subarray(at, at + WORD)));
  return value <= BigInt(data.length) ? Number(value) : undefined;
}
