import { type Amount, declaration, objectEvent, type SampleEvent } from "@banyan/trace-common/sample";
import { DAYS_OF_WEEK, dayCode, isoDay, moment, WEEKS } from "./clock.ts";
import { factories, gardens, leaf, type Party } from "./companies.ts";
import { kilograms, type World } from "./world.ts";

/** Leaf of a garden on a day; hundredths of a kilogram. */
export interface Harvest {
  readonly garden: Party;
  readonly day: number;
  readonly lot: string;
  readonly amount: number;
}

/** The day and the garden at which a clerk typed two digits the wrong way round. */
const TYPO = { garden: 1, day: 4 } as const;
/** The garden that weighs in leaf from outside, and the day on which its quota is used up. */
export const GREEDY = { garden: 3, day: 20 } as const;

/** The number of a garden's lot of leaf. */
export const leafLot = (garden: Party, day: number): string => `G${garden.name.slice(-1)}-${dayCode(day)}`;

/** The factory that a garden delivers to. */
export function factoryOf(garden: Party): Party {
  const factory = factories[gardens.indexOf(garden) < 3 ? 0 : 1];
  if (factory === undefined) throw new RangeError("There are two factories");
  return factory;
}

/** Three weeks of picking: each garden weighs in twice a day and ships the day's lot in the evening; a document for each week. */
export function pick(world: World): readonly Harvest[] {
  const harvests: Harvest[] = [];
  for (let week = 0; week < WEEKS; week++) {
    for (const [index, garden] of gardens.entries()) {
      const events: SampleEvent[] = [];
      for (let day = week * DAYS_OF_WEEK + 1; day <= (week + 1) * DAYS_OF_WEEK; day++) {
        const harvest = pickDay(world, garden, index, day, events);
        harvests.push(harvest);
      }
      world.story.capture(moment((week + 1) * DAYS_OF_WEEK, 20, index), garden.name, `${garden.name}-week-${week + 1}`, events);
    }
  }
  return harvests;
}

function pickDay({ random, uuid }: World, garden: Party, index: number, day: number, events: SampleEvent[]): Harvest {
  const lot = leafLot(garden, day);
  const code = leaf.lot(lot, garden);
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
    const weight = random.between(600, 1_100);
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
  const factory = factoryOf(garden);
  events.push(
    objectEvent("OBSERVE", { amounts }, {
      ...{ at: moment(day, 18, random.between(0, 30)), id: uuid(), step: "shipping", disposition: "in_transit" },
      readPoint: garden.place,
      transactions: [
        ["po", `urn:epcglobal:cbv:bt:${factory.gln}:LEAF-2030-${garden.name.slice(-1)}`],
        ["desadv", `urn:epcglobal:cbv:bt:${garden.gln}:D-${dayCode(day)}`],
      ],
      from: { owner: garden.id, holder: garden.id, location: garden.place },
      to: { owner: factory.company.party("00001"), holder: factory.company.party("00001"), location: factory.sgln },
    }),
  );
  return { garden, day, lot, amount };
}
