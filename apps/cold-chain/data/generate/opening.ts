import { objectEvent } from "@banyan/trace-common/sample";
import { moment } from "./clock.ts";
import { carrierAsset, type Party } from "./companies.ts";
import { FROZEN_ASSETS } from "./frozen.ts";
import { VACCINE_ASSETS } from "./vaccine.ts";
import type { World } from "./world.ts";

/** Parties, places, products, rules and devices, before anything moves. */
export function opening({ story }: World): void {
  story.step(moment(-2, 8), { event: "open", format: "banyan-trace/1", region: "CN-HI", salt: "sample-cold-chain-2030" });
  const assets = [...FROZEN_ASSETS, ...VACCINE_ASSETS];
  const holders = [...new Set(assets.map(([, holder]) => holder))];
  for (const [index, holder] of holders.entries()) {
    const own = assets.filter(([, one]) => one === holder).map(([asset]) => asset);
    story.capture(moment(-1, 10, index), holder.name, `boxes-of-${holder.name}`, [boxes(holder, own)]);
  }
}

/** The travelling boxes that a party keeps for the carrier. */
function boxes(holder: Party, assets: readonly number[]) {
  return objectEvent("ADD", { items: assets.map((asset) => carrierAsset(asset, holder)) }, {
    ...{ at: moment(-1, 9), step: "commissioning", disposition: "available", readPoint: holder.place, location: holder.place },
  });
}
