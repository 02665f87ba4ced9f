import { aggregationEvent, isoSecond, objectEvent, type SampleEvent, transformationEvent } from "@banyan/trace-common/sample";
import { dayCode, isoDay, moment } from "./clock.ts";
import { dealer, factories, finished, gardens, leaf, type Party, raw, shops, wholesalers } from "./companies.ts";
import { leafLot } from "./picking.ts";
import { finishedLot } from "./processing.ts";
import { tinId } from "./trade.ts";
import { type Case, kilograms, listOf, type Tin, type World } from "./world.ts";

/** Wednesday of the second week: its leaf went into two finished lots. */
const DAY = 10;
/** The day of the recall. */
const RECALL = 55;
/** How many of the customers who are told bring a tin back: one in so many. */
const ONE_IN = 3;
const TINS_OF_EVENT = 8;

/** What the recall must reach, told by the generator that made the trade and not by the chain. */
export interface Reach {
  readonly root: string;
  readonly lots: readonly string[];
  readonly tins: readonly Tin[];
  readonly unsold: number;
  readonly broughtBack: number;
}

/** Residue is found in a garden's leaf of one day: everything made of it is called back, and nothing else. */
export function recall(world: World): Reach {
  const { story } = world;
  const [factory] = factories;
  const garden = gardens[1];
  if (factory === undefined || garden === undefined) throw new RangeError("There are factories and gardens");
  const root = leaf.lot(leafLot(garden, DAY), factory);
  const names = [finishedLot(0, 1, 0), finishedLot(0, 1, 1)];
  const tins = world.tins.filter((tin) => names.includes(tin.lot));
  const sold = tins.filter((tin) => tin.sold);

  story.step(moment(RECALL, 9), {
    ...{ event: "openRecall", recall: "residue", by: factory.name, level: "TWO", known: isoSecond(moment(RECALL, 8)), objects: [root] },
    reason: "residue of a plant protection product above the limit, sample report 2030-118",
  });
  story.step(moment(RECALL, 9, 5), { event: "publishNotice", recall: "residue", notice: "recall notice of 11 May 2030" });
  story.step(moment(RECALL, 9, 10), { event: "advanceRecall", recall: "residue", limit: 5, pages: 3 });
  const splits = split(world, factory, names[1] ?? "");
  story.step(moment(RECALL, 9, 40), { event: "advanceRecall", recall: "residue", limit: 20 });
  const lots = [...names, ...splits].map((name) => finished.lot(name, factory));
  const rawLot = raw.lot(`R1-${dayCode(DAY)}`, factory);
  const reached = [root, rawLot, ...lots, ...tins.map((tin) => tinId(tin, factory))];
  story.file("recalled.txt", reached.map((code) => `${code}\n`).join(""));
  story.step(moment(RECALL, 10), { event: "expectRecall", recall: "residue", status: "OPEN", late: false, reached: "recalled.txt" });
  const [unsold] = tins.filter((tin) => !tin.sold && tin.box === undefined && shops.includes(tin.holder));
  const boxed = tins.find((tin) => tin.box !== undefined && wholesalers.includes(tin.holder));
  if (unsold === undefined || boxed?.box === undefined) throw new RangeError("The recall reaches shelves and stores");
  refusals(world, unsold, boxed.box);
  bringBack(world, sold);
  sendBack(world, factory, tins);
  announce(world);
  destroy(world, factory, tins, names, splits);
  close(world, factory, tins);
  return {
    ...{ root, tins, lots, unsold: tins.length - sold.length },
    broughtBack: sold.filter((tin) => !tin.sold).length,
  };
}

/** Nothing is destroyed before time and place were announced (C-28). */
function announce({ story }: World): void {
  story.step(moment(RECALL + 10, 9), {
    ...{ event: "announceDestruction", recall: "residue", at: isoSecond(moment(RECALL + 12, 9)) },
    announcement: "destruction at the sample incinerator, under supervision",
  });
}

