import { below } from "./refusal.ts";

interface Level {
  /** Names so far; nothing in a list. */
  readonly names: Set<string> | undefined;
  readonly pointer: string;
  /** The field or the place that comes next. */
  next: string | number;
}

/**
 * Finds names that stand twice in one object of a JSON text, as JSON pointers: a reader keeps one of the values, and nobody can tell which was meant.
 *
 * @param text - JSON that was parsed already
 */
export function repeatedNames(text: string): string[] {
  const found: string[] = [];
  const levels: Level[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = text[at];
    const level = levels.at(-1);
    if (sign === '"') {
      const end = endOfString(text, at);
      const name = level?.names === undefined ? undefined : nameAt(text, at, end);
      if (level !== undefined && name !== undefined) {
        if (level.names?.has(name) === true) found.push(below(level.pointer, name));
        level.names?.add(name);
        level.next = name;
      }
      at = end;
      continue;
    }
    if (sign === "{" || sign === "[") {
      const pointer = level === undefined ? "" : below(level.pointer, level.next);
      levels.push({ names: sign === "{" ? new Set() : undefined, pointer, next: 0 });
    } else if (sign === "}" || sign === "]") levels.pop();
    else if (sign === "," && level !== undefined && typeof level.next === "number") level.next++;
    at++;
  }
  return found;
}

/** Where a string that begins here has ended. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** The name, if a string in an object is one: a colon follows. */
function nameAt(text: string, from: number, end: number): string | undefined {
  let at = end;
  while (/\s/.test(text[at] ?? "")) at++;
  return text[at] === ":" ? JSON.parse(text.slice(from, end)) : undefined;
}
