import type { Language, Text } from "@banyan/app-common/app";
import { drawShares, formatInstant, renderTable } from "@banyan/app-common/app";
import type { StoryResult } from "@banyan/app-common/story";
import type { PlayFigures } from "./figures.ts";

const WORDS = {
  lotsOf: { en: "By lot", zh: "按批次" },
  itemsOf: { en: "Item by item", zh: "按单品" },
  title: { en: "product", zh: "产品" },
  gtin: { en: "GTIN", zh: "商品条码" },
  picture: { en: "█ sold or used  ░ left  ▒ destroyed", zh: "█ 已售或投入  ░ 现存  ▒ 已销毁" },
  unit: { en: "unit", zh: "单位" },
  lots: { en: "lots", zh: "批次" },
  created: { en: "made", zh: "产出" },
  live: { en: "left", zh: "现存" },
  sold: { en: "sold", zh: "已售" },
  consumed: { en: "used", zh: "已投入" },
  destroyed: { en: "destroyed", zh: "已销毁" },
  items: { en: "coded", zh: "赋码" },
  itemsActive: { en: "left", zh: "现存" },
  itemsSold: { en: "sold", zh: "已售" },
  itemsDestroyed: { en: "destroyed", zh: "已销毁" },
  recalls: { en: "Recalls", zh: "召回" },
  recall: { en: "recall", zh: "召回" },
  status: { en: "status", zh: "状态" },
  marked: { en: "marked", zh: "已标记" },
  distributed: { en: "distributed", zh: "已流通" },
  returned: { en: "returned", zh: "已收回" },
  writtenOff: { en: "written off", zh: "无法收回" },
  legs: { en: "Cold chain", zh: "冷链" },
  class: { en: "class", zh: "类别" },
  verdict: { en: "verdict", zh: "结论" },
  count: { en: "legs", zh: "段数" },
  which: { en: "which", zh: "哪些" },
  max: { en: "warmest", zh: "最高温" },
  books: { en: "Books that must balance", zh: "必须平衡的账" },
  of: { en: "of", zh: "对象" },
  book: { en: "book", zh: "账" },
  left: { en: "left side", zh: "左方" },
  right: { en: "right side", zh: "右方" },
  holds: { en: "holds", zh: "平衡" },
} as const satisfies Readonly<Record<string, Text>>;

/** States, classes and verdicts as people say them. */
const TERMS: Readonly<Record<string, Text>> = {
  OPEN: { en: "open", zh: "进行中" },
  CLOSED: { en: "closed", zh: "已结束" },
  WITHDRAWN: { en: "withdrawn", zh: "已撤回" },
  PLANNED: { en: "planned", zh: "已计划" },
  RUNNING: { en: "under way", zh: "进行中" },
  RECEIVED: { en: "received", zh: "已收货" },
  REFUSED: { en: "refused", zh: "已拒收" },
  VOIDED: { en: "voided", zh: "已作废" },
  CHILLED: { en: "chilled", zh: "冷藏" },
  FROZEN: { en: "frozen", zh: "冷冻" },
  COLD_MEDICINE: { en: "cold medicine", zh: "冷藏药品" },
  ULTRA_COLD: { en: "ultra-cold", zh: "超低温" },
  VACCINE: { en: "vaccine", zh: "疫苗" },
  NONE: { en: "none", zh: "无" },
  CONFORMANT: { en: "conformant", zh: "合格" },
  EXCURSION: { en: "excursion", zh: "偏离" },
  REFUSE: { en: "refuse", zh: "应拒收" },
};

const PIECES: Text = { en: "pieces", zh: "件" };
/** Characters of a bar. */
const BAR = 24;

