import { KeyKind } from "@banyan/trace-common/epcis";
import { expect } from "chai";
import type { Hex } from "viem";
import { loadTraceKeys, SAMPLES, text20 } from "../../fixtures/trade.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const NO_KIND: Hex = `0x0c${"00".repeat(31)}`;

/** The names of the samples for which something holds. */
async function namesWhere(holds: (code: Hex) => Promise<boolean>): Promise<string[]> {
  const names: string[] = [];
  for (const [name, code] of Object.entries(SAMPLES)) if (await holds(code)) names.push(name);
  return names;
}

describe("TraceKeys: reading a code", () => {
  it("given a kind that does not exist, when anything is read that goes by the kind, then it is refused", async () => {
    const { keys } = await loadTraceKeys();
    const { kindOf, gtinOf, drugOf, isLot, isContainer } = keys.read;
    for (const read of [kindOf, gtinOf, drugOf, isLot, isContainer]) {
      await expectRevert(read([NO_KIND]), keys, "TraceKeysInvalid", [NO_KIND]);
    }
  });

  it("given a code of each kind, when its kind is read, then it is that kind; an empty word has none", async () => {
    const { keys } = await loadTraceKeys();
    for (const [name, code] of Object.entries(SAMPLES)) {
      expect(await keys.read.kindOf([code]), name).to.equal(KeyKind[name as keyof typeof KeyKind]);
    }
    expect(await keys.read.kindOf([`0x${"00".repeat(32)}`])).to.equal(0);
  });

  it("given a code with a number, when read, then number and text are those that it was made of", async () => {
    const { keys } = await loadTraceKeys();
    for (const [name, number, text] of [
      ["SGTIN", 80614141123458n, "6789"],
      ["LGTIN", 80614141123458n, "998877"],
      ["SSCC", 106141412345678908n, ""],
      ["GRAI", 614141123452n, "400"],
      ["SGLN", 614141123452n, "400"],
      ["GDTI", 614141123452n, "006847"],
    ] as const) {
      expect(await keys.read.numberOf([SAMPLES[name]]), name).to.equal(number);
      expect(await keys.read.serialOf([SAMPLES[name]]), name).to.equal(text20(text));
    }
  });

  it("given a code of each kind, when its product is read, then only items and lots have one", async () => {
    const { keys } = await loadTraceKeys();
    expect(await namesWhere(async (code) => (await keys.read.gtinOf([code])) !== 0n)).to.deep.equal(["SGTIN", "LGTIN"]);
    expect(await keys.read.gtinOf([SAMPLES.LGTIN])).to.equal(80614141123458n);
  });

  it("C-31: given a code of each kind, when its drug is read, then only a medicine has one: its first seven characters", async () => {
    const { keys } = await loadTraceKeys();
    const none = `0x${"00".repeat(7)}`;
    expect(await namesWhere(async (code) => (await keys.read.drugOf([code])) !== none)).to.deep.equal(["MEDICINE"]);
    expect(await keys.read.drugOf([SAMPLES.MEDICINE])).to.equal("0x38343030303130");
  });

  it("given a code of each kind, when asked, then a lot counts quantities, and units and assets may hold others", async () => {
    const { keys } = await loadTraceKeys();
    expect(await namesWhere((code) => keys.read.isLot([code]))).to.deep.equal(["LGTIN"]);
    expect(await namesWhere((code) => keys.read.isContainer([code]))).to.deep.equal(["SSCC", "GRAI", "GIAI"]);
  });
});
