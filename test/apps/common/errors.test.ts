import { BanyanError } from "@banyan/app-common";
import { expect } from "chai";

describe("the error of the apps", () => {
  const error = new BanyanError(
    "THING_MISSING",
    { en: "there is no thing", zh: "没有此物" },
    { cure: { en: "Bring one.", zh: "请带来。" } },
  );

  it("given words in both languages, when told, then each language gets its own", () => {
    expect(error.in("zh")).to.deep.equal({ message: "没有此物", cure: "请带来。" });
    expect(error.in("en")).to.deep.equal({ message: error.message, cure: error.cure });
  });

  it("given words in English alone, when told in Chinese, then they are told in English", () => {
    expect(new BanyanError("X", "only English").in("zh")).to.deep.equal({ message: "only English", cure: undefined });
  });

  it("given a place, when put in front, then code, cure and cause are kept in both languages", () => {
    const placed = error.at("story.jsonl:7");
    expect(placed).to.include({ code: "THING_MISSING", cure: "Bring one.", cause: error });
    expect(placed.in("zh")).to.deep.equal({ message: "story.jsonl:7：没有此物", cure: "请带来。" });
    expect(placed.message).to.equal("story.jsonl:7: there is no thing");
  });
});
