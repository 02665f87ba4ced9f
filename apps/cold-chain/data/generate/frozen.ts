import { aggregationEvent, objectEvent, type SampleEvent, sensorElement, transformationEvent } from "@banyan/trace-common/sample";
import { moment } from "./clock.ts";
import { carrierAsset, importer, markets, type Party, portStore, prawns } from "./companies.ts";
import { arrival, arrive, depart, sendBack, type Trip } from "./trip.ts";
import { type Box, type Pack, type Temperatures, temperatures, type World } from "./world.ts";

/** Three landings, a week apart from the next; each is a lot on pallets. */
const LANDINGS = [1, 4, 8] as const;
const PALLETS = 2;
const CASES_OF_PALLET = 10;
const PACKS_OF_CASE = 8;
/** The travelling cages of the port store, one for each supermarket. */
export const CAGES = [11, 12, 13] as const;
/** Reefer units in which the importer's pallets travel to the cold store. */
const REEFER = 10;
/** Deliveries to each supermarket, and cases of each. */
const DELIVERIES = [3, 6, 10, 12] as const;
const CASES_OF_DELIVERY = 4;
/** The delivery in which the cooling failed. */
const WARM = { market: 1, delivery: 2 } as const;
/** The delivery in which a door stood open for a while. */
const OPEN_DOOR = { market: 0, delivery: 1 } as const;
/** Days on which the store's own loggers are summed up, every eight hours. */
const STORE_DAYS = 14;
const FROZEN = -205;
const SALES_OF_MARKET = 30;

/** What is left for the expectations: what was landed, coded, sold and destroyed. */
export interface FrozenStory {
  readonly packs: readonly Pack[];
  readonly warm: readonly Pack[];
}

/** Imported prawns: landed by lot, coded package by package at the first cold store, delivered frozen, sold. */
export function frozen(world: World): FrozenStory {
  const packs: Pack[] = [];
  const boxes: Box[] = [];
  for (const [number, day] of LANDINGS.entries()) {
    land(world, number, day);
    register(world, number, day);
    const coded = code(world, number, day);
    boxes.push(...coded);
    packs.push(...coded.flatMap((box) => [...box.packs]));
  }
  storeLog(world);
  const warm = deliver(world, boxes);
  for (const [index, market] of markets.entries()) sell(world, market, index, packs);
  return { packs, warm };
}

const lotOf = (number: number): string => `PRW-${number + 1}`;
const palletOf = (number: number, pallet: number, by: Party): string =>
  importer.company.unit(`0${String(number * PALLETS + pallet + 1).padStart(9, "0")}`, by.notation);

/** The importer declares a lot at the port, puts it on pallets and hands them to the cold store. */
function land(world: World, number: number, day: number): void {
  const lot = lotOf(number);
  const pieces = PALLETS * CASES_OF_PALLET * PACKS_OF_CASE;
  const place = { readPoint: importer.place, location: importer.place };
  const code = prawns.lot(lot, importer);
  const out: SampleEvent[] = [
    objectEvent("ADD", { amounts: [{ lot: code, quantity: pieces }] }, {
      ...{ at: moment(day, 5), step: "commissioning", disposition: "active", ...place },
      transactions: [["bol", `urn:epcglobal:cbv:bt:${importer.gln}:REEFER-${number + 1}`]],
      ilmd: {
        "cbvmda:lotNumber": lot,
        "cbvmda:productionDate": "2030-03-11",
        "cbvmda:itemExpirationDate": "2031-09-10",
        "cbvmda:countryOfOrigin": "EC",
        "hc:customsDeclaration": `sample declaration 4601-2030-${number + 1}`,
      },
    }),
  ];
  const into: SampleEvent[] = [];
  for (let pallet = 0; pallet < PALLETS; pallet++) {
    const amounts = [{ lot: code, quantity: pieces / PALLETS }];
    out.push(
      aggregationEvent("ADD", palletOf(number, pallet, importer), { amounts }, {
        ...{ at: moment(day, 6, pallet * 10), step: "packing", disposition: "in_progress", ...place },
      }),
    );
    into.push(
      aggregationEvent("DELETE", palletOf(number, pallet, portStore), { amounts: [{ lot: prawns.lot(lot, portStore), quantity: pieces / PALLETS }] }, {
        ...{ at: moment(day, 9, 40 + pallet), step: "unpacking", disposition: "in_progress", readPoint: portStore.place, location: portStore.place },
      }),
    );
  }
  const boxes: Box[] = Array.from({ length: PALLETS }, (_none, pallet) => ({
    id: (by: Party) => palletOf(number, pallet, by),
    packs: [],
    holder: importer,
  }));
  world.story.capture(moment(day, 6, 40), importer.name, `landing-${number + 1}`, out);
  const trip: Trip = {
    ...{ name: `landing-${number + 1}-trip`, from: importer, to: portStore, boxes, asset: REEFER, at: moment(day, 7) },
    ...{ temperatures: temperatures(world, 24, FROZEN), order: `LANDING-${number + 1}`, cold: "FROZEN" },
  };
  const arrived = depart(world, trip);
  arrive(world, trip, arrived);
  sendBack(world, trip, moment(day, 12));
  world.story.capture(moment(day, 10), portStore.name, `landing-${number + 1}-unpacked`, into);
}

