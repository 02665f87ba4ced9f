import { BanyanError } from "../errors.ts";

/** A line of a JSON Lines file. */
export interface JsonLine {
  /** Counted from 1, as editors do. */
  readonly number: number;
  /** The line as it stands. */
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Reads JSON Lines: one object per line, empty lines allowed.
 *
 * @param content - the file's text
 * @param name - the file's name, for the message
 * @returns the lines in order
 * @throws BanyanError `JSON_LINE_INVALID` naming file and line
 */
export function* readJsonLines(content: string, name: string): Generator<JsonLine> {
  const lines = content.replace(/^\uFEFF/, "").split(/\r?\n/);
  for (const [index, text] of lines.entries()) {
    if (text.trim() === "") continue;
    yield { number: index + 1, text, value: parseObject(text, `${name}:${index + 1}`) };
  }
}

function parseObject(text: string, place: string): Readonly<Record<string, unknown>> {
  const cure = {
    en: 'Write one JSON object per line, such as {"date":"…","event":"…"}.',
    zh: '请每行写一个 JSON 对象，例如 {"date":"…","event":"…"}。',
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = { en: `the line is not JSON (${why})`, zh: `该行不是有效的 JSON（${why}）` };
    throw new BanyanError("JSON_LINE_INVALID", message, { cure, cause }).at(place);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const message = { en: "the line is not an object", zh: "该行不是 JSON 对象" };
    throw new BanyanError("JSON_LINE_INVALID", message, { cure }).at(place);
  }
  return value as Readonly<Record<string, unknown>>;
}
