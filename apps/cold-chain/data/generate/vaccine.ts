import { aggregationEvent, objectEvent, type SampleEvent } from "@banyan/trace-common/sample";
import { moment } from "./clock.ts";
import { carrierAsset, clinics, district, maker, type Party, province, vaccine, vialCode } from "./companies.ts";
import { arrival, arrive, depart, sendBack, type Trip } from "./trip.ts";
import { type Box, type Pack, type Temperatures, temperatures, type World } from "./world.ts";

const CARTONS = 24;
const VIALS_OF_CARTON = 10;
const COLD = 48;
/** Coolers by stage of the way. */
const COOLERS = { maker: [21, 22], province: [23, 24], district: [25, 26, 27] } as const;
/** Doses given at a vaccination point. */
const DOSES = 30;
/** The point whose cooler stood open. */
const WARM_CLINIC = 1;
export const LOT = "VAC-2030-07";
export const EXPIRY = "2031-12-31";

/** What is left for the expectations. */
export interface VaccineStory {
  readonly vials: readonly Pack[];
  /** Those of the leg that was too warm. */
  readonly warm: readonly Pack[];
}

/** A vaccine from its maker to three vaccination points; the cooler of one leg stands open and is refused at receipt (C-37). */
export function vaccines(world: World): VaccineStory {
  const cartons = make(world);
  const [first = [], second = []] = [cartons.slice(0, 12), cartons.slice(12)];
  for (const [index, boxes] of [first, second].entries()) {
    carry(world, `maker-${index + 1}`, maker, province, boxes, COOLERS.maker[index] ?? 0, moment(2 + index, 8), 36);
  }
  for (const [index, boxes] of [first.slice(0, 8), [...first.slice(8), ...second.slice(0, 4)]].entries()) {
    carry(world, `province-${index + 1}`, province, district, boxes, COOLERS.province[index] ?? 0, moment(5 + index, 8), 24);
  }
  const stock = cartons.filter(({ holder }) => holder === district);
  let warm: readonly Pack[] = [];
  for (const [index, clinic] of clinics.entries()) {
    const boxes = stock.splice(0, 4);
    const asset = COOLERS.district[index] ?? 0;
    const name = `district-${clinic.name}`;
    if (index !== WARM_CLINIC) {
      carry(world, name, district, clinic, boxes, asset, moment(8, 8, index * 30), 12);
      continue;
    }
    warm = boxes.flatMap((box) => [...box.packs]);
    refuse(world, { name, from: district, to: clinic, boxes, asset, at: moment(8, 8, 30), temperatures: left(world), order: "VACCINE-2030-6", cold: "VACCINE" });
    // The point is supplied from what is left in the district's store.
    carry(world, `${name}-again`, district, clinic, stock.splice(0, 4), asset, moment(10, 8), 12);
  }
  for (const [index, clinic] of clinics.entries()) dispense(world, clinic, index, cartons);
  return { vials: cartons.flatMap((box) => [...box.packs]), warm };
}

/** The licence holder gives each vial its code (C-31) and packs cartons of ten. */
function make(world: World): Box[] {
  const events: SampleEvent[] = [];
  const boxes: Box[] = [];
  const place = { readPoint: maker.place, location: maker.place };
  for (let carton = 0; carton < CARTONS; carton++) {
    const packs = Array.from({ length: VIALS_OF_CARTON }, (_none, index): Pack => {
      const serial = 4_070_000_000_000 + carton * 1_000 + index * 37 + world.random.between(0, 36);
      return { id: () => vialCode(serial), lot: LOT, holder: maker, box: undefined, openedAt: 0, ended: false };
    });
    const reference = `2${String(carton + 1).padStart(9, "0")}`;
    const box: Box = { id: (by) => maker.company.unit(reference, by.notation), packs, holder: maker };
    for (const pack of packs) pack.box = box;
    boxes.push(box);
    const items = packs.map(({ id }) => id(maker));
    events.push(
      objectEvent("ADD", { items }, {
        ...{ at: moment(1, 9, carton * 6), step: "commissioning", disposition: "active", ...place },
        transactions: [["prodorder", `urn:epcglobal:cbv:bt:${maker.gln}:${LOT}`]],
        ilmd: { "cbvmda:lotNumber": vaccine.lot(LOT, maker), "cbvmda:productionDate": "2030-01-08", "cbvmda:itemExpirationDate": EXPIRY },
      }),
      aggregationEvent("ADD", box.id(maker), { items }, {
        ...{ at: moment(1, 9, carton * 6 + 3), step: "packing", disposition: "in_progress", ...place },
      }),
    );
  }
  world.story.capture(moment(1, 20), maker.name, "vaccine-codes", events);
  return boxes;
}

