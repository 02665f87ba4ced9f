import { formatInstant, type Language, renderTable, type Text } from "@banyan/app-common/app";
import type { StoryResult } from "@banyan/app-common/story";
import type { BatterySheet, PlayFigures } from "./figures.ts";

const WORDS = {
  batteries: { en: "Batteries", zh: "电池" },
  battery: { en: "battery", zh: "电池" },
  status: { en: "status", zh: "状态" },
  owner: { en: "owner", zh: "所有者" },
  where: { en: "where", zh: "位置" },
  pledged: { en: "pledged", zh: "质押" },
  batches: { en: "batches", zh: "数据批" },
  moves: { en: "moves", zh: "移动" },
  swaps: { en: "swaps", zh: "换电" },
  cycles: { en: "cycles", zh: "循环" },
  health: { en: "health", zh: "健康度" },
  books: { en: "Books that must balance", zh: "必须平衡的账" },
  book: { en: "book", zh: "账" },
  left: { en: "left side", zh: "左方" },
  right: { en: "right side", zh: "右方" },
  holds: { en: "holds", zh: "平衡" },
  yes: { en: "yes", zh: "是" },
  no: { en: "no", zh: "否" },
  rider: { en: "a rider", zh: "骑手" },
} as const satisfies Readonly<Record<string, Text>>;

const STATUSES: Readonly<Record<string, Text>> = {
  ORIGINAL: { en: "original", zh: "原用途" },
  REPURPOSED: { en: "repurposed", zh: "改作他用" },
  REUSED: { en: "reused", zh: "再使用" },
  REMANUFACTURED: { en: "remanufactured", zh: "再制造" },
  WASTE: { en: "waste", zh: "废旧" },
};

/** Draws the figures of a play for a terminal. */
export function drawReport(figures: PlayFigures, result: StoryResult, seconds: number, language: Language): string {
  const word = (key: keyof typeof WORDS): string => WORDS[key][language];
  const right = (key: keyof typeof WORDS) => ({ heading: word(key), align: "right" as const });
  const left = (key: keyof typeof WORDS) => ({ heading: word(key) });
  const { applied, resumed } = result;
  const rate = Math.round(applied / seconds);
  return [
    `\n${word("batteries")}`,
    renderTable(
      [
        ...[left("battery"), left("status"), left("owner"), left("where"), left("pledged"), right("batches")],
        ...[right("moves"), right("swaps"), right("cycles"), right("health")],
      ],
      figures.batteries.map((sheet) => rowOf(sheet, language)),
    ),
    `\n${word("books")}`,
    renderTable(
      [left("book"), right("left"), right("right"), left("holds")],
      figures.books.map(({ book, left: a, right: b, holds }) => [book[language], `${a}`, `${b}`, holds ? "✓" : "✗"]),
    ),
    language === "en"
      ? `\n${applied} events, ${figures.epcisEvents} EPCIS events on the chain, in ${seconds.toFixed(1)} s: ${rate} events/s${resumed > 0 ? `; ${resumed} had been applied before` : ""}`
      : `\n${applied} 个事件，链上 EPCIS 事件 ${figures.epcisEvents} 个，用时 ${seconds.toFixed(1)} 秒：每秒 ${rate} 个${resumed > 0 ? `；此前已执行 ${resumed} 个` : ""}`,
  ].join("\n");
}

/** The figures of a play for programs. */
export function reportJson(figures: PlayFigures, result: StoryResult, seconds: number): unknown {
  return {
    ok: figures.books.every(({ holds }) => holds),
    batteries: figures.batteries,
    books: figures.books.map((book) => ({ ...book, left: `${book.left}`, right: `${book.right}` })),
    epcisEvents: figures.epcisEvents,
    events: { applied: result.applied, resumed: result.resumed, counts: result.counts },
    endedAt: formatInstant(result.endedAt),
    seconds: Number(seconds.toFixed(3)),
    eventsPerSecond: Math.round(result.applied / seconds),
  };
}

function rowOf(sheet: BatterySheet, language: Language): string[] {
  const { battery, status, owner, where, pledged, batches, moves, swaps, cycles, health, endOfLife } = sheet;
  return [
    ...[battery, STATUSES[status]?.[language] ?? status, owner, where === "rider" ? WORDS.rider[language] : where],
    ...[WORDS[pledged ? "yes" : "no"][language], `${batches}`, `${moves}`, `${swaps}`, (cycles / 100).toFixed(2)],
    health === 0 ? "" : `${(health / 10_000).toFixed(1)} %${endOfLife ? " !" : ""}`,
  ];
}
