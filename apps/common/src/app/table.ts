/** A column of a table. */
export interface Column {
  readonly heading: string;
  /** Numbers stand right, words left. */
  readonly align?: "left" | "right";
}

/**
 * Draws a table for a terminal.
 *
 * @param columns - headings and alignment
 * @param rows - one text per column
 * @returns lines with a frame; Chinese characters count two columns wide
 */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ heading }, index) =>
    Math.max(displayWidth(heading), ...rows.map((row) => displayWidth(row[index] ?? ""))),
  );
  const line = (left: string, middle: string, right: string): string =>
    `${left}${widths.map((width) => "─".repeat(width + 2)).join(middle)}${right}`;
  const draw = (cells: readonly string[], align: (index: number) => "left" | "right"): string =>
    `│ ${widths.map((width, index) => pad(cells[index] ?? "", width, align(index))).join(" │ ")} │`;
  return [
    line("┌", "┬", "┐"),
    draw(
      columns.map(({ heading }) => heading),
      (index) => columns[index]?.align ?? "left",
    ),
    line("├", "┼", "┤"),
    ...rows.map((row) => draw(row, (index) => columns[index]?.align ?? "left")),
    line("└", "┴", "┘"),
  ].join("\n");
}

/** The columns that a text takes in a terminal: wide East Asian characters take two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6)
  );
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? `${text}${space}` : `${space}${text}`;
}
