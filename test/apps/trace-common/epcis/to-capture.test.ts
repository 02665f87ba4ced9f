import {
  type CapturedEvent,
  contentId,
  type Directory,
  declarationJson,
  digestJson,
  digestUri,
  EXPORT_CONTEXT,
  identify,
  isOriginal,
  type Names,
  NO_DIGEST,
  NO_OBJECT,
  objectUri,
  type Prepared,
  readJson,
  toCapture,
  toEpcis,
  toMillionths,
} from "@banyan/trace-common/epcis";
import { expect } from "chai";
import fc from "fast-check";
import { CODES, documentOf, type Json, sampleEvents } from "../../../fixtures/epcis/documents.ts";

const PARTIES = new Map([
  ["9506000000008", 1],
  ["9521321000001", 2],
  ["ab".repeat(32), 3],
]);
const PLACES = new Map([
  ["9506000000015/", 11],
  ["9506000000022/COLD-1", 12],
]);
const DIRECTORY: Directory = {
  party: (key) => PARTIES.get(key),
  place: (gln, extension) => PLACES.get(`${gln}/${extension}`),
};
const NAMES: Names = {
  party(party) {
    const [gln = ""] = [...PARTIES].find(([, number]) => number === party) ?? [];
    return `https://id.gs1.org/417/${gln}`;
  },
  place(place) {
    const [key = "/"] = [...PLACES].find(([, number]) => number === place) ?? [];
    const [gln = "", extension = ""] = key.split("/");
    return { gln, extension };
  },
};

function prepare(event: Json): Prepared {
  const { events, refusals } = readJson(documentOf([event]));
  expect(refusals).to.deep.equal([]);
  const [read] = events;
  if (read === undefined) throw new Error("the event was not read");
  return toCapture(read, DIRECTORY);
}

function capture(event: Json): CapturedEvent {
  const { captured, refusals } = prepare(event);
  expect(refusals).to.deep.equal([]);
  if (captured === undefined) throw new Error("the event was not made ready");
  return captured;
}