/** The books balance only when what nobody brought back is written off. */
function close({ story }: World, factory: Party, tins: readonly Tin[]): void {
  const close = { event: "closeRecall", recall: "residue", report: "final report of the recall" } as const;
  const gone = tins.filter((tin) => tin.sold);
  story.refusedStep(moment(RECALL + 13, 9), close, "RecallMarksUnbalanced");
  story.step(moment(RECALL + 13, 10), {
    ...{ event: "writeOff", recall: "residue", objects: gone.map((tin) => tinId(tin, factory)) },
    reason: "buyers told by notice in shops and by telephone; tins drunk",
  });
  story.step(moment(RECALL + 13, 11), close);
  const [all, lost] = [String(tins.length), String(gone.length)];
  story.step(moment(RECALL + 13, 12), {
    ...{ event: "expectRecall", recall: "residue", status: "CLOSED", late: false },
    books: [{ distributed: all, destroyed: String(tins.length - gone.length), writtenOff: lost }],
  });
}

/** While marking goes on, the factory splits what is left of a lot: the parts are caught too. */
function split(world: World, factory: Party, lot: string): readonly string[] {
  const stock = listOf(world.finished, factory.name).find((one) => one.lot === lot);
  if (stock === undefined) throw new RangeError(`There is no lot ${lot}`);
  const half = Math.floor(stock.left / 2);
  const parts = [`${lot}-1`, `${lot}-2`];
  const amounts = [half, stock.left - half];
  world.story.capture(moment(RECALL, 9, 30), factory.name, "factory-1-split", [
    transformationEvent(
      {
        inputAmounts: [{ lot: finished.lot(lot, factory), quantity: kilograms(stock.left), unit: "KGM" }],
        outputAmounts: parts.map((part, index) => ({ lot: finished.lot(part, factory), quantity: kilograms(amounts[index] ?? 0), unit: "KGM" })),
      },
      { at: moment(RECALL, 9, 20), step: "repackaging", disposition: "in_progress", readPoint: factory.place, location: factory.place },
    ),
  ]);
  stock.left = 0;
  listOf(world.finished, factory.name).push(...parts.map((part, index) => ({ lot: part, left: amounts[index] ?? 0 })));
  return parts;
}

/** What a scan tells of a recalled tin, and what must not go on: a sale of a recalled tin, a delivery of a case that holds some. */
function refusals(world: World, tin: Tin, box: Case): void {
  const { holder } = tin;
  world.story.step(moment(RECALL, 10, 30), { event: "scan", code: tinId(tin, holder), by: "buyer-6", region: holder.region, verdict: "RECALLED" });
  world.story.refused(moment(RECALL, 11), holder.name, "refused-sale-of-recalled", [
    objectEvent("OBSERVE", { items: [tinId(tin, holder)] }, {
      ...{ at: moment(RECALL, 10, 50), step: "retail_selling", disposition: "retail_sold", readPoint: holder.place },
    }),
  ], "TraceStateRecalled");
  const [shop] = shops;
  if (shop === undefined) throw new RangeError("There are shops");
  world.story.refused(moment(RECALL, 11, 10), box.holder.name, "refused-delivery-of-recalled", [
    objectEvent("OBSERVE", { items: [box.sscc(box.holder)] }, {
      ...{ at: moment(RECALL, 11), step: "shipping", disposition: "in_transit", readPoint: box.holder.place },
      from: { owner: box.holder.id, holder: box.holder.id },
      to: { owner: shop.company.party("00001"), holder: shop.company.party("00001") },
    }),
  ], "TraceStateRecalledInside");
}

/** One customer in three brings a tin back to the shop that sold it. */
function bringBack(world: World, sold: readonly Tin[]): void {
  for (const [index, shop] of [...shops, dealer].entries()) {
    const back = sold.filter((tin, number) => tin.holder === shop && number % ONE_IN === 0);
    if (back.length === 0) continue;
    for (const tin of back) tin.sold = false;
    world.story.capture(moment(RECALL + 5, 20, index), shop.name, `${shop.name}-brought-back`, back.map((tin, number) =>
      objectEvent("OBSERVE", { items: [tinId(tin, shop)] }, {
        ...{ at: moment(RECALL + 1 + (number % 4), 11, number), step: "receiving", disposition: "returned", readPoint: shop.place, location: shop.place },
      }),
    ));
  }
}

