import { z } from "zod";
import type { Text } from "../app/language.ts";
import { BanyanError } from "../errors.ts";

/** The types of JSON, as zod names them, in both languages. */
const TYPES: Readonly<Record<string, Text>> = {
  string: { en: "a text in quotation marks", zh: "加引号的文本" },
  number: { en: "a number", zh: "数字" },
  integer: { en: "a whole number", zh: "整数" },
  boolean: { en: "true or false", zh: "true 或 false" },
  array: { en: "a list in square brackets", zh: "方括号中的列表" },
  object: { en: "an object in braces", zh: "花括号中的对象" },
};

/**
 * Reports what is wrong with a field, in both languages; for a transform or a refinement of a field.
 *
 * @param context - what zod gives the transform
 * @param words - what is wrong
 */
export function refuseField(context: z.RefinementCtx, words: Text): z.ZodNever["_output"] {
  context.addIssue({ code: z.ZodIssueCode.custom, message: words.en, params: { words } });
  return z.NEVER;
}

/**
 * The error for an event one of whose fields is wrong.
 *
 * @param event - the event's word
 * @param fields - the names of its fields
 * @param error - what zod found; the first finding is told
 * @param page - the page that describes the events, without its ending: `.md` is English, `.zh.md` Chinese
 */
export function fieldError(event: string, fields: readonly string[], error: z.ZodError, page: string): BanyanError {
  const [issue] = error.issues;
  const path = issue === undefined ? "" : issue.path.join(".");
  const words = issue === undefined ? WRONG : wordsOf(issue);
  const at: Text = path === "" ? { en: "", zh: "" } : { en: ` field "${path}"`, zh: `字段 "${path}" ` };
  return new BanyanError(
    "EVENT_FIELD_INVALID",
    { en: `event "${event}":${at.en} ${words.en}`, zh: `事件 "${event}"：${at.zh}${words.zh}` },
    {
      cure: {
        en: `The fields of "${event}" are: date, event, ${fields.join(", ")}; ${page}.md describes them.`,
        zh: `"${event}" 的字段：date、event、${fields.join("、")}；说明见 ${page}.zh.md。`,
      },
      cause: error,
    },
  );
}

const WRONG: Text = { en: "is wrong", zh: "有误" };

function wordsOf(issue: z.ZodIssue): Text {
  switch (issue.code) {
    case "invalid_type": {
      if (issue.received === "undefined") return { en: "is missing", zh: "缺失" };
      const type = TYPES[issue.expected];
      return type === undefined ? WRONG : { en: `must be ${type.en}`, zh: `应为${type.zh}` };
    }
    case "unrecognized_keys": {
      const keys = issue.keys.map((key) => `"${key}"`);
      return { en: `has no field ${keys.join(", ")}`, zh: `没有字段 ${keys.join("、")}` };
    }
    case "invalid_enum_value":
      return { en: `must be one of ${issue.options.join(", ")}`, zh: `应为 ${issue.options.join("、")} 之一` };
    case "too_small":
      return {
        en: `must be at least ${issue.minimum}${unitOf(issue.type).en}`,
        zh: `至少 ${issue.minimum}${unitOf(issue.type).zh}`,
      };
    case "too_big":
      return {
        en: `must be at most ${issue.maximum}${unitOf(issue.type).en}`,
        zh: `至多 ${issue.maximum}${unitOf(issue.type).zh}`,
      };
    case "custom":
      return isText(issue.params?.words) ? issue.params.words : WRONG;
    default:
      return WRONG;
  }
}

function unitOf(type: string): Text {
  if (type === "string") return { en: " characters", zh: " 个字符" };
  return type === "array" ? { en: " items", zh: " 项" } : { en: "", zh: "" };
}

function isText(value: unknown): value is Text {
  return typeof value === "object" && value !== null && "en" in value && "zh" in value;
}
