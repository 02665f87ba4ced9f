import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BanyanError } from "@banyan/app-common";
import { expect } from "chai";
import { app } from "../../../apps/battery-passport/app.ts";
import { makeMonth } from "../../../apps/battery-passport/data/generate/month.ts";
import { closeContexts, createTestContext, scratchFolder } from "../../helpers/app-context.ts";

const DATA = fileURLToPath(new URL("../../../apps/battery-passport/data", import.meta.url));
const ENGLISH = { wallet: undefined, dryRun: false } as const;

describe("the battery passport", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "battery-"));
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await closeContexts();
  });

  const play = async (lines: readonly object[]) => {
    const input = join(folder, "story.jsonl");
    writeFileSync(input, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    return await app.play(createTestContext({ root: scratchFolder() }), { ...ENGLISH, input });
  };
  const opening = { event: "open", format: "banyan-battery/1", region: "CN-SH", salt: "sample-salt" };
  const at = (minute: number) => `2030-06-01T08:${String(minute).padStart(2, "0")}:00+08:00`;

  it("given the shipped month, when it is played, then every expectation holds and every book balances", async () => {
    const report = await app.play(createTestContext({ root: scratchFolder() }), { ...ENGLISH, input: undefined });
    expect(report.ok).to.equal(true);
    const json = report.json as { books: { holds: boolean }[]; batteries: unknown[]; epcisEvents: number };
    expect(json.books.map(({ holds }) => holds)).to.deep.equal(Array.from({ length: 8 }, () => true));
    expect(json.batteries).to.have.length(24);
    expect(json.epcisEvents).to.be.greaterThan(400);
    expect(report.text).to.include("✓").and.not.to.include("✗");
  }).timeout(180_000);

  it("given the generator, when it runs again, then it writes the shipped files byte for byte", () => {
    const { files } = makeMonth();
    for (const [path, text] of files) expect(readFileSync(join(DATA, path), "utf8"), path).to.equal(text);
    const documents = readdirSync(join(DATA, "epcis")).map((name) => `epcis/${name}`);
    expect(documents.every((path) => files.has(path))).to.equal(true);
  });

  it("given a line with an unknown field, when played, then file, line and fields are named", async () => {
    const failure = await play([
      { date: at(0), ...opening },
      { date: at(1), event: "group", group: "fleet", owner: "P02", colour: "green" },
    ]).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(BanyanError).with.property("code", "EVENT_FIELD_INVALID");
    expect(String(failure)).to.include("story.jsonl:2");
  });

  it("given an expectation that is missed, when played, then the story ends there", async () => {
    const failure = await play([
      { date: at(0), ...opening },
      { date: at(1), event: "refused", attempt: { event: "group", group: "fleet", owner: "P02" }, error: "Other" },
    ]).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(BanyanError).with.property("code", "EXPECTATION_MISSED");
  });
});
