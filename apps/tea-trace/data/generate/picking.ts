import { type Amount, declaration, objectEvent, type SampleEvent } from "@banyan/trace-common/sample";
import { DAYS_OF_WEEK, dayCode, isoDay, moment, WEEKS } from "./clock.ts";
import { type Garden, gardens, leaf } from "./companies.ts";
import { kilograms, type World } from "./world.ts";

/** Leaf of a garden on a day; hundredths of a kilogram. */
export interface Harvest {
  readonly garden: Garden;
  readonly day: number;
  readonly lot: string;
  readonly amount: number;
}

/** The day and the garden at which a clerk typed two digits the wrong way round. */
const TYPO = { garden: 1, day: 4 } as const;
/** The number of a garden's lot of leaf. */
export const leafLot = (garden: Garden, day: number): string => `G${garden.number}-${dayCode(day)}`;

/** Three weeks of picking: each garden weighs in twice a day, a co-operative ships the day's lot in the evening; a document for each week. */
export function pick(world: World): readonly Harvest[] {
  const harvests: Harvest[] = [];
  for (let week = 0; week < WEEKS; week++) {
    for (const [index, garden] of gardens.entries()) {
      const events: SampleEvent[] = [];
      for (let day = week * DAYS_OF_WEEK + 1; day <= (week + 1) * DAYS_OF_WEEK; day++) {
        const harvest = pickDay(world, garden, index, day, events);
        harvests.push(harvest);
      }
      world.story.capture(moment((week + 1) * DAYS_OF_WEEK, 20, index), garden.owner.name, `garden-${garden.number}-week-${week + 1}`, events);
    }
  }
  outsideLeaf(world);
  return harvests;
}

/** A co-operative weighs in leaf from outside as its own: the garden's quota does not bear it. */
function outsideLeaf({ story }: World): void {
  const garden = gardens[5];
  if (garden === undefined) throw new RangeError("There are six gardens");
  const { owner, place } = garden;
  const at = moment(WEEKS * DAYS_OF_WEEK, 21);
  story.refused(at + 3_600, owner.name, "refused-leaf-from-outside", [
    objectEvent("ADD", { amounts: [{ lot: leaf.lot("G6-OUTSIDE", owner), quantity: 400, unit: "KGM" }] }, {
      ...{ at, step: "commissioning", disposition: "active", readPoint: place, location: place },
      ilmd: { "cbvmda:lotNumber": "G6-OUTSIDE", "cbvmda:harvestEndDate": isoDay(WEEKS * DAYS_OF_WEEK) },
    }),
  ], "QuotaBookGardenExceeded");
}

function pickDay({ random, uuid }: World, garden: Garden, index: number, day: number, events: SampleEvent[]): Harvest {
  const lot = leafLot(garden, day);
  const code = leaf.lot(lot, garden.owner);
  const weigh = (hour: number, amount: number, id: string): SampleEvent =>
    objectEvent("ADD", { amounts: [{ lot: code, quantity: kilograms(amount), unit: "KGM" }] }, {
      ...{ at: moment(day, hour, random.between(0, 40)), id, step: "commissioning", disposition: "active" },
      ...{ readPoint: garden.place, location: garden.place },
      ilmd: {
        "cbvmda:lotNumber": lot,
        "cbvmda:harvestEndDate": isoDay(day),
        "cbvmda:countryOfOrigin": "CN",
        "qw:standard": day < 12 ? "one bud" : "one bud and one leaf",
      },
      extension: { "qw:pickers": random.between(8, 17) },
    });

  let amount = 0;
  for (const hour of [11, 17]) {
    const weight = garden.owner === garden.factory ? random.between(750, 1_150) : random.between(600, 1_000);
    if (index === TYPO.garden && day === TYPO.day && hour === 11) {
      const wrong = weigh(hour, Number(String(weight).split("").reverse().join("")) + 2_000, uuid());
      const right = weigh(hour, weight, uuid());
      events.push(wrong);
      events.push(declaration(wrong, { at: moment(day, 12, 5), reason: "incorrect_data", corrective: [String(right.eventID)] }));
      events.push(right);
    } else {
      events.push(weigh(hour, weight, uuid()));
    }
    amount += weight;
  }
  const amounts: Amount[] = [{ lot: code, quantity: kilograms(amount), unit: "KGM" }];
  const { owner, factory } = garden;
  if (owner === factory) return { garden, day, lot, amount };
  events.push(
    objectEvent("OBSERVE", { amounts }, {
      ...{ at: moment(day, 18, random.between(0, 30)), id: uuid(), step: "shipping", disposition: "in_transit" },
      readPoint: garden.place,
      transactions: [
        ["po", `urn:epcglobal:cbv:bt:${factory.gln}:LEAF-2030-${garden.number}`],
        ["desadv", `urn:epcglobal:cbv:bt:${owner.gln}:D-${dayCode(day)}`],
      ],
      from: { owner: owner.id, holder: owner.id, location: garden.place },
      to: { owner: factory.company.party("00001"), holder: factory.company.party("00001"), location: factory.sgln },
    }),
  );
  return { garden, day, lot, amount };
}