/** Whoever still holds recalled tins sends them back: closed cases as they are, the others tin by tin. */
function sendBack(world: World, factory: Party, tins: readonly Tin[]): void {
  const into: SampleEvent[] = [];
  for (const [index, holder] of [...wholesalers, ...shops, dealer].entries()) {
    const left = tins.filter((tin) => tin.holder === holder && !tin.sold);
    if (left.length === 0) continue;
    const cases = [...new Set(left.flatMap(({ box }) => box ?? []))];
    const loose = left.filter(({ box }) => box === undefined);
    const write = (by: Party): string[] => [...cases.map((box) => box.sscc(by)), ...loose.map((tin) => tinId(tin, by))];
    const back = [["rma", `urn:epcglobal:cbv:bt:${factory.gln}:BACK-${index + 1}`]] as const;
    world.story.capture(moment(RECALL + 7, 18, index), holder.name, `${holder.name}-send-back`, [
      objectEvent("OBSERVE", { items: write(holder) }, {
        ...{ at: moment(RECALL + 7, 10, index), step: "shipping", disposition: "returned", readPoint: holder.place, transactions: back },
        from: { owner: holder.id, holder: holder.id },
        to: { owner: factory.company.party("00001", holder.notation), holder: factory.company.party("00001", holder.notation) },
      }),
    ]);
    into.push(
      objectEvent("OBSERVE", { items: write(factory) }, {
        ...{ at: moment(RECALL + 9, 9, index), step: "receiving", disposition: "returned", readPoint: factory.place, location: factory.place, transactions: back },
        from: { owner: holder.company.party("00001"), holder: holder.company.party("00001") },
        to: { owner: factory.id, holder: factory.id },
      }),
    );
    for (const box of cases) box.holder = factory;
    for (const tin of left) tin.holder = factory;
  }
  world.story.capture(moment(RECALL + 9, 18), factory.name, "factory-1-take-back", into);
}

/** The factory opens what came back and destroys it under supervision, with what it had left by weight. */
function destroy(world: World, factory: Party, tins: readonly Tin[], names: readonly string[], splits: readonly string[]): void {
  const back = tins.filter((tin) => tin.holder === factory);
  const cases = [...new Set(back.flatMap(({ box }) => box ?? []))];
  const place = { readPoint: factory.place, location: factory.place };
  const opened = cases.map((box, index) =>
    aggregationEvent("DELETE", box.sscc(factory), { items: [] }, {
      ...{ at: moment(RECALL + 11, 9, index), step: "unpacking", disposition: "in_progress", ...place },
    }),
  );
  for (const tin of back) tin.box = undefined;
  const events: SampleEvent[] = [];
  for (let start = 0; start < back.length; start += TINS_OF_EVENT) {
    const part = back.slice(start, start + TINS_OF_EVENT);
    events.push(
      objectEvent("DELETE", { items: part.map((tin) => tinId(tin, factory)) }, {
        ...{ at: moment(RECALL + 12, 9, start), step: "destroying", disposition: "destroyed", ...place },
        transactions: [["cert", `urn:epcglobal:cbv:bt:${factory.gln}:DESTRUCTION-${isoDay(RECALL + 12)}`]],
      }),
    );
  }
  const stocks = listOf(world.finished, factory.name).filter(({ lot, left }) => [...names, ...splits].includes(lot) && left > 0);
  for (const stock of stocks) {
    const amounts = [{ lot: finished.lot(stock.lot, factory), quantity: kilograms(stock.left), unit: "KGM" }];
    events.push(
      objectEvent("DELETE", { amounts }, {
        ...{ at: moment(RECALL + 12, 16), step: "destroying", disposition: "destroyed", ...place },
        transactions: [["cert", `urn:epcglobal:cbv:bt:${factory.gln}:DESTRUCTION-${isoDay(RECALL + 12)}`]],
      }),
    );
    stock.left = 0;
  }
  world.story.capture(moment(RECALL + 12, 18), factory.name, "factory-1-destruction", [...opened, ...events]);
}
