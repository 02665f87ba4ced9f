import { aggregationEvent, objectEvent, type SampleEvent, transformationEvent } from "@banyan/trace-common/sample";
import { isoDay, moment, WEEKS } from "./clock.ts";
import { association, carrier, factories, finished, type Party, tinOf, wholesalers } from "./companies.ts";
import { SEASON } from "./opening.ts";
import { finishedLot } from "./processing.ts";
import { type Case, listOf, type Tin, type World } from "./world.ts";

export const TINS_OF_CASE = 8;
/** Kilograms of tea that fill a case: eight tins of 250 g. */
const CASE_KILOGRAMS = 2;
/** Cases packed from the first and the second lot of a week. */
const CASES = [9, 15] as const;
/** Cases of the first pallet, and of each that follows: so that weeks share pallets. */
const PALLETS = { first: 10, next: 12 } as const;
const SERIAL = "23456789ABCDEFGHJKLMNPQRSTVWXYZ";
const SERIAL_LENGTH = 12;
/** The first day of packing: Monday after the picking. */
const PACKING = 22;

/** Each finished lot is packed into tins with a code each, tins into cases; then cases onto pallets, and pallets go to the wholesalers. */
export function pack(world: World): void {
  for (const [index, factory] of factories.entries()) {
    label(world, factory, index);
    for (let week = 0; week < WEEKS; week++) packWeek(world, factory, index, week);
    ship(world, factory, index);
  }
}

/** The association issues labels for what the firm's own gardens gave, and not one more. */
function label({ story }: World, factory: Party, index: number): void {
  const count = WEEKS * (CASES[0] + CASES[1]) * TINS_OF_CASE;
  const labels = { event: "issueLabels", finished: tinOf(factory).gtin, firm: factory.name, keeper: association.name, season: SEASON } as const;
  const at = moment(PACKING, 6, index);
  story.refusedStep(at, { ...labels, count: count * 2, numbers: `labels of ${factory.name}, twice as many` }, "QuotaBookLabelsExceeded");
  story.step(at + 20, { ...labels, count, numbers: `labels of ${factory.name}, 1 to ${count}` });
}

function packWeek(world: World, factory: Party, index: number, week: number): void {
  const events: SampleEvent[] = [];
  const day = PACKING + week * 2;
  let minute = 0;
  for (const [number, count] of CASES.entries()) {
    const lot = finishedLot(index, week, number);
    for (let turn = 0; turn < count; turn++) {
      const tins = Array.from({ length: TINS_OF_CASE }, (): Tin => ({ serial: serialOf(world), factory, lot, holder: factory, box: undefined, shelvedAt: 0, soldAt: 0, sold: false }));
      const items = tins.map(({ serial }) => tinOf(factory).item(serial, factory));
      const stock = listOf(world.finished, factory.name).find((one) => one.lot === lot);
      if (stock !== undefined) stock.left -= CASE_KILOGRAMS * 100;
      events.push(
        transformationEvent(
          { inputAmounts: [{ lot: finished.lot(lot, factory), quantity: CASE_KILOGRAMS, unit: "KGM" }], outputs: items },
          {
            ...{ at: moment(day, 8, minute), step: "commissioning", disposition: "active", readPoint: factory.place, location: factory.place },
            ilmd: { "cbvmda:lotNumber": lot, "cbvmda:productionDate": isoDay(day), "cbvmda:itemExpirationDate": expiryOf(day) },
          },
        ),
      );
      const sscc = `3${String(index + 1)}${String(world.cases.length + 1).padStart(8, "0")}`;
      const box: Case = { sscc: (by) => factory.company.unit(sscc, by.notation), tins, factory, holder: factory };
      for (const tin of tins) tin.box = box;
      world.tins.push(...tins);
      world.cases.push(box);
      events.push(
        aggregationEvent("ADD", box.sscc(factory), { items }, {
          ...{ at: moment(day, 8, minute + 2), step: "packing", disposition: "in_progress", readPoint: factory.place, location: factory.place },
        }),
      );
      minute += 5;
    }
  }
  world.story.capture(moment(day, 19, index), factory.name, `${factory.name}-packing-${week + 1}`, events);
}

/** Pallets are built, shipped with the carrier, received and taken apart. */
function ship(world: World, factory: Party, index: number): void {
  const wholesaler = wholesalers[index];
  if (wholesaler === undefined) throw new RangeError("Each factory has a wholesaler");
  const cases = world.cases.filter((box) => box.factory === factory);
  const out: SampleEvent[] = [];
  const into: SampleEvent[] = [];
  let start = 0;
  for (let number = 1; start < cases.length; number++) {
    const part = cases.slice(start, start + (number === 1 ? PALLETS.first : PALLETS.next));
    start += part.length;
    const reference = `0${index + 1}${String(90_000_000 + number)}`;
    const pallet = (by: Party): string => factory.company.unit(reference, by.notation);
    const minute = number * 6;
    out.push(
      aggregationEvent("ADD", pallet(factory), { items: part.map((box) => box.sscc(factory)) }, {
        ...{ at: moment(28, 9, minute), step: "packing", disposition: "in_progress", readPoint: factory.place, location: factory.place },
      }),
      objectEvent("OBSERVE", { items: [pallet(factory)] }, {
        ...{ at: moment(28, 15, minute), step: "shipping", disposition: "in_transit", readPoint: factory.place },
        transactions: [
          ["po", `urn:epcglobal:cbv:bt:${wholesaler.gln}:TEA-2030`],
          ["bol", `urn:epcglobal:cbv:bt:${carrier.gln}:B-${reference}`],
          ["inv", `urn:epcglobal:cbv:bt:${factory.gln}:INV-${reference}`],
        ],
        from: { owner: factory.id, holder: factory.id, location: factory.place },
        to: { owner: wholesaler.id, holder: wholesaler.id, location: wholesaler.place },
      }),
    );
    into.push(
      objectEvent("OBSERVE", { items: [pallet(wholesaler)] }, {
        ...{ at: moment(30, 9, minute), step: "receiving", disposition: "in_progress", readPoint: wholesaler.place, location: wholesaler.place },
        transactions: [["po", `urn:epcglobal:cbv:bt:${wholesaler.gln}:TEA-2030`]],
        from: { owner: factory.company.party("00001"), holder: factory.company.party("00001") },
        to: { owner: wholesaler.id, holder: wholesaler.id, location: wholesaler.place },
      }),
      aggregationEvent("DELETE", pallet(wholesaler), { items: number % 3 === 0 ? [] : part.map((box) => box.sscc(wholesaler)) }, {
        ...{ at: moment(30, 13, minute), step: "unpacking", disposition: "in_progress", readPoint: wholesaler.place, location: wholesaler.place },
      }),
    );
    for (const box of part) {
      box.holder = wholesaler;
      for (const tin of box.tins) tin.holder = wholesaler;
    }
  }
  world.story.capture(moment(28, 18, index), factory.name, `${factory.name}-pallets`, out);
  world.story.capture(moment(30, 18, index), wholesaler.name, `${wholesaler.name}-pallets`, into);
}

/** A serial number that nobody guesses, without letters that are taken for digits. */
function serialOf({ random }: World): string {
  return Array.from({ length: SERIAL_LENGTH }, () => SERIAL[random.between(0, SERIAL.length - 1)]).join("");
}

function expiryOf(day: number): string {
  const text = isoDay(day);
  return `${Number(text.slice(0, 4)) + 1}${text.slice(4)}`;
}
