import type { App } from "@banyan/app-common/app";
import { deployBatteryPassport } from "./deploy/deploy-battery-passport.ts";
import { playBatteryPassport } from "./play/play-battery-passport.ts";
import { openWallet } from "./play/wallet.ts";

/** The battery passport (电池护照): swap cabinets, riders and a lender. */
export const app: App = {
  name: "battery-passport",
  title: { en: "Battery passport: swap cabinets, riders and a lender", zh: "电池护照：换电柜、骑手与出借方" },
  contracts: ["common", "devices", "traceability"],
  async deploy(context, { wallet } = {}) {
    return await deployBatteryPassport({ context, connection: await context.connect(), wallet: openWallet(wallet) });
  },
  play: playBatteryPassport,
};
