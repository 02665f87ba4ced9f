import { readFileSync } from "node:fs";
import { expect } from "chai";
import { eventKinds } from "../../../apps/prepaid-code/play/events/index.ts";

const readme = readFileSync(new URL("../../../apps/prepaid-code/README.md", import.meta.url), "utf8");

/** The part of the page that describes an event: its row, and for a purchase that of the sale it repeats. */
function rowsOf(event: string): string {
  const rows = readme.split("\n").filter((line) => line.startsWith("|"));
  const own = rows.filter((row) => row.split("|")[1]?.includes(`\`${event}\``));
  return [...own, ...(event === "purchase" ? rows.filter((row) => row.startsWith("| `sell`")) : [])].join("\n");
}

describe("the README of the prepaid app", () => {
  for (const { event, fields } of eventKinds.values()) {
    it(`given the event ${event}, when looked up, then it is there with every field`, () => {
      const rows = rowsOf(event);
      for (const field of fields) expect(rows, field).to.include(`\`${field}\``);
    });
  }
});