describe("Events made ready for the chain", () => {
  const refused: readonly (readonly [string, string, keyof ReturnType<typeof sampleEvents>, Json, string, string])[] = [
    [
      "C-17",
      "a wrong check digit",
      "object",
      { epcList: ["https://id.gs1.org/01/09506000134353/21/1"] },
      "IDENTIFIER_CHECK_DIGIT",
      "/epcList/0",
    ],
    ["C-16", "a class among items", "object", { epcList: [CODES.item, CODES.lot] }, "IDENTIFIER_CLASS", "/epcList/1"],
    [
      "C-16",
      "an item among quantities",
      "object",
      { quantityList: [{ epcClass: CODES.item, quantity: 1 }] },
      "IDENTIFIER_INSTANCE",
      "/quantityList/0/epcClass",
    ],
    [
      "C-07",
      "a quantity without an amount",
      "object",
      { quantityList: [{ epcClass: CODES.lot }] },
      "QUANTITY_MISSING",
      "/quantityList/0/quantity",
    ],
    [
      "C-07",
      "a negative amount",
      "object",
      { quantityList: [{ epcClass: CODES.lot, quantity: -1 }] },
      "QUANTITY_INVALID",
      "/quantityList/0/quantity",
    ],
    [
      "C-07",
      "an amount finer than a millionth",
      "object",
      { quantityList: [{ epcClass: CODES.lot, quantity: 1e-7 }] },
      "QUANTITY_INVALID",
      "/quantityList/0/quantity",
    ],
    [
      "C-07",
      "an unknown party",
      "object",
      { sourceList: [{ type: "owning_party", source: "urn:epc:id:pgln:9506000.00009" }] },
      "TRACE_PARTY_UNKNOWN",
      "/sourceList/0/source",
    ],
    [
      "C-07",
      "a party without a GLN",
      "object",
      { destinationList: [{ type: "possessing_party", destination: "https://dealer.example.com/us" }] },
      "TRACE_PARTY_NO_GLN",
      "/destinationList/0/destination",
    ],
    [
      "C-02",
      "an unknown place",
      "object",
      { readPoint: { id: "urn:epc:id:sgln:9506000.00003.0" } },
      "TRACE_PLACE_UNKNOWN",
      "/readPoint/id",
    ],
    [
      "C-01",
      "a time before 1970",
      "object",
      { eventTime: "1969-12-31T00:00:00Z" },
      "TRACE_TIME_TOO_EARLY",
      "/eventTime",
    ],
    ["C-16", "a class as a parent", "aggregation", { parentID: CODES.lot }, "IDENTIFIER_CLASS", "/parentID"],
  ];
  for (const [rule, name, kind, change, code, field] of refused) {
    it(`${rule}: given ${name}, when made ready, then it is refused at its field`, () => {
      const { captured, refusals } = prepare({ ...sampleEvents()[kind], ...change });
      expect(captured).to.equal(undefined);
      expect(refusals.map((one) => [one.code, one.event, one.pointer])).to.deep.equal([
        [code, 0, `/epcisBody/eventList/0${field}`],
      ]);
    });
  }

  it("C-01 to C-10: given an object event with everything, when made ready, then every field stands in the struct", () => {
    const { object } = sampleEvents();
    const captured = capture(object);
    const item = identify(CODES.item);
    expect(captured).to.deep.equal({
      kind: 1,
      action: 1,
      step: 5,
      disposition: 1,
      eventTime: BigInt(Date.parse("2026-03-04T01:30:00Z")),
      zoneOffset: 480,
      contentId: captured.contentId,
      readPoint: 11,
      location: 12,
      flow: { fromOwner: 1, toOwner: 0, fromHolder: 0, toHolder: 2, carrier: 0 },
      parent: NO_OBJECT,
      objects: [item, identify(CODES.otherItem)],
      quantities: [{ object: identify(CODES.lot), amount: 12_500_000n, unit: "0x4b474d" }],
      outputs: [],
      outputQuantities: [],
      transformation: NO_OBJECT,
      transactions: [
        { kind: 6, id: { value: digestUri("urn:epcglobal:cbv:bt:9506000000008:4711"), algorithm: 2 } },
        { kind: 0, id: { value: digestUri("https://dealer.example.com/orders/12"), algorithm: 2 } },
      ],
      set: 1n << 4n,
      unset: 1n << 3n,
      ilmd: {
        lot: identify(CODES.lot),
        producedAt: 0n,
        expiresAt: 0n,
        certificate: digestUri("https://certificates.example.com/1"),
        digest: digestJson(object.ilmd),
      },
      sensors: digestJson(object.sensorElementList),
      extensions: digestJson({ "ext:colour": "green" }),
    });
    expect(captured.sensors).not.to.equal(NO_DIGEST);
  });

  it("C-19: given dates in the master data, when made ready, then a day counts to its end in local time", () => {
    const { object } = sampleEvents();
    const seconds = (text: string) => BigInt(Date.parse(text) / 1000);
    for (const [ilmd, producedAt, expiresAt] of [
      [
        { "cbvmda:productionDate": "2026-03-01", "cbvmda:itemExpirationDate": "2026-09-01" },
        seconds("2026-03-01T00:00:00+08:00"),
        seconds("2026-09-02T00:00:00+08:00"),
      ],
      [{ "cbvmda:bestBeforeDate": "2026-09-01T12:00:00Z" }, 0n, seconds("2026-09-01T12:00:00Z")],
      [
        { "cbvmda:sellByDate": "2026-08-01", "cbvmda:bestBeforeDate": "2026-09-01" },
        0n,
        seconds("2026-08-02T00:00:00+08:00"),
      ],
      [{ "ext:sellByDate": "2026-08-01", "cbvmda:productionDate": "soon" }, 0n, 0n],
    ] as const) {
      const made = capture({ ...object, ilmd }).ilmd;
      expect([made.producedAt, made.expiresAt]).to.deep.equal([producedAt, expiresAt]);
    }
  });

  it("C-09: given own words, when made ready, then they are OWN and their digest stands in the extensions", () => {
    const { transformation } = sampleEvents();
    const captured = capture(transformation);
    expect(captured.step).to.equal(42);
    expect(captured.extensions).to.equal(digestJson({ bizStep: ["https://ns.example.com/steps/withering"] }));
    expect(objectUri(captured.transformation)).to.match(/^urn:banyan:transformation:[0-9a-f]{62}$/);
    const own = capture({
      ...sampleEvents().object,
      bizTransactionList: [{ type: "ext:paper", bizTransaction: "urn:x:1" }],
    });
    expect(own.transactions[0]?.kind).to.equal(14);
    expect(own.extensions).to.equal(
      digestJson({ bizTransactionList: ["https://ns.example.com/epcis/paper"], "ext:colour": "green" }),
    );
  });

  it("given a confidential partner, when made ready, then it is found by its commitment", () => {
    const destination = `urn:banyan:partner:${"ab".repeat(32)}`;
    const event = { ...sampleEvents().object, destinationList: [{ type: "possessing_party", destination }] };
    expect(capture(event).flow.toHolder).to.equal(3);
  });

  it("C-11: given an error declaration, when made ready, then content id and struct are those of the event", () => {
    const { object } = sampleEvents();
    const corrective = [`ni:///sha-256;${"cd".repeat(32)}?ver=CBV2.0`, "urn:uuid:0d0f3f9e-31a1-4f5e-9d46-1f3f1c5a9c12"];
    const errorDeclaration = {
      declarationTime: "2026-03-05T00:00:00Z",
      reason: "incorrect_data",
      correctiveEventIDs: corrective,
    };
    const { captured, declaration } = prepare({ ...object, errorDeclaration });
    expect(captured).to.deep.equal(capture(object));
    expect(declaration?.reason).to.equal(2);
    expect(declaration?.corrective[0]).to.equal(`0x${"cd".repeat(32)}`);
    expect(declaration?.corrective).to.have.length(2);
    expect(
      declarationJson(declaration?.declarationTime ?? 0n, 2, declaration?.corrective.slice(0, 1) ?? []),
    ).to.deep.equal({
      declarationTime: "2026-03-05T00:00:00.000+00:00",
      reason: "incorrect_data",
      correctiveEventIDs: [corrective[0]],
    });
    expect(
      prepare({ ...object, errorDeclaration: { declarationTime: "2026-03-05T00:00:00Z" } }).declaration?.reason,
    ).to.equal(3);
  });

  it("given events of all kinds, when written from the chain's struct, then they validate and come back as the same struct", () => {
    for (const event of Object.values(sampleEvents())) {
      const captured = capture(event);
      const { json, missing } = toEpcis(captured, NAMES);
      const document = documentOf([json], { "@context": EXPORT_CONTEXT });
      const { events, refusals } = readJson(document);
      expect(refusals).to.deep.equal([]);
      expect(missing).to.not.deep.equal([]);
      const [read] = events;
      if (read === undefined) throw new Error("the event was not read");
      const again = toCapture(read, DIRECTORY).captured;
      // What the chain knows only by a digest cannot come back; everything else does.
      const { contentId: _, sensors, extensions, ilmd, transactions, transformation, ...same } = captured;
      expect(again).to.deep.include(same);
      expect([sensors, extensions, ilmd, transactions, transformation]).to.have.length(5);
    }
  });

  it("given an event without anything that only a digest tells, when written, then it is whole and has its hash id", () => {
    const { object } = sampleEvents();
    const { bizTransactionList, sensorElementList, ilmd, certificationInfo, "ext:colour": _, ...plain } = object;
    const event: Json = {
      ...plain,
      readPoint: { id: CODES.garden },
      sourceList: [{ type: "owning_party", source: CODES.maker }],
    };
    const captured = capture(event);
    const { json, missing } = toEpcis(captured, NAMES);
    expect(missing).to.deep.equal([]);
    expect(json.eventID).to.equal(`ni:///sha-256;${captured.contentId.slice(2)}?ver=CBV2.0`);
    expect(capture(json)).to.deep.equal(captured);
    expect([bizTransactionList, sensorElementList, ilmd, certificationInfo]).to.have.length(4);
  });

  it("given a kept original, when compared, then one that was changed is told from what was captured", () => {
    const { object } = sampleEvents();
    const { "@context": context } = documentOf([]);
    const captured = capture(object);
    expect(isOriginal(object, context, captured)).to.equal(true);
    expect(isOriginal({ ...object, "ext:colour": "black" }, context, captured)).to.equal(false);
    expect(isOriginal(object, undefined, captured)).to.equal(false);
  });

  it("given any amount in millionths, when read as a number, then nothing is lost", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), fc.integer({ min: 0, max: 999_999 }), (whole, part) => {
        const text = `${whole}.${String(part).padStart(6, "0")}`;
        expect(toMillionths(Number(text))).to.equal(BigInt(whole) * 1_000_000n + BigInt(part));
      }),
    );
    expect(contentId).to.be.a("function");
  });
});
