import { aggregationEvent, declaration, objectEvent, type SampleEvent } from "@banyan/trace-common/sample";
import { moment } from "./clock.ts";
import { dealer, factories, finished, type Party, shops, tinOf, wholesalers } from "./companies.ts";
import { type Case, kilograms, type Tin, type World } from "./world.ts";

/** Deliveries from a wholesaler to each of its shops, and cases of each. */
const ROUNDS = [31, 34, 37, 40] as const;
const CASES_OF_ROUND = 4;
const SHOPS_OF_WHOLESALER = 3;
/** Cases that a shop opens of each delivery; the others stay in its store. */
const OPENED = [2, 2, 1, 1] as const;
/** Sales of a shop in each of its three weeks. */
const SALES = [7, 8, 7] as const;
const FIRST_SALE = 33;
const DAYS_OF_WEEK = 7;
/** A number without common divisor with the cases of a factory: deliveries take cases of all weeks. */
const STRIDE = 29;
/** Days of the dealer's purchase, and how many tins it buys. */
const DEAL = { day: 45, tins: 6, sold: 3 } as const;

const HOLDER = "00001";

/** A tin as a party's documents write it. */
export const tinId = (tin: Tin, by: Party): string => tinOf(tin.factory).item(tin.serial, by);

/** The trade in cases and tins: deliveries, opened cases, sales over the counter, a mistake at a till, a return, a deal between dealers. */
export function trade(world: World): void {
  deliver(world);
  for (const [index, shop] of shops.entries()) sell(world, shop, index);
  deal(world);
  sellLoose(world);
}

function deliver(world: World): void {
  for (const [index, wholesaler] of wholesalers.entries()) {
    const cases = world.cases.filter((box) => box.holder === wholesaler);
    const order = cases.map((_box, place) => cases[(place * STRIDE) % cases.length]).flatMap((box) => box ?? []);
    for (const [round, day] of ROUNDS.entries()) {
      const out: SampleEvent[] = [];
      for (let place = 0; place < SHOPS_OF_WHOLESALER; place++) {
        const shop = shops[index * SHOPS_OF_WHOLESALER + place];
        if (shop === undefined) throw new RangeError("Each wholesaler has three shops");
        const first = (round * SHOPS_OF_WHOLESALER + place) * CASES_OF_ROUND;
        const part = order.slice(first, first + CASES_OF_ROUND);
        out.push(...handOver(wholesaler, shop, part, moment(day, 10 + place)));
        world.story.capture(moment(day + 1, 18, index * SHOPS_OF_WHOLESALER + place), shop.name, `${shop.name}-delivery-${round + 1}`, [
          ...takeOver(wholesaler, shop, part, moment(day + 1, 10)),
          ...open(shop, part.slice(0, OPENED[round]), moment(day + 1, 14)),
        ]);
      }
      world.story.capture(moment(day, 18, index), wholesaler.name, `${wholesaler.name}-delivery-${round + 1}`, out);
      if (round === 0 && index === 0) astray(world, wholesaler, order.slice(0, 1), day);
    }
  }
}

/** A shop takes in a case that was sent to its neighbour: only the consignee receives (C-15). */
function astray(world: World, from: Party, cases: readonly Case[], day: number): void {
  const neighbour = shops[1];
  if (neighbour === undefined) throw new RangeError("There are shops");
  const events = cases.map((box) =>
    objectEvent("OBSERVE", { items: [box.sscc(neighbour)] }, {
      ...{ at: moment(day, 20), step: "receiving", disposition: "in_progress", readPoint: neighbour.place, location: neighbour.place },
      from: { owner: from.company.party(HOLDER, neighbour.notation), holder: from.company.party(HOLDER, neighbour.notation) },
      to: { owner: neighbour.id, holder: neighbour.id },
    }),
  );
  world.story.refused(moment(day, 21), neighbour.name, "refused-case-of-another", events, "TraceStateNotParty");
}

/** One shipping for each case: cases of one order travel on their own. */
function handOver(from: Party, to: Party, cases: readonly Case[], at: number): SampleEvent[] {
  return cases.map((box, index) =>
    objectEvent("OBSERVE", { items: [box.sscc(from)] }, {
      ...{ at: at + index * 60, step: "shipping", disposition: "in_transit", readPoint: from.place },
      transactions: [
        ["po", `urn:epcglobal:cbv:bt:${to.gln}:ORDER-${at}`],
        ["inv", `urn:epcglobal:cbv:bt:${from.gln}:INV-${at}`],
      ],
      from: { owner: from.id, holder: from.id, location: from.place },
      to: { owner: to.company.party(HOLDER), holder: to.company.party(HOLDER), location: to.sgln },
    }),
  );
}

function takeOver(from: Party, to: Party, cases: readonly Case[], at: number): SampleEvent[] {
  return cases.map((box, index) => {
    box.holder = to;
    for (const tin of box.tins) tin.holder = to;
    return objectEvent("OBSERVE", { items: [box.sscc(to)] }, {
      ...{ at: at + index * 60, step: "receiving", disposition: "in_progress", readPoint: to.place, location: to.place },
      transactions: [["recadv", `urn:epcglobal:cbv:bt:${to.gln}:IN-${at}`]],
      from: { owner: from.company.party(HOLDER, to.notation), holder: from.company.party(HOLDER, to.notation) },
      to: { owner: to.id, holder: to.id, location: to.place },
    });
  });
}

