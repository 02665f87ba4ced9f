import { expect } from "chai";
import type { Hex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { assetOf } from "../../fixtures/trace-keys.ts";

const METHOD = ascii("TEXTURE");
const [FIRST, SECOND] = [assetOf("CAKE-1"), assetOf("CAKE-2")];
const CODE = digest("texture").value;
const ZERO = `0x${"00".repeat(32)}` as const;

/** A code with one bit turned in each of the first bands. */
const turned = (bits: number, code: Hex = CODE, bit = 3): Hex => {
  let value = BigInt(code);
  for (let band = 0; band < bits; band++) value ^= 1n << BigInt(band * 32 + bit);
  return `0x${value.toString(16).padStart(64, "0")}`;
};

async function defined(tolerance = 5) {
  const books = await loadTraceBooks();
  const { fingerprints } = books.contracts;
  const maker = await books.file("maker");
  await fingerprints.writeAndWait.defineMethod(
    { method: METHOD, tolerance, description: digest("specification") },
    await books.as("platform"),
  );
  await fingerprints.writeAndWait.admit({ method: METHOD, party: maker, admitted: true }, await books.as("platform"));
  const register = async (subject: Hex, code: Hex, evidence = digest("photograph")) =>
    await fingerprints.writeAndWait.register(
      { by: maker, method: METHOD, subject, code, evidence },
      await books.as("maker"),
    );
  return { books, fingerprints, maker, register };
}

describe("FingerprintRegister.defineMethod and admit", () => {
  it("given a stranger: refuse", async () => {
    const { books, fingerprints } = await defined();
    const as = await books.as("maker");
    const refused = { caller: books.address("maker") };
    await expectRefusal(
      fingerprints.writeAndWait.defineMethod({ method: ascii("X"), tolerance: 1, description: digest("x") }, as),
      "AccessManagedUnauthorized",
      refused,
    );
    await expectRefusal(
      fingerprints.writeAndWait.admit({ method: METHOD, party: 1, admitted: true }, as),
      "AccessManagedUnauthorized",
      refused,
    );
  });

  it("given no name, one that is taken, a tolerance of 8 or no description: refuse", async () => {
    const { books, fingerprints } = await defined();
    const as = await books.as("platform");
    for (const [method, tolerance] of [
      [ZERO, 1],
      [METHOD, 1],
      [ascii("NEW"), 8],
    ] as const) {
      await expectRefusal(
        fingerprints.writeAndWait.defineMethod({ method, tolerance, description: digest("x") }, as),
        "FingerprintRegisterInvalidMethod",
        { method, tolerance, max: 7 },
      );
    }
    await expectRefusal(
      fingerprints.writeAndWait.defineMethod({ method: ascii("NEW"), tolerance: 7, description: NO_DIGEST }, as),
      "DigestsMissing",
      MISSING,
    );
    await expectRefusal(
      fingerprints.writeAndWait.admit({ method: ascii("NEW"), party: 1, admitted: true }, as),
      "FingerprintRegisterUnknownMethod",
      { method: ascii("NEW") },
    );
  });

  it("given a party whose leave is taken back: it registers no more", async () => {
    const { books, fingerprints, maker, register } = await defined();
    await fingerprints.writeAndWait.admit(
      { method: METHOD, party: maker, admitted: false },
      await books.as("platform"),
    );
    await expectRefusal(register(FIRST, CODE), "FingerprintRegisterNotRegistrar", { method: METHOD, party: maker });
  });
});

describe("FingerprintRegister.register", () => {
  it("given a stranger, no object, no code or no evidence: refuses", async () => {
    const { books, fingerprints, maker, register } = await defined();
    await expectRefusal(
      fingerprints.writeAndWait.register(
        { by: maker, method: METHOD, subject: FIRST, code: CODE, evidence: digest("x") },
        await books.as("stranger"),
      ),
      "PartyUserNotAgent",
      { party: maker, caller: books.address("stranger") },
    );
    await expectRefusal(register(ZERO, CODE), "FingerprintRegisterMissing", {});
    await expectRefusal(register(FIRST, ZERO), "FingerprintRegisterMissing", {});
    await expectRefusal(register(FIRST, CODE, NO_DIGEST), "DigestsMissing", MISSING);
  });

  it("given a code within the tolerance of another: refuses it as a duplicate; given one bit more: takes it", async () => {
    const { register } = await defined();
    await register(FIRST, CODE);
    for (const bits of [0, 1, 5]) {
      await expectRefusal(register(SECOND, turned(bits)), "FingerprintRegisterDuplicate", {
        ...{ method: METHOD, subject: FIRST, distance: BigInt(bits) },
      });
    }
    await register(SECOND, turned(6));
  });

  it("given a registration: tells and keeps who, when, code and evidence", async () => {
    const { books, fingerprints, maker, register } = await defined();
    const outcome = await register(FIRST, CODE);
    const evidence = digest("photograph");
    expect(outcome.event("FingerprintRegistered").args).to.deep.equal({
      ...{ method: METHOD, subject: FIRST, by: maker, code: CODE, evidence },
    });
    expect(await fingerprints.read.fingerprintOf({ method: METHOD, subject: FIRST })).to.deep.equal({
      ...{ by: maker, registeredAt: await books.now(), code: CODE, evidence },
    });
    await expectRefusal(register(FIRST, turned(8)), "FingerprintRegisterExists", { method: METHOD, subject: FIRST });
  });

  it("given sixteen codes that agree in a band: refuses a seventeenth there", async () => {
    const { register } = await defined(0);
    for (let index = 0; index < 16; index++) {
      // The lowest band stays, every other one differs.
      await register(assetOf(`C-${index}`), otherwise(index));
    }
    await expectRefusal(register(assetOf("C-16"), otherwise(16)), "FingerprintRegisterTooCommon", {
      ...{ method: METHOD, band: 0n },
    });
  });
});

describe("FingerprintRegister.identify", () => {
  it("given things near each other: finds the nearest, in whatever bands the difference lies", async () => {
    const { fingerprints, register } = await defined(5);
    await register(FIRST, CODE);
    await register(SECOND, turned(8));
    for (let shift = 0; shift < 8; shift++) {
      // Five bits in one band alone.
      const sample = `0x${(BigInt(CODE) ^ (0b11111n << BigInt(shift * 32))).toString(16).padStart(64, "0")}` as const;
      expect(await fingerprints.read.identify({ method: METHOD, sample })).to.deep.equal({
        subject: FIRST,
        distance: 5n,
      });
    }
    expect(await fingerprints.read.identify({ method: METHOD, sample: turned(5) })).to.deep.equal({
      ...{ subject: SECOND, distance: 3n },
    });
    expect((await fingerprints.read.identify({ method: METHOD, sample: digest("else").value })).subject).to.equal(ZERO);
    await expectRefusal(
      fingerprints.read.identify({ method: ascii("NONE"), sample: CODE }),
      "FingerprintRegisterUnknownMethod",
      { method: ascii("NONE") },
    );
    expect(await fingerprints.read.verify({ method: METHOD, subject: assetOf("NONE"), sample: CODE })).to.deep.equal({
      ...{ genuine: false, distance: 256n },
    });
  });
});

describe("FingerprintRegister.recognise", () => {
  it("given no number, or one that leads elsewhere: refuses", async () => {
    const { books, fingerprints, register } = await defined();
    const museum = await books.file("museum");
    await register(FIRST, CODE);
    await register(SECOND, turned(8));
    const recognise = async (subject: Hex, localNumber: Hex) =>
      await fingerprints.writeAndWait.recognise({ by: museum, subject, localNumber }, await books.as("museum"));
    await expectRefusal(recognise(FIRST, ZERO), "FingerprintRegisterMissing", {});
    const number = digest("inventory 1").value;
    const told = await recognise(FIRST, number);
    expect(told.event("IdentityRecognised").args).to.deep.equal({ subject: FIRST, by: museum, localNumber: number });
    expect(await fingerprints.read.localNumberOf({ party: museum, subject: FIRST })).to.equal(number);
    await expectRefusal(recognise(SECOND, number), "FingerprintRegisterNumberTaken", { party: museum, subject: FIRST });
  });
});

/** A code with the same lowest band as {@link CODE}, and all others its own. */
function otherwise(index: number): Hex {
  const own = BigInt(digest(`code ${index}`).value);
  return `0x${(((own >> 32n) << 32n) | (BigInt(CODE) & 0xffffffffn)).toString(16).padStart(64, "0")}`;
}

describe("FingerprintRegister.recognise, of what", () => {
  it("given a thing that nobody registered, or no number: refuses; given its own number, finds the thing by it", async () => {
    const { books, fingerprints, maker, register } = await defined();
    const localNumber = digest("inventory 1").value;
    const recognise = async (subject: Hex, number: Hex) =>
      await fingerprints.writeAndWait.recognise({ by: maker, subject, localNumber: number }, await books.as("maker"));
    await expectRefusal(recognise(FIRST, localNumber), "FingerprintRegisterUnknown", { subject: FIRST });
    await register(FIRST, CODE);
    await expectRefusal(recognise(FIRST, ZERO), "FingerprintRegisterMissing", {});
    await recognise(FIRST, localNumber);
    expect(await fingerprints.read.subjectOf({ party: maker, localNumber })).to.equal(FIRST);
  });
});
