import { readFileSync } from "node:fs";
import { expect } from "chai";
import { eventKinds } from "../../../../apps/trace-common/story/events/index.ts";

describe("the pages that describe a story of traceability", () => {
  for (const page of ["README.md", "README.zh.md"]) {
    const text = readFileSync(new URL(`../../../../apps/trace-common/${page}`, import.meta.url), "utf8");
    const rows = text.split("\n").filter((line) => line.startsWith("| `"));

    for (const { event, fields, about } of eventKinds.values()) {
      it(`given the event ${event}, when looked up in ${page}, then it is there with every field and what it does`, () => {
        const own = rows.filter((row) => row.startsWith(`| \`${event}\` |`));
        expect(own).to.have.length(1);
        for (const field of fields) expect(own[0], field).to.include(`\`${field}\``);
        expect(own[0]).to.include(page === "README.md" ? about.en : about.zh);
      });
    }

    it(`given ${page}, when its rows are counted, then it describes no event that there is not`, () => {
      expect(rows).to.have.length(eventKinds.size);
    });
  }
});
