import { objectEvent } from "@banyan/trace-common/sample";
import { isoDay, moment } from "./clock.ts";
import { carrier, carrierAsset, DRUG, importer, maker, type Party, parties, portStore, prawns, vaccine } from "./companies.ts";
import { FROZEN_ASSETS } from "./frozen.ts";
import { loggerOf } from "./trip.ts";
import { VACCINE_ASSETS } from "./vaccine.ts";
import type { World } from "./world.ts";

/** Days before the first that the filings take place on. */
const FILING = -3;
const STEP = 20;

/** Parties, places, products and devices, before anything moves. */
export function opening({ story }: World): void {
  let at = moment(FILING, 8);
  const step = (fields: Readonly<Record<string, unknown>> & { readonly event: string }): void => {
    story.step(at, fields);
    at += STEP;
  };
  step({ ...{ event: "open", format: "banyan-trace/1", region: "CN-HI", salt: "sample-cold-chain-2030" }, title: "A fortnight of a sample cold chain" });
  for (const { name, gln, roles, region, title, sgln, kind } of parties) {
    step({ event: "party", party: name, gln, roles, region, title });
    step({ event: "place", owner: name, sgln, kind, region, title: `premises of ${name}` });
  }
  step({
    ...{ event: "product", gtin: prawns.gtin, owner: importer.name, classes: ["FOOD", "IMPORTED_FROZEN"], temperature: "FROZEN" },
    title: "frozen prawns, package of 1 kg",
  });
  step({ event: "license", gtin: prawns.gtin, owner: importer.name, producer: portStore.name });
  step({
    ...{ event: "product", gtin: vaccine.gtin, owner: maker.name, classes: ["MEDICINE", "VACCINE"], temperature: "COLD_MEDICINE" },
    ...{ drug: DRUG, title: "sample vaccine, one dose" },
  });
  devices(step);
  boxes(story);
}

type Step = (fields: Readonly<Record<string, unknown>> & { readonly event: string }) => void;

const assets = [...FROZEN_ASSETS, ...VACCINE_ASSETS];

/** Each travelling box has a logger, enrolled, calibrated, and bound to it for good. */
function devices(step: Step): void {
  step({ event: "group", group: "loggers", owner: carrier.name, title: "loggers of the sample carrier" });
  for (const [asset] of assets) {
    const device = loggerOf(asset);
    step({ event: "enrol", device, maker: carrier.name, owner: carrier.name, group: "loggers", fingerprint: `fingerprint of ${device}` });
    step({ event: "calibrate", device, maxError: 20, until: `${isoDay(300)}T00:00:00+08:00`, certificate: `certificate of ${device}` });
    step({ event: "bind", device, object: carrierAsset(asset, carrier) });
  }
}

/** The travelling boxes that each party keeps for the carrier. */
function boxes(story: World["story"]): void {
  const holders = [...new Set(assets.map(([, holder]) => holder))];
  for (const [index, holder] of holders.entries()) {
    const own = assets.filter(([, one]) => one === holder).map(([asset]) => asset);
    story.capture(moment(-1, 10, index), holder.name, `boxes-of-${holder.name}`, [commissioned(holder, own)]);
  }
}

function commissioned(holder: Party, own: readonly number[]) {
  return objectEvent("ADD", { items: own.map((asset) => carrierAsset(asset, holder)) }, {
    ...{ at: moment(-1, 9), step: "commissioning", disposition: "available", readPoint: holder.place, location: holder.place },
  });
}
