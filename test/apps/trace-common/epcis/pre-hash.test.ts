import { contentId, EPCIS_CONTEXT, hashId, parseHashId, preHash, readJson } from "@banyan/trace-common/epcis";
import { expect } from "chai";
import { documentOf, type Json, sampleEvents } from "../../../fixtures/epcis/documents.ts";

/** The events of a document that must obey every rule. */
function read(document: Json) {
  const { events, refusals } = readJson(document);
  expect(refusals).to.deep.equal([]);
  return events;
}

function idsOf(events: readonly Json[], prefixes: Json = {}): string[] {
  const context = [EPCIS_CONTEXT, prefixes];
  return read(documentOf(events, { "@context": context })).map((event) => hashId(contentId(event)));
}

const AT = { eventTimeZoneOffset: "+01:00" };

// Vectors: RalphTro/epcis-event-hash-generator at 5d2f1c3, tests/examples/*.hashes, the reference of CBV 2.0 section 8.9.
const VECTORS: readonly {
  readonly name: string;
  readonly hash: string;
  readonly event: Json;
  readonly prefixes?: Json;
}[] = [
  {
    name: "nested user extensions, three SSCCs (example 1)",
    hash: "6ae96341e0acc6d7a261364751f60e68278a81cdf51da0abb6b4e617014e39d7",
    prefixes: { example: "https://ns.example.com/epcis/" },
    event: {
      type: "ObjectEvent",
      eventTime: "2020-03-04T11:00:30.000+01:00",
      ...AT,
      recordTime: "2020-03-04T11:00:30.999+01:00",
      action: "OBSERVE",
      bizStep: "departing",
      epcList: [333, 111, 222].map((n) => `urn:epc:id:sscc:4012345.0000000${n}`),
      readPoint: { id: "urn:epc:id:sgln:4012345.00011.987" },
      "example:myField1": { "example:mySubField1": "2", "example:mySubField2": "5" },
      "example:myField2": "0",
      "example:myField3": { "example:mySubField3": ["3", "1"] },
    },
  },
  {
    name: "sensor reports of four kinds (example 2)",
    hash: "49b13037c36e84ad9307c531671b00e901318c3957e4b1151f816ec49eb668da",
    event: {
      type: "ObjectEvent",
      eventTime: "2020-04-01T15:00:00+01:00",
      ...AT,
      action: "OBSERVE",
      bizStep: "inspecting",
      epcList: ["urn:epc:id:sgtin:4012345.011111.9876"],
      readPoint: { id: "urn:epc:id:sgln:4012345.00005.0" },
      sensorElementList: [
        {
          sensorMetadata: {
            deviceID: "urn:epc:id:giai:4000001.111",
            deviceMetadata: "https://id.gs1.org/8004/4000001111",
          },
          sensorReport: [
            { type: "Temperature", value: 26, sDev: 0.1, uom: "CEL" },
            { type: "AbsoluteHumidity", value: 12.1, uom: "A93" },
            {
              type: "Dimensionless",
              microorganism: "https://www.ncbi.nlm.nih.gov/taxonomy/1126011",
              value: 0.05,
              uom: "C35",
            },
            {
              type: "Dimensionless",
              chemicalSubstance: "https://identifiers.org/inchikey:CZMRCDWAGMRECN-UGDNZRGBSA-N",
              value: 0.18,
              uom: "C35",
            },
          ],
        },
      ],
    },
  },
  {
    name: "sources, destinations, an extension of the read point (example 3)",
    hash: "a13cbe6c8bb6df3710b3edaeff760a1365ec8fd69ca1f4d7e0c10eb5189a883a",
    prefixes: { example: "https://ns.example.com/epcis/" },
    event: {
      type: "ObjectEvent",
      eventTime: "2020-03-04T11:00:30+01:00",
      ...AT,
      action: "OBSERVE",
      bizStep: "departing",
      disposition: "in_transit",
      epcList: ["urn:epc:id:sgtin:0614141.011111.987"],
      readPoint: { id: "urn:epc:id:sgln:4012345.00011.0", "example:myField1": "AB-12" },
      bizTransactionList: [{ type: "po", bizTransaction: "urn:epc:id:gdti:4012345.11111.123" }],
      sourceList: [{ type: "owning_party", source: "urn:epc:id:pgln:4012345.00000" }],
      destinationList: [{ type: "owning_party", destination: "urn:epc:id:pgln:0614141.00000" }],
      "example:userExt": "CD-34",
    },
  },
  {
    name: "more decimals of a second than three",
    hash: "589e6268daac257cff0a64ae0f525abcc3ff90bc7832171270fd9260e9c481c8",
    event: {
      type: "ObjectEvent",
      eventTime: "2023-02-12T11:04:03.1415Z",
      ...AT,
      certificationInfo: "https://accreditation-council.example.org/certificate/ABC12345",
      action: "OBSERVE",
      bizStep: "receiving",
      disposition: "in_progress",
      epcList: ["https://id.gs1.de/01/04012345999990/21/XYZ-1234"],
      readPoint: { id: "https://id.gs1.de/414/4012345000115" },
      sensorElementList: [
        {
          sensorMetadata: {
            time: "2023-02-12T11:04:03.1007Z",
            bizRules: "https://id.example.com/253/4012345000054987",
          },
          sensorReport: [
            {
              type: "Dimensionless",
              exception: "ALARM_CONDITION",
              coordinateReferenceSystem: "http://www.opengis.net/def/crs/EPSG/0/27700",
            },
          ],
        },
      ],
    },
  },
  {
    name: "extensions of sensor metadata and reports",
    hash: "765891c0478707141565408cefb87841b7531936188edd0ff0e63e91789b7c09",
    prefixes: { ext1: "https://ns.ext.de/epcis/" },
    event: {
      type: "ObjectEvent",
      eventTime: "2023-01-11T12:00:00+01:00",
      ...AT,
      certificationInfo: "https://accreditation-council.example.org/certificate/ABC12345",
      action: "OBSERVE",
      bizStep: "receiving",
      disposition: "in_progress",
      epcList: ["https://id.gs1.de/01/04012345999990/21/XYZ-1234"],
      readPoint: { id: "https://id.gs1.de/414/4012345000115" },
      sensorElementList: [
        {
          sensorMetadata: {
            time: "2023-01-11T11:05:00Z",
            bizRules: "https://id.example.com/253/4012345000054987",
            "ext1:someFurtherMetadata": "metadataText",
          },
          sensorReport: [
            {
              type: "Dimensionless",
              exception: "ALARM_CONDITION",
              coordinateReferenceSystem: "http://www.opengis.net/def/crs/EPSG/0/27700",
              "ext1:someFurtherReportData": "reportText",
            },
          ],
        },
      ],
    },
  },
  {
    name: "compact URIs and components",
    hash: "bb12b0e4a573819c15796579560efbe6bd5e337f5c8c5cdf81f983a39947f629",
    event: {
      type: "ObjectEvent",
      eventTime: "2022-04-07T10:00:00.000Z",
      ...AT,
      action: "OBSERVE",
      bizStep: "sensor_reporting",
      epcList: ["https://id.example.com/8003/040123450007718765"],
      readPoint: { id: "https://id.example.com/414/4012345000054" },
      sensorElementList: [
        {
          sensorReport: [
            ["latitude", 42.698334],
            ["longitude", 23.319941],
          ].map(([component, value]) => ({
            type: "gs1:Angle",
            value,
            component: `cbv:Comp-${component}`,
            uom: "DD",
            coordinateReferenceSystem: "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
          })),
        },
      ],
    },
  },
  {
    name: "ILMD of a commissioning",
    hash: "5f396ea5cb32fe4d0980cb79f5a5eb9640559e9f5a6cefa5c98a7d6ad554b50b",
    event: {
      type: "ObjectEvent",
      eventTime: "2019-10-21T14:58:56.000+02:00",
      eventTimeZoneOffset: "+02:00",
      action: "ADD",
      bizStep: "commissioning",
      quantityList: [{ epcClass: "urn:epc:class:lgtin:4054739.099914.20160711", quantity: 600, uom: "KGM" }],
      readPoint: { id: "urn:epc:id:sgln:4054739.00001.0" },
      ilmd: { "cbvmda:bestBeforeDate": "2019-10-21" },
    },
  },
  {
    name: "aggregation of quantities",
    hash: "cfda50b7ff23682e989bafc3747ac9b752f405305fcde6618280f6be27344f35",
    event: {
      type: "AggregationEvent",
      eventTime: "2019-10-21T17:30:56.591+02:00",
      eventTimeZoneOffset: "+02:00",
      parentID: "urn:epc:id:sscc:4012344.0111111133",
      childQuantityList: [
        { epcClass: "urn:epc:class:lgtin:4054739.099902.P2", quantity: 12, uom: "KGM" },
        { epcClass: "urn:epc:class:lgtin:4054739.012345.lot2", quantity: 17 },
      ],
      action: "ADD",
      bizStep: "packing",
      readPoint: { id: "urn:epc:id:sgln:4012345.00025.0" },
    },
  },
  {
    name: "a transaction",
    hash: "cf6559dc931963f19ed9cd2fe33c02ef64c8cfd557e5a96b086a87db315b7122",
    event: {
      type: "TransactionEvent",
      eventTime: "2019-10-21T00:05:00-06:00",
      eventTimeZoneOffset: "-06:00",
      epcList: ["urn:epc:id:sgtin:0614141.107340.1", "urn:epc:id:sgtin:0614141.107340.2"],
      action: "ADD",
      bizStep: "shipping",
      readPoint: { id: "urn:epc:id:sgln:4012345.00000.5" },
      bizLocation: { id: "urn:epc:id:sgln:4012345.00000.0" },
      bizTransactionList: [{ type: "po", bizTransaction: "urn:epcglobal:cbv:bt:4012345123456:RE100099" }],
    },
  },
  {
    name: "a transformation with its id and a step of its own",
    hash: "756558aa09b2d38c6bcb6e50eab2fcbebd9bde17362a7c4f4686a5d7f5fb013f",
    event: {
      type: "TransformationEvent",
      eventTime: "2019-10-21T14:58:56.591+02:00",
      eventTimeZoneOffset: "+02:00",
      inputEPCList: ["urn:epc:id:sgtin:4012345.011122.25", "urn:epc:id:sgtin:4000001.065432.99886655"],
      outputQuantityList: [{ epcClass: "urn:epc:class:lgtin:4054739.099902.P20131121", quantity: 9520 }],
      transformationID: "urn:epc:id:gdti:4012345.55555.1234",
      bizStep: "http://epcis.example.com/user/vocab/bizstep/exampling",
      readPoint: { id: "urn:epc:id:sgln:4012345.00001.0" },
    },
  },
  {
    name: "persistent dispositions",
    hash: "f6a9d89f2cd8d7931daa3d4c3d48399c2173b88417932f8cc04d021671e7d01e",
    event: {
      type: "ObjectEvent",
      eventTime: "2021-04-01T15:00:00+01:00",
      ...AT,
      action: "OBSERVE",
      bizStep: "shipping",
      disposition: "in_transit",
      epcList: ["urn:epc:id:sgtin:4012345.011111.1", "urn:epc:id:sgtin:4012345.011111.2"],
      readPoint: { id: "urn:epc:id:sgln:4012345.00005.0" },
      persistentDisposition: { set: ["recalled"] },
    },
  },
  {
    name: "an error declaration, which does not count",
    hash: "e16ce101f3d7383612e00b74419b2d88f12baa6a124b0e390252d396687d5cf7",
    prefixes: { example: "https://ns.example.com/epcis/" },
    event: {
      type: "TransformationEvent",
      eventTime: "2020-01-14T00:00:00.000+01:00",
      ...AT,
      eventID: "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8",
      inputEPCList: ["urn:epc:id:sgtin:4012345.011111.987"],
      outputEPCList: ["urn:epc:id:sgtin:4012345.033333.AGHFG"],
      inputQuantityList: [{ epcClass: "urn:epc:class:lgtin:4012345.022222.87545GHGH" }],
      outputQuantityList: [{ epcClass: "urn:epc:idpat:sgtin:4012345.044444.*", quantity: 452, uom: "KGM" }],
      bizStep: "commissioning",
      readPoint: { id: "urn:epc:id:sgln:4012345.00000.0" },
      errorDeclaration: {
        declarationTime: "2020-01-15T00:00:00.000+01:00",
        reason: "incorrect_data",
        "example:vendorExtension": "Test1",
      },
    },
  },
  {
    name: "extensions of four namespaces, two prefixes for one of them",
    hash: "962b81a19a5d2652b43016c17c1a85acfa667155c53523086d22a0b566e7ee04",
    prefixes: {
      abc: "https://ns.abc.de/epcis/",
      example: "http://ns.example.com/epcis/",
      fgh: "https://ns.fgh.co.uk/epcis/",
      schema: "https://schema.org/",
      sdo: "https://schema.org/",
    },
    event: {
      type: "ObjectEvent",
      eventTime: "2005-04-04T20:33:31.116-06:00",
      eventTimeZoneOffset: "-06:00",
      action: "OBSERVE",
      bizStep: "receiving",
      disposition: "in_progress",
      epcList: ["https://id.gs1.org/01/70614141123451/21/2018"],
      readPoint: { id: "urn:epc:id:sgln:0012345.11111.400" },
      bizLocation: { id: "urn:epc:id:sgln:0012345.11111.0" },
      "fgh:a-date": "2023-10-09",
      "example:myField": "Example of a vendor/user extension",
      "abc:a-integer": 2,
      "abc:z-integer": 1,
      "schema:award": "Order of Standards",
      "schema:mpn": "4711",
      "sdo:nsn": "4712",
    },
  },
];

