import type { App } from "@banyan/app-common/app";
import { deployPrepaid } from "./deploy/deploy-prepaid.ts";
import { playPrepaid } from "./play/play-prepaid.ts";
import { openWallet, SAMPLE_WALLET } from "./play/wallet.ts";

/** The prepaid code (预付码): supervision of merchants' prepayments. */
export const app: App = {
  name: "prepaid-code",
  title: { en: "Prepaid code: supervision of merchants' prepayments", zh: "预付码：商户预收资金监管" },
  contracts: ["common", "prepaid"],
  async deploy(context, { wallet = SAMPLE_WALLET } = {}) {
    return await deployPrepaid({ context, connection: await context.connect(), wallet: openWallet(wallet) });
  },
  play: playPrepaid,
};
