import { z } from "zod";
import type { Text } from "../app/language.ts";
import { BanyanError } from "../errors.ts";
import { fieldError } from "./field-error.ts";
import type { StoryEvent } from "./story.ts";

/** What an event is, and how it is applied to what a `play` works with. */
export interface EventKind<play> {
  readonly event: string;
  /** What happens, and who signs it. */
  readonly about: Text;
  /** The names of its fields, for the message when one is wrong. */
  readonly fields: readonly string[];
  /** The fields, for the page that describes them. */
  readonly schema: z.AnyZodObject;
  apply(play: play, event: StoryEvent): Promise<void>;
}

/** The kinds of event that a story may hold, by their word. */
export type EventKinds<play> = ReadonlyMap<string, EventKind<play>>;

/** What the first line of a story says. */
export interface StoryOpening {
  readonly region: string;
  /** Goes in front of whatever is hashed. */
  readonly salt: string;
}

const openingSchema = z.strictObject({
  format: z.string(),
  region: z.string(),
  salt: z.string().min(8),
  title: z.string().optional(),
});

/**
 * Makes the function that defines the events of a kind of story.
 *
 * @param page - the page that describes them, without its ending: `.md` is English, `.zh.md` Chinese
 */
export function eventDefiner<play>(page: string) {
  /**
   * Defines an event: its fields and what it does. Fields that are not declared are refused.
   *
   * @param event - the word in `"event"`
   * @param about - what happens, and who signs it, as one sentence
   * @param fields - a zod shape
   * @param apply - sends what the event means; throws a `BanyanError` or what the contracts refuse
   */
  return function defineEvent<shape extends z.ZodRawShape>(
    event: string,
    about: Text,
    fields: z.ZodObject<shape, "strict">,
    apply: (play: play, fields: z.output<z.ZodObject<shape, "strict">>, at: bigint) => Promise<void>,
  ): EventKind<play> {
    const names = Object.keys(fields.shape);
    return {
      event,
      about,
      fields: names,
      schema: fields,
      async apply(play, { line, at }) {
        const parsed = fields.safeParse(fieldsOf(line.value));
        if (!parsed.success) throw fieldError(event, names, parsed.error, page);
        await apply(play, parsed.data, at);
      },
    };
  };
}

/**
 * Reads the first line of a story.
 *
 * @param event - the line
 * @param page - the page that describes the events, without its ending
 * @throws BanyanError `EVENT_FIELD_INVALID`
 */
export function readOpening({ line }: StoryEvent, page: string): StoryOpening {
  const parsed = openingSchema.safeParse(fieldsOf(line.value));
  if (!parsed.success) throw fieldError("open", Object.keys(openingSchema.shape), parsed.error, page);
  return { region: parsed.data.region, salt: parsed.data.salt };
}

/**
 * The kind of an event.
 *
 * @param kinds - those that there are
 * @param word - what the line says
 * @throws BanyanError `EVENT_KIND_UNKNOWN`
 */
export function kindOf<play>(kinds: EventKinds<play>, word: string): EventKind<play> {
  const found = kinds.get(word);
  if (found !== undefined) return found;
  throw new BanyanError(
    "EVENT_KIND_UNKNOWN",
    { en: `there is no event "${word}"`, zh: `没有名为 "${word}" 的事件` },
    {
      cure: {
        en: `The events are: open, ${[...kinds.keys()].join(", ")}.`,
        zh: `可用的事件：open、${[...kinds.keys()].join("、")}。`,
      },
    },
  );
}

/** What a line says beside its envelope. */
function fieldsOf(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { date: _date, event: _event, note: _note, ...fields } = value;
  return fields;
}
