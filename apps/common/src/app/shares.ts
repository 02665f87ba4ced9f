/** A part of a whole with the character that it is drawn in. */
export interface Share {
  readonly mark: string;
  readonly amount: number;
}

/**
 * Draws the parts of a whole as one bar. A part that is there takes at least one character.
 *
 * @param shares - in the order in which they are drawn
 * @param width - the characters of the bar
 * @returns nothing of no whole
 */
export function drawShares(shares: readonly Share[], width: number): string {
  const whole = shares.reduce((sum, { amount }) => sum + amount, 0);
  if (whole <= 0) return "";
  const exact = shares.map(({ amount }) => (amount / whole) * width);
  const cells = exact.map((part) => (part > 0 ? Math.max(1, Math.floor(part)) : 0));
  const drawn = (): number => cells.reduce((sum, count) => sum + count, 0);
  // What is left over goes to where most was cut off; what is too much comes from the longest.
  const lack = (index: number): number => (exact[index] ?? 0) - (cells[index] ?? 0);
  while (drawn() < width) {
    const index = cells.reduce((best, _, at) => (lack(at) > lack(best) ? at : best), 0);
    cells[index] = (cells[index] ?? 0) + 1;
  }
  while (drawn() > width) {
    const index = cells.indexOf(Math.max(...cells));
    cells[index] = (cells[index] ?? 0) - 1;
  }
  return shares.map(({ mark }, index) => mark.repeat(cells[index] ?? 0)).join("");
}
