import { aggregationEvent, isoSecond, objectEvent, type SampleEvent, sensorElement } from "@banyan/trace-common/sample";
import { carrier, carrierAsset, type Party } from "./companies.ts";
import type { Box, Temperatures, World } from "./world.ts";

/** Seconds between two readings of a logger. */
export const INTERVAL = 300;
/** Readings that one event sums up: half an hour. */
const READINGS_OF_EVENT = 6;
const HOLDER = "00001";

/** A box of the carrier that travels from one party to another with cases in it and a logger on it. */
export interface Trip {
  readonly name: string;
  readonly from: Party;
  readonly to: Party;
  readonly boxes: readonly Box[];
  /** Number of the travelling box. */
  readonly asset: number;
  /** When it leaves, in seconds. */
  readonly at: number;
  readonly temperatures: Temperatures;
  readonly order: string;
  /** What is kept cold. */
  readonly cold: "FROZEN" | "VACCINE";
}

/** The name that a story calls the logger of a travelling box. */
export const loggerOf = (asset: number): string => `logger-${asset}`;

/**
 * Packs, ships and logs a trip: captures the shipper's document and posts the logger's readings.
 *
 * @returns when it arrives, in seconds
 */
export function depart(world: World, trip: Trip): number {
  const { name, from, to, boxes, asset, at, temperatures, order, cold } = trip;
  const box = carrierAsset(asset, from);
  const ends = at + temperatures.readings.length * INTERVAL;
  const place = { readPoint: from.place };
  const events: SampleEvent[] = [
    aggregationEvent("ADD", box, { items: boxes.map(({ id }) => id(from)) }, {
      ...{ at: at - 900, step: "packing", disposition: "in_progress", ...place, location: from.place },
    }),
    objectEvent("OBSERVE", { items: [box] }, {
      ...{ at, step: "shipping", disposition: "in_transit", ...place },
      transactions: [
        ["po", `urn:epcglobal:cbv:bt:${to.gln}:${order}`],
        ["bol", `urn:epcglobal:cbv:bt:${carrier.gln}:${trip.name.toUpperCase()}`],
      ],
      from: { owner: from.id, holder: from.id, location: from.place },
      to: { owner: to.company.party(HOLDER, from.notation), holder: to.company.party(HOLDER, from.notation) },
    }),
    ...logged(trip, box),
  ];
  // The box is packed before its leg is planned, and the leg planned before it leaves.
  world.story.capture(at - 800, from.name, `${name}-packed`, events.slice(0, 1));
  const plan = { leg: name, by: from.name, object: box, class: cold, device: loggerOf(asset), carrier: carrier.name };
  world.story.step(at - 600, { event: "planLeg", ...plan });
  world.story.capture(at + 60, from.name, `${name}-out`, events.slice(1, 2));
  world.story.step(ends + 30, {
    ...{ event: "samples", leg: name, from: isoSecond(at), every: INTERVAL },
    degrees: temperatures.readings.map((tenths) => tenths / 10),
  });
  world.story.capture(ends + 60, from.name, `${name}-log`, events.slice(2));
  return ends;
}

/** What the receiver writes when it takes a trip in: the box is received and unpacked. */
export function arrival({ from, to, boxes, asset, order }: Trip, at: number): SampleEvent[] {
  const box = carrierAsset(asset, to);
  const place = { readPoint: to.place, location: to.place };
  return [
    objectEvent("OBSERVE", { items: [box] }, {
      ...{ at, step: "receiving", disposition: "in_progress", ...place },
      transactions: [["po", `urn:epcglobal:cbv:bt:${to.gln}:${order}`]],
      from: { owner: from.company.party(HOLDER, to.notation), holder: from.company.party(HOLDER, to.notation) },
      to: { owner: to.id, holder: to.id, location: to.place },
    }),
    aggregationEvent("DELETE", box, { items: boxes.map(({ id }) => id(to)) }, {
      ...{ at: at + 900, step: "unpacking", disposition: "in_progress", ...place },
    }),
  ];
}

/** The receiver takes a trip in. */
export function arrive(world: World, trip: Trip, arrived: number): void {
  world.story.capture(arrived + 1_800, trip.to.name, `${trip.name}-in`, arrival(trip, arrived + 120));
  for (const box of trip.boxes) {
    box.holder = trip.to;
    for (const pack of box.packs) pack.holder = trip.to;
  }
}

/** The empty box goes back to where it came from. */
export function sendBack(world: World, { name, from, to, asset }: Trip, at: number): void {
  world.story.capture(at + 600, to.name, `${name}-empty-out`, [
    objectEvent("OBSERVE", { items: [carrierAsset(asset, to)] }, {
      ...{ at, step: "shipping", disposition: "returned", readPoint: to.place },
      from: { holder: to.id },
      to: { holder: from.company.party(HOLDER, to.notation) },
    }),
  ]);
  world.story.capture(at + 9_000, from.name, `${name}-empty-in`, [
    objectEvent("OBSERVE", { items: [carrierAsset(asset, from)] }, {
      ...{ at: at + 7_200, step: "receiving", disposition: "available", readPoint: from.place, location: from.place },
      from: { holder: to.company.party(HOLDER, from.notation) },
      to: { holder: from.id },
    }),
  ]);
}

function logged({ asset, at, temperatures: { readings, alarm }, from }: Trip, box: string): SampleEvent[] {
  const events: SampleEvent[] = [];
  const device = carrier.company.asset("00109", `LOG${String(asset).padStart(3, "0")}`, from.notation);
  for (let start = 0; start < readings.length; start += READINGS_OF_EVENT) {
    const part = readings.slice(start, start + READINGS_OF_EVENT);
    const until = at + (start + part.length) * INTERVAL;
    const mean = Math.round(part.reduce((sum, value) => sum + value, 0) / part.length);
    events.push(
      objectEvent("OBSERVE", { items: [box] }, {
        ...{ at: until, step: "sensor_reporting", disposition: "in_transit" },
        sensors: [
          sensorElement({
            ...{ device, from: at + start * INTERVAL, until, min: Math.min(...part), mean, max: Math.max(...part) },
            raw: `https://data.carrier.example/loggers/${asset}/${at + start * INTERVAL}`,
            alarm: alarm && part.some((value) => Math.abs(value - (readings[0] ?? 0)) > 30),
          }),
        ],
      }),
    );
  }
  return events;
}