/** Without the lot on file at the first cold store of the province nothing is made of it, moved on or sold (C-24). */
function register({ story }: World, number: number, day: number): void {
  const lot = prawns.lot(lotOf(number), portStore);
  if (number === 0) {
    const place = { readPoint: portStore.place, location: portStore.place };
    story.refused(moment(day, 10, 30), portStore.name, "refused-without-code", [
      transformationEvent(
        { inputAmounts: [{ lot, quantity: 1 }], outputs: [prawns.item("UNCODED1", portStore)] },
        { at: moment(day, 10, 20), step: "commissioning", disposition: "active", ...place },
      ),
    ], "FrozenFoodCodesMissing");
  }
  story.step(moment(day, 11), {
    ...{ event: "registerCodes", store: portStore.name, place: portStore.sgln, codes: [lot] },
    papers: `sample customs declaration, quarantine certificate and disinfection record of landing ${number + 1}`,
  });
}

/** The first cold store of the province gives each package its code (C-24) and packs cases. */
function code(world: World, number: number, day: number): Box[] {
  const lot = lotOf(number);
  const events: SampleEvent[] = [];
  const boxes: Box[] = [];
  const place = { readPoint: portStore.place, location: portStore.place };
  for (let turn = 0; turn < PALLETS * CASES_OF_PALLET; turn++) {
    const packs = Array.from({ length: PACKS_OF_CASE }, (_none, index): Pack => {
      const serial = `${number + 1}${String(turn * PACKS_OF_CASE + index + 1).padStart(4, "0")}${world.random.between(1_000, 9_999)}`;
      return { id: (by) => prawns.item(serial, by), lot, holder: portStore, box: undefined, openedAt: 0, ended: false };
    });
    const items = packs.map(({ id }) => id(portStore));
    const reference = `1${String(number * 100 + turn + 1).padStart(9, "0")}`;
    const box: Box = { id: (by) => portStore.company.unit(reference, by.notation), packs, holder: portStore };
    for (const pack of packs) pack.box = box;
    boxes.push(box);
    events.push(
      transformationEvent(
        { inputAmounts: [{ lot: prawns.lot(lot, portStore), quantity: PACKS_OF_CASE }], outputs: items },
        {
          ...{ at: moment(day, 13, turn * 6), step: "commissioning", disposition: "active", ...place },
          ilmd: { "cbvmda:lotNumber": lot, "cbvmda:productionDate": "2030-03-11", "cbvmda:itemExpirationDate": "2031-09-10" },
        },
      ),
      aggregationEvent("ADD", box.id(portStore), { items }, {
        ...{ at: moment(day, 13, turn * 6 + 3), step: "packing", disposition: "in_progress", ...place },
      }),
    );
  }
  world.story.capture(moment(day, 20), portStore.name, `coding-${number + 1}`, events);
  return boxes;
}

