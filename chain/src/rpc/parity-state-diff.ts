type Json = Readonly<Record<string, unknown>>;

/** A change in Parity's notation: nothing, made, gone, or from one value to another. */
type Change = "=" | { "+": unknown } | { "-": unknown } | { "*": { from: unknown; to: unknown } };

const ZERO_WORD = `0x${"0".repeat(64)}`;
const NOTHING = { balance: "0x0", nonce: 0, code: "0x" };

/**
 * Writes what the prestateTracer tells in its mode of differences as Parity's `stateDiff`.
 * @param difference `{pre, post}`
 */
export function stateDiffOf(difference: unknown): Record<string, unknown> {
  const { pre, post } = Object(difference);
  const addresses = new Set([...Object.keys(pre), ...Object.keys(post)]);
  return Object.fromEntries([...addresses].map((address) => [address, accountDiff(pre[address], post[address])]));
}

function accountDiff(before: Json | undefined, after: Json | undefined): Json {
  const kind = before === undefined ? "+" : after === undefined ? "-" : "*";
  const field = (name: keyof typeof NOTHING): Change => {
    const from = quantity(before?.[name] ?? NOTHING[name]);
    const to = quantity(after?.[name] ?? (kind === "*" ? (before?.[name] ?? NOTHING[name]) : NOTHING[name]));
    if (kind === "+") return { "+": to };
    if (kind === "-") return { "-": from };
    return from === to ? "=" : { "*": { from, to } };
  };
  const slots = new Set([...Object.keys(Object(before?.storage)), ...Object.keys(Object(after?.storage))]);
  const slot = (name: string): Change => {
    const from = Object(before?.storage)[name] ?? ZERO_WORD;
    const to = Object(after?.storage)[name] ?? ZERO_WORD;
    return kind === "+" ? { "+": to } : kind === "-" ? { "-": from } : { "*": { from, to } };
  };
  return {
    balance: field("balance"),
    code: field("code"),
    nonce: field("nonce"),
    storage: Object.fromEntries([...slots].map((name) => [name, slot(name)])),
  };
}

function quantity(value: unknown): unknown {
  return typeof value === "number" ? `0x${value.toString(16)}` : value;
}