describe("The canonical pre-hash string (CBV 2.0 section 8.9)", () => {
  for (const { name, hash, event, prefixes } of VECTORS) {
    it(`C-13: given the published event of ${name}, when hashed, then its hash id is the published one`, () => {
      expect(idsOf([event], prefixes)).to.deep.equal([`ni:///sha-256;${hash}?ver=CBV2.0`]);
    });
  }

  it("C-13: given one event in several spellings, when hashed, then the content id is the same", () => {
    const { object } = sampleEvents();
    const [first] = read(documentOf([object]));
    const reordered = Object.fromEntries(Object.entries(object).reverse());
    const spelled: Json = {
      ...reordered,
      eventTime: "2026-03-04T01:30:00Z",
      recordTime: "2026-03-09T00:00:00Z",
      eventID: "urn:uuid:11111111-31a1-4f5e-9d46-1f3f1c5a9c11",
      bizStep: "https://ref.gs1.org/cbv/BizStep-commissioning",
      disposition: "cbv:Disp-active",
      epcList: [
        "https://shop.example.com/gtin/9506000134352/ser/5Z",
        "https://id.gs1.org/01/09506000134352/21/5Y?17=271231",
      ],
      "rdfs:comment": "the same, said otherwise",
    };
    const [second] = read(documentOf([spelled]));
    if (first === undefined || second === undefined) throw new Error("an event is missing");
    expect(preHash(second)).to.equal(preHash(first));
  });

  it("C-13: given a change of any field, when hashed, then the content id is another", () => {
    const { object } = sampleEvents();
    const ids = new Set(idsOf([object], { ext: "https://ns.example.com/epcis/" }));
    const names = Object.keys(object).filter((name) => !["type", "eventID", "recordTime", "action"].includes(name));
    for (const name of names) {
      const { [name]: _, ...rest } = object;
      const event = name === "eventTime" || name === "eventTimeZoneOffset" ? changeTime(object, name) : rest;
      for (const id of idsOf([event], { ext: "https://ns.example.com/epcis/" })) ids.add(id);
    }
    expect(ids.size).to.equal(names.length + 1);
  });

  it("given numbers in several spellings, when hashed, then needless zeros do not count and no digit is lost", () => {
    const { object } = sampleEvents();
    const hashOf = (value: unknown) => idsOf([{ ...object, "ext:figure": value }])[0];
    expect(hashOf("0012.50")).to.equal(hashOf(12.5));
    expect(hashOf("+7")).to.equal(hashOf(7));
    expect(hashOf("20260304000000000001")).not.to.equal(hashOf("20260304000000000002"));
    expect(hashOf("0.00001")).to.equal(hashOf(1e-5));
  });

  it("C-13: given a hash id, when read, then its digest comes back, and no other id is one", () => {
    const id = `0x${"ab".repeat(32)}` as const;
    expect(parseHashId(hashId(id))).to.equal(id);
    expect(parseHashId("urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8")).to.equal(undefined);
  });
});

function changeTime(event: Json, name: string): Json {
  return { ...event, [name]: name === "eventTime" ? "2026-03-04T09:30:00.001+08:00" : "+09:00" };
}
