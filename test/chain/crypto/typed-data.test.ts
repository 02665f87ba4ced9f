import { expect } from "chai";
import fc from "fast-check";
import {
  hashTypedData as hashByViem,
  hashMessage as messageByViem,
  recoverAddress,
  type TypedDataDefinition,
} from "viem";
import { toHex } from "../../../chain/src/codec/hex.ts";
import { privateKeyToAddress, sign } from "../../../chain/src/crypto/secp256k1.ts";
import { hashMessage, hashTypedData, signatureHex, type TypedData } from "../../../chain/src/crypto/typed-data.ts";

const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((array): string => toHex(array));
const unsigned = (bits: number) => fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n });
const signed = (bits: number) =>
  fc.bigInt({ min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n }).map(String);

/** A type with a value of it. */
type Sample = readonly [type: string, value: unknown];

const atoms: fc.Arbitrary<Sample> = fc.oneof(
  unsigned(256).map((value): Sample => ["uint256", value.toString()]),
  unsigned(256).map((value): Sample => ["uint256", `0x${value.toString(16)}`]),
  unsigned(8).map((value): Sample => ["uint8", Number(value)]),
  signed(64).map((value): Sample => ["int64", value]),
  signed(256).map((value): Sample => ["int256", value]),
  hex(20).map((value): Sample => ["address", value]),
  fc.boolean().map((value): Sample => ["bool", value]),
  hex(32).map((value): Sample => ["bytes32", value]),
  hex(4).map((value): Sample => ["bytes4", value]),
  fc.uint8Array({ maxLength: 80 }).map((value): Sample => ["bytes", toHex(value)]),
  fc.string({ unit: "grapheme", maxLength: 40 }).map((value): Sample => ["string", value]),
  fc.array(unsigned(256).map(String), { maxLength: 3 }).map((value): Sample => ["uint256[]", value]),
  fc.tuple(hex(20), hex(20)).map((value): Sample => ["address[2]", value]),
  fc.array(fc.array(fc.string(), { maxLength: 2 }), { maxLength: 2 }).map((value): Sample => ["string[][]", value]),
);

/** Two struct types, one inside the other and in a list of it. */
const documents = fc
  .record({
    inner: fc.array(atoms, { minLength: 1, maxLength: 4 }),
    outer: fc.array(atoms, { maxLength: 4 }),
    domain: fc.record(
      {
        name: fc.string(),
        // viem leaves an empty version out of a domain type that it infers.
        version: fc.string({ minLength: 1 }),
        chainId: fc.integer({ min: 1 }),
        verifyingContract: hex(20),
        salt: hex(32),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ inner, outer, domain }): TypedData => {
    const fieldsOf = (samples: readonly Sample[]) => samples.map(([type], at) => ({ name: `f${at}`, type }));
    const valuesOf = (samples: readonly Sample[]) =>
      Object.fromEntries(samples.map(([, value], at) => [`f${at}`, value]));
    const one = valuesOf(inner);
    return {
      types: {
        Zebra: fieldsOf(inner),
        Ant: [...fieldsOf(outer), { name: "z", type: "Zebra" }, { name: "zs", type: "Zebra[]" }],
      },
      primaryType: "Ant",
      domain,
      message: { ...valuesOf(outer), z: one, zs: [one, one] },
    };
  });

/** What viem takes, which types it more narrowly than the JSON that a client sends. */
const forViem = (data: TypedData) => data as unknown as TypedDataDefinition;

describe("typed data", () => {
  it("hashes like viem: random structs, lists and domains", () => {
    fc.assert(
      fc.property(documents, (data) => {
        expect(toHex(hashTypedData(data))).to.equal(hashByViem(forViem(data)));
      }),
      { numRuns: 300 },
    );
  });

  it("hashes the domain alone, and a domain whose type is declared", () => {
    const domain = { name: "Notary", chainId: 31_337 };
    const declared = { EIP712Domain: [{ name: "chainId", type: "uint256" }] };
    for (const types of [{}, declared]) {
      const data = { types, primaryType: "EIP712Domain", domain, message: {} };
      expect(toHex(hashTypedData(data))).to.equal(hashByViem(forViem(data)));
    }
  });

  const wrong: readonly [string, unknown][] = [
    ["uint8", 256],
    ["uint256", -1],
    ["uint256", "x"],
    ["uint256", undefined],
    ["int8", "-129"],
    ["address", "0x12"],
    ["bytes4", "0x12"],
    ["bytes", "0x1"],
    ["bool", "true"],
    ["string", 5],
    ["uint256[2]", ["1"]],
    ["uint256[]", "1"],
    ["Missing", {}],
    ["uint7", 1],
    ["bytes33", `0x${"00".repeat(33)}`],
  ];
  for (const [type, value] of wrong) {
    it(`refuses ${JSON.stringify(value)} as ${type}, naming the field`, () => {
      const data = { types: { A: [{ name: "b", type }] }, primaryType: "A", domain: {}, message: { b: value } };
      expect(() => hashTypedData(data)).to.throw(TypeError, "message.b");
    });
  }

  it("hashes messages like viem, and signs so that the signer is recovered", async () => {
    const key = new Uint8Array(32).fill(7);
    const message = Uint8Array.of(1, 2, 3);
    expect(toHex(hashMessage(message))).to.equal(messageByViem({ raw: message }));
    const digest = hashMessage(message);
    const signer = await recoverAddress({ hash: toHex(digest), signature: signatureHex(sign(digest, key)) });
    expect(signer.toLowerCase()).to.equal(privateKeyToAddress(key));
  });
});
