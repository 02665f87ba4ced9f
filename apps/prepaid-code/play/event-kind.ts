import { BanyanError } from "@banyan/app-common";
import type { StoryEvent } from "@banyan/app-common/story";
import type { z } from "zod";
import type { Play } from "./play-context.ts";

/** What an event is, and how it is applied. */
export interface EventKind {
  readonly event: string;
  /** The names of its fields, for the message when one is wrong. */
  readonly fields: readonly string[];
  apply(play: Play, event: StoryEvent): Promise<void>;
}

/**
 * Defines an event: its fields and what it does. Fields that are not declared are refused.
 *
 * @param event - the word in `"event"`
 * @param fields - a zod shape
 * @param apply - sends what the event means; throws a `BanyanError` or what the contracts refuse
 */
export function defineEvent<shape extends z.ZodRawShape>(
  event: string,
  fields: z.ZodObject<shape, "strict">,
  apply: (play: Play, fields: z.output<z.ZodObject<shape, "strict">>, at: bigint) => Promise<void>,
): EventKind {
  const names = Object.keys(fields.shape);
  return {
    event,
    fields: names,
    async apply(play, { line, at }) {
      const { date: _date, event: _event, note: _note, ...rest } = line.value;
      const parsed = fields.safeParse(rest);
      if (!parsed.success) throw fieldError(event, names, parsed.error);
      await apply(play, parsed.data, at);
    },
  };
}

function fieldError(event: string, fields: readonly string[], error: z.ZodError): BanyanError {
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : ` field "${issue.path.join(".")}"`;
  return new BanyanError("EVENT_FIELD_INVALID", `event "${event}":${where} ${issue?.message ?? "is wrong"}`, {
    cure: `The fields of "${event}" are: date, event, ${fields.join(", ")}; apps/prepaid-code/README.md describes them.`,
    cause: error,
  });
}
