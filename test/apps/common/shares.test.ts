import { drawShares } from "@banyan/app-common/app";
import { expect } from "chai";

const bar = (...amounts: readonly number[]): string =>
  drawShares(
    amounts.map((amount, index) => ({ mark: "abc"[index] ?? "", amount })),
    10,
  );

describe("the parts of a whole in a terminal", () => {
  it("given parts, when drawn, then the bar is as long as asked and each part as long as it is large", () => {
    expect(bar(50, 30, 20)).to.equal("aaaaabbbcc");
    expect(bar(1, 1, 1)).to.have.length(10);
    expect(bar(2, 1, 0)).to.equal("aaaaaaabbb");
  });

  it("given a part that is small, when drawn, then it takes a character; one that is not there takes none", () => {
    expect(bar(9_999, 1)).to.equal("aaaaaaaaab");
    expect(bar(0, 5)).to.equal("bbbbbbbbbb");
    expect(bar(1, 1_000, 1)).to.equal("abbbbbbbbc");
  });

  it("given nothing, when drawn, then there is no bar", () => {
    expect(bar()).to.equal("");
    expect(bar(0, 0)).to.equal("");
  });
});
