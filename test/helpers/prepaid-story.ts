import { formatInstant } from "@banyan/app-common/app";

/** An event of a story, its date left out. */
export type StoryLine = Readonly<Record<string, unknown>> & { readonly event: string };

/** Monday 2030-03-04, 9:00 in China: when the stories of the tests open. */
export const OPENING = BigInt(Date.UTC(2030, 2, 4, 1) / 1000);

/** Opens a story. */
export const open: StoryLine = {
  event: "open",
  format: "banyan-prepaid/1",
  region: "CN-SH-310101",
  salt: "salt of the tests",
};

/** A beauty salon on file, linked, with 100,000 yuan of its own. */
export const salon: readonly StoryLine[] = [
  {
    ...{ event: "file", merchant: "M01", trade: "BEAUTY", licensed: "2021-05-10", revenue: "900000.00" },
    ...{ capital: "100000.00", licence: "licence of M01", responsible: "responsible persons of M01" },
  },
  { event: "fund", party: "M01", amount: "100000.00", entry: "opening deposit of M01" },
  { event: "terms", terms: "T01", merchant: "M01", text: "terms of M01" },
  { event: "openVault", merchant: "M01" },
  { event: "link", merchant: "M01", mark: "mark of M01" },
];

/** The salon sells a card of 3,000 yuan with a bonus of 1,000 to C001. */
export const sale: StoryLine = {
  ...{ event: "sell", merchant: "M01", terms: "T01", holder: "C001", buyerId: "identity of C001" },
  ...{
    contract: "contract of K001",
    toCustody: "3000.00",
    cards: [{ card: "K001", paid: "3000.00", bonus: "1000.00" }],
  },
};

/** C001 has 100 yuan redeemed and signs for it. */
export const redemption: StoryLine = {
  ...{ event: "redeem", redemption: "R001", card: "K001", amount: "100.00", evidence: "bill 1", signedBy: "C001" },
};

/**
 * Writes a story: one line per event, a minute apart; an event that says its date keeps it.
 *
 * @param lines - the events; a text stands for a line as it is
 */
export function storyOf(lines: readonly (StoryLine | string)[]): string {
  return lines
    .map((line, index) =>
      typeof line === "string" ? line : JSON.stringify({ date: formatInstant(OPENING + BigInt(index) * 60n), ...line }),
    )
    .map((line) => `${line}\n`)
    .join("");
}
