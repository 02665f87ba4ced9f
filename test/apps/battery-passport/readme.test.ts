import { readFileSync } from "node:fs";
import { expect } from "chai";
import { eventKinds } from "../../../apps/battery-passport/play/events/index.ts";

for (const page of ["README.md", "README.zh.md"]) {
  const text = readFileSync(new URL(`../../../apps/battery-passport/${page}`, import.meta.url), "utf8");
  const rows = text.split("\n").filter((line) => line.startsWith("|"));

  describe(`${page} of the battery passport`, () => {
    for (const { event, fields } of eventKinds.values()) {
      it(`given the event ${event}, when looked up, then it is there with every field`, () => {
        const row = rows.find((line) => line.split("|")[1]?.includes(`\`${event}\``)) ?? "";
        for (const field of fields) expect(row, field).to.include(`\`${field}\``);
      });
    }
  });
}
