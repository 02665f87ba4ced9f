/**
 * The rows of the tables in a text for a terminal, each as its cells without the blanks around them.
 *
 * @param text - what a command printed
 */
export function tableRows(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("│"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("│")
        .map((cell) => cell.trim()),
    );
}
