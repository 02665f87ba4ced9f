import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readDocument } from "@banyan/trace-common/epcis";
import { deployStage, exportDocument, importDocument, openStage, type StageOptions } from "@banyan/trace-common/trace";
import { expect } from "chai";
import hre from "hardhat";
import { TEA, teaDocument, teaEvents } from "../../fixtures/epcis/tea-story.ts";
import { closeContexts, createTestContext, scratchFolder, startNode } from "../../helpers/app-context.ts";

const APP: StageOptions = { app: "trace", wallet: undefined, region: "CN" };
const LATER = BigInt(Date.UTC(2026, 5, 1) / 1000);

/** Runs a task and gives what it printed and its exit code. */
async function run(name: string, options: Readonly<Record<string, unknown>>): Promise<{ text: string; code: number }> {
  const { log, error } = console;
  const lines: string[] = [];
  const said = (...parts: unknown[]): void => void lines.push(parts.join(" "));
  Object.assign(console, { log: said, error: said });
  const { write } = process.stderr;
  process.stderr.write = () => true;
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await hre.tasks.getTask(["trace", name]).run({ app: "trace", lang: "en", json: true, ...options });
    return { text: lines.join("\n"), code: Number(process.exitCode) };
  } finally {
    Object.assign(console, { log, error });
    process.stderr.write = write;
    process.exitCode = before;
  }
}

