import { expect } from "chai";
import { errorGuide } from "../../../apps/prepaid-code/client/index.ts";
import chinese from "../../../apps/prepaid-code/words/refusals.zh.json" with { type: "json" };

const CHINESE = /[\u4e00-\u9fff]/;

describe("the refusals of the contracts in Chinese", () => {
  const translated: Readonly<Record<string, { readonly meaning: string; readonly cure?: string }>> = chinese;

  it("given every documented error of the client, when looked up, then it is translated, and nothing else is", () => {
    expect(Object.keys(translated).sort()).to.deep.equal(Object.keys(errorGuide).sort());
  });

  it("given every translation, when compared, then meaning and cure are Chinese and name the same functions and fields", () => {
    const wrong = Object.entries(errorGuide).filter(([name, { cure }]) => {
      const words = translated[name];
      const same = codesIn(words?.cure) === codesIn(cure) && (words?.cure === undefined) === (cure === undefined);
      return !same || !CHINESE.test(words?.meaning ?? "") || (cure !== undefined && !CHINESE.test(words?.cure ?? ""));
    });
    expect(wrong.map(([name]) => name)).to.deep.equal([]);
  });
});

/** What stands between backticks, in alphabetical order. */
function codesIn(text = ""): string {
  return [...new Set(text.match(/`[^`]+`/g))].sort().join(" ");
}
