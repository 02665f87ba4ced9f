import type { AppContext } from "@banyan/app-common/app";
import { deployTrace } from "@banyan/trace-common/deploy";
import { openWallet } from "@banyan/trace-common/story";
import { expect } from "chai";
import type { Abi } from "viem";
import * as client from "../../../../apps/trace-common/client/index.ts";
import chinese from "../../../../apps/trace-common/words/refusals.zh.json" with { type: "json" };
import { closeContexts, createTestContext, scratchFolder } from "../../../helpers/app-context.ts";

const CHINESE = /[\u4e00-\u9fff]/;
const words: Readonly<Record<string, { readonly meaning: string; readonly cure?: string }>> = chinese;
const exported: Readonly<Record<string, unknown>> = client;

/** What stands between backticks, in alphabetical order. */
const codesIn = (text = ""): string => [...new Set(text.match(/`[^`]+`/g))].sort().join(" ");

describe("a deployment of traceability", function () {
  this.timeout(120_000);
  after(closeContexts);

  it("given every contract that it deploys, when its documented errors are looked up, then each is there in Chinese and names the same functions and fields", async () => {
    const context: AppContext = createTestContext({ root: scratchFolder() });
    const connection = await context.connect();
    const { addresses } = await deployTrace({ app: "tea-trace", context, connection, wallet: openWallet() });
    const missing: string[] = [];
    for (const name of Object.keys(addresses)) {
      const abi = exported[`${name.charAt(0).toLowerCase()}${name.slice(1)}Abi`] as Abi | undefined;
      for (const item of abi ?? []) {
        if (item.type !== "error") continue;
        const [en, zh] = [client.errorGuide[item.name], words[item.name]];
        if (en === undefined) continue;
        const whole = CHINESE.test(zh?.meaning ?? "") && (en.cure === undefined || CHINESE.test(zh?.cure ?? ""));
        if (!whole || codesIn(en.cure) !== codesIn(zh?.cure)) missing.push(item.name);
      }
    }
    expect([...new Set(missing)]).to.deep.equal([]);
    expect(Object.keys(addresses)).to.include.members(["EpcisRepository", "ColdChain", "QuotaBook", "ConsumerPage"]);
  });

  it("given every translation, when looked up, then there is such an error", () => {
    expect(Object.keys(words).filter((name) => client.errorGuide[name] === undefined)).to.deep.equal([]);
  });
});
