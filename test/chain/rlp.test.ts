import { expect } from "chai";
import fc from "fast-check";
import { decodeRlp, encodeBytes, encodeList, RlpError, type RlpItem } from "../../chain/src/codec/rlp.ts";
import { bytes } from "./support.ts";

/** Code and offset of the refusal; `undefined` if there is none. */
function refusal(hex: string): readonly [code: string, offset: number] | undefined {
  try {
    decodeRlp(bytes(hex));
  } catch (error) {
    if (error instanceof RlpError) return [error.code, error.offset];
    throw error;
  }
  return undefined;
}

function encode(item: RlpItem): Uint8Array {
  return item instanceof Uint8Array ? encodeBytes(item) : encodeList(item.map((one) => ({ encoded: encode(one) })));
}

const { item } = fc.letrec<{ item: RlpItem }>((tie) => ({
  item: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie("item"), { maxLength: 5 }),
  ),
}));

describe("RLP", () => {
  it("given any item, decodes what it encoded", () => {
    fc.assert(
      fc.property(item, (whole) => {
        expect(decodeRlp(encode(whole))).to.deep.equal(whole);
      }),
    );
  });

  it("given bytes that are cut off, refuses and says where", () => {
    expect(refusal("")).to.deep.equal(["RLP_TOO_SHORT", 0]);
    expect(refusal("83646f")).to.deep.equal(["RLP_TOO_SHORT", 0]);
    expect(refusal("c20183")).to.deep.equal(["RLP_TOO_SHORT", 2]);
    expect(refusal("b9ff")).to.deep.equal(["RLP_TOO_SHORT", 0]);
    expect(refusal("ffffffffffffffffffff")).to.deep.equal(["RLP_TOO_SHORT", 0]);
  });

  it("given another form than the shortest, or more than one item, refuses", () => {
    expect(refusal("8100")).to.deep.equal(["RLP_NOT_CANONICAL", 0]);
    expect(refusal("c28101")).to.deep.equal(["RLP_NOT_CANONICAL", 1]);
    expect(refusal("b80100")).to.deep.equal(["RLP_NOT_CANONICAL", 0]);
    expect(refusal("b900380000")).to.deep.equal(["RLP_NOT_CANONICAL", 0]);
    expect(refusal("8080")).to.deep.equal(["RLP_TRAILING_BYTES", 1]);
  });

  it("given lists nested without end, refuses instead of running out of stack", () => {
    let nested = encodeList([]);
    for (let depth = 1; depth < 1_024; depth++) nested = encodeList([{ encoded: nested }]);
    expect(decodeRlp(nested)).to.have.length(1);
    expect(refusal(Buffer.from(encodeList([{ encoded: nested }])).toString("hex"))?.[0]).to.equal("RLP_TOO_DEEP");
  });

  it("given any bytes, either refuses with its own error or gives them back when it encodes again", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (input) => {
        let decoded: RlpItem;
        try {
          decoded = decodeRlp(input);
        } catch (error) {
          expect(error).to.be.instanceOf(RlpError);
          return;
        }
        expect(encode(decoded)).to.deep.equal(input);
      }),
      { numRuns: 2_000 },
    );
  });
});
