import { identify, readJson } from "@banyan/trace-common/epcis";
import {
  exportDocument,
  type ImportOptions,
  importDocument,
  openStage,
  showHistory,
  type TraceStage,
} from "@banyan/trace-common/trace";
import { expect } from "chai";
import { ANYBODY, stockNode, transitNode } from "../../../apps/trace-common/trace/plan/lot-nodes.ts";
import { CODES, documentOf, type Json } from "../../fixtures/epcis/documents.ts";
import { closeContexts, createTestContext, scratchFolder } from "../../helpers/app-context.ts";

const LATER = BigInt(Date.UTC(2026, 5, 1) / 1000);
const { maker, dealer, store, lot, pallet } = CODES;
const item = (serial: number): string => `urn:epc:id:sgtin:9506000.013435.${serial}`;
const holder = (list: "source" | "destination", party: string): Json => ({
  [`${list}List`]: [{ type: "possessing_party", [list]: party }],
});

let minute = 0;
function event(type: string, more: Json): Json {
  minute++;
  return {
    type: `${type}Event`,
    eventTime: new Date(Date.UTC(2026, 2, 4, 1, minute)).toISOString(),
    eventTimeZoneOffset: "+08:00",
    readPoint: { id: store },
    ...more,
  };
}

async function openFresh(): Promise<TraceStage> {
  const context = createTestContext({ root: scratchFolder() });
  const connection = await context.connect({ initialDate: LATER });
  return await openStage(context, connection, { app: "trace", wallet: undefined, region: "CN" });
}

function importInto({ chain, archive }: TraceStage, document: unknown, options: Partial<ImportOptions> = {}) {
  return importDocument({
    ...{ document: readJson(document), chain, archive, register: true, openingStock: true, dryRun: false },
    ...options,
  });
}

async function historyOf({ contracts }: TraceStage, code: string) {
  const { events, state } = await showHistory(contracts, identify(code));
  return { steps: events.map(({ step }) => step), possessor: state?.possessor };
}