/** A case is opened: its tins stand on the shelf. */
function open(shop: Party, cases: readonly Case[], at: number): SampleEvent[] {
  return cases.map((box, index) => {
    for (const tin of box.tins) {
      tin.box = undefined;
      tin.shelvedAt = at;
    }
    return aggregationEvent("DELETE", box.sscc(shop), { items: box.tins.map((tin) => tinId(tin, shop)) }, {
      ...{ at: at + index * 60, step: "unpacking", disposition: "sellable_accessible", readPoint: shop.place, location: shop.place },
    });
  });
}

/** What stands on a shop's shelf at a moment. */
const shelf = (world: World, shop: Party, at: number): Tin[] =>
  world.tins.filter((tin) => tin.holder === shop && tin.box === undefined && !tin.sold && tin.shelvedAt < at - 86_400);

function sale(shop: Party, tins: readonly Tin[], at: number, id?: string): SampleEvent {
  return objectEvent("OBSERVE", { items: tins.map((tin) => tinId(tin, shop)) }, {
    ...{ at, id, step: "retail_selling", disposition: "retail_sold", readPoint: shop.place },
    transactions: [["inv", `urn:epcglobal:cbv:bt:${shop.gln}:TILL-${at}`]],
  });
}

function sell(world: World, shop: Party, index: number): void {
  const { random, story, uuid } = world;
  for (const [week, count] of SALES.entries()) {
    const events: SampleEvent[] = [];
    const first = FIRST_SALE + week * DAYS_OF_WEEK;
    for (let number = 0; number < count; number++) {
      const at = moment(first + Math.min(number, DAYS_OF_WEEK - 1), 10 + number, random.between(0, 59), random.between(0, 59));
      const tins = shelf(world, shop, at);
      const bought = Array.from({ length: random.between(1, 2) }, () => tins.splice(random.between(0, tins.length - 1), 1)).flat();
      for (const tin of bought) {
        tin.sold = true;
        tin.soldAt = at;
      }
      const wrong = week === 1 && index === 2 && number === 3 ? tins[0] : undefined;
      if (wrong === undefined) {
        events.push(sale(shop, bought, at));
        continue;
      }
      // The till read the neighbour's code: the sale is declared wrong and written again.
      const mistake = sale(shop, [wrong], at, uuid());
      const right = sale(shop, bought, at + 1, uuid());
      const corrective = [String(right.eventID)];
      events.push(mistake, declaration(mistake, { at: at + 240, reason: "incorrect_data", corrective }), right);
    }
    if (week === 1 && index === 1) events.push(...bringBack(world, shop, moment(first + 6, 19)));
    story.capture(moment(first + DAYS_OF_WEEK - 1, 21, index), shop.name, `${shop.name}-sales-${week + 1}`, events);
  }
}

/** A tin that was sold comes back unopened, is looked at and put on the shelf again. */
function bringBack(world: World, shop: Party, at: number): SampleEvent[] {
  const tin = world.tins.find((one) => one.holder === shop && one.sold && one.soldAt < at);
  if (tin === undefined) throw new RangeError(`${shop.name} sold nothing yet`);
  tin.sold = false;
  const items = [tinId(tin, shop)];
  const place = { readPoint: shop.place, location: shop.place };
  return [
    objectEvent("OBSERVE", { items }, { at, step: "receiving", disposition: "returned", ...place }),
    objectEvent("OBSERVE", { items }, { at: at + 600, step: "inspecting", disposition: "sellable_accessible", ...place }),
  ];
}

/** A dealer buys tins from the first shop and sells some of them on. */
function deal(world: World): void {
  const [shop] = shops;
  if (shop === undefined) throw new RangeError("There are shops");
  const tins = shelf(world, shop, moment(DEAL.day, 0)).slice(0, DEAL.tins);
  const at = moment(DEAL.day, 12);
  const order = [["po", `urn:epcglobal:cbv:bt:${dealer.gln}:GIFTS-1`]] as const;
  world.story.capture(moment(DEAL.day, 20), shop.name, "shop-1-deal", [
    objectEvent("OBSERVE", { items: tins.map((tin) => tinId(tin, shop)) }, {
      ...{ at, step: "shipping", disposition: "in_transit", readPoint: shop.place, transactions: order },
      from: { owner: shop.id, holder: shop.id },
      to: { owner: dealer.id, holder: dealer.id, location: dealer.place },
    }),
  ]);
  for (const tin of tins) tin.holder = dealer;
  const sold = tins.slice(0, DEAL.sold);
  for (const tin of sold) tin.sold = true;
  world.story.capture(moment(DEAL.day + 2, 20), dealer.name, "dealer-deal", [
    objectEvent("OBSERVE", { items: tins.map((tin) => tinId(tin, dealer)) }, {
      ...{ at: at + 86_400, step: "receiving", disposition: "sellable_accessible", readPoint: dealer.place, location: dealer.place },
      transactions: order,
      from: { owner: shop.id, holder: shop.id },
      to: { owner: dealer.id, holder: dealer.id },
    }),
    ...sold.map((tin, index) => sale(dealer, [tin], at + 2 * 86_400 + index * 600)),
  ]);
}

/** The second factory sells tea by weight at its own counter. */
function sellLoose(world: World): void {
  const factory = factories[1];
  const stock = world.finished.get(factory?.name ?? "")?.[0];
  if (factory === undefined || stock === undefined) throw new RangeError("There are two factories");
  const events = [150, 50, 100].map((amount, index) => {
    stock.left -= amount;
    return objectEvent("OBSERVE", { amounts: [{ lot: finished.lot(stock.lot, factory), quantity: kilograms(amount), unit: "KGM" }] }, {
      ...{ at: moment(36 + index, 15, 10 * index), step: "retail_selling", disposition: "retail_sold", readPoint: factory.place },
    });
  });
  world.story.capture(moment(38, 20), factory.name, "factory-2-counter", events);
}
