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
  const cure = 'Write one JSON object per line, such as {"date":"…","event":"…"}.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BanyanError("JSON_LINE_INVALID", `${place}: ${cause instanceof Error ? cause.message : "not JSON"}`, {
      cure,
      cause,
    });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BanyanError("JSON_LINE_INVALID", `${place}: the line is not an object`, { cure });
  }
  return value as Readonly<Record<string, unknown>>;
}
