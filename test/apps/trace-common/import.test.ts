import { join } from "node:path";
import { identify, type Masters, readJson, readMasterFile, readMasters } from "@banyan/trace-common/epcis";
import {
  createMemoryArchive,
  exportDocument,
  type ImportOptions,
  importDocument,
  openFileArchive,
  openStage,
  runRecall,
  showHistory,
  type TraceStage,
} from "@banyan/trace-common/trace";
import { expect } from "chai";
import type { Json } from "../../fixtures/epcis/documents.ts";
import { TEA, teaDocument, teaEvents } from "../../fixtures/epcis/tea-story.ts";
import { closeContexts, createTestContext, scratchFolder } from "../../helpers/app-context.ts";

const LATER = BigInt(Date.UTC(2026, 5, 1) / 1000);

async function openFresh(): Promise<TraceStage> {
  const context = createTestContext({ root: scratchFolder() });
  const connection = await context.connect({ initialDate: LATER });
  return await openStage(context, connection, { app: "trace", wallet: undefined, region: "CN" });
}

function importInto(stage: TraceStage, document: Json, options: Partial<ImportOptions> = {}) {
  return importDocument({
    document: readJson(document),
    chain: stage.chain,
    archive: stage.archive,
    register: true,
    openingStock: false,
    dryRun: false,
    ...options,
  });
}

/** Everything that the events came to, by GLNs and codes instead of numbers. */
async function stateOf({ contracts, chain }: TraceStage): Promise<Json> {
  const glns = await chain.glns([1, 2]);
  const said = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (_, item) => (typeof item === "bigint" ? item.toString() : item)));
  const things = [TEA.case, ...[1, 2, 3, 4].map(TEA.tin)].map(identify);
  const items = await Promise.all(
    things.map(async (object) => {
      const { commissionedBy: _, lastEvent: __, ...state } = await contracts.state.read.stateOf({ object });
      const parties = [state.possessor, state.holder, state.owner, state.producer].map((party) => glns.get(party));
      return said({ ...state, possessor: 0, holder: 0, owner: 0, producer: 0, shipper: 0, place: 0, parties });
    }),
  );
  const lots = await Promise.all(
    [TEA.leaf, TEA.made].map(async (uri) => {
      const { commissionedBy: _, lastEvent: __, ...lot } = await contracts.state.read.lotOf({ lot: identify(uri) });
      return said({ ...lot, producer: glns.get(lot.producer), place: 0 });
    }),
  );
  return { items, lots };
}