/** Draws the figures of a play for a terminal. */
export function drawReport(figures: PlayFigures, result: StoryResult, seconds: number, language: Language): string {
  const word = (key: keyof typeof WORDS): string => WORDS[key][language];
  const term = (key: string): string => TERMS[key]?.[language] ?? key;
  const left = (key: keyof typeof WORDS) => ({ heading: word(key) });
  const right = (key: keyof typeof WORDS) => ({ heading: word(key), align: "right" as const });
  const { products, recalls, legs, books } = figures;
  const amounts = ["created", "live", "sold", "consumed", "destroyed"] as const;
  const counts = ["items", "itemsActive", "itemsSold", "itemsDestroyed"] as const;
  const [byLot, byItem] = [products.filter(({ lots }) => lots > 0), products.filter(({ items }) => items > 0)];
  const titleOf = (gtin: string): string => products.find((sheet) => sheet.gtin === gtin)?.title || gtin;
  const unitOf = (unit: string): string => (unit === "" ? PIECES[language] : unit);
  const parts: string[] = [];
  if (byLot.length > 0) {
    parts.push(
      heading(word("lotsOf")),
      renderTable(
        [left("title"), left("gtin"), left("unit"), right("lots"), ...amounts.map(right), left("picture")],
        byLot.map((sheet) => [
          ...[sheet.title, sheet.gtin, unitOf(sheet.unit), String(sheet.lots)],
          ...amounts.map((key) => sheet[key]),
          picture(Number(sheet.sold) + Number(sheet.consumed), Number(sheet.live), Number(sheet.destroyed)),
        ]),
      ),
    );
  }
  if (byItem.length > 0) {
    parts.push(
      heading(word("itemsOf")),
      renderTable(
        [left("title"), left("gtin"), ...counts.map(right), left("picture")],
        byItem.map((sheet) => [
          ...[sheet.title, sheet.gtin],
          ...counts.map((key) => String(sheet[key])),
          picture(sheet.itemsSold, sheet.itemsActive, sheet.itemsDestroyed),
        ]),
      ),
    );
  }
  if (recalls.length > 0) {
    const sums = ["distributed", "returned", "destroyed", "writtenOff"] as const;
    parts.push(
      heading(word("recalls")),
      renderTable(
        [left("recall"), left("status"), right("marked"), left("unit"), ...sums.map(right)],
        recalls.map((sheet) => [
          ...[sheet.recall, term(sheet.status), String(sheet.marked), unitOf(sheet.unit)],
          ...sums.map((key) => sheet[key]),
        ]),
      ),
    );
  }
  if (legs.length > 0) {
    parts.push(
      heading(word("legs")),
      renderTable(
        [left("class"), left("status"), left("verdict"), right("count"), right("max"), left("which")],
        legRows(legs, term),
      ),
    );
  }
  parts.push(
    heading(word("books")),
    renderTable(
      [left("of"), left("book"), right("left"), right("right"), left("holds")],
      books.map(({ of, book, left, right, holds }) => [titleOf(of), book[language], left, right, holds ? "✓" : "✗"]),
    ),
    closing(figures, result, seconds, language),
  );
  return parts.join("\n");
}

/** The figures of a play for programs: amounts as decimal strings. */
export function reportJson(figures: PlayFigures, result: StoryResult, seconds: number): unknown {
  return {
    ok: figures.books.every(({ holds }) => holds),
    ...figures,
    events: { applied: result.applied, resumed: result.resumed, counts: result.counts },
    endedAt: formatInstant(result.endedAt),
    seconds: Number(seconds.toFixed(3)),
    eventsPerSecond: Math.round(figures.captured / seconds),
  };
}

const heading = (text: string): string => `\n${text}`;

const picture = (gone: number, left: number, destroyed: number): string =>
  drawShares(
    [
      { mark: "█", amount: gone },
      { mark: "░", amount: left },
      { mark: "▒", amount: destroyed },
    ],
    BAR,
  );

/** Legs that went alike are one row. */
function legRows(legs: PlayFigures["legs"], term: (key: string) => string): string[][] {
  const rows = new Map<string, { readonly words: readonly string[]; readonly names: string[]; max: number }>();
  for (const leg of legs) {
    const words = [leg.class, leg.status, leg.verdict];
    const row = rows.get(words.join()) ?? { words, names: [], max: Number.NEGATIVE_INFINITY };
    row.names.push(leg.leg);
    row.max = Math.max(row.max, Number(leg.max));
    rows.set(words.join(), row);
  }
  return [...rows.values()].map(({ words, names, max }) => [
    ...[...words.map(term), String(names.length), `${max.toFixed(1)} °C`],
    // What went as it should need not be named.
    words.includes("CONFORMANT") ? "" : names.join(", "),
  ]);
}

function closing(
  { captured, declared }: PlayFigures,
  { applied, resumed }: StoryResult,
  seconds: number,
  language: Language,
): string {
  const time = seconds.toFixed(1);
  return language === "en"
    ? `\n${captured} EPCIS events on the chain, ${declared} of them declared erroneous; ${applied} lines in ${time} s${resumed > 0 ? `; ${resumed} had been applied before` : ""}`
    : `\n链上 ${captured} 个 EPCIS 事件，其中 ${declared} 个被声明有误；执行 ${applied} 行，用时 ${time} 秒${resumed > 0 ? `；此前已执行 ${resumed} 行` : ""}`;
}
