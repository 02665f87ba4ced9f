import { readFileSync } from "node:fs";
import { BanyanError } from "@banyan/app-common";
import { EPCIS_CONTEXT, readDocument, readJson, refusalError } from "@banyan/trace-common/epcis";
import { expect } from "chai";
import {
  ACTIONS,
  BIZ_STEPS,
  BIZ_TRANSACTION_TYPES,
  DISPOSITIONS,
  ERROR_REASONS,
  EVENT_TYPES,
  MEASUREMENT_TYPES,
  SENSOR_ALERTS,
} from "../../../../apps/trace-common/epcis/vocabulary.ts";
import { answerOf, documentOf, type Json, sampleEvents } from "../../../fixtures/epcis/documents.ts";
import { INVALID } from "../../../fixtures/epcis/invalid.ts";

const TYPES = readFileSync(
  new URL("../../../../contracts/traceability/libraries/TraceTypes.sol", import.meta.url),
  "utf8",
);

/** The words of an enum of the contracts, without NONE and OWN, as CBV writes them. */
function enumOf(name: string): string[] {
  const body = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(TYPES)?.[1] ?? "";
  return body
    .replace(/\/\/.*/g, "")
    .split(/[\s,]+/)
    .filter((word) => word !== "" && word !== "NONE" && word !== "OWN");
}

