import { errorGuide } from "@banyan/trace-common/client";
import { expect } from "chai";
import chinese from "../../../apps/trace-common/words/refusals.zh.json" with { type: "json" };

const CHINESE = /[\u4e00-\u9fff]/;
/** The contracts that an import, a history or a recall meets; the others' errors are told in English. */
const MET =
  /^(?:EpcisRepository|EpcisRules|ProductCatalogue|Recall(?:Desk|Marks)|Trace(?:Keys|Lots|State)|TradeParties)/;

describe("the refusals of the traceability contracts in Chinese", () => {
  const translated: Readonly<Record<string, { readonly meaning: string; readonly cure?: string }>> = chinese;

  it("given every error that an import or a recall meets, when looked up, then it is translated, and no unknown one is", () => {
    const met = Object.keys(errorGuide).filter((name) => MET.test(name));
    expect(met.filter((name) => !(name in translated))).to.deep.equal([]);
    expect(Object.keys(translated).filter((name) => !(name in errorGuide))).to.deep.equal([]);
  });

  it("given every translation, when compared, then meaning and cure are Chinese and name the same functions and fields", () => {
    const wrong = Object.entries(translated).filter(([name, { meaning, cure }]) => {
      const same = codesIn(cure) === codesIn(errorGuide[name]?.cure);
      return !same || !CHINESE.test(meaning) || !CHINESE.test(cure ?? "");
    });
    expect(wrong.map(([name]) => name)).to.deep.equal([]);
  });
});

/** What stands between backticks, in alphabetical order. */
function codesIn(text = ""): string {
  return [...new Set(text.match(/`[^`]+`/g))].sort().join(" ");
}
