import { createHash } from "node:crypto";
import { formatInstant, parseInstant } from "../app/dates.ts";
import { type JsonLine, readJsonLines } from "../app/json-lines.ts";
import type { Language, Text } from "../app/language.ts";
import type { Progress } from "../app/progress.ts";
import { BanyanError } from "../errors.ts";
import type { AppliedEvent, Journal, Names } from "./journal.ts";
import type { StoryFiles } from "./story-files.ts";

/** A line of a story, its envelope read. */
export interface StoryEvent {
  /** When it happens, in seconds. */
  readonly at: bigint;
  /** What happens. */
  readonly kind: string;
  readonly line: JsonLine;
}

/** What a story is played on. */
export interface Stage {
  /** Applies one event and gives the names it made. Throws a `BanyanError` with a cure when it cannot. */
  apply(event: StoryEvent): Promise<Names>;
  /** Takes over names that an earlier run made. */
  restore(names: Names): void;
  /** Makes the chain's next block carry this time, in seconds. */
  setTime(at: bigint): Promise<void>;
  /** Told which line the next transactions belong to. */
  enter(line: number): void;
}

/** How a story is played. */
export interface StoryOptions {
  /** The file's text. */
  readonly content: string;
  /** The file's name as the user wrote it. */
  readonly name: string;
  /** The value of `format` that the first line must carry. */
  readonly format: string;
  readonly stage: Stage;
  /** The files beside the story. */
  readonly files: StoryFiles;
  /** Remembers what was applied; left out where the chain ends with the process. */
  readonly journal: Journal | undefined;
  readonly progress: Progress;
  readonly language: Language;
  /** Ends the story after the event under way; the next run goes on there. */
  readonly signal?: AbortSignal | undefined;
}

/** How a story went. */
export interface StoryResult {
  /** Events applied in this run. */
  readonly applied: number;
  /** Events that an earlier run had applied. */
  readonly resumed: number;
  /** Events of the whole story by kind. */
  readonly counts: Readonly<Record<string, number>>;
  /** The last event's time, in seconds. */
  readonly endedAt: bigint;
}

const LINE: Text = { en: "line", zh: "行" };
const RESUMED: Text = { en: "going on after line", zh: "从此行之后继续：" };

/**
 * Plays a story line by line. The first line that cannot be applied ends it: what was applied before stays applied, and the next run goes on at that line.
 *
 * @param options - the story, the stage and the journal
 * @throws BanyanError with the file, the line, the reason and the cure
 */
export async function playStory(options: StoryOptions): Promise<StoryResult> {
  const { content, name, stage, files, journal, progress, language, signal } = options;
  const before = new Map(journal?.state.applied.map((event) => [event.line, event]));
  const lastBefore = journal?.state.applied.at(-1)?.line ?? 0;
  const counts: Record<string, number> = {};
  let applied = 0;
  let resumed = 0;
  let last: bigint | undefined;

  for (const line of readJsonLines(content, name)) {
    const place = `${name}:${line.number}`;
    const event = await located(place, async () => readEnvelope(line, options.format, last));
    const digest = createHash("sha256").update(line.text).digest("hex");
    const known = before.get(line.number);
    if (known !== undefined) {
      if (known.digest !== digest) throw changed(place);
      requireSameFiles(known, files, place);
      stage.restore(known.names);
      resumed += 1;
    } else {
      if (line.number < lastBefore) throw changed(place);
      if (signal?.aborted === true) throw interrupted(place);
      if (applied === 0 && resumed > 0) progress.say(`${RESUMED[language]} ${line.number - 1}`);
      if (event.at !== last) await stage.setTime(event.at);
      stage.enter(line.number);
      files.taken();
      const names = await located(place, () => stage.apply(event));
      const read = files.taken();
      journal?.applied({ line: line.number, digest, ...(Object.keys(read).length > 0 && { files: read }), names });
      applied += 1;
    }
    last = event.at;
    counts[event.kind] = (counts[event.kind] ?? 0) + 1;
    progress.at(applied + resumed, `${formatInstant(event.at).slice(0, 16)}  ${LINE[language]} ${line.number}`);
  }
  progress.end();
  if (last === undefined) {
    throw empty(name, options.format);
  }
  if (resumed < before.size) throw changed(`${name}:${lastBefore}`);
  return { applied, resumed, counts, endedAt: last };
}

