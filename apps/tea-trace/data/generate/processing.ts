import { type Amount, objectEvent, type SampleEvent, transformationEvent } from "@banyan/trace-common/sample";
import { DAYS_OF_WEEK, dayCode, isoDay, moment, WEEKS } from "./clock.ts";
import { factories, finished, laboratory, leaf, type Party, raw } from "./companies.ts";
import type { Harvest } from "./picking.ts";
import { kilograms, listOf, type World } from "./world.ts";

/** Parts of a thousand that the leaf keeps as raw tea, and the raw tea as finished tea; the stated factors allow 230 and 920. */
const RAW_LIMIT = 230;
const RAW_YIELD = { least: 214, most: 228 } as const;
const FINISHED_YIELD = { least: 868, most: 905 } as const;

/** Three weeks in both factories: the co-operatives' leaf is received, all leaf dried to raw tea, and each week's raw tea finished in two lots. */
export function process(world: World, harvests: readonly Harvest[]): void {
  for (let week = 0; week < WEEKS; week++) {
    for (const [index, factory] of factories.entries()) {
      const events: SampleEvent[] = [];
      for (let day = week * DAYS_OF_WEEK + 1; day <= (week + 1) * DAYS_OF_WEEK; day++) {
        const harvested = harvests.filter((harvest) => harvest.day === day && harvest.garden.factory === factory);
        events.push(...receive(world, factory, harvested.filter(({ garden }) => garden.owner !== factory)));
        events.push(...dry(world, factory, index, day, harvested));
      }
      events.push(...finish(world, factory, index, week));
      if (week === 0 && index === 0) stretch(world, factory, harvests);
      const at = moment((week + 1) * DAYS_OF_WEEK + 1, 20, index);
      const name = `${factory.name}-week-${week + 1}`;
      certify(world, at, harvests, factory, week);
      world.story.capture(at, factory.name, name, events);
    }
  }
}

/** A co-operative issues a certificate for each lot of leaf; without it the factory may not buy (C-21), as the first week shows. */
function certify(world: World, at: number, harvests: readonly Harvest[], factory: Party, week: number): void {
  const { story } = world;
  const bought = harvests.filter(
    ({ garden, day }) => garden.factory === factory && garden.owner !== factory && Math.ceil(day / DAYS_OF_WEEK) === week + 1,
  );
  const seller = bought[0]?.garden.owner;
  if (seller === undefined) throw new RangeError("Each factory buys leaf");
  if (week === 0) {
    const first = receive(world, factory, bought.slice(0, 1));
    story.refused(at - 600, factory.name, `refused-purchase-${factory.name}`, first, "ProduceCertificatesMissing");
  }
  story.step(at - 300, {
    ...{ event: "certify", by: seller.name, objects: bought.map(({ lot }) => leaf.lot(lot, seller)) },
    document: `commitment of conformity of ${seller.name}, week ${week + 1}`,
  });
}

/** Half as much raw tea again as the leaf can give: something else would have to be in it. */
function stretch({ story }: World, factory: Party, harvests: readonly Harvest[]): void {
  const harvest = harvests.find(({ garden, day }) => garden.owner === factory && day === 1);
  if (harvest === undefined) throw new RangeError("The factory has gardens");
  const { lot, amount } = harvest;
  const total = Math.floor((amount * RAW_LIMIT * 3) / 2_000);
  story.refused(moment(DAYS_OF_WEEK + 1, 19), factory.name, "refused-yield", [
    transformationEvent(
      {
        inputAmounts: [{ lot: leaf.lot(lot, factory), quantity: kilograms(amount), unit: "KGM" }],
        outputAmounts: [{ lot: raw.lot("R1-STRETCHED", factory), quantity: kilograms(total), unit: "KGM" }],
      },
      { at: moment(2, 5), step: "creating_class_instance", disposition: "in_progress", readPoint: factory.place, location: factory.place },
    ),
  ], "TraceLotsNotConserved");
}

function receive({ random }: World, factory: Party, harvests: readonly Harvest[]): SampleEvent[] {
  return harvests.map(({ garden, day, lot, amount }) =>
    objectEvent("OBSERVE", { amounts: [{ lot: leaf.lot(lot, factory), quantity: kilograms(amount), unit: "KGM" }] }, {
      ...{ at: moment(day, 19, random.between(0, 50)), step: "receiving", disposition: "in_progress" },
      ...{ readPoint: factory.place, location: factory.place },
      transactions: [
        ["po", `urn:epcglobal:cbv:bt:${factory.gln}:LEAF-2030-${garden.number}`],
        ["recadv", `urn:epcglobal:cbv:bt:${factory.gln}:R-${lot}`],
      ],
      from: { owner: garden.owner.id, holder: garden.owner.id },
      to: { owner: factory.id, holder: factory.id, location: factory.place },
      extension: { "qw:moisturePercent": random.between(740, 772) / 10 },
    }),
  );
}

