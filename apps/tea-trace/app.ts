import { fileURLToPath } from "node:url";
import type { App } from "@banyan/app-common/app";
import { deployTrace } from "@banyan/trace-common/deploy";
import { openWallet, playTrace } from "@banyan/trace-common/story";

const APP = "tea-trace";
const STORY = fileURLToPath(new URL("data/season.jsonl", import.meta.url));

/** A protected-origin tea, from the garden to the cup. */
export const app: App = {
  name: APP,
  title: { en: "A protected-origin tea, from the garden to the cup", zh: "茶叶追溯：从茶园到茶杯" },
  contracts: ["common", "devices", "traceability"],
  async deploy(context, { wallet } = {}) {
    const connection = await context.connect();
    return await deployTrace({ app: APP, context, connection, wallet: openWallet(wallet) });
  },
  play: (context, options) => playTrace({ app: APP, story: STORY }, context, options),
};