function readEnvelope(line: JsonLine, format: string, last: bigint | undefined): StoryEvent {
  const { date, event: kind } = line.value;
  if (typeof kind !== "string")
    throw new BanyanError(
      "EVENT_KIND_MISSING",
      { en: 'the line has no "event"', zh: '该行缺少 "event"' },
      { cure: { en: 'Write "event":"…".', zh: '请写上 "event":"…"。' } },
    );
  if (last === undefined && (kind !== "open" || line.value.format !== format)) {
    throw new BanyanError(
      "STORY_FORMAT_UNKNOWN",
      {
        en: `the first line does not open a story of format ${format}`,
        zh: `首行没有开启格式为 ${format} 的业务文件`,
      },
      {
        cure: beginWith(format),
      },
    );
  }
  if (typeof date !== "string")
    throw new BanyanError(
      "EVENT_DATE_MISSING",
      { en: 'the line has no "date"', zh: '该行缺少 "date"' },
      {
        cure: {
          en: 'Write "date":"2026-03-01T08:00:00+08:00".',
          zh: '请写上日期，例如 "date":"2026-03-01T08:00:00+08:00"。',
        },
      },
    );
  const at = parseInstant(date);
  if (last !== undefined && at < last) {
    throw new BanyanError(
      "EVENT_DATE_BACKWARDS",
      {
        en: `${date} lies before the line above (${formatInstant(last)})`,
        zh: `${date} 早于上一行的时间（${formatInstant(last)}）`,
      },
      {
        cure: { en: "Put the lines in the order of their dates.", zh: "请按日期先后排列各行。" },
      },
    );
  }
  return { at, kind, line };
}

/** Puts the place in front of what went wrong. */
async function located<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof BanyanError ? error.at(place) : error;
  }
}

/**
 * When a story opens.
 *
 * @param content - the file's text
 * @param name - the file's name as the user wrote it
 * @param format - the value of `format` that the first line must carry
 * @returns the first line's date, in seconds
 * @throws BanyanError for a file without lines, or a first line that does not open a story
 */
export function openingOf({ content, name, format }: Pick<StoryOptions, "content" | "name" | "format">): bigint {
  const [line] = readJsonLines(content, name);
  if (line === undefined) throw empty(name, format);
  try {
    return readEnvelope(line, format, undefined).at;
  } catch (error) {
    throw error instanceof BanyanError ? error.at(`${name}:${line.number}`) : error;
  }
}

function empty(name: string, format: string): BanyanError {
  return new BanyanError(
    "STORY_EMPTY",
    { en: `${name} holds no event`, zh: `${name} 中没有任何事件` },
    { cure: beginWith(format) },
  );
}

function interrupted(place: string): BanyanError {
  return new BanyanError(
    "STORY_INTERRUPTED",
    { en: "stopped before this line", zh: "已在此行之前停止" },
    {
      cure: {
        en: "Run the same command again: on a node it goes on here; on the in-process chain it begins anew.",
        zh: "请再次运行同一命令：在节点上从此处继续；在进程内的链上从头开始。",
      },
    },
  ).at(place);
}

/** The files that an applied line named are still what they were. */
function requireSameFiles({ files: before = {} }: AppliedEvent, files: StoryFiles, place: string): void {
  for (const [file, digest] of Object.entries(before)) {
    if (files.digestOf(file) === digest) continue;
    throw new BanyanError(
      "STORY_FILE_CHANGED",
      {
        en: `the file ${file}, which the line names, was changed after the line had been applied`,
        zh: `该行所引用的文件 ${file} 在执行之后被改动`,
      },
      {
        cure: {
          en: "Restore the file, and state corrections in a file and a line of their own at the end; or play on a chain that begins anew.",
          zh: "请恢复该文件，并把更正写入另一个文件、在末尾另起一行引用；或在全新的链上从头执行。",
        },
      },
    ).at(place);
  }
}

function changed(place: string): BanyanError {
  return new BanyanError(
    "STORY_CHANGED",
    {
      en: "the line was changed after it had been applied",
      zh: "该行在执行之后被改动",
    },
    {
      cure: {
        en: "Restore the line and append corrections at the end; or play on a chain that begins anew.",
        zh: "请恢复该行，并把更正写在文件末尾；或在全新的链上从头执行。",
      },
    },
  ).at(place);
}

function beginWith(format: string): Text {
  return {
    en: `Begin with {"event":"open","format":"${format}",…}.`,
    zh: `首行请写 {"event":"open","format":"${format}",…}。`,
  };
}