describe("Importing EPCIS documents", function () {
  this.timeout(120_000);
  let stage: TraceStage;

  before(async () => {
    stage = await openFresh();
  });
  after(closeContexts);

  it("C-01 to C-15: given a story with its master data, when imported, then all of it is captured and the state follows", async () => {
    const report = await importInto(stage, teaDocument());
    expect(report.refusals).to.deep.equal([]);
    expect(report).to.include({ ok: true, events: 12, captured: 11, declared: 1, skipped: 0, openings: 0 });
    expect(report.registered).to.deep.equal({ parties: 2, places: 3, products: 3 });
    const { read } = stage.contracts.state;
    const sold = await read.stateOf({ object: identify(TEA.tin(1)) });
    expect([sold.status, sold.persistent]).to.deep.equal([3, 1n << 4n]);
    expect((await read.stateOf({ object: identify(TEA.tin(2)) })).disposition).not.to.equal(8);
    expect((await read.stateOf({ object: identify(TEA.tin(3)) })).disposition).to.equal(8);
    const made = await read.lotOf({ lot: identify(TEA.made) });
    expect([made.created, made.live, made.consumed]).to.deep.equal([20_000_000n, 19_000_000n, 1_000_000n]);
    expect((await read.lotOf({ lot: identify(TEA.leaf) })).live).to.equal(20_000_000n);
  });

  it("C-13: given a document that was imported, when imported again, then everything is skipped and nothing changes", async () => {
    const before = await stateOf(stage);
    const report = await importInto(stage, teaDocument());
    expect(report).to.include({ ok: true, captured: 0, declared: 0, skipped: 12, batches: 0 });
    expect(report.registered).to.deep.equal({ parties: 0, places: 0, products: 0 });
    expect(await stateOf(stage)).to.deep.equal(before);
  });

  it("given an import that was cut off, when run again, then it goes on where it stopped", async () => {
    const other = await openFresh();
    const stop = new AbortController();
    const { chain } = other;
    let captures = 0;
    const halting: typeof chain = {
      ...chain,
      async capture(...args) {
        captures++;
        if (captures === 1) stop.abort();
        return await chain.capture(...args);
      },
    };
    const cut = await importInto(other, teaDocument(), { chain: halting, signal: stop.signal });
    expect(cut.stopped).to.equal(true);
    expect(cut.captured).to.be.within(1, 10);
    const rest = await importInto(other, teaDocument());
    expect(rest.captured).to.equal(11 - cut.captured);
    expect(rest).to.include({ ok: true, skipped: cut.captured });
    expect(await stateOf(other)).to.deep.equal(await stateOf(stage));
  });

  it("given an import that died between the chain and the archive, when run again, then nothing is captured twice and the originals are kept", async () => {
    const other = await openFresh();
    const dying = { ...other, archive: { ...other.archive, keep: () => undefined } };
    expect((await importInto(dying, teaDocument())).captured).to.equal(11);
    expect(await importInto(other, teaDocument())).to.include({ ok: true, captured: 0, skipped: 12 });
    const { incomplete } = await exportDocument({ contracts: other.contracts, archive: other.archive, now: 0 });
    expect(incomplete).to.deep.equal([]);
  });

  it("given a story, when exported and imported elsewhere, then the document validates and comes to the same state", async () => {
    const exported = await exportDocument({ contracts: stage.contracts, archive: stage.archive, now: 0 });
    expect(exported).to.include({ events: 11, declarations: 1 });
    expect(exported.incomplete).to.deep.equal([]);
    const read = readJson(exported.document);
    expect(read.refusals).to.deep.equal([]);
    const other = await openFresh();
    const report = await importInto(other, exported.document);
    expect(report.refusals).to.deep.equal([]);
    expect(report).to.include({ captured: 11, declared: 1 });
    expect(await stateOf(other)).to.deep.equal(await stateOf(stage));
    const again = await exportDocument({ contracts: other.contracts, archive: other.archive, now: 0 });
    const events = (document: Json) =>
      readJson(document)
        .events.map(({ json: { recordTime: _, ...json } }) => JSON.stringify(json))
        .sort();
    expect(events(again.document)).to.deep.equal(events(exported.document));
  });

  it("given no originals, when exported, then what the chain has only digests of is missing by name, and the rest comes to the same state", async () => {
    const exported = await exportDocument({ contracts: stage.contracts, archive: createMemoryArchive(), now: 0 });
    expect(exported.incomplete.length).to.be.within(1, 11);
    expect(exported.incomplete[0]).to.deep.equal({ id: 1, missing: ["extensions", "ilmd"] });
    const other = await openFresh();
    const report = await importInto(other, exported.document);
    expect(report.refusals.map(({ code }) => code)).to.deep.equal([]);
    expect(report.captured).to.equal(11);
  });

  it("given an original that was changed in the archive, when exported, then it is not passed off as what was captured", async () => {
    const changed: typeof stage.archive = {
      keep: () => undefined,
      find(id) {
        const original = stage.archive.find(id);
        return original === undefined ? undefined : { ...original, json: { ...original.json, "ext:weather": "rain" } };
      },
    };
    const { incomplete } = await exportDocument({ contracts: stage.contracts, archive: changed, now: 0 });
    expect(incomplete.length).to.be.greaterThan(0);
  });

  it("given one thing or a range of events, when exported, then only those are", async () => {
    const common = { contracts: stage.contracts, archive: stage.archive, now: 0 };
    const one = await exportDocument({ ...common, object: identify(TEA.tin(1)) });
    expect(readJson(one.document).events.map(({ json }) => json.bizStep)).to.deep.equal([
      "commissioning",
      "packing",
      "unpacking",
      "retail_selling",
      undefined,
    ]);
    expect((await exportDocument({ ...common, from: 2, to: 3 })).events).to.equal(2);
  });

  it("C-15: given events that the chain refuses, when imported, then each is told with file place, rule and cure, and the others are captured", async () => {
    const [first, ...others] = teaEvents();
    const stranger: Json = {
      ...first,
      eventTime: "2026-03-04T03:00:00Z",
      action: "OBSERVE",
      bizStep: "storing",
      ilmd: undefined,
      quantityList: undefined,
      epcList: [TEA.tin(4), TEA.tin(99)],
    };
    const { ilmd: _, quantityList: __, ...unknown } = stranger;
    const again: Json = { ...first, eventTime: "2026-03-04T03:01:00Z", epcList: [TEA.tin(1)] };
    const { quantityList: ___, ...second } = again;
    const fine: Json = { ...others[9], eventTime: "2026-03-04T03:02:00Z", epcList: [TEA.tin(4)] };
    const report = await importInto(stage, teaDocument([unknown, second, fine]));
    expect(report.ok).to.equal(false);
    expect(report.captured).to.equal(1);
    expect(report.refusals.map(({ code, event, pointer, rule }) => [code, event, pointer, rule])).to.deep.equal([
      ["TRACE_STATE_UNKNOWN", 0, "/epcisBody/eventList/0/epcList/1", "C-15"],
      ["TRACE_STATE_EXISTS", 1, "/epcisBody/eventList/1/epcList/0", "C-15"],
    ]);
    for (const { cure } of report.refusals) expect(cure.en).not.to.equal("");
  });

  it("given a document in which one event breaks a rule, when imported, then nothing of it is captured", async () => {
    const other = await openFresh();
    const events = teaEvents();
    const report = await importInto(other, teaDocument([...events, { ...events[0], action: "add" }]));
    expect(report).to.include({ ok: false, captured: 0 });
    expect(report.refusals.map(({ event, rule }) => [event, rule])).to.deep.equal([[12, "C-02"]]);
    expect(await other.contracts.repository.read.eventCount()).to.equal(0n);
    expect(await other.contracts.parties.read.partyCount()).to.equal(0n);
  });

  it("given a dry run, when imported, then it is checked and nothing is sent", async () => {
    const other = await openFresh();
    const report = await importInto(other, teaDocument(), { dryRun: true });
    expect(report).to.include({ ok: true, dryRun: true, captured: 0 });
    expect(await other.contracts.parties.read.partyCount()).to.equal(0n);
    const unknown = await importInto(other, teaDocument(), { register: false });
    expect(new Set(unknown.refusals.map(({ code }) => code))).to.deep.equal(
      new Set(["TRACE_PLACE_UNKNOWN", "TRACE_PARTY_UNKNOWN"]),
    );
    expect(await other.contracts.repository.read.eventCount()).to.equal(0n);
  });

  it("C-15: given goods that were in circulation before, when imported with opening stock, then they are declared, and exported as such", async () => {
    const other = await openFresh();
    const events = teaEvents().slice(4, 7);
    const without = await importInto(other, teaDocument(events));
    expect(without.refusals[0]?.code).to.equal("TRACE_STATE_UNKNOWN");
    const fresh = await openFresh();
    const report = await importInto(fresh, teaDocument(events), { openingStock: true });
    expect(report.refusals).to.deep.equal([]);
    expect(report).to.include({ captured: 3, openings: 1 });
    expect((await fresh.contracts.state.read.stateOf({ object: identify(TEA.case) })).opening).to.equal(true);
    const exported = await exportDocument({ contracts: fresh.contracts, archive: fresh.archive, now: 0 });
    expect(exported.incomplete).to.deep.equal([]);
    const third = await openFresh();
    expect((await importInto(third, exported.document, { openingStock: true })).refusals).to.deep.equal([]);
    expect((await third.contracts.state.read.stateOf({ object: identify(TEA.case) })).opening).to.equal(true);
  });

  it("given a tin, when its history is shown, then it tells what it was made of and what befell the case that it lay in", async () => {
    const history = await showHistory(stage.contracts, identify(TEA.tin(1)));
    expect(history.events.map(({ step, inside }) => [step, inside])).to.deep.equal([
      ["commissioning", ""],
      ["packing", ""],
      ["shipping", "https://id.gs1.org/00/195060000000000012"],
      ["receiving", "https://id.gs1.org/00/195060000000000012"],
      ["unpacking", ""],
      ["retail_selling", ""],
      ["", ""],
    ]);
    const uris: string[] = [];
    const walk = ({ uri, from }: typeof history.ancestors): void => {
      uris.push(uri);
      from.forEach(walk);
    };
    walk(history.ancestors);
    expect(uris).to.include("https://id.gs1.org/01/09506000134369/10/G7");
    expect(history.state).to.include({ status: "sold", producer: "9506000000008" });
    const marked = await showHistory(stage.contracts, identify(TEA.tin(2)));
    expect(marked.events.filter(({ erroneous }) => erroneous)).to.have.length(1);
    expect((await showHistory(stage.contracts, identify(TEA.tin(77)))).known).to.equal(false);
  });

  it("C-29: given a lot, when recalled in pages, then what was made of it is marked and the books show it", async () => {
    const { contracts, platform, chain } = stage;
    const options = {
      ...{
        contracts,
        platform,
        objects: [identify(TEA.made)],
        level: 1 as const,
        labelOnly: false,
        reason: "residue",
        page: 2,
      },
      knownAt: await chain.now(),
    };
    const report = await runRecall(options);
    expect(report).to.include({ complete: true, resumed: false });
    expect(report.pages).to.be.greaterThan(1);
    for (const serial of [1, 2, 3, 4]) {
      expect(await contracts.state.read.isRecalled({ object: identify(TEA.tin(serial)) })).to.equal(true);
    }
    expect(report.books.map(({ unit }) => unit)).to.have.members(["KGM", ""]);
    expect(await runRecall(options)).to.include({ resumed: true, recall: report.recall, pages: 0 });
  });

  it("C-29: given a lot that only its items name, when recalled, then they are marked, and so is an item that joins it later", async () => {
    const fresh = await openFresh();
    const { contracts, platform, chain } = fresh;
    const made = (serial: number): Json => ({
      ...teaEvents()[0],
      quantityList: undefined,
      epcList: [TEA.tin(serial)],
      ilmd: { "cbvmda:lotNumber": "X9" },
      eventTime: `2026-03-05T01:0${serial}:00Z`,
    });
    const written = (serials: readonly number[]): Json => JSON.parse(JSON.stringify(teaDocument(serials.map(made))));
    expect((await importInto(fresh, written([1, 2]))).refusals).to.deep.equal([]);
    const lot = identify("urn:epc:class:lgtin:9506000.013435.X9");
    const common = { contracts, platform, level: 2 as const, labelOnly: false, reason: "residue", page: 5 };
    const report = await runRecall({ ...common, objects: [lot], knownAt: await chain.now() });
    expect(report).to.include({ complete: true, resumed: false });
    expect(report.trees.flatMap(({ from }) => from.flatMap((node) => node.from.map(({ uri }) => uri)))).to.have.members(
      ["https://id.gs1.org/01/09506000134352/21/1", "https://id.gs1.org/01/09506000134352/21/2"],
    );
    expect((await importInto(fresh, written([3]))).refusals).to.deep.equal([]);
    const { isRecalled } = contracts.state.read;
    for (const serial of [1, 2, 3]) expect(await isRecalled({ object: identify(TEA.tin(serial)) })).to.equal(true);
    const never = identify("urn:epc:class:lgtin:9506000.013435.NEVER");
    const refused = await runRecall({ ...common, objects: [never], knownAt: await chain.now() }).catch(
      (error) => error,
    );
    expect(refused).to.include({ code: "RECALL_UNKNOWN_OBJECT" });
  });
});

