import { BanyanError } from "@banyan/app-common";
import { formatYuan, parseYuan, plainYuan } from "@banyan/app-common/app";
import { expect } from "chai";
import fc from "fast-check";

describe("money in yuan", () => {
  for (const text of ["", "1.234", "1,000.00", "01", "1.", ".5", "1e3", " 1", "+1", "一", "0x10"]) {
    it(`given ${JSON.stringify(text)}, when read, then it is refused`, () => {
      expect(() => parseYuan(text))
        .to.throw(BanyanError)
        .with.property("code", "MONEY_INVALID");
    });
  }

  for (const [text, fen] of [
    ["0", 0n],
    ["304.50", 30450n],
    ["304.5", 30450n],
    ["0.01", 1n],
    ["-12.34", -1234n],
    ["90071992547409.93", 9007199254740993n],
  ] as const) {
    it(`given ${text}, when read, then it is ${fen} fen exactly`, () => {
      expect(parseYuan(text)).to.equal(fen);
    });
  }

  it("given an amount, when written for people, then thousands are set apart", () => {
    expect([
      formatYuan(0n),
      formatYuan(5n),
      formatYuan(123456789n),
      formatYuan(-100000n),
      formatYuan(99999n),
    ]).to.deep.equal(["0.00", "0.05", "1,234,567.89", "-1,000.00", "999.99"]);
  });

  it("given any amount, when written for programs and read again, then it is the same", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (fen) => parseYuan(plainYuan(fen)) === fen),
    );
  });
});
