/** A table; a cell may hold anything but is kept on one line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |\n`;
  return `${line(head)}|${head.map(() => " --- |").join("")}\n${rows.map(line).join("")}`;
}

function cell(text: string): string {
  return text.replace(/\s*\n+\s*/g, " ").replaceAll("|", "\\|");
}

/** Parts of a page with a blank line between them; empty and undefined parts are left out. */
export function page(...parts: readonly (string | undefined)[]): string {
  return parts.flatMap((part) => (part === undefined || part === "" ? [] : [`${part.trimEnd()}\n`])).join("\n");
}

/** Text as code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** NatSpec as Markdown: `{name}` is code, and nothing is taken for a tag. */
export function prose(text: string | undefined): string {
  return (text ?? "").replace(/\{([^}]*)\}/g, "`$1`").replaceAll("<", "&lt;");
}
