import { KeyKind, packObjectId } from "@banyan/trace-common/epcis";
import { expect } from "chai";
import fc from "fast-check";
import { type Hex, stringToHex } from "viem";
import { loadTraceKeys, SET36, SET82, text20 } from "../../fixtures/trade.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

type Keys = Awaited<ReturnType<typeof loadTraceKeys>>["keys"];

/** How a code that has a number is made: the published example, the number's digits, and the fewest and most characters beside it. */
const NUMBERED = [
  {
    kind: "SGTIN",
    number: 80614141123458n,
    digits: 14,
    least: 1,
    most: 20,
    make: (keys: Keys, number: bigint, serial: Hex) => keys.read.sgtin([number, serial]),
  },
  {
    kind: "LGTIN",
    number: 80614141123458n,
    digits: 14,
    least: 0,
    most: 20,
    make: (keys: Keys, number: bigint, serial: Hex) => keys.read.lgtin([number, serial]),
  },
  {
    kind: "GRAI",
    number: 614141123452n,
    digits: 13,
    least: 1,
    most: 16,
    make: (keys: Keys, number: bigint, serial: Hex) => keys.read.grai([number, serial]),
  },
  {
    kind: "SGLN",
    number: 614141123452n,
    digits: 13,
    least: 0,
    most: 20,
    make: (keys: Keys, number: bigint, serial: Hex) => keys.read.sgln([number, serial]),
  },
  {
    kind: "GDTI",
    number: 614141123452n,
    digits: 13,
    least: 1,
    most: 17,
    make: (keys: Keys, number: bigint, serial: Hex) => keys.read.gdti([number, serial]),
  },
] as const;

const word = (text: string) => stringToHex(text, { size: 32 });

/** A number with a right check digit and one digit too many for so many digits. */
const tooLong = (digits: number) => (digits === 14 ? 100000000000007n : 10000000000007n);

describe("TraceKeys: making a code with a number", () => {
  for (const { kind, number, digits, least, most, make } of NUMBERED) {
    const id = KeyKind[kind];

    it(`C-17: given a code of kind ${kind} whose number has a wrong check digit, is missing or is too long, when made, then it is refused`, async () => {
      const { keys } = await loadTraceKeys();
      for (const wrong of [number + 1n, 0n, tooLong(digits), 2n ** 64n - 1n]) {
        await expectRevert(make(keys, wrong, text20("A")), keys, "TraceKeysInvalidNumber", [id, wrong]);
      }
    });

    // 21 characters cannot be handed over: where 20 are allowed and none is, every length is right.
    const wrongLengths = [...(most < 20 ? ["A".repeat(most + 1)] : []), ...(least === 0 ? [] : [""])];
    for (const text of wrongLengths) {
      it(`given a code of kind ${kind} with a text of ${text.length} characters, when made, then it is refused`, async () => {
        const { keys } = await loadTraceKeys();
        await expectRevert(make(keys, number, text20(text)), keys, "TraceKeysInvalidSerial", [id, word(text)]);
      });
    }

    it(`given a code of kind ${kind} with a gap or a character outside GS1's set, when made, then it is refused`, async () => {
      const { keys } = await loadTraceKeys();
      for (const text of ["A B", "A\0B", "\0A", "#1", "A@", "A\u007f"]) {
        await expectRevert(make(keys, number, text20(text)), keys, "TraceKeysInvalidSerial", [id, word(text)]);
      }
    });

    it(`given a code of kind ${kind} with the fewest and the most characters, when made, then it is the word that the library beside the contracts packs`, async () => {
      const { keys } = await loadTraceKeys();
      for (const text of [...new Set([least, 1, most])].map((length) => "aZ9_/".repeat(4).slice(0, length))) {
        const length = digits === 14 || kind === "GRAI" ? 14 : 13;
        const packed = packObjectId({ kind: id, number: String(number).padStart(length, "0"), text });
        expect(await make(keys, number, text20(text)), text).to.equal(packed);
      }
    });
  }

  it("given a place whose extension is 0, which means none, when made, then it is refused: a place has one word", async () => {
    const { keys } = await loadTraceKeys();
    const make = (text: string) => keys.read.sgln([614141123452n, text20(text)]);
    await expectRevert(make("0"), keys, "TraceKeysInvalidSerial", [KeyKind.SGLN, word("0")]);
    expect(await make("00")).to.match(/^0x06/);
  });

  it("C-17: given a logistic unit, when its number is wrong or too long, then it is refused; else its word is the number alone", async () => {
    const { keys } = await loadTraceKeys();
    for (const wrong of [106141412345678907n, 0n, 1000000000000000007n]) {
      await expectRevert(keys.read.sscc([wrong]), keys, "TraceKeysInvalidNumber", [KeyKind.SSCC, wrong]);
    }
    for (const number of [106141412345678908n, 195060000000000029n]) {
      const packed = packObjectId({ kind: KeyKind.SSCC, number: String(number), text: "" });
      expect(await keys.read.sscc([number])).to.equal(packed);
    }
  });
});