describe("What imported events presume", function () {
  this.timeout(180_000);
  after(closeContexts);

  it("C-15: given receipts, an unpacking and a return of goods that nothing is known of, when imported, then what must have been before is captured, and an export comes to the same", async () => {
    const document = documentOf([
      event("Object", {
        ...{ action: "OBSERVE", bizStep: "receiving", epcList: [pallet] },
        quantityList: [{ epcClass: lot, quantity: 40, uom: "KGM" }],
        ...{ ...holder("source", maker), ...holder("destination", dealer) },
      }),
      event("Aggregation", { action: "DELETE", bizStep: "unpacking", parentID: pallet, childEPCs: [item(1), item(2)] }),
      event("Object", { action: "OBSERVE", bizStep: "receiving", epcList: [item(3)] }),
      event("Object", {
        ...{ action: "OBSERVE", bizStep: "receiving", disposition: "returned", epcList: [item(4)] },
      }),
      event("Object", { action: "OBSERVE", bizStep: "shipping", epcList: [item(3)] }),
    ]);
    const stage = await openFresh();
    const report = await importInto(stage, document, { by: "9521321000001" });
    expect(report.refusals).to.deep.equal([]);
    expect(report).to.include({ ok: true, captured: 5, withheld: false, refused: 0 });
    expect(await historyOf(stage, item(1))).to.deep.equal({
      steps: ["commissioning", "packing", "shipping", "receiving", "unpacking"],
      possessor: "9521321000001",
    });
    expect((await historyOf(stage, item(3))).steps).to.deep.equal([
      ...["commissioning", "shipping", "receiving", "shipping"],
    ]);
    expect((await historyOf(stage, item(4))).steps).to.deep.equal(["commissioning", "retail_selling", "receiving"]);

    const exported = await exportDocument({ contracts: stage.contracts, archive: stage.archive, now: 0 });
    expect(exported.incomplete).to.deep.equal([]);
    const other = await openFresh();
    const again = await importInto(other, exported.document, { openingStock: false });
    expect(again.refusals).to.deep.equal([]);
    for (const code of [item(1), item(3), item(4), pallet]) {
      expect(await historyOf(other, code)).to.deep.equal(await historyOf(stage, code));
    }
  });

  it("C-15: given the same goods, when nothing may be presumed, then each event is refused with what lacks", async () => {
    const stage = await openFresh();
    const report = await importInto(
      stage,
      documentOf([
        event("Object", { action: "OBSERVE", bizStep: "receiving", epcList: [item(3)] }),
        event("Aggregation", { action: "DELETE", bizStep: "unpacking", parentID: pallet, childEPCs: [item(1)] }),
      ]),
      { by: "9521321000001", openingStock: false },
    );
    expect(report.refusals.map(({ code, event: at }) => [code, at])).to.deep.equal([
      ["TRACE_STATE_UNKNOWN", 0],
      ["TRACE_STATE_UNKNOWN", 1],
    ]);
    expect(report).to.include({ captured: 0, refused: 2, withheld: false });
  });

  it("C-11: given only the declaration of an event in error, when imported, then event and declaration are there, and nothing of the event stays", async () => {
    const declared = event("Object", {
      ...{
        action: "OBSERVE",
        bizStep: "shipping",
        epcList: [item(1)],
        eventID: "urn:uuid:0d0f3f9e-31a1-4f5e-9d46-1f3f1c5a9c02",
      },
      ...holder("destination", dealer),
      errorDeclaration: {
        ...{ declarationTime: "2026-03-05T08:00:00+08:00", reason: "did_not_occur", "ext:note": "never left" },
      },
    });
    const stage = await openFresh();
    const report = await importInto(stage, documentOf([declared]));
    expect(report.refusals).to.deep.equal([]);
    expect(report).to.include({ captured: 0, declared: 1 });
    const { consignee } = await stage.contracts.state.read.stateOf({ object: identify(item(1)) });
    expect(consignee).to.equal(0);
    const exported = await exportDocument({ contracts: stage.contracts, archive: stage.archive, now: 0 });
    const { events } = readJson(exported.document);
    expect(events.at(-1)?.json.errorDeclaration).to.deep.equal(declared.errorDeclaration);
    const other = await openFresh();
    const again = await importInto(other, exported.document, { openingStock: false });
    expect(again).to.include({ ok: true, declared: 1 });
  });

  it("given an event that breaks a rule among others, when imported, then nothing is captured; with proceed the others are", async () => {
    const add = { action: "ADD", bizStep: "commissioning" };
    const document = documentOf([
      event("Object", { ...add, epcList: [item(1)] }),
      event("Object", { ...add, epcList: ["https://id.gs1.org/01/09506000134353/21/2"] }),
      event("Object", { ...add, epcList: [item(3)], bizStep: "comissioning" }),
    ]);
    const stage = await openFresh();
    const held = await importInto(stage, document);
    expect(held.refusals.map(({ code, event: at }) => [code, at])).to.deep.equal([["EPCIS_TERM_UNKNOWN", 2]]);
    expect(held).to.include({ captured: 0, withheld: true, refused: 1 });
    const report = await importInto(stage, document, { proceed: true });
    expect(report.refusals.map(({ code, event: at }) => [code, at])).to.deep.equal([
      ["IDENTIFIER_CHECK_DIGIT", 1],
      ["EPCIS_TERM_UNKNOWN", 2],
    ]);
    expect(report).to.include({ captured: 1, withheld: false, refused: 2, ok: false });
  });

  it("given an event of 1,000 items, when imported, then it is captured; where transactions have too little gas, then it is refused with both figures", async () => {
    const items = Array.from({ length: 1000 }, (_, serial) => item(serial + 1));
    const add = { action: "ADD", bizStep: "commissioning" };
    const document = documentOf([
      event("Object", { ...add, epcList: items }),
      event("Object", { ...add, epcList: [item(1001)] }),
    ]);
    const stage = await openFresh();
    const { chain } = stage;
    const small = await importInto({ ...stage, chain: { ...chain, mostGas: async () => 6_000_000n } }, document);
    expect(small.refusals.map(({ code, event: at }) => [code, at])).to.deep.equal([["TRACE_EVENT_TOO_LARGE", 0]]);
    for (const figure of ["1000", "6,000,000"]) expect(small.refusals[0]?.message.en).to.include(figure);
    expect([small.captured, (await importInto(stage, document)).captured]).to.deep.equal([1, 1]);
  });

  it("given two sites of one company, when goods go from one to the other, then each is a party of its own", async () => {
    const site = (number: number): string => `urn:epc:id:pgln:9506000.0000${number}`;
    const document = documentOf([
      event("Object", { action: "ADD", bizStep: "commissioning", epcList: [item(1)], readPoint: { id: CODES.garden } }),
      event("Object", {
        ...{ action: "OBSERVE", bizStep: "shipping", epcList: [item(1)], readPoint: { id: CODES.garden } },
        ...holder("destination", site(5)),
      }),
    ]);
    const report = await importInto(await openFresh(), document, { openingStock: false });
    expect(report.refusals).to.deep.equal([]);
    expect(report.registered.parties).to.equal(2);
  });

  it("given two documents of one command, when the second has the first's place run by a party and its product made by another, then both are known from the start", async () => {
    const [first, second] = [
      documentOf([event("Object", { action: "ADD", bizStep: "commissioning", epcList: [item(1)] })]),
      documentOf([
        event("Object", {
          ...{ action: "OBSERVE", bizStep: "shipping", epcList: [item(1)] },
          ...{ ...holder("source", maker), ...holder("destination", dealer) },
        }),
        event("Object", {
          ...{ action: "ADD", bizStep: "commissioning", epcList: [item(2)] },
          readPoint: { id: "urn:epc:id:sgln:9521321.00001.0" },
        }),
      ]),
    ];
    const alone = await openFresh();
    await importInto(alone, first, { openingStock: false });
    const apart = await importInto(alone, second, { openingStock: false });
    expect(apart.refusals.map(({ code }) => code)).to.deep.equal([
      ...["TRACE_STATE_NOT_POSSESSOR", "PRODUCT_CATALOGUE_MAY_NOT_PRODUCE"],
    ]);
    const both = await openFresh();
    const shared = { together: [readJson(first), readJson(second)], derived: new Set<string>(), openingStock: false };
    for (const document of [first, second]) {
      expect((await importInto(both, document, shared)).refusals).to.deep.equal([]);
    }
  });

  it("given nodes of quantities, when numbered here, then as the contracts number them", async () => {
    const { state } = (await openFresh()).contracts;
    expect(stockNode(7)).to.equal(await state.read.stockNode({ party: 7 }));
    expect(transitNode(1, ANYBODY)).to.equal(await state.read.transitNode({ from: 1, to: ANYBODY }));
  });
});
