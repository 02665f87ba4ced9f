import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { makeSeason } from "../../../apps/tea-trace/data/generate/season.ts";
import { contentId, readDocument } from "../../../apps/trace-common/epcis/index.ts";

const DATA = fileURLToPath(new URL("../../../apps/tea-trace/data", import.meta.url));

describe("the data of tea-trace", () => {
  const { files, events } = makeSeason();

  it("given the generator, when run again, then it writes exactly the files that are there", () => {
    for (const [path, text] of files) expect(readFileSync(join(DATA, path), "utf8"), path).to.equal(text);
    const documents = [...files.keys()].filter((path) => path.startsWith("epcis/"));
    expect(readdirSync(join(DATA, "epcis")).sort()).to.deep.equal(documents.map((path) => path.slice(6)).sort());
  });

  it("given every document, when read, then it obeys the rules of EPCIS 2.0 and holds no event twice but for declarations of error", () => {
    const ids = new Set<string>();
    let count = 0;
    for (const [path, text] of files) {
      if (!path.startsWith("epcis/")) continue;
      const { events: found, refusals } = readDocument(text);
      expect(refusals, path).to.deep.equal([]);
      if (path.startsWith("epcis/refused") || path.endsWith("-refused.jsonld") || path.endsWith("-too-early.jsonld"))
        continue;
      for (const event of found) {
        count += 1;
        if (!("errorDeclaration" in event.json)) {
          expect(ids.has(contentId(event)), `${path} ${event.index}`).to.equal(false);
          ids.add(contentId(event));
        }
      }
    }
    expect(count).to.equal(events);
  });
});
