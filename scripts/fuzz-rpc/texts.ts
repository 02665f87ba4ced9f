import { methodTable } from "../../chain/src/rpc/method-table.ts";
import type { Random } from "../fuzz/random.ts";
import { junkText, valueFor, wrongName } from "./values.ts";

/** One request text, and what its answer must be like. */
export interface FuzzText {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Requests in it that must be answered; `undefined` if the text may be anything. */
  readonly answers: number | undefined;
}

/** What would change how the node itself runs, or wait for long on purpose. */
const LEFT_OUT: ReadonlySet<string> = new Set(["hardhat_setLoggingEnabled", "anvil_setLoggingEnabled"]);
const METHODS = Object.entries(methodTable).filter(([name]) => !LEFT_OUT.has(name));

/** The text of one request: a known method with parameters that are mostly of the right kind. */
function requestText(random: Random, id: string): string {
  const [name, { params }] = random.pick(METHODS);
  const method = random.chance(3) ? wrongName(random) : name;
  const count = random.chance(90) ? params.length : random.below(6);
  const values = Array.from({ length: count }, (_, index) => valueFor(random, params[index]?.name ?? "extra"));
  const list = random.chance(3) ? junkText(random) : `[${values.join(",")}]`;
  const version = random.chance(2) ? junkText(random) : '"2.0"';
  return `{"jsonrpc":${version},"id":${id},"method":${JSON.stringify(method)},"params":${list}}`;
}

function textOf(text: string, answers: number | undefined): FuzzText {
  return { bytes: new Uint8Array(Buffer.from(text, "utf8")), answers };
}

/** A text that was whole and is no more. */
function damaged(random: Random, text: string): FuzzText {
  const bytes = new Uint8Array(Buffer.from(text, "utf8"));
  const kind = random.below(3);
  if (kind === 0) return { bytes: bytes.slice(0, random.below(bytes.length)), answers: undefined };
  if (kind === 1) {
    for (let flips = random.between(1, 8); flips > 0; flips--) bytes[random.below(bytes.length)] = random.below(256);
    return { bytes, answers: undefined };
  }
  return { bytes: new Uint8Array(random.bytes(random.between(0, 300))), answers: undefined };
}

/** Makes the text of a request or of a batch. */
export function fuzzText(random: Random): FuzzText {
  const id = () => random.pick([String(random.below(1_000)), `"${random.below(1_000)}"`, "null"]);
  const kind = random.below(100);
  if (kind < 78) return textOf(requestText(random, id()), 1);
  if (kind < 88) {
    const count = random.between(1, 12);
    return textOf(`[${Array.from({ length: count }, () => requestText(random, id())).join(",")}]`, count);
  }
  if (kind < 90)
    return textOf(random.pick(["[]", "[[]]", "[1,null]", "{}", "null", '"x"', "", " ", "[{}]"]), undefined);
  if (kind < 93) return textOf(junkText(random), undefined);
  return damaged(random, requestText(random, id()));
}