describe("Master data", () => {
  it("given master data in attributes of several namespaces, when read, then parties, places and products are told", () => {
    const document = readJson(teaDocument());
    const { parties, places, products } = readMasters(document.vocabularies, document.context);
    expect(parties.map(({ gln, roles }) => [gln, roles])).to.deep.equal([
      ["9506000000008", ["producer", "processor"]],
      ["9521321000001", ["retailer"]],
    ]);
    expect(places.map(({ gln, owner }) => [gln, owner])).to.deep.include(["9521321000018", "9521321000001"]);
    expect(products.find(({ gtin }) => gtin === "09506000134376")).to.deep.include({
      unit: "KGM",
      factors: [{ input: "09506000134369", factor: 0.25 }],
    });
    const plain: Masters = readMasterFile(
      JSON.stringify({
        vocabularyList: [
          {
            type: "urn:epcglobal:epcis:vtype:Party",
            vocabularyElementList: [
              {
                id: "urn:epc:id:pgln:9506000.00000",
                attributes: [{ id: "urn:epcglobal:cbv:mda#name", attribute: "A" }],
              },
              { id: "not a key" },
            ],
          },
        ],
      }),
    ).masters;
    expect(plain.parties).to.deep.equal([{ gln: "9506000000008", name: "A", roles: [], region: undefined }]);
    expect(readMasterFile("{}").refusals.map(({ pointer }) => pointer)).to.deep.equal(["/vocabularyList"]);
    expect(readMasterFile("<xml/>").refusals[0]?.code).to.equal("EPCIS_JSON_INVALID");
  });
});