/** The store's own logger, summed up every eight hours (C-35, C-42). */
function storeLog(world: World): void {
  const device = portStore.company.asset("00901", "WALL01", portStore.notation);
  const logs: SampleEvent[] = [];
  for (let day = 1; day <= STORE_DAYS; day++) {
    for (const hour of [8, 16, 24]) {
      const until = moment(day, hour);
      const mean = -208 + world.random.between(-5, 5);
      logs.push(
        objectEvent("OBSERVE", {}, {
          ...{ at: until, step: "sensor_reporting", readPoint: portStore.place, location: portStore.place },
          sensors: [
            sensorElement({
              ...{ device, from: until - 8 * 3600, until, mean },
              ...{ min: mean - world.random.between(4, 12), max: mean + world.random.between(4, 14) },
            }),
          ],
        }),
      );
    }
    if (day % 7 === 0) world.story.capture(moment(day + 1, 1), portStore.name, `store-log-${day / 7}`, logs.splice(0));
  }
}

/** Cages of cases go to the supermarkets; the cooling of one fails on the way and it is refused at the door (C-40). */
function deliver(world: World, boxes: readonly Box[]): readonly Pack[] {
  const left = [...boxes];
  let warm: readonly Pack[] = [];
  for (const [delivery, day] of DELIVERIES.entries()) {
    for (const [index, market] of markets.entries()) {
      const isDoor = index === OPEN_DOOR.market && delivery === OPEN_DOOR.delivery;
      const isWarm = index === WARM.market && delivery === WARM.delivery;
      const trip: Trip = {
        ...{ name: `delivery-${delivery + 1}-${market.name}`, from: portStore, to: market, boxes: left.splice(0, CASES_OF_DELIVERY) },
        ...{ asset: CAGES[index] ?? 0, at: moment(day, 6, index * 20), order: `PRAWNS-${delivery + 1}`, cold: "FROZEN" },
        temperatures: isWarm ? failing(world) : temperatures(world, 18, FROZEN + index * 4, isDoor ? DOOR : undefined),
      };
      const arrived = depart(world, trip);
      if (isWarm) {
        refuse(world, trip, arrived);
        warm = trip.boxes.flatMap((box) => [...box.packs]);
      } else {
        if (isDoor) decide(world, trip, arrived);
        arrive(world, trip, arrived);
        open(world, market, trip.boxes, trip.name, arrived + 3_600);
        sendBack(world, trip, arrived + 5_400);
      }
    }
  }
  return warm;
}

/** A door that stood open: above −15 for half an hour, never above −12, and back below −18: an officer decides. */
const DOOR = { from: 6, readings: [-171, -148, -139, -132, -131, -136, -143, -152, -176, -188] } as const;

/** A failing unit: above −12 for half an hour. */
function failing(world: World): Temperatures {
  return temperatures(world, 18, FROZEN, { from: 7, readings: [-170, -140, -118, -109, -104, -107, -115, -131, -158, -181] });
}

/** The receipt waits until somebody clears the alarm who has no part in the delivery: not who shipped, and not who carried. */
function decide({ story }: World, trip: Trip, arrived: number): void {
  const clear = { event: "clearAlarm", leg: trip.name, reason: "core temperature measured at the door: -18.6 degrees" } as const;
  story.refused(arrived + 300, trip.to.name, `${trip.name}-in-too-early`, arrival(trip, arrived + 120).slice(0, 1), "ColdChainAlarmOpen");
  story.refusedStep(arrived + 600, { ...clear, by: trip.from.name }, "AccessManagedUnauthorized");
  story.step(arrived + 900, clear);
  story.step(arrived + 960, { event: "expectLeg", leg: trip.name, verdict: "EXCURSION", max: -13.1, alarm: false });
}

