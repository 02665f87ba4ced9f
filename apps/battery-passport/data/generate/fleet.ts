import type { Random } from "@banyan/app-common/story";
import { associationEvent, type SampleEvent } from "@banyan/trace-common/sample";
import {
  batteryCode,
  batteryUri,
  bicycle,
  cabinetOf,
  DAY,
  HOUR,
  iso,
  MINUTE,
  moment,
  riderOf,
  START,
  type Writer,
} from "./world.ts";

/** Rated energy of a battery, in Wh. */
export const RATED_WH = 1_440;

/** A battery as the simulation keeps it. */
export interface BatteryState {
  readonly number: number;
  /** State of charge in per cent. */
  charge: number;
  /** Energy discharged so far, in Wh: full cycles are this by the rated energy. */
  worn: number;
  /** When the last batch ended. */
  lastAt: number;
  batches: number;
  moves: number;
  place: string;
  swaps: number;
}

interface Rider {
  readonly number: number;
  battery: BatteryState | undefined;
  swaps: number;
  since: number;
}

interface Slot {
  readonly battery: BatteryState;
  readonly readyAt: number;
}

/** When every module has been built into its battery: no module speaks of the time before. */
const BUILT_IN = moment(1, 19);

/** Full cycles as a batch states them: hundredths, rounded down. */
export const cyclesOf = ({ worn }: BatteryState): number => Math.floor((worn * 100) / RATED_WH) / 100;

/**
 * Makes the fleet at work: riders that swap, cabinets that charge, modules that sign.
 *
 * @param writer - collects the lines
 * @param random - decides who swaps when and where
 */
export function createFleet(writer: Writer, random: Random) {
  const batteries = new Map<number, BatteryState>();
  const cabinets = new Map<number, Slot[]>();
  const riders: Rider[] = [];
  let bonds: SampleEvent[] = [];
  let [swaps, batches] = [0, 0];

  const battery = (number: number, worn = 0): BatteryState => {
    const known = batteries.get(number);
    if (known !== undefined) return known;
    const fresh = { number, charge: 96, worn, lastAt: BUILT_IN, batches: 0, moves: 0, place: "", swaps: 0 };
    batteries.set(number, fresh);
    return fresh;
  };

  /** A module's batch up to a moment; the line stands a minute after it. */
  const record = (state: BatteryState, to: number, wattHours: number, place: string, more: object = {}): void => {
    const share = Math.round((Math.abs(wattHours) * 10_000) / RATED_WH) / 100;
    state.charge = Math.round(Math.min(99, Math.max(3, state.charge + (wattHours > 0 ? share : -share))) * 100) / 100;
    if (wattHours < 0) state.worn -= wattHours;
    if (place !== state.place) {
      state.place = place;
      state.moves += 1;
    }
    writer.step(to + MINUTE, {
      event: "record",
      ...{ battery: batteryCode(state.number), from: iso(state.lastAt + 1), to: iso(to) },
      ...(wattHours > 0 ? { charged: wattHours } : { discharged: -wattHours }),
      ...{ cycles: cyclesOf(state), charge: state.charge },
      ...{ min: random.between(1_500, 2_400) / 100, max: random.between(2_600, 4_200) / 100, position: place },
      ...more,
    });
    state.lastAt = to;
    state.batches += 1;
    batches += 1;
  };

  const bond = (action: "ADD" | "DELETE", rider: Rider, state: BatteryState, at: number): void => {
    bonds.push(
      associationEvent(action, bicycle(rider.number), [batteryUri(state.number)], {
        ...{ at, step: action === "ADD" ? "installing" : "removing" },
      }),
    );
  };

  const swap = (rider: Rider, at: number): void => {
    const ready = [...cabinets].filter(([, slots]) => slots.some(({ readyAt }) => readyAt < at));
    if (ready.length === 0) return;
    const [cabinet, slots] = random.pick(ready);
    const index = slots.findIndex(({ readyAt }) => readyAt < at);
    const [slot] = slots.splice(index, 1);
    if (slot === undefined) return;
    const back = rider.battery;
    if (back !== undefined) record(back, at - 2 * MINUTE, -random.between(500, 1_050), cabinetOf(cabinet));
    writer.step(at, {
      ...{ event: "swap", rider: riderOf(rider.number), cabinet: cabinetOf(cabinet) },
      ...(back === undefined ? {} : { returned: batteryCode(back.number), returnedCharge: back.charge }),
      ...{ issued: batteryCode(slot.battery.number), issuedCharge: slot.battery.charge },
    });
    if (back !== undefined) {
      back.swaps += 1;
      bond("DELETE", rider, back, at + 10);
      const needed = Math.round(((96 - back.charge) * RATED_WH) / 100);
      const done = at + MINUTE + Math.round((needed / 600) * HOUR);
      record(back, done, needed, cabinetOf(cabinet));
      slots.push({ battery: back, readyAt: done + 2 * MINUTE });
    }
    bond("ADD", rider, slot.battery, at + 20);
    slot.battery.swaps += 1;
    rider.battery = slot.battery;
    rider.swaps += 1;
    rider.since = at;
    swaps += 1;
  };

  return {
    battery,
    record,
    riders,
    /** Batteries come into a cabinet, charged. */
    stock(cabinet: number, numbers: readonly number[], at: number): void {
      writer.step(at, { event: "stock", cabinet: cabinetOf(cabinet), batteries: numbers.map(batteryCode) });
      cabinets.set(
        cabinet,
        numbers.map((number) => ({ battery: battery(number), readyAt: at })),
      );
    },
    /** A rider begins. */
    join(number: number, at: number): void {
      riders.push({ number, battery: undefined, swaps: 0, since: at });
    },
    /** A rider takes his first battery. */
    first(number: number, at: number): void {
      const rider = riders.find((candidate) => candidate.number === number);
      if (rider !== undefined) swap(rider, at);
    },
    /** A day of the month: who swaps is drawn, and what was bonded is captured in the evening. */
    ride(day: number, share: number): void {
      const plans = riders
        .filter(() => random.chance(share))
        .map((rider) => ({ rider, at: moment(day, 7) + random.between(0, 13 * 60) * MINUTE }))
        .sort((a, b) => a.at - b.at);
      let last = 0;
      for (const { rider, at } of plans) {
        // Two swaps never stand in one minute, and a rider rides some hours first.
        const when = Math.max(at, last + 5 * MINUTE);
        last = when;
        if (when - rider.since > 5 * HOUR) swap(rider, when);
      }
      if (bonds.length > 0) writer.capture(moment(day, 23, 30), "P02", `rides-${String(day).padStart(2, "0")}`, bonds);
      bonds = [];
    },
    counts: () => ({ swaps, batches }),
    /** Where the simulation stands when all lines are written. */
    states: () => [...batteries.values()],
    lastDay: START + 29 * DAY,
  };
}
