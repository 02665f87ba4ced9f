import { expect } from "chai";
import { runOnBoth } from "./run-on-both.ts";

describe("the compiled engine at its edges", () => {
  const places = ["ffffffff", "ffffffffffffffff", "ffffffffffffffe0", "010000000000000000", "7fffffffffffffff"];
  const push = (hex: string) => `${(0x5f + hex.length / 2).toString(16)}${hex}`;

  for (const [name, before, opcode] of [
    ["MLOAD", "", "51"],
    ["MSTORE", "5f", "52"],
    ["MSTORE8", "5f", "53"],
  ] as const) {
    it(`given a place beyond all gas, ${name} is out of gas and does not wrap round into memory that is there`, async () => {
      for (const place of places) {
        // One word of memory exists already.
        const { haltReason, gasUsed } = await runOnBoth(`60015f52${before}${push(place)}${opcode}00`);
        expect(haltReason, place).to.equal("out-of-gas");
        expect(gasUsed, place).to.equal(1_000_000n);
      }
    });
  }

  it("given a transaction that creates, its own address is warm while the init code runs (EIP-2929)", async () => {
    // ADDRESS, BALANCE
    const { success, gasUsed, gasUsedBeforeRefund } = await runOnBoth("3031", true);
    expect(success).to.equal(true);
    // 21,000 + 32,000 + two non-zero bytes + one word of init code; 2 for ADDRESS and 100 for a warm BALANCE.
    expect(gasUsed).to.equal(53_000n + 32n + 2n + 102n);
    expect(gasUsedBeforeRefund).to.equal(gasUsed);
  });
});