describe("TraceKeys: making a code of characters", () => {
  const assetOf = (text: string) => stringToHex(text, { size: 30 });

  it("given an asset without a character, or with one after a gap, when made, then it is refused", async () => {
    const { keys } = await loadTraceKeys();
    for (const text of ["", "\0A", "614141\x01"]) {
      await expectRevert(keys.read.giai([assetOf(text)]), keys, "TraceKeysInvalidSerial", [KeyKind.GIAI, word(text)]);
    }
  });

  it("given each of the 256 bytes, when it is an asset's mark, then GS1's 82 characters are taken and no other", async () => {
    const { keys } = await loadTraceKeys();
    const taken: string[] = [];
    for (let byte = 0; byte < 256; ++byte) {
      const code = `0x${byte.toString(16).padStart(2, "0").padEnd(60, "0")}` as const;
      const made = await keys.read.giai([code]).then(
        () => true,
        () => false,
      );
      if (made) taken.push(String.fromCharCode(byte));
    }
    expect(taken.join("")).to.equal(SET82);
  });

  it("C-31: given a medicine code of fewer than 20 digits and capitals, or with another character, when made, then it is refused", async () => {
    const { keys } = await loadTraceKeys();
    for (const text of [
      "",
      "8400010000000000001",
      "8400010000000000000a",
      "8400010-000000000001",
      "84000100000000 00001",
    ]) {
      await expectRevert(keys.read.medicine([text20(text)]), keys, "TraceKeysInvalidSerial", [
        KeyKind.MEDICINE,
        word(text),
      ]);
    }
    expect(await keys.read.medicine([text20("84000100000000000017")])).to.equal(
      packObjectId({ kind: KeyKind.MEDICINE, number: "", text: "84000100000000000017" }),
    );
  });

  it("given a battery code of fewer than 24 digits and capitals, or with another character, when made, then it is refused", async () => {
    const { keys } = await loadTraceKeys();
    const codeOf = (text: string) => stringToHex(text, { size: 24 });
    const right = "001PE0A1234567B8C9000001";
    for (const text of ["", right.slice(1), right.toLowerCase(), right.replace("A", "-")]) {
      await expectRevert(keys.read.battery([codeOf(text)]), keys, "TraceKeysInvalidSerial", [
        KeyKind.BATTERY,
        word(text),
      ]);
    }
    expect(await keys.read.battery([codeOf(right)])).to.equal(
      packObjectId({ kind: KeyKind.BATTERY, number: "", text: right }),
    );
  });

  it("given a URI or a transformation without a digest, when made, then it is refused; else the word is kind and digest", async () => {
    const { keys } = await loadTraceKeys();
    const none = `0x${"00".repeat(31)}` as const;
    const digest = `0x${"5a".repeat(31)}` as const;
    for (const [make, kind] of [
      [keys.read.uri, "0a"],
      [keys.read.transformation, "0b"],
    ] as const) {
      await expectRevert(make([none]), keys, "TraceKeysInvalid", [`0x${kind}${"00".repeat(31)}`]);
      expect(await make([digest])).to.equal(`0x${kind}${"5a".repeat(31)}`);
    }
  });

  it("given any characters of a kind's set, when made, then the word is the one that the library beside the contracts packs", async () => {
    const { keys } = await loadTraceKeys();
    const textOf = (set: string, least: number, most: number) =>
      fc.string({ unit: fc.constantFrom(...set), minLength: least, maxLength: most });
    await fc.assert(
      fc.asyncProperty(textOf(SET82, 1, 30), textOf(SET36, 20, 20), textOf(SET82, 1, 20), async (asset, drug, lot) => {
        const number = "80614141123458";
        expect(await keys.read.giai([assetOf(asset)])).to.equal(
          packObjectId({ kind: KeyKind.GIAI, number: "", text: asset }),
        );
        expect(await keys.read.medicine([text20(drug)])).to.equal(
          packObjectId({ kind: KeyKind.MEDICINE, number: "", text: drug }),
        );
        expect(await keys.read.lgtin([BigInt(number), text20(lot)])).to.equal(
          packObjectId({ kind: KeyKind.LGTIN, number, text: lot }),
        );
      }),
      { numRuns: 40 },
    );
  });
});
