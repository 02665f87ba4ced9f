import type { AbiParameter, Address, Hex } from "viem";

/** What {@link sampleArguments} fills in. */
export interface SampleValues {
  /** For every address. */
  readonly account: Address;
  /** For every moment still to come (a deadline, an expiry). */
  readonly later: bigint;
  /** For what goes by the name given, before anything else. */
  readonly named: Readonly<Record<string, unknown>>;
}

const MOMENTS = /(At|until|deadline|Date|lastDay)$/i;
const WORD: Hex = `0x${"ab".repeat(32)}`;

/**
 * Plausible arguments of a function: number 1 for every id and amount, a digest that is there, lists of one.
 *
 * @param inputs - The function's parameters.
 * @param values - What to fill in.
 */
export function sampleArguments(inputs: readonly AbiParameter[], values: SampleValues): unknown[] {
  return inputs.map((input) => sample(input, values));
}

function sample(input: AbiParameter, values: SampleValues): unknown {
  const { name = "", type } = input;
  if (Object.hasOwn(values.named, name) && !type.startsWith("tuple")) return values.named[name];
  if (type.endsWith("[]")) return [sample({ ...input, type: type.slice(0, -2), name: "" }, values)];
  if (type === "tuple" && "components" in input) {
    return Object.fromEntries(input.components.map((part) => [part.name, sample(part, values)]));
  }
  if (type === "address") return values.account;
  if (type === "bool") return false;
  if (type === "string") return "sample";
  if (type === "bytes") return "0x";
  const [, bytes] = /^bytes(\d+)$/.exec(type) ?? [];
  if (bytes !== undefined) return WORD.slice(0, 2 + 2 * Number(bytes));
  if (type === "uint64" && MOMENTS.test(name)) return values.later;
  const [, bits] = /^u?int(\d+)$/.exec(type) ?? [];
  if (bits === undefined) throw new Error(`No sample of ${type} ${name}`);
  return Number(bits) <= 48 ? 1 : 1n;
}