describe("The archive of originals", () => {
  after(closeContexts);

  it("given originals kept in a file, when opened again, then they are there, and a line that a crash cut off does no harm", async () => {
    const { appendFileSync, readFileSync, writeFileSync } = await import("node:fs");
    const path = join(scratchFolder(), "a", "events.jsonl");
    const [id, other] = [`0x${"11".repeat(32)}`, `0x${"22".repeat(32)}`] as const;
    openFileArchive(path).keep([[id, { json: { a: 1 }, context: "c" }]]);
    appendFileSync(path, '{"contentId":"0x33');
    const reopened = openFileArchive(path);
    expect(reopened.find(id)).to.deep.include({ json: { a: 1 }, context: "c" });
    reopened.keep([
      [id, { json: { a: 2 }, context: "c" }],
      [other, { json: { b: 1 }, context: "c" }],
    ]);
    expect(readFileSync(path, "utf8").split("\n")).to.have.length(4);
    writeFileSync(path, `${readFileSync(path, "utf8").replace('{"contentId":"0x33\n', "")}`);
    expect(openFileArchive(path).find(other)?.json).to.deep.equal({ b: 1 });
    writeFileSync(path, 'x\n{"contentId":"0x33"}\n');
    expect(() => openFileArchive(path))
      .to.throw()
      .with.property("code", "ARCHIVE_DAMAGED");
  });
});