/** The night's drying. The second factory writes what goes in lot by lot and what comes out in the morning: one transformation, several events. */
function dry(world: World, factory: Party, index: number, day: number, harvests: readonly Harvest[]): SampleEvent[] {
  const { random } = world;
  const lot = `R${index + 1}-${dayCode(day)}`;
  const total = harvests.reduce((sum, { amount }) => sum + amount, 0);
  const yielded = Math.floor((total * random.between(RAW_YIELD.least, RAW_YIELD.most)) / 1000);
  listOf(world.raw, factory.name).push({ lot, left: yielded });

  const inputs = harvests.map(({ lot, amount }): Amount => ({ lot: leaf.lot(lot, factory), quantity: kilograms(amount), unit: "KGM" }));
  const outputs: Amount[] = [{ lot: raw.lot(lot, factory), quantity: kilograms(yielded), unit: "KGM" }];
  const made = {
    ...{ step: "creating_class_instance", disposition: "in_progress", readPoint: factory.place, location: factory.place },
    ilmd: { "cbvmda:lotNumber": lot, "cbvmda:productionDate": isoDay(day) },
  };
  const order = ["prodorder", `urn:epcglobal:cbv:bt:${factory.gln}:DRY-${lot}`] as const;
  const inspection = objectEvent("OBSERVE", { amounts: outputs }, {
    ...{ at: moment(day + 1, 6, 40), step: "inspecting", disposition: "conformant", readPoint: factory.place },
    extension: { "qw:moisturePercent": random.between(52, 66) / 10 },
  });
  if (index === 0) {
    const at = moment(day + 1, 5, random.between(0, 30));
    return [transformationEvent({ inputAmounts: inputs, outputAmounts: outputs }, { at, ...made, transactions: [order] }), inspection];
  }
  const id = `urn:epc:id:gdti:${factory.company.prefix}.00301.${lot}`;
  const put = inputs.map((input, place) =>
    transformationEvent({ inputAmounts: [input], id }, {
      ...{ at: moment(day, 21, place * 20), step: "creating_class_instance", disposition: "in_progress" },
      ...{ readPoint: factory.place, transactions: [order] },
    }),
  );
  const taken = transformationEvent({ outputAmounts: outputs, id }, { at: moment(day + 1, 5, 10), ...made, transactions: [order] });
  return [...put, taken, inspection];
}

/**
 * Two finished lots a week: the first of Monday, Tuesday and half of Wednesday, the second of the rest. Wednesday's raw tea is in both, which is why
 * a fault in it reaches two lots.
 */
function finish(world: World, factory: Party, index: number, week: number): SampleEvent[] {
  const { random } = world;
  const days = listOf(world.raw, factory.name).slice(week * DAYS_OF_WEEK);
  const wednesday = days[2];
  if (wednesday === undefined) throw new RangeError("A week has seven days");
  const half = Math.floor(wednesday.left / 2);
  const parts = [
    [days[0], days[1], { ...wednesday, left: half }],
    [{ ...wednesday, left: wednesday.left - half }, ...days.slice(3)],
  ];
  const lastDay = (week + 1) * DAYS_OF_WEEK + 1;
  return parts.flatMap((part, number) => {
    const lot = finishedLot(index, week, number);
    const stocks = part.flatMap((stock) => (stock === undefined ? [] : [stock]));
    const total = stocks.reduce((sum, { left }) => sum + left, 0);
    const yielded = Math.floor((total * random.between(FINISHED_YIELD.least, FINISHED_YIELD.most)) / 1000);
    listOf(world.finished, factory.name).push({ lot, left: yielded });
    const at = moment(lastDay, 14 + number * 3);
    const amounts: Amount[] = [{ lot: finished.lot(lot, factory), quantity: kilograms(yielded), unit: "KGM" }];
    return [
      transformationEvent(
        {
          inputAmounts: stocks.map(({ lot, left }) => ({ lot: raw.lot(lot, factory), quantity: kilograms(left), unit: "KGM" })),
          outputAmounts: amounts,
        },
        {
          ...{ at, step: "creating_class_instance", disposition: "in_progress", readPoint: factory.place, location: factory.place },
          transactions: [["prodorder", `urn:epcglobal:cbv:bt:${factory.gln}:FIN-${lot}`]],
          ilmd: {
            "cbvmda:lotNumber": lot,
            "cbvmda:productionDate": isoDay(lastDay),
            "cbvmda:itemExpirationDate": `${Number(isoDay(lastDay).slice(0, 4)) + 1}${isoDay(lastDay).slice(4)}`,
            "qw:grade": number === 0 ? "special" : "first",
          },
        },
      ),
      objectEvent("OBSERVE", { amounts }, {
        ...{ at: at + 3_600, step: "sampling", disposition: "in_progress", readPoint: factory.place },
        transactions: [
          ["testprd", `urn:epcglobal:cbv:bt:${laboratory.gln}:ORDER-${lot}`],
          ["testres", `urn:epcglobal:cbv:bt:${laboratory.gln}:RESULT-${lot}`],
        ],
      }),
    ];
  });
}

/** The number of a finished lot: factory, week and which of the two. */
export function finishedLot(factory: number, week: number, number: number): string {
  return `F${factory + 1}-W${week + 1}${"AB"[number]}`;
}
