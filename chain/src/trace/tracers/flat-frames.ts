import type { TraceSubject } from "../collector.ts";
import type { CallFrame } from "./call-frames.ts";

/** How a tree of frames becomes a list. */
export interface FlattenOptions {
  /** Name failures as Parity does. */
  readonly convertParityErrors: boolean;
  /** Calls to these are left out, unless outermost. */
  readonly precompiles: ReadonlySet<string>;
  readonly subject: Pick<TraceSubject, "context" | "place">;
}

/** One frame in Parity's form. */
export interface FlatFrame {
  readonly action: Record<string, unknown>;
  readonly blockHash: string | null;
  readonly blockNumber: number;
  readonly error?: string;
  readonly result?: Record<string, unknown>;
  readonly subtraces: number;
  readonly traceAddress: readonly number[];
  readonly transactionHash: string | null;
  readonly transactionPosition: number;
  readonly type: "call" | "create" | "suicide";
}

const REVERTED = "execution reverted";

const parityWords: readonly (readonly [start: string, parity: string])[] = [
  ["contract creation code storage out of gas", "Out of gas"],
  ["out of gas", "Out of gas"],
  ["gas uint64 overflow", "Out of gas"],
  ["max code size exceeded", "Out of gas"],
  ["invalid jump destination", "Bad jump destination"],
  [REVERTED, "Reverted"],
  ["return data out of bounds", "Out of bounds"],
  ["stack limit reached", "Out of stack"],
  ["precompiled failed", "Built-in failed"],
  ["invalid opcode:", "Bad instruction"],
  ["stack underflow", "Stack underflow"],
];

/** Lists the frames, each before those it opened. */
export function flatten(root: CallFrame, options: FlattenOptions): FlatFrame[] {
  const list: FlatFrame[] = [];
  const add = (frame: CallFrame, traceAddress: readonly number[]): void => {
    const calls = frame.calls.filter((call) => !isHidden(call, options.precompiles));
    list.push(writeFlat(frame, traceAddress, calls.length, options));
    for (const [index, call] of calls.entries()) add(call, [...traceAddress, index]);
  };
  add(root, []);
  return list;
}

function isHidden({ type, to }: CallFrame, precompiles: ReadonlySet<string>): boolean {
  return (type === "CALL" || type === "STATICCALL") && to !== undefined && precompiles.has(to);
}

function writeFlat(
  frame: CallFrame,
  traceAddress: readonly number[],
  subtraces: number,
  { convertParityErrors, subject: { context, place } }: FlattenOptions,
): FlatFrame {
  const { error } = frame;
  const keepsResult = error === undefined || error === REVERTED;
  const result = resultOf(frame);
  return {
    action: actionOf(frame),
    blockHash: place.blockHash ?? null,
    blockNumber: Number(context.number),
    ...(error === undefined ? {} : { error: convertParityErrors ? parityError(error) : error }),
    ...(keepsResult && result !== undefined ? { result } : {}),
    subtraces,
    traceAddress,
    transactionHash: place.transactionHash ?? null,
    transactionPosition: place.transactionIndex,
    type: frame.type === "SELFDESTRUCT" ? "suicide" : frame.type.startsWith("CREATE") ? "create" : "call",
  };
}

/** A failure in Parity's words. */
function parityError(error: string): string {
  return parityWords.find(([start]) => error.startsWith(start))?.[1] ?? error;
}

function actionOf(frame: CallFrame): Record<string, unknown> {
  const { type, from, to } = frame;
  const value = quantity(frame.value ?? 0n);
  if (type === "SELFDESTRUCT") return { address: from, balance: value, refundAddress: to };
  const gas = quantity(frame.gas);
  if (type === "CREATE" || type === "CREATE2")
    return { creationMethod: type.toLowerCase(), from, gas, init: frame.input, value };
  return { callType: type.toLowerCase(), from, gas, input: frame.input, to, value };
}

function resultOf(frame: CallFrame): Record<string, unknown> | undefined {
  const gasUsed = quantity(frame.gasUsed);
  switch (frame.type) {
    case "SELFDESTRUCT":
      return undefined;
    case "CREATE":
    case "CREATE2":
      return { ...(frame.to === undefined ? {} : { address: frame.to }), code: frame.output, gasUsed };
    default:
      return { gasUsed, output: frame.output };
  }
}

function quantity(value: bigint): string {
  return `0x${value.toString(16)}`;
}
