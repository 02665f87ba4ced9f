import type { Text } from "@banyan/app-common/app";
import type { StoryEvent } from "@banyan/app-common/story";
import type { z } from "zod";
import { fieldError } from "./field-error.ts";
import type { Play } from "./play-context.ts";

/** What an event is, and how it is applied. */
export interface EventKind {
  readonly event: string;
  /** What happens, and who signs it. */
  readonly about: Text;
  /** The names of its fields, for the message when one is wrong. */
  readonly fields: readonly string[];
  /** The fields, for the page that describes them. */
  readonly schema: z.AnyZodObject;
  apply(play: Play, event: StoryEvent): Promise<void>;
}

/**
 * Defines an event: its fields and what it does. Fields that are not declared are refused.
 *
 * @param event - the word in `"event"`
 * @param about - what happens, and who signs it, as one sentence
 * @param fields - a zod shape
 * @param apply - sends what the event means; throws a `BanyanError` or what the contracts refuse
 */
export function defineEvent<shape extends z.ZodRawShape>(
  event: string,
  about: Text,
  fields: z.ZodObject<shape, "strict">,
  apply: (play: Play, fields: z.output<z.ZodObject<shape, "strict">>, at: bigint) => Promise<void>,
): EventKind {
  const names = Object.keys(fields.shape);
  return {
    event,
    about,
    fields: names,
    schema: fields,
    async apply(play, { line, at }) {
      const { date: _date, event: _event, note: _note, ...rest } = line.value;
      const parsed = fields.safeParse(rest);
      if (!parsed.success) throw fieldError(event, names, parsed.error);
      await apply(play, parsed.data, at);
    },
  };
}
