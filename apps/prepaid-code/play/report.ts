import type { Language, Text } from "@banyan/app-common/app";
import { formatInstant, formatYuan, plainYuan, renderTable } from "@banyan/app-common/app";
import type { StoryResult } from "@banyan/app-common/story";
import type { Balances, MerchantSheet, PlayFigures, RefundsByCause } from "./figures.ts";

const WORDS = {
  merchants: { en: "Merchants", zh: "商户" },
  merchant: { en: "merchant", zh: "商户" },
  status: { en: "status", zh: "状态" },
  balance: { en: "balance", zh: "预收余额" },
  custody: { en: "custody", zh: "存管" },
  cover: { en: "cover", zh: "保障" },
  required: { en: "required", zh: "应存" },
  colour: { en: "colour", zh: "码色" },
  compliant: { en: "compliant", zh: "合规" },
  refunds: { en: "Refunds by cause", zh: "按事由退款" },
  cause: { en: "cause", zh: "事由" },
  count: { en: "count", zh: "笔数" },
  principal: { en: "principal", zh: "本金" },
  interest: { en: "interest", zh: "利息" },
  fromCustody: { en: "from custody", zh: "存管支付" },
  fromMerchant: { en: "from merchant", zh: "商户支付" },
  owed: { en: "owed", zh: "尚欠" },
  books: { en: "Books that must balance", zh: "必须平衡的账" },
  book: { en: "book", zh: "账" },
  left: { en: "left side", zh: "左方" },
  right: { en: "right side", zh: "右方" },
  holds: { en: "holds", zh: "平衡" },
  yes: { en: "yes", zh: "是" },
  no: { en: "no", zh: "否" },
} as const satisfies Readonly<Record<string, Text>>;

const COLOURS: Readonly<Record<string, Text>> = {
  GREY: { en: "grey", zh: "灰" },
  RED: { en: "red", zh: "红" },
  YELLOW: { en: "yellow", zh: "黄" },
  GREEN: { en: "green", zh: "绿" },
};

const STATUSES: Readonly<Record<string, Text>> = {
  FILED: { en: "filed", zh: "已备案" },
  LINKED: { en: "linked", zh: "已对接" },
  CLOSING: { en: "closing", zh: "停业公告" },
  EXITING: { en: "exiting", zh: "退出中" },
  DEFAULTED: { en: "defaulted", zh: "违约" },
  EXITED: { en: "exited", zh: "已退出" },
};

const CAUSES: Readonly<Record<string, Text>> = {
  COOLING_OFF: { en: "cooling off", zh: "七日无理由" },
  OPERATOR: { en: "operator's cause", zh: "经营者原因" },
  CONSUMER: { en: "consumer's cause", zh: "消费者原因" },
  NEUTRAL: { en: "neither's cause", zh: "不可归责" },
  MINOR: { en: "payment of a minor", zh: "未成年人" },
  RESIDUE: { en: "residue", zh: "余额过小" },
  DEFAULT: { en: "claims after default", zh: "违约受偿" },
};

/** Draws the figures of a play for a terminal. */
export function drawReport(figures: PlayFigures, result: StoryResult, seconds: number, language: Language): string {
  const word = (key: keyof typeof WORDS): string => WORDS[key][language];
  const right = (key: keyof typeof WORDS) => ({ heading: word(key), align: "right" as const });
  const left = (key: keyof typeof WORDS) => ({ heading: word(key) });
  return [
    heading(word("merchants")),
    renderTable(
      [
        left("merchant"),
        left("status"),
        right("balance"),
        right("custody"),
        right("cover"),
        right("required"),
        left("colour"),
        left("compliant"),
      ],
      figures.merchants.map((sheet) => merchantRow(sheet, language)),
    ),
    heading(word("refunds")),
    renderTable(
      [
        left("cause"),
        right("count"),
        right("principal"),
        right("interest"),
        right("fromCustody"),
        right("fromMerchant"),
        right("owed"),
      ],
      figures.refunds.map((row) => refundRow(row, language)),
    ),
    heading(word("books")),
    renderTable(
      [left("merchant"), left("book"), right("left"), right("right"), left("holds")],
      figures.books.map((book) => bookRow(book, language)),
    ),
    closing(result, seconds, language),
  ].join("\n");
}

/** The figures of a play for programs: amounts in yuan as decimal strings. */
export function reportJson(figures: PlayFigures, result: StoryResult, seconds: number): unknown {
  return {
    ok: figures.books.every(({ holds }) => holds),
    ...figures,
    merchants: figures.merchants.map(yuan),
    refunds: figures.refunds.map(yuan),
    books: figures.books.map(yuan),
    events: { applied: result.applied, resumed: result.resumed, counts: result.counts },
    endedAt: formatInstant(result.endedAt),
    seconds: Number(seconds.toFixed(3)),
    eventsPerSecond: Math.round(result.applied / seconds),
  };
}

const heading = (text: string): string => `\n${text}`;

function merchantRow(sheet: MerchantSheet, language: Language): string[] {
  const { name, status, balance, custody, cover, required, colour, compliant } = sheet;
  return [
    name,
    STATUSES[status]?.[language] ?? status,
    ...[balance, custody, cover, required].map(formatYuan),
    COLOURS[colour]?.[language] ?? colour,
    WORDS[compliant ? "yes" : "no"][language],
  ];
}

function refundRow({ cause, count, ...amounts }: RefundsByCause, language: Language): string[] {
  const { principal, interest, fromCustody, fromMerchant, owed } = amounts;
  return [
    CAUSES[cause]?.[language] ?? cause,
    String(count),
    ...[principal, interest, fromCustody, fromMerchant, owed].map(formatYuan),
  ];
}

function bookRow({ merchant, book, left, right, holds }: Balances, language: Language): string[] {
  return [merchant, book[language], formatYuan(left), formatYuan(right), holds ? "✓" : "✗"];
}

function closing({ applied, resumed }: StoryResult, seconds: number, language: Language): string {
  const rate = Math.round(applied / seconds);
  return language === "en"
    ? `\n${applied} events in ${seconds.toFixed(1)} s: ${rate} events/s${resumed > 0 ? `; ${resumed} had been applied before` : ""}`
    : `\n${applied} 个事件，用时 ${seconds.toFixed(1)} 秒：每秒 ${rate} 个${resumed > 0 ? `；此前已执行 ${resumed} 个` : ""}`;
}

function yuan(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === "bigint" ? plainYuan(value) : value]),
  );
}
