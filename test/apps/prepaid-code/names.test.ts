import { expect } from "chai";
import { createNameBook } from "../../../apps/prepaid-code/play/names.ts";

describe("the names of a story", () => {
  it("given a run that goes on, knows the parties that took part only before", () => {
    const before = createNameBook();
    before.meet("M01");
    before.meet("M01:settlement");
    before.meet("M01");
    const kept = before.takeNew();
    expect(before.takeNew()).to.deep.equal({});

    const after = createNameBook();
    after.restore(kept);
    after.meet("C001");
    after.meet("M01");
    expect(after.parties()).to.deep.equal(["M01", "M01:settlement", "C001"]);
    expect(after.takeNew()).to.deep.equal({ "party C001": "" });
  });
});
