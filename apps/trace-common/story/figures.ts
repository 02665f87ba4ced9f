import type { Text } from "@banyan/app-common/app";
import { wordOf } from "@banyan/app-common/story";
import type { Hex } from "viem";
import { ColdClass, LegStatus, ObjectStatus, RecallStatus, Verdict } from "../client/index.ts";
import type { TraceContracts } from "../deploy/index.ts";
import { fromUnit, KeyKind, unpackObjectId } from "../epcis/index.ts";
import { plainAmount } from "./fields.ts";
import type { NameBook } from "./names.ts";

/** A product at the end: amounts of its lots in its unit, and its items by what became of them. */
export interface ProductSheet {
  readonly gtin: string;
  /** What the story calls it; empty where it does not file it. */
  readonly title: string;
  readonly unit: string;
  readonly lots: number;
  readonly created: string;
  readonly live: string;
  readonly sold: string;
  readonly consumed: string;
  readonly destroyed: string;
  readonly items: number;
  readonly itemsActive: number;
  readonly itemsSold: number;
  readonly itemsDestroyed: number;
}

/** A recall at the end, in one unit. */
export interface RecallSheet {
  readonly recall: string;
  readonly status: string;
  readonly marked: number;
  readonly unit: string;
  readonly distributed: string;
  readonly returned: string;
  readonly destroyed: string;
  readonly writtenOff: string;
}

/** A leg of the cold chain at the end. */
export interface LegSheet {
  readonly leg: string;
  readonly class: string;
  readonly status: string;
  readonly verdict: string;
  /** Degrees Celsius. */
  readonly max: string;
}

/** Two sums that must agree. */
export interface Balance {
  readonly of: string;
  readonly book: Text;
  readonly left: string;
  readonly right: string;
  readonly holds: boolean;
}

/** What a play shows at its end. */
export interface PlayFigures {
  /** EPCIS events that were captured, and how many of them were declared erroneous. */
  readonly captured: number;
  readonly declared: number;
  readonly products: readonly ProductSheet[];
  readonly recalls: readonly RecallSheet[];
  readonly legs: readonly LegSheet[];
  readonly books: readonly Balance[];
}

