import { equalBytes, fromHex, toHex } from "../../../chain/src/codec/hex.ts";
import {
  decodeRlp,
  encodeBytes,
  encodeList,
  RlpError,
  type RlpInput,
  type RlpItem,
} from "../../../chain/src/codec/rlp.ts";
import type { Case } from "../case.ts";
import { asHex, malformed, type Place, readTests } from "../json.ts";

/** RLPTests: `in` is the item, `VALID` or `INVALID`; `out` its encoding. What is valid must encode back to the same bytes. */
export function rlpCases(path: string, file: string): Case[] {
  return readTests(path, file).map(([name, test]) => {
    const place = `${file}: ${name}`;
    return {
      name,
      fork: undefined,
      hasCode: false,
      run() {
        const encoded = fromHex(asHex(test.out, `${place}.out`));
        const { in: item } = test;
        let decoded: RlpItem;
        try {
          decoded = decodeRlp(encoded);
        } catch (error) {
          if (!(error instanceof RlpError)) throw error;
          return item === "INVALID" ? undefined : `refused with ${error.code}: ${error.message}`;
        }
        if (item === "INVALID") return `decoded to ${show(decoded)}; it must be refused`;
        const again = encode(decoded);
        if (!equalBytes(again, encoded))
          return `decoded and encoded again it is ${toHex(again)}, not ${toHex(encoded)}`;
        if (item === "VALID") return undefined;
        const expected = encode(itemOf(item, `${place}.in`));
        return equalBytes(expected, encoded) ? undefined : `encoded to ${toHex(expected)}, not ${toHex(encoded)}`;
      },
    };
  });
}

/** The item that a JSON value stands for: `#…` is a large number, other text its bytes. */
function itemOf(value: unknown, place: Place): RlpInput {
  if (Array.isArray(value)) return { encoded: encodeList(value.map((one) => itemOf(one, place))) };
  if (typeof value === "number") return BigInt(value);
  if (typeof value !== "string") throw malformed(place, "is neither text, number nor list");
  return value.startsWith("#") ? BigInt(value.slice(1)) : new TextEncoder().encode(value);
}

function encode(item: RlpItem | RlpInput): Uint8Array {
  if (typeof item === "bigint") return encodeList([item]).subarray(1);
  if (item instanceof Uint8Array) return encodeBytes(item);
  if (Array.isArray(item)) return encodeList(item.map((one) => ({ encoded: encode(one) })));
  return item.encoded;
}

function show(item: RlpItem): string {
  return item instanceof Uint8Array ? toHex(item) : `[${item.map(show).join(", ")}]`;
}