describe("Reading EPCIS 2.0 documents", () => {
  for (const { name, document, code, pointer, rule } of INVALID) {
    it(`${rule}: given ${name}, when read, then it is refused by name, place and rule`, () => {
      const { events, refusals } = readJson(document);
      expect(refusals.map((refusal) => [refusal.code, refusal.pointer, refusal.rule])).to.deep.include([
        code,
        pointer,
        rule,
      ]);
      expect(refusals).to.have.length(1);
      if (pointer.startsWith("/epcisBody/eventList/0")) expect(events).to.deep.equal([]);
    });
  }

  for (const [kind, event] of Object.entries(sampleEvents())) {
    it(`given an ${kind} event with everything that it may carry, when read, then nothing is refused`, () => {
      for (const document of [
        documentOf([event]),
        answerOf([event]),
        { "@context": EPCIS_CONTEXT, ...event },
        documentOf([event], { epcisHeader: { "ext:x": 1 }, sender: "A", "ext:y": [] }),
      ]) {
        const read = readJson(document);
        expect(read.refusals).to.deep.equal([]);
        expect(read.events.map(({ json }) => json.type)).to.deep.equal([event.type]);
        expect(read.total).to.equal(1);
      }
    });
  }

  it("C-08: given a report of each measurement type and each exception, when read, then it is right; without a type, or with an exception of its own, it is not", () => {
    const { object } = sampleEvents();
    const read = (sensorReport: readonly Json[]) => {
      const sensorElementList = [{ sensorMetadata: { time: "2026-03-01T08:00:00+08:00" }, sensorReport }];
      return readJson(documentOf([{ ...object, sensorElementList }])).refusals.map(({ rule, pointer }) => [
        rule,
        pointer.split("/").at(-1),
      ]);
    };
    expect(MEASUREMENT_TYPES.terms).to.have.length(72);
    expect(read(MEASUREMENT_TYPES.terms.map((type) => ({ type, value: 4 })))).to.deep.equal([]);
    expect(read(SENSOR_ALERTS.terms.map((exception) => ({ type: "Temperature", exception })))).to.deep.equal([]);
    expect(read([{ value: 4 }])).to.deep.equal([["C-08", "type"]]);
    expect(read([{ type: "Temperature", exception: "TOO_WARM" }])).to.deep.equal([["C-08", "exception"]]);
  });

  it("C-02, C-03, C-05: given DELETE of all children, an empty list of EPCs, or sensors at a read point, when read, then they are right", () => {
    const { object, aggregation, association, transaction } = sampleEvents();
    const sensed = { ...object, action: "OBSERVE" };
    const events: Json[] = [
      drop({ ...aggregation, action: "DELETE" }, "childEPCs", "childQuantityList"),
      drop({ ...aggregation, action: "OBSERVE" }, "parentID"),
      drop({ ...association, action: "DELETE" }, "childEPCs"),
      drop({ ...transaction, action: "DELETE" }, "epcList", "quantityList"),
      { ...drop(object, "quantityList"), epcList: [] },
      drop(sensed, "epcList", "quantityList", "ilmd"),
    ];
    expect(readJson(documentOf(events)).refusals).to.deep.equal([]);
  });

  it("C-09: given own words and the web addresses of GS1's, when read, then they are right", () => {
    const { object } = sampleEvents();
    for (const bizStep of [
      "ext:withering",
      "https://steps.example.com/x",
      "cbv:BizStep-shipping",
      ...BIZ_STEPS.terms,
    ]) {
      expect(readJson(documentOf([{ ...object, bizStep }])).refusals).to.deep.equal([]);
    }
    expect(BIZ_STEPS.terms).to.have.length(41);
    expect(DISPOSITIONS.terms).to.have.length(33);
    expect(BIZ_TRANSACTION_TYPES.terms).to.have.length(13);
    expect(MEASUREMENT_TYPES.terms).to.have.length(72);
  });

  it("C-09: given the vocabularies, when compared with the contracts' enums, then every word has the same number", () => {
    const upper = (terms: readonly string[]): string[] => terms.map((term) => term.toUpperCase());
    expect(enumOf("BizStep")).to.deep.equal(upper(BIZ_STEPS.terms));
    expect(enumOf("Disposition")).to.deep.equal(upper(DISPOSITIONS.terms));
    expect(enumOf("BizTransactionType")).to.deep.equal(upper(BIZ_TRANSACTION_TYPES.terms));
    expect(enumOf("ErrorReason")).to.deep.equal(upper(ERROR_REASONS.terms));
    expect(enumOf("Action")).to.deep.equal([...ACTIONS]);
    expect(enumOf("EventKind")).to.deep.equal(EVENT_TYPES.map((type) => type.replace("Event", "").toUpperCase()));
  });

  it("given several wrong events, when read, then all that is wrong is listed with the events' places", () => {
    const { object } = sampleEvents();
    const { events, refusals, total } = readJson(
      documentOf([{ ...object, action: "add", bizStep: "ship" }, object, { ...object, eventTime: "now" }]),
    );
    expect(total).to.equal(3);
    expect(events.map(({ index }) => index)).to.deep.equal([1]);
    expect(refusals.map(({ event, pointer }) => [event, pointer])).to.have.deep.members([
      [0, "/epcisBody/eventList/0/action"],
      [0, "/epcisBody/eventList/0/bizStep"],
      [2, "/epcisBody/eventList/2/eventTime"],
    ]);
  });

  it("given an event whose own fields are nested without end, when read, then it is refused and nothing breaks", () => {
    const nested = `${'{"ext:a":'.repeat(5000)}1${"}".repeat(5000)}`;
    const text = JSON.stringify(documentOf([{ ...sampleEvents().object, "ext:deep": 0 }])).replace(
      '"ext:deep":0',
      `"ext:deep":${nested}`,
    );
    expect(readDocument(text).refusals.map(({ code }) => code)).to.deep.equal(["EPCIS_FORM_INVALID"]);
  });

  it("given a file that is no JSON, when read, then it says so; a byte order mark does no harm", () => {
    expect(readDocument("<epcis:EPCISDocument/>").refusals.map(({ code }) => code)).to.deep.equal([
      "EPCIS_JSON_INVALID",
    ]);
    expect(readDocument(`\uFEFF${JSON.stringify(documentOf([]))}`).refusals).to.deep.equal([]);
  });

  it("given a file that is not UTF-8, empty, or one document per line, when read, then it says so", () => {
    const codes = (source: string | Uint8Array) => readDocument(source).refusals.map(({ code }) => code);
    expect(codes(Uint8Array.of(0xff, 0xfe, 0x7b, 0))).to.deep.equal(["EPCIS_ENCODING_INVALID"]);
    expect(codes(Buffer.from('{"note": "caf\u00e9"}', "latin1"))).to.deep.equal(["EPCIS_ENCODING_INVALID"]);
    expect(codes(new Uint8Array())).to.deep.equal(["EPCIS_JSON_INVALID"]);
    const line = JSON.stringify(documentOf([]));
    const [lines] = readDocument(`${line}\n${line}\n`).refusals;
    expect(lines?.code).to.equal("EPCIS_JSON_INVALID");
    expect(lines?.cure.en).to.include("eventList");
    expect(
      codes(Buffer.from(`\uFEFF${JSON.stringify(documentOf([]), null, 2).replaceAll("\n", "\r\n")}`)),
    ).to.deep.equal([]);
  });

  it("given a field that stands twice in one object, when read, then it is refused with its place, wherever that is", () => {
    const { object } = sampleEvents();
    const text = JSON.stringify(documentOf([object, { ...object, "ext:list": [{}, { "ext:a": 1 }] }]));
    const twice = text
      .replace('"ext:a":1', '"ext:a":1, "ext:b": "\\"ext:a\\":", "\\u0065xt:a" :2')
      .replace('"schemaVersion"', '"type":"EPCISDocument","schemaVersion"');
    const { refusals, events } = readDocument(twice);
    expect(refusals.map(({ code, event, pointer }) => [code, event, pointer])).to.deep.equal([
      ["EPCIS_FIELD_REPEATED", undefined, "/type"],
      ["EPCIS_FIELD_REPEATED", 1, "/epcisBody/eventList/1/ext:list/1/ext:a"],
    ]);
    expect(events).to.deep.equal([]);
    expect(readDocument(text).refusals).to.deep.equal([]);
  });

  it("given a refusal, when made an error, then it names file, event, field, rule and cure in both languages", () => {
    const [refusal] = readJson(documentOf([{ ...sampleEvents().object, action: "add" }])).refusals;
    if (refusal === undefined) throw new Error("nothing was refused");
    const error = refusalError("a.jsonld", refusal);
    expect(error).to.be.instanceOf(BanyanError);
    for (const language of ["en", "zh"] as const) {
      const { message, cure } = error.in(language);
      for (const part of ["a.jsonld", "0", "/epcisBody/eventList/0/action", "C-02"]) expect(message).to.include(part);
      expect(cure).to.be.a("string").and.not.equal("");
    }
  });
});

function drop(event: Json, ...names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)));
}
