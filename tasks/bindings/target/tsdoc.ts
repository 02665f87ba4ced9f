const WIDTH = 116;

/**
 * Prints a TSDoc comment.
 *
 * @param paragraphs - separated by blank lines; undefined ones are left out
 * @param tags - block tags such as `@returns the fee`, one a line, after the paragraphs
 * @param indent - spaces in front of each line
 * @returns the comment with a line break at its end, or nothing if there is nothing to say
 */
export function tsdoc(paragraphs: readonly (string | undefined)[], tags: readonly string[] = [], indent = 0): string {
  const parts = paragraphs.flatMap((paragraph) =>
    paragraph === undefined || paragraph === "" ? [] : paragraph.split("\n\n"),
  );
  const pad = " ".repeat(indent);
  const lines = parts.flatMap((part, index) => [
    ...(index > 0 ? [""] : []),
    ...part.split("\n").flatMap((line) => wrap(line, indent)),
  ]);
  if (tags.length > 0)
    lines.push(...(lines.length > 0 ? [""] : []), ...tags.flatMap((tag) => wrap(tag.replaceAll("\n\n", " "), indent)));
  const [only] = lines;
  if (only === undefined) return "";
  if (lines.length === 1) return `${pad}/** ${only} */\n`;
  return `${pad}/**\n${lines.map((line) => `${pad} *${line === "" ? "" : ` ${line}`}\n`).join("")}${pad} */\n`;
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of safe(text).split(" ")) {
    if (line !== "" && line.length + 1 + word.length > WIDTH - indent) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A comment must not end early. NatSpec's `{name}` would be an inline tag in TSDoc. */
function safe(text: string): string {
  return text.replaceAll("*/", "*\\/").replace(/\{(?!@)([^}]*)\}/g, "`$1`");
}
