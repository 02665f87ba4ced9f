import type { Language, Text } from "@banyan/app-common/app";
import { formatInstant, renderTable } from "@banyan/app-common/app";
import type { StoryResult } from "@banyan/app-common/story";
import type { PlayFigures } from "./figures.ts";

const WORDS = {
  products: { en: "Products", zh: "产品" },
  gtin: { en: "GTIN", zh: "商品条码" },
  unit: { en: "unit", zh: "单位" },
  lots: { en: "lots", zh: "批次" },
  created: { en: "created", zh: "产出" },
  live: { en: "live", zh: "现存" },
  sold: { en: "sold", zh: "已售" },
  consumed: { en: "consumed", zh: "已投入" },
  destroyed: { en: "destroyed", zh: "已销毁" },
  items: { en: "items", zh: "单品" },
  itemsActive: { en: "active", zh: "在用" },
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

/** Draws the figures of a play for a terminal. */
export function drawReport(figures: PlayFigures, result: StoryResult, seconds: number, language: Language): string {
  const word = (key: keyof typeof WORDS): string => WORDS[key][language];
  const term = (key: string): string => TERMS[key]?.[language] ?? key;
  const left = (key: keyof typeof WORDS) => ({ heading: word(key) });
  const right = (key: keyof typeof WORDS) => ({ heading: word(key), align: "right" as const });
  const { products, recalls, legs, books } = figures;
  const amounts = ["created", "live", "sold", "consumed", "destroyed"] as const;
  const counts = ["items", "itemsActive", "itemsSold", "itemsDestroyed"] as const;
  const parts = [
    heading(word("products")),
    renderTable(
      [left("gtin"), left("unit"), right("lots"), ...amounts.map(right), ...counts.map(right)],
      products.map((sheet) => [
        ...[sheet.gtin, sheet.unit, String(sheet.lots)],
        ...amounts.map((key) => sheet[key]),
        ...counts.map((key) => String(sheet[key])),
      ]),
    ),
  ];
  if (recalls.length > 0) {
    const sums = ["distributed", "returned", "destroyed", "writtenOff"] as const;
    parts.push(
      heading(word("recalls")),
      renderTable(
        [left("recall"), left("status"), right("marked"), left("unit"), ...sums.map(right)],
        recalls.map((sheet) => [
          ...[sheet.recall, term(sheet.status), String(sheet.marked), sheet.unit],
          ...sums.map((key) => sheet[key]),
        ]),
      ),
    );
  }
  if (legs.length > 0) {
    parts.push(
      heading(word("legs")),
      renderTable([left("class"), left("status"), left("verdict"), right("count"), right("max")], legRows(legs, term)),
    );
  }
  parts.push(
    heading(word("books")),
    renderTable(
      [left("of"), left("book"), right("left"), right("right"), left("holds")],
      books.map(({ of, book, left, right, holds }) => [of, book[language], left, right, holds ? "✓" : "✗"]),
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

/** Legs that went alike are one row. */
function legRows(legs: PlayFigures["legs"], term: (key: string) => string): string[][] {
  const rows = new Map<string, { readonly words: readonly string[]; count: number; max: number }>();
  for (const leg of legs) {
    const words = [leg.class, leg.status, leg.verdict];
    const row = rows.get(words.join()) ?? { words, count: 0, max: Number.NEGATIVE_INFINITY };
    row.count += 1;
    row.max = Math.max(row.max, Number(leg.max));
    rows.set(words.join(), row);
  }
  return [...rows.values()].map(({ words, count, max }) => [...words.map(term), String(count), `${max.toFixed(1)} °C`]);
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
