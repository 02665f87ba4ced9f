import { document, instant, name, parseEnum } from "@banyan/app-common/story";
import { stringToHex } from "viem";
import { z } from "zod";
import { RecallLevel, RecallStatus } from "../../client/index.ts";
import { identify, KeyKind, objectUri, unpackObjectId } from "../../epcis/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { amount, code, plainAmount } from "../fields.ts";
import type { Play } from "../play-context.ts";
import { compare } from "./expectations.ts";

/** The most objects of one page. */
const PAGE = 100n;

const recall = name;
const opening = z.strictObject({
  recall,
  by: name,
  level: parseEnum(RecallLevel),
  labelOnly: z.boolean().default(false),
  known: instant,
  objects: z.array(code).min(1).max(10),
  reason: document,
});

const idOf = (play: Play, ref: string): number => Number(play.names.id("recall", ref));
const partyOf = (play: Play, ref: string): string => play.names.fact("recall", ref, "owner");

/** Recalls: opened or ordered, marked downstream, noticed, accounted for, closed. */
export const recallEvents: readonly EventKind[] = [
  defineEvent(
    "openRecall",
    {
      en: "A brand owner or producer opens a recall of lots, items or containers.",
      zh: "品牌所有者或生产者对批次、单品或容器启动召回。",
    },
    opening,
    (play, event) => open(play, event, false),
  ),
  defineEvent(
    "orderRecall",
    { en: "The regulator orders a party to recall.", zh: "监管部门责令参与方召回。" },
    opening,
    (play, event) => open(play, event, true),
  ),
  defineEvent(
    "advanceRecall",
    {
      en: "Anybody marks on, page by page, each of `limit` steps of work: until nothing waits, or so many pages.",
      zh: "任何人按页推进标记，每页 `limit` 步：直至无待处理项，或达到指定页数。",
    },
    z.strictObject({
      recall,
      limit: z.number().int().min(1).max(50).default(50),
      pages: z.number().int().min(1).max(10_000).default(10_000),
    }),
    async (play, event) => {
      const { marks } = play.contracts;
      for (let page = 0; page < event.pages; page++) {
        const { complete } = await marks.read.progressOf({ recall: idOf(play, event.recall) });
        if (complete) return;
        const args = { recall: idOf(play, event.recall), limit: BigInt(event.limit) };
        await marks.writeAndWait.advance(args, await play.as("platform"));
      }
    },
  ),
  defineEvent(
    "publishNotice",
    { en: "The party that recalls publishes its notice.", zh: "召回方发布召回公告。" },
    z.strictObject({ recall, notice: document }),
    async (play, event) => {
      await play.contracts.recalls.writeAndWait.publishNotice(
        { recall: idOf(play, event.recall), notice: play.digest(event.notice) },
        await play.asAgent(partyOf(play, event.recall)),
      );
    },
  ),
  defineEvent(
    "announceDestruction",
    { en: "The party that recalls announces time and place of a destruction.", zh: "召回方预告销毁的时间和地点。" },
    z.strictObject({ recall, at: instant, announcement: document }),
    async (play, event) => {
      await play.contracts.recalls.writeAndWait.announceDestruction(
        { recall: idOf(play, event.recall), at: event.at, announcement: play.digest(event.announcement) },
        await play.asAgent(partyOf(play, event.recall)),
      );
    },
  ),
  defineEvent(
    "writeOff",
    {
      en: "The party that recalls says of sold items, or of a lot's amount, that they cannot be had back.",
      zh: "召回方声明已售单品或某批次的数量无法收回。",
    },
    z.strictObject({ recall, objects: z.array(code).min(1).max(500), amount: amount.default("1"), reason: document }),
    async (play, event) => {
      const sender = await play.asAgent(partyOf(play, event.recall));
      const reason = play.digest(event.reason);
      for (const object of event.objects) {
        const args = { recall: idOf(play, event.recall), object, amount: event.amount, reason };
        await play.contracts.marks.writeAndWait.writeOff(args, sender);
      }
    },
  ),
  defineEvent(
    "closeRecall",
    { en: "The party that recalls closes a recall whose books balance.", zh: "账目平衡后召回方结束召回。" },
    z.strictObject({ recall, report: document }),
    async (play, event) => {
      await play.contracts.recalls.writeAndWait.close(
        { recall: idOf(play, event.recall), report_: play.digest(event.report) },
        await play.asAgent(partyOf(play, event.recall)),
      );
    },
  ),
  defineEvent(
    "expectRecall",
    {
      en: "Compares a recall with what must be; `reached` names a file with every code that it must reach, and no other.",
      zh: "核对召回与预期结果；`reached` 指向列出应且仅应触及的全部编码的文件。",
    },
    z.strictObject({
      recall,
      status: parseEnum(RecallStatus).optional(),
      late: z.boolean().optional(),
      reached: z.string().min(1).optional(),
      books: z
        .array(
          z.strictObject({
            unit: z.string().default(""),
            distributed: z.string(),
            returned: z.string().default("0"),
            destroyed: z.string().default("0"),
            writtenOff: z.string().default("0"),
          }),
        )
        .optional(),
    }),
    async (play, event) => {
      const id = idOf(play, event.recall);
      const { recalls, marks } = play.contracts;
      const [{ status }, overdue] = [
        await recalls.read.recallOf({ recall: id }),
        await recalls.read.overdueOf({ recall: id }),
      ];
      const late = Object.values(overdue).some((duty) => duty === true);
      compare(`recall ${event.recall}`, { status: event.status, late: event.late }, { status, late });
      if (event.reached !== undefined) await compareReach(play, event.recall, event.reached);
      if (event.books === undefined) return;
      const { units, books } = await marks.read.booksOf({ recall: id });
      for (const { unit, ...expected } of event.books) {
        const book = books[units.indexOf(stringToHex(unit, { size: 3 }))];
        const found = Object.fromEntries(Object.entries(book ?? {}).map(([key, value]) => [key, plainAmount(value)]));
        compare(`recall ${event.recall}, ${unit === "" ? "pieces" : unit}`, expected, found);
      }
    },
  ),
];

