import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "../../chain/src/codec/hex.ts";
import { encodeBytes, encodeList } from "../../chain/src/codec/rlp.ts";
import { createRlpWriter, type RlpWriter } from "../../chain/src/codec/rlp-writer.ts";

/** What is written: bytes, digits, a number, a byte string made of others, or a list. */
type Part =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "hex"; readonly bytes: Uint8Array }
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "wrapped" | "list"; readonly parts: readonly Part[] };

const { part } = fc.letrec<{ part: Part }>((tie) => {
  const parts = fc.array(tie("part"), { maxLength: 6 });
  return {
    part: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.record({ kind: fc.constant("bytes" as const), bytes: fc.uint8Array({ maxLength: 300 }) }),
      fc.record({ kind: fc.constant("hex" as const), bytes: fc.uint8Array({ minLength: 2, maxLength: 70 }) }),
      fc.record({ kind: fc.constant("integer" as const), value: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }) }),
      fc.record({ kind: fc.constant("integer" as const), value: fc.bigInt({ min: 0n, max: 2n ** 33n }) }),
      fc.record({ kind: fc.constant("list" as const), parts }),
      fc.record({
        kind: fc.constant("wrapped" as const),
        parts: fc.array(tie("part"), { minLength: 2, maxLength: 6 }),
      }),
    ),
  };
});

function encode(of: Part): Uint8Array {
  switch (of.kind) {
    case "bytes":
    case "hex":
      return encodeBytes(of.bytes);
    case "integer":
      // A number has at most 33 bytes, so the prefix of the list around it has one.
      return encodeList([of.value]).slice(1);
    case "list":
      return encodeList(of.parts.map((inner) => ({ encoded: encode(inner) })));
    case "wrapped":
      return encodeBytes(Buffer.concat(of.parts.map(encode)));
  }
}

function write(out: RlpWriter, of: Part): void {
  if (of.kind === "bytes") out.bytes(of.bytes);
  else if (of.kind === "hex") out.hex(toHex(of.bytes));
  else if (of.kind === "integer") out.integer(of.value);
  else {
    const start = out.begin();
    for (const inner of of.parts) write(out, inner);
    if (of.kind === "list") out.endList(start);
    else out.endBytes(start);
  }
}

describe("RLP written into one buffer", () => {
  const writer = createRlpWriter();

  it("given any nesting, is what the encoder of single items makes", () => {
    fc.assert(
      fc.property(part, (value) => {
        writer.clear();
        write(writer, value);
        expect(toHex(writer.view())).to.equal(toHex(encode(value)));
      }),
      { numRuns: 500 },
    );
  });

  it("given more than its buffer holds, grows, and a copy that was taken stays", () => {
    writer.clear();
    const list = writer.begin();
    for (let i = 0; i < 300; i++) writer.bytes(new Uint8Array(1_000).fill(i));
    writer.endList(list);
    const taken = writer.take();
    const expected = toHex(encodeList(Array.from({ length: 300 }, (_, i) => new Uint8Array(1_000).fill(i))));
    writer.clear();
    writer.byte(2);
    writer.raw(Uint8Array.of(3, 4));
    expect(toHex(taken)).to.equal(expected);
    expect(toHex(writer.view())).to.equal("0x020304");
  });
});
