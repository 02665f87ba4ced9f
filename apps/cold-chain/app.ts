import { fileURLToPath } from "node:url";
import type { App } from "@banyan/app-common/app";
import { deployTrace } from "@banyan/trace-common/deploy";
import { openWallet, playTrace } from "@banyan/trace-common/story";

const APP = "cold-chain";
const STORY = fileURLToPath(new URL("data/fortnight.jsonl", import.meta.url));

/** The cold chain (冷链追溯): imported frozen food and a vaccine. */
export const app: App = {
  name: APP,
  title: { en: "The cold chain: imported frozen food and a vaccine", zh: "冷链追溯：进口冷冻食品与疫苗" },
  contracts: ["common", "devices", "traceability"],
  async deploy(context, { wallet } = {}) {
    const connection = await context.connect();
    return await deployTrace({ app: APP, context, connection, wallet: openWallet(wallet) });
  },
  play: (context, options) => playTrace({ app: APP, story: STORY }, context, options),
};
