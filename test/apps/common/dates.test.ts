import { formatInstant, parseDay, parseInstant } from "@banyan/app-common/app";
import { expect } from "chai";

describe("dates of a story", () => {
  for (const text of [
    "2026-03-01",
    "2026-03-01T08:00:00",
    "2026-02-29T08:00:00+08:00",
    "2026-04-31T00:00:00Z",
    "2026-03-01 08:00:00+08:00",
    "",
  ]) {
    it(`given ${JSON.stringify(text)}, when read as a moment, then it is refused`, () => {
      expect(() => parseInstant(text))
        .to.throw()
        .with.property("code", "INSTANT_INVALID");
    });
  }

  for (const text of ["2026-02-29", "2026-13-01", "20260301", "2026-3-1", "2026-03-01T00:00:00Z"]) {
    it(`given ${text}, when read as a day, then it is refused`, () => {
      expect(() => parseDay(text))
        .to.throw()
        .with.property("code", "DAY_INVALID");
    });
  }

  it("given a moment with China's offset, when read, then the offset counts", () => {
    expect(parseInstant("1970-01-01T08:00:00+08:00")).to.equal(0n);
    expect(parseInstant("2026-03-01T08:00:00+08:00")).to.equal(1772323200n);
    expect(parseInstant("2026-03-01T00:00:00Z")).to.equal(1772323200n);
  });

  it("given a leap day, when read, then it begins at midnight in China", () => {
    expect(formatInstant(parseDay("2028-02-29"))).to.equal("2028-02-29T00:00:00+08:00");
  });
});