/** The supermarket may not take it in; the shipper takes it back, sets it apart and destroys it. */
function refuse(world: World, trip: Trip, arrived: number): void {
  const { from, to, boxes, asset, name } = trip;
  world.story.refused(arrived + 900, to.name, `${name}-in-refused`, arrival(trip, arrived + 120).slice(0, 1), "ColdChainMustRefuse");
  world.story.capture(arrived + 1_800, to.name, `${name}-rejected`, [
    objectEvent("OBSERVE", { items: [carrierAsset(asset, to)] }, {
      ...{ at: arrived + 1_200, step: "void_shipping", disposition: "non_conformant", readPoint: to.place },
      transactions: [["rma", `urn:epcglobal:cbv:bt:${to.gln}:REJECTED-${name}`]],
      extension: { "hc:ground": "above -12 degrees on the way" },
    }),
  ]);
  world.story.step(arrived + 2_000, { event: "reportRefusal", leg: name, by: to.name, report: "prawns above -12 degrees, refused at the door" });
  world.story.step(arrived + 2_060, { event: "expectLeg", leg: name, status: "REFUSED", verdict: "REFUSE", max: -10.4 });
  const place = { readPoint: from.place, location: from.place };
  const packs = boxes.flatMap((box) => [...box.packs]);
  for (const pack of packs) pack.ended = true;
  world.story.capture(arrived + 4 * 3600, from.name, `${name}-destroyed`, [
    aggregationEvent("DELETE", carrierAsset(asset, from), { items: boxes.map(({ id }) => id(from)) }, {
      ...{ at: arrived + 2 * 3600, step: "unpacking", disposition: "non_sellable_other", ...place },
    }),
    objectEvent("OBSERVE", { items: boxes.map(({ id }) => id(from)) }, {
      ...{ at: arrived + 2 * 3600 + 300, step: "holding", disposition: "non_sellable_other", set: ["non_conformant"], ...place },
    }),
    ...boxes.flatMap((box, index) => [
      aggregationEvent("DELETE", box.id(from), { items: box.packs.map(({ id }) => id(from)) }, {
        ...{ at: arrived + 3 * 3600 + index * 300, step: "unpacking", disposition: "non_sellable_other", ...place },
      }),
      objectEvent("DELETE", { items: box.packs.map(({ id }) => id(from)) }, {
        ...{ at: arrived + 3 * 3600 + index * 300 + 120, step: "destroying", disposition: "destroyed", ...place },
        transactions: [["cert", `urn:epcglobal:cbv:bt:${from.gln}:DESTRUCTION-${name}`]],
      }),
    ]),
  ]);
}

function open(world: World, market: Party, boxes: readonly Box[], name: string, at: number): void {
  world.story.capture(at + 600, market.name, `${name}-shelf`, boxes.slice(0, 2).map((box, index) => {
    for (const pack of box.packs) {
      pack.box = undefined;
      pack.openedAt = at;
    }
    return aggregationEvent("DELETE", box.id(market), { items: box.packs.map(({ id }) => id(market)) }, {
      ...{ at: at + index * 120, step: "unpacking", disposition: "sellable_accessible", readPoint: market.place, location: market.place },
    });
  }));
}

function sell(world: World, market: Party, index: number, packs: readonly Pack[]): void {
  const events: SampleEvent[] = [];
  for (let number = 0; number < SALES_OF_MARKET; number++) {
    const at = moment(4 + Math.floor(number / 3), 10 + (number % 3) * 3, world.random.between(0, 59), world.random.between(0, 59));
    const shelf = packs.filter((pack) => pack.holder === market && pack.openedAt > 0 && pack.openedAt < at && !pack.ended);
    const bought = shelf.slice(0, world.random.between(1, 2));
    if (bought.length === 0) continue;
    for (const pack of bought) pack.ended = true;
    events.push(
      objectEvent("OBSERVE", { items: bought.map(({ id }) => id(market)) }, {
        ...{ at, step: "retail_selling", disposition: "retail_sold", readPoint: market.place },
        transactions: [["inv", `urn:epcglobal:cbv:bt:${market.gln}:TILL-${at}`]],
      }),
    );
  }
  world.story.capture(moment(15, 21, index), market.name, `${market.name}-sales`, events);
}

/** The carrier's boxes that the first leg and the deliveries travel in, and who has each at the start. */
export const FROZEN_ASSETS: readonly (readonly [asset: number, holder: Party])[] = [
  [REEFER, importer],
  ...CAGES.map((cage): readonly [number, Party] => [cage, portStore]),
];

