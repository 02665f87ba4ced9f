import { expect } from "chai";
import type { Hex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const TEXTURE = ascii("TEA-TEXTURE");
const CAKES = ["357-0001", "357-0002", "357-0003"].map((serial) => itemOf(gtinOf(87), serial));
const NONE = `0x${"00".repeat(32)}`;

system("tea-texture-chain", () => {
  let books: TraceBooks;
  let producer: number;

  beforeEach(async () => {
    books = await loadTraceBooks();
    producer = await books.file("producer");
    const { fingerprints } = books.contracts;
    await fingerprints.writeAndWait.defineMethod(
      { method: TEXTURE, tolerance: 7, description: digest("texture code, version 1") },
      await books.as("platform"),
    );
    await fingerprints.writeAndWait.admit(
      { method: TEXTURE, party: producer, admitted: true },
      await books.as("platform"),
    );
    for (const cake of CAKES) {
      await fingerprints.writeAndWait.register(
        { by: producer, method: TEXTURE, subject: cake, code: textureOf(cake), evidence: digest(`photograph ${cake}`) },
        await books.as("producer"),
      );
    }
  });

  it("matches a consumer's photograph to the cake that the producer registered", async () => {
    const { fingerprints } = books.contracts;
    for (const [index, cake] of CAKES.entries()) {
      // A photograph never gives the same bits; here up to seven differ, in seven different bands.
      const photographed = blurred(textureOf(cake), index * 3 + 1);
      const { subject, distance } = await fingerprints.read.identify({ method: TEXTURE, sample: photographed });
      expect([subject, distance]).to.deep.equal([cake, BigInt(index * 3 + 1)]);
    }
  });

  it("reports a cake that nobody registered, and one that bears another's code", async () => {
    const { fingerprints } = books.contracts;
    const [first = NONE] = CAKES;
    const fake = textureOf("0xfa4e");
    expect((await fingerprints.read.identify({ method: TEXTURE, sample: fake })).subject).to.equal(NONE);
    expect((await fingerprints.read.verify({ method: TEXTURE, subject: first as Hex, sample: fake })).genuine).to.equal(
      false,
    );
    const tooBlurred = blurred(textureOf(first as Hex), 8);
    expect(
      await fingerprints.read.verify({ method: TEXTURE, subject: first as Hex, sample: tooBlurred }),
    ).to.deep.equal({
      ...{ genuine: false, distance: 8n },
    });
    expect((await fingerprints.read.identify({ method: TEXTURE, sample: tooBlurred })).subject).to.equal(NONE);
  });

  it("lets no other maker register a cake", async () => {
    const forger = await books.file("forger");
    const cake = itemOf(gtinOf(87), "357-9999");
    await expectRefusal(
      books.contracts.fingerprints.writeAndWait.register(
        { by: forger, method: TEXTURE, subject: cake, code: textureOf(cake), evidence: digest("photograph") },
        await books.as("forger"),
      ),
      "FingerprintRegisterNotRegistrar",
      { method: TEXTURE, party: forger },
    );
  });
});

function textureOf(cake: Hex): Hex {
  return digest(`texture of ${cake}`).value;
}

/** Turns one bit in each of the first bands. */
function blurred(code: Hex, bits: number): Hex {
  let value = BigInt(code);
  for (let index = 0; index < bits; index++) value ^= 1n << BigInt(index * 32 + 5);
  return `0x${value.toString(16).padStart(64, "0")}`;
}
