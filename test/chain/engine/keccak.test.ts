import { expect } from "chai";
import { keccak } from "hash-wasm";
import { type WordsProbe, wordsProbe } from "./words-probe.ts";

/** Published digests: the Keccak team's test vector of no bytes, and hashes that the Yellow Paper and EIP-1967 name. */
const PUBLISHED: readonly (readonly [text: string, digest: string])[] = [
  ["", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"],
  ["abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"],
  ["Transfer(address,address,uint256)", "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"],
  ["The quick brown fox jumps over the lazy dog", "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15"],
];

describe("keccak256 of the engine", () => {
  let probe: WordsProbe;

  before(async function () {
    this.timeout(60_000);
    probe = await wordsProbe();
  });

  /** Bytes that depend on every position; what lies around them is not zero. */
  function fill(at: number, length: number): Uint8Array {
    probe.memory.fill(0xee, at - 8, at + length + 300);
    for (let i = 0; i < length; i++) probe.memory[at + i] = (i * 131 + (i >> 8) * 17 + length) & 255;
    return probe.memory.slice(at, at + length);
  }

  function digest(out: number, input: number, length: number): string {
    probe.call("keccak256", out, input, length);
    return Buffer.from(probe.memory.slice(out, out + 32)).toString("hex");
  }

  it("given published inputs, it gives the published digests", () => {
    for (const [text, expected] of PUBLISHED) {
      const bytes = Buffer.from(text);
      probe.memory.set(bytes, probe.room + 64);
      expect(digest(probe.room, probe.room + 64, bytes.length), text).to.equal(expected);
    }
  });

  it("given every length from 0 to 300 at any alignment, it agrees with hash-wasm", async () => {
    for (let length = 0; length <= 300; length++) {
      const at = probe.room + 64 + (length % 13);
      const input = fill(at, length);
      expect(digest(probe.room, at, length), `${length} bytes`).to.equal(await keccak(input, 256));
    }
  });

  it("given long inputs around whole blocks, it agrees with hash-wasm and leaves the input alone", async () => {
    for (const length of [1_359, 1_360, 1_361, 4_096, 13_599, 13_600, 65_537, 100_000]) {
      const at = probe.room + 64;
      const input = fill(at, length);
      expect(digest(probe.room, at, length), `${length} bytes`).to.equal(await keccak(input, 256));
      expect(Buffer.compare(probe.memory.slice(at, at + length), input)).to.equal(0);
    }
  });

  it("given an output inside the input, it gives the same digest", async () => {
    const at = probe.room + 64;
    const input = fill(at, 64);
    expect(digest(at + 16, at, 64)).to.equal(await keccak(input, 256));
  });

  it("keccakWord gives the digest as a number", async () => {
    const at = probe.room + 64;
    const input = fill(at, 20);
    probe.call("keccakWord", probe.room, at, 20);
    expect(probe.get(probe.room)).to.equal(BigInt(`0x${await keccak(input, 256)}`));
  });
});