const BOOKS = {
  lots: { en: "made = left + sold + used + destroyed", zh: "产出 = 现存 + 已售 + 已投入 + 已销毁" },
  items: { en: "coded = left + sold + destroyed", zh: "赋码 = 现存 + 已售 + 已销毁" },
  recall: {
    en: "distributed = returned + destroyed + written off",
    zh: "已流通 = 已收回 + 已销毁 + 无法收回",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** Questions that are under way at once. */
const AT_ONCE = 64;
const HUNDREDTHS = 100;

interface Sums {
  unit: string;
  lots: number;
  created: bigint;
  live: bigint;
  sold: bigint;
  consumed: bigint;
  destroyed: bigint;
  readonly items: Map<number, number>;
}

/** Reads what the chain says at the end of a play. */
export async function readFigures(contracts: TraceContracts, names: NameBook): Promise<PlayFigures> {
  const { repository, state } = contracts;
  const captured = await repository.events.EventCaptured.get();
  const declared = await repository.events.ErrorDeclared.get();
  const lots = new Set<Hex>();
  const items = new Set<Hex>();
  for (const { args } of captured) {
    const { objects, outputs, quantities, outputQuantities } = args.captured;
    for (const { object } of [...quantities, ...outputQuantities]) lots.add(object);
    for (const object of [...objects, ...outputs]) items.add(object);
  }

  const sums = new Map<string, Sums>();
  const of = (gtin: string): Sums => {
    const known = sums.get(gtin) ?? {
      ...{ unit: "", lots: 0, created: 0n, live: 0n, sold: 0n, consumed: 0n, destroyed: 0n },
      items: new Map<number, number>(),
    };
    sums.set(gtin, known);
    return known;
  };
  for (const [lot, found] of await askAll([...lots], (lot) => state.read.lotOf({ lot }))) {
    const sum = of(unpackObjectId(lot).number);
    sum.unit = fromUnit(found.unit) ?? "";
    sum.lots += 1;
    for (const key of ["created", "live", "sold", "consumed", "destroyed"] as const) sum[key] += found[key];
  }
  const goods = [...items].filter((object) =>
    ([KeyKind.SGTIN, KeyKind.MEDICINE] as number[]).includes(unpackObjectId(object).kind),
  );
  for (const [item, status] of await askAll(goods, (object) => state.read.statusOf({ object }))) {
    const gtin = (await contracts.products.read.gtinOf({ object: item })).toString().padStart(14, "0");
    const { items: counts } = of(gtin);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  const titles = new Map(names.all("product").map(([gtin]) => [gtin, names.fact("product", gtin, "title")]));
  const products = [...sums]
    .map(([gtin, sum]) => ({ ...productSheet(gtin, sum), title: titles.get(gtin) ?? "" }))
    .sort((a, b) => (a.gtin < b.gtin ? -1 : 1));
  const recalls = await recallSheets(contracts, names);
  return {
    captured: captured.length,
    declared: declared.length,
    products,
    recalls: recalls.map(({ sheet }) => sheet),
    legs: await legSheets(contracts, names),
    books: [...[...sums].flatMap(([gtin, sum]) => booksOf(gtin, sum)), ...recalls.flatMap(({ book }) => book ?? [])],
  };
}

function productSheet(gtin: string, sum: Sums): ProductSheet {
  const count = (status: number): number => sum.items.get(status) ?? 0;
  return {
    ...{ gtin, title: "", unit: sum.unit, lots: sum.lots },
    ...{ created: plainAmount(sum.created), live: plainAmount(sum.live), sold: plainAmount(sum.sold) },
    ...{ consumed: plainAmount(sum.consumed), destroyed: plainAmount(sum.destroyed) },
    items: [...sum.items.values()].reduce((total, number) => total + number, 0),
    itemsActive: count(ObjectStatus.ACTIVE),
    itemsSold: count(ObjectStatus.SOLD),
    itemsDestroyed: count(ObjectStatus.DESTROYED),
  };
}

function booksOf(gtin: string, sum: Sums): Balance[] {
  const { created, live, sold, consumed, destroyed } = sum;
  const sheet = productSheet(gtin, sum);
  const right = live + sold + consumed + destroyed;
  const items = sheet.itemsActive + sheet.itemsSold + sheet.itemsDestroyed;
  const book = (text: Text, a: string, b: string): Balance => ({
    of: gtin,
    book: text,
    left: a,
    right: b,
    holds: a === b,
  });
  return [
    ...(sum.lots === 0 ? [] : [book(BOOKS.lots, plainAmount(created), plainAmount(right))]),
    ...(sheet.items === 0 ? [] : [book(BOOKS.items, String(sheet.items), String(items))]),
  ];
}

async function recallSheets({ recalls, marks }: TraceContracts, names: NameBook) {
  const sheets: { readonly sheet: RecallSheet; readonly book?: Balance }[] = [];
  for (const [recall, id] of names.all("recall")) {
    const { status } = await recalls.read.recallOf({ recall: Number(id) });
    const { marked } = await marks.read.progressOf({ recall: Number(id) });
    const { units, books } = await marks.read.booksOf({ recall: Number(id) });
    for (const [index, unit] of units.entries()) {
      const book = books[index];
      if (book === undefined) continue;
      const { distributed, returned, destroyed, writtenOff, relabelled } = book;
      const sheet: RecallSheet = {
        ...{ recall, status: wordOf(RecallStatus, status), marked: Number(marked), unit: fromUnit(unit) ?? "" },
        ...{ distributed: plainAmount(distributed), returned: plainAmount(returned) },
        ...{ destroyed: plainAmount(destroyed), writtenOff: plainAmount(writtenOff) },
      };
      const right = plainAmount(returned + destroyed + writtenOff + relabelled);
      const closed = status === RecallStatus.CLOSED;
      const balance = {
        of: recall,
        book: BOOKS.recall,
        left: sheet.distributed,
        right,
        holds: sheet.distributed === right,
      };
      // A recall that goes on need not balance yet.
      sheets.push(closed ? { sheet, book: balance } : { sheet });
    }
  }
  return sheets;
}

async function legSheets({ coldChain, coldLog }: TraceContracts, names: NameBook): Promise<LegSheet[]> {
  const sheets: LegSheet[] = [];
  for (const [leg, id] of names.all("leg")) {
    const { class: cold, status } = await coldChain.read.legOf({ leg: Number(id) });
    const verdict = await coldChain.read.verdictOfLeg({ leg: Number(id) });
    const { max } = await coldLog.read.figuresOf({ leg: Number(id) });
    sheets.push({
      ...{ leg, class: wordOf(ColdClass, cold), status: wordOf(LegStatus, status) },
      ...{ verdict: wordOf(Verdict, verdict), max: (max / HUNDREDTHS).toFixed(1) },
    });
  }
  return sheets;
}

/** Asks for each key, many at once. */
async function askAll<key, answer>(
  keys: readonly key[],
  ask: (key: key) => Promise<answer>,
): Promise<(readonly [key, answer])[]> {
  const answers: (readonly [key, answer])[] = [];
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const part = keys.slice(at, at + AT_ONCE);
    answers.push(...(await Promise.all(part.map(async (key) => [key, await ask(key)] as const))));
  }
  return answers;
}