async function open(play: Play, event: z.output<typeof opening>, ordered: boolean): Promise<void> {
  play.names.requireFree("recall", event.recall);
  const { recalls } = play.contracts;
  const args = {
    order: {
      by: play.party(event.by),
      level: event.level,
      labelOnly: event.labelOnly,
      knownAt: event.known,
      reason: play.digest(event.reason),
    },
    roots: event.objects,
  };
  const outcome = ordered
    ? await recalls.writeAndWait.orderRecall(args, await play.as("regulator"))
    : await recalls.writeAndWait.open(args, await play.asAgent(event.by));
  const opened = outcome.event("RecallOpened");
  play.names.define("recall", event.recall, BigInt(opened.args.recall), { owner: event.by });
}

/** Compares what a recall reached with a list of codes: nothing may be missing, nothing too much. */
async function compareReach(play: Play, ref: string, path: string): Promise<void> {
  const expected = new Set(
    play
      .read(path)
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => identify(line)),
  );
  const reached = await reachedBy(play, idOf(play, ref));
  const missing = [...expected].filter((object) => !reached.has(object));
  const extra = [...reached].filter((object) => !expected.has(object));
  const [first = "", second = ""] = [missing[0], extra[0]].map((object) => object && objectUri(object));
  compare(
    `recall ${ref}`,
    { missing: "0 ", "too many": "0 " },
    { missing: `${missing.length} ${first}`, "too many": `${extra.length} ${second}` },
  );
}

/** Every object that a recall reached, transformations left out. */
export async function reachedBy(play: Play, recall: number): Promise<ReadonlySet<`0x${string}`>> {
  const found = new Set<`0x${string}`>();
  let offset = 0n;
  do {
    const { objects, next } = await play.contracts.marks.read.reachedBy({ recall, offset, limit: PAGE });
    for (const object of objects) {
      if (unpackObjectId(object).kind !== KeyKind.TRANSFORMATION) found.add(object);
    }
    offset = next;
  } while (offset > 0n);
  return found;
}