describe("npx hardhat trace", function () {
  this.timeout(180_000);
  let folder: string;
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  const importing = {
    ...{ register: false, openingStock: false, strict: false, proceed: false, dryRun: false, region: "CN" },
  };

  before(() => {
    folder = scratchFolder();
  });
  after(closeContexts);

  it("given an app that is not there, when deployed, then the apps are named; given none, then contracts and roles are drawn and that they do not stay is said", async () => {
    const wrong = await run("deploy", { wallet: undefined, app: "nothing" });
    expect(wrong.code).to.equal(1);
    expect(JSON.parse(wrong.text)).to.have.nested.property("error.code", "APP_UNKNOWN");
    const { text, code } = await run("deploy", { wallet: undefined, json: false });
    expect(code).to.equal(0);
    expect(text).to.include("EpcisRepository").and.include("REGULATOR").and.include("--network localhost");
  });

  it("given a document, when imported in process, then it works at once and tells what it did", async () => {
    const { text, code } = await run("import", { ...importing, files: [file("tea.jsonld", teaDocument())] });
    expect(code).to.equal(0);
    const [report] = JSON.parse(text).files;
    expect(report).to.include({ ok: true, events: 12, captured: 11, declared: 1 });
  });

  it("given a document in which an event breaks a rule, when imported, then the exit code is 1 and file, event, field, rule and cure are told", async () => {
    const path = file("wrong.jsonld", teaDocument([{ ...teaEvents()[0], action: "add" }]));
    const { text, code } = await run("import", { ...importing, files: [path] });
    expect(code).to.equal(1);
    const [report] = JSON.parse(text).files;
    expect(report.captured).to.equal(0);
    expect(report.refusals).to.have.length(1);
    expect(report.refusals[0]).to.include({
      code: "EPCIS_TERM_UNKNOWN",
      event: 0,
      pointer: "/epcisBody/eventList/0/action",
      rule: "C-02",
    });
    const chinese = await run("import", { ...importing, files: [path], json: false, lang: "zh" });
    expect(chinese.code).to.equal(1);
    for (const part of ["wrong.jsonld", "事件 0", "/epcisBody/eventList/0/action", "C-02", "处理办法"]) {
      expect(chinese.text).to.include(part);
    }
  });

  it("given a file that is no document, or master data that is none, when imported, then the exit code is 1", async () => {
    const xml = await run("import", { ...importing, files: [file("a.xml", "<epcis/>")] });
    expect([xml.code, JSON.parse(xml.text).files[0].refusals[0].code]).to.deep.equal([1, "EPCIS_JSON_INVALID"]);
    const masters = await run("import", {
      ...importing,
      files: [file("t.jsonld", teaDocument())],
      masters: file("m.json", "{}"),
    });
    expect([masters.code, JSON.parse(masters.text).files[0].refusals[0].code]).to.deep.equal([
      1,
      "EPCIS_FIELD_MISSING",
    ]);
  });

  it("given a file that is not there or is a folder, when imported or shown, then it is told by name, and the other files are imported", async () => {
    const paths = [join(folder, "nowhere.jsonld"), folder, file("tea2.jsonld", teaDocument())];
    const { text, code } = await run("import", { ...importing, files: paths });
    expect(code).to.equal(1);
    const { files } = JSON.parse(text);
    expect(
      files.map(({ captured, refusals }: { captured: number; refusals: { code: string }[] }) => [
        captured,
        refusals[0]?.code,
      ]),
    ).to.have.deep.members([
      [0, "FILE_NOT_FOUND"],
      [0, "FILE_IS_FOLDER"],
      [11, undefined],
    ]);
    const masters = await run("import", { ...importing, files: paths.slice(2), masters: join(folder, "no.json") });
    expect([masters.code, JSON.parse(masters.text).error.code]).to.deep.equal([1, "FILE_NOT_FOUND"]);
    const out = join(folder, "no", "out.jsonld");
    const exported = await run("export", { input: paths[2], out, from: 1, to: 0 });
    expect([exported.code, JSON.parse(exported.text).error.code]).to.deep.equal([1, "FILE_UNWRITABLE"]);
  });

  it("given the files of one season, when imported together, then those written first come first, and parties and products are derived from all", async () => {
    const [made, packed, shipped, received] = [0, 1, 2, 3].map((part) => teaEvents().slice(part * 3, part * 3 + 3));
    const files = [
      file("d.jsonld", teaDocument([...(received ?? [])])),
      file("a.jsonld", teaDocument([...(made ?? [])])),
      file("c.jsonld", teaDocument([...(shipped ?? [])])),
      file("b.jsonld", teaDocument([...(packed ?? [])])),
    ];
    const { text, code } = await run("import", { ...importing, strict: true, files });
    expect(code).to.equal(0);
    const reports: { file: string; captured: number; declared: number }[] = JSON.parse(text).files;
    expect(reports.map((report) => report.file.slice(-8))).to.deep.equal([
      ...["a.jsonld", "b.jsonld", "c.jsonld", "d.jsonld"],
    ]);
    expect(reports.reduce((sum, { captured, declared }) => sum + captured + declared, 0)).to.equal(12);
  });

  it("C-15: given goods that a document presumes, when imported in process, then they are presumed unless that is forbidden", async () => {
    const path = file("late.jsonld", teaDocument(teaEvents().slice(4, 7)));
    const presumed = await run("import", { ...importing, files: [path] });
    expect([presumed.code, JSON.parse(presumed.text).files[0].captured]).to.deep.equal([0, 3]);
    const strict = await run("import", { ...importing, strict: true, files: [path] });
    expect([strict.code, JSON.parse(strict.text).files[0].captured]).to.deep.equal([1, 0]);
  });

  it("given a document, when something of it is shown, exported and recalled in process, then each answers in JSON", async () => {
    const input = file("tea.jsonld", teaDocument());
    const shown = await run("show", { code: "(01)09506000134352(21)1", input });
    expect([shown.code, JSON.parse(shown.text).events.length]).to.deep.equal([0, 7]);
    const out = join(folder, "out.jsonld");
    const exported = await run("export", { input, out, from: 1, to: 0 });
    expect([exported.code, JSON.parse(exported.text).events]).to.deep.equal([0, 11]);
    expect(readDocument(readFileSync(out, "utf8")).refusals).to.deep.equal([]);
    const recalled = await run("recall", { code: TEA.made, input, level: 1, labelOnly: false, reason: "", page: 5 });
    expect([recalled.code, JSON.parse(recalled.text).complete]).to.deep.equal([0, true]);
    const level = await run("recall", { code: TEA.made, input, level: 4, labelOnly: false, reason: "", page: 5 });
    expect([level.code, JSON.parse(level.text).error.code]).to.deep.equal([1, "OPTION_OUT_OF_RANGE"]);
    const unknown = await run("show", { code: "hello", input });
    expect([unknown.code, JSON.parse(unknown.text).error.code]).to.deep.equal([1, "IDENTIFIER_UNKNOWN"]);
  });

  it("given a node, when deployed, imported and opened again, then records and originals are found and nothing is captured twice", async () => {
    const { url } = await startNode({ initialDate: LATER });
    const root = scratchFolder();
    const context = () => createTestContext({ url, root });
    const open = async () => {
      const one = context();
      return await openStage(one, await one.connect(), APP);
    };
    let refused: unknown;
    try {
      await open();
    } catch (error) {
      refused = error;
    }
    expect(refused).to.have.property("code", "TRACE_NOT_DEPLOYED");
    const deploying = context();
    await deployStage(deploying, await deploying.connect(), APP);
    const options = { register: true, openingStock: false, dryRun: false };
    const document = readDocument(JSON.stringify(teaDocument()));
    const first = await open();
    expect(await importDocument({ ...options, document, chain: first.chain, archive: first.archive })).to.include({
      ok: true,
      captured: 11,
    });
    const again = await open();
    const report = await importDocument({ ...options, document, chain: again.chain, archive: again.archive });
    expect(report).to.include({ ok: true, captured: 0, skipped: 12 });
    const { incomplete } = await exportDocument({ contracts: again.contracts, archive: again.archive, now: 0 });
    expect(incomplete).to.deep.equal([]);
  });
});
