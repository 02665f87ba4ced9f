import { expect } from "chai";
import fc from "fast-check";
import { keccak256 as keccakOfViem } from "viem";
import { toHex } from "../../../chain/src/codec/hex.ts";
import { keccak256, keccak256Hex } from "../../../chain/src/crypto/keccak.ts";

describe("Keccak-256 of the chain", () => {
  it("agrees with viem's, given any bytes, also a view into others", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat({ max: 40 }), (bytes, start) => {
        const view = bytes.subarray(Math.min(start, bytes.length));
        expect(keccak256Hex(view)).to.equal(keccakOfViem(view));
        expect(toHex(keccak256(view))).to.equal(keccakOfViem(view));
      }),
    );
  });

  it("hashes more than its memory held at first, and little again afterwards", () => {
    const long = new Uint8Array(700_001).fill(0x5a);
    expect(keccak256Hex(long)).to.equal(keccakOfViem(long));
    expect(keccak256Hex(new Uint8Array(0))).to.equal(
      "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    );
  });

  it("leaves a digest alone, given another hash after it", () => {
    const first = keccak256(Uint8Array.of(1));
    const kept = toHex(first);
    keccak256(Uint8Array.of(2));
    expect(toHex(first)).to.equal(kept);
  });
});
