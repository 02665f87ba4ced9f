import { KeyKind } from "@banyan/trace-common/epcis";
import { expect } from "chai";
import type { Hex } from "viem";
import { loadTraceKeys, SAMPLES } from "../../fixtures/trade.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

/** A word with its last byte set. */
const withTail = (code: Hex): Hex => `${code.slice(0, -2) as Hex}01`;

/** The bytes of a word from one on, moved to its front. */
const from = (code: Hex, byte: number): Hex => `0x${code.slice(2 + 2 * byte).padEnd(64, "0")}`;

describe("TraceKeys.requireValid", () => {
  it("given nothing, or a kind that does not exist, when checked, then it is refused", async () => {
    const { keys } = await loadTraceKeys();
    for (const kind of ["00", "0c", "80", "ff"]) {
      for (const rest of ["00", "41"]) {
        const code: Hex = `0x${kind}${rest.padEnd(62, "0")}`;
        await expectRevert(keys.read.requireValid([code]), keys, "TraceKeysInvalid", [code]);
      }
    }
  });

  for (const name of ["SGTIN", "LGTIN", "GRAI", "SGLN", "GDTI", "SSCC"] as const) {
    it(`given a code of kind ${name} with something after its end, when checked, then it is refused`, async () => {
      const { keys } = await loadTraceKeys();
      const code = withTail(SAMPLES[name]);
      await expectRevert(keys.read.requireValid([code]), keys, "TraceKeysInvalidSerial", [
        KeyKind[name],
        from(code, 9),
      ]);
    });
  }

  for (const name of ["GIAI", "MEDICINE", "BATTERY"] as const) {
    it(`given a code of kind ${name} with something after its end, when checked, then it is refused`, async () => {
      const { keys } = await loadTraceKeys();
      const code = withTail(SAMPLES[name]);
      await expectRevert(keys.read.requireValid([code]), keys, "TraceKeysInvalidSerial", [
        KeyKind[name],
        from(code, 1),
      ]);
    });
  }

  it("given a well-formed code of each kind, when checked, then it is taken", async () => {
    const { keys } = await loadTraceKeys();
    for (const code of Object.values(SAMPLES)) await keys.read.requireValid([code]);
    expect(Object.keys(SAMPLES)).to.have.lengthOf(11);
  });
});