function carry(world: World, name: string, from: Party, to: Party, boxes: readonly Box[], asset: number, at: number, count: number): void {
  const trip: Trip = { name, from, to, boxes, asset, at, temperatures: temperatures(world, count, COLD), order: "VACCINE-2030-6", cold: "VACCINE" };
  const arrived = depart(world, trip);
  arrive(world, trip, arrived);
  sendBack(world, trip, arrived + 2 * 3600);
}

/** The lid of the cooler was not shut: above 8 degrees for forty minutes. */
function left(world: World): Temperatures {
  return temperatures(world, 14, COLD, { from: 3, readings: [66, 79, 84, 90, 95, 96, 93, 88, 84, 74] });
}

/** Whoever receives must refuse (C-37); the district takes it back, sets it apart and destroys it (C-38). */
function refuse(world: World, trip: Trip): void {
  const { from, to, boxes, asset, name } = trip;
  const arrived = depart(world, trip);
  world.story.refused(arrived + 900, to.name, `${name}-in-refused`, arrival(trip, arrived + 120).slice(0, 1), "ColdChainMustRefuse");
  world.story.capture(arrived + 1_800, to.name, `${name}-rejected`, [
    objectEvent("OBSERVE", { items: [carrierAsset(asset, to)] }, {
      ...{ at: arrived + 1_200, step: "void_shipping", disposition: "non_conformant", readPoint: to.place },
      transactions: [["rma", `urn:epcglobal:cbv:bt:${to.gln}:REJECTED-${name}`]],
      extension: { "hc:ground": "above 8 degrees for 40 minutes" },
    }),
  ]);
  world.story.step(arrived + 2_000, { event: "reportRefusal", leg: name, by: to.name, report: "vaccine above 8 degrees for 40 minutes, refused at receipt" });
  world.story.step(arrived + 2_060, { event: "expectLeg", leg: name, status: "REFUSED", verdict: "REFUSE", max: 9.6 });
  const place = { readPoint: from.place, location: from.place };
  for (const pack of boxes.flatMap((box) => [...box.packs])) pack.ended = true;
  world.story.capture(moment(9, 18), from.name, `${name}-destroyed`, [
    aggregationEvent("DELETE", carrierAsset(asset, from), { items: boxes.map(({ id }) => id(from)) }, {
      ...{ at: arrived + 2 * 3600, step: "unpacking", disposition: "non_sellable_other", ...place },
    }),
    objectEvent("OBSERVE", { items: boxes.map(({ id }) => id(from)) }, {
      ...{ at: arrived + 2 * 3600 + 300, step: "holding", disposition: "non_sellable_other", set: ["non_conformant"], ...place },
    }),
    ...boxes.flatMap((box, index) => [
      aggregationEvent("DELETE", box.id(from), { items: box.packs.map(({ id }) => id(from)) }, {
        ...{ at: moment(9, 14, index * 5), step: "unpacking", disposition: "non_sellable_other", ...place },
      }),
      objectEvent("DELETE", { items: box.packs.map(({ id }) => id(from)) }, {
        ...{ at: moment(9, 14, index * 5 + 2), step: "destroying", disposition: "destroyed", ...place },
        transactions: [["cert", `urn:epcglobal:cbv:bt:${from.gln}:DESTRUCTION-${name}`]],
      }),
    ]),
  ]);
}

/** A vaccination point opens its cartons and gives dose after dose. */
function dispense(world: World, clinic: Party, index: number, cartons: readonly Box[]): void {
  const place = { readPoint: clinic.place, location: clinic.place };
  const boxes = cartons.filter(({ holder }) => holder === clinic).slice(0, 3);
  const events: SampleEvent[] = boxes.map((box, number) =>
    aggregationEvent("DELETE", box.id(clinic), { items: box.packs.map(({ id }) => id(clinic)) }, {
      ...{ at: moment(11, 8, number * 5), step: "unpacking", disposition: "sellable_accessible", ...place },
    }),
  );
  const vials = boxes.flatMap((box) => [...box.packs]).slice(0, DOSES);
  for (const [number, vial] of vials.entries()) {
    vial.ended = true;
    events.push(
      objectEvent("OBSERVE", { items: [vial.id(clinic)] }, {
        ...{ at: moment(11 + Math.floor(number / 10), 9, (number % 10) * 12 + world.random.between(0, 9)), step: "dispensing", disposition: "dispensed", ...place },
      }),
    );
  }
  world.story.capture(moment(14, 18, index), clinic.name, `${clinic.name}-doses`, events);
}

/** The carrier's coolers, and who has each at the start. */
export const VACCINE_ASSETS: readonly (readonly [asset: number, holder: Party])[] = [
  ...COOLERS.maker.map((asset): readonly [number, Party] => [asset, maker]),
  ...COOLERS.province.map((asset): readonly [number, Party] => [asset, province]),
  ...COOLERS.district.map((asset): readonly [number, Party] => [asset, district]),
];

