import { BanyanError } from "@banyan/app-common";
import {
  canonicalLink,
  canonicalUri,
  checkDigit,
  classId,
  hasCheckDigit,
  identify,
  instanceId,
  KeyKind,
  objectUri,
  packObjectId,
  parseDigitalLink,
  parseElements,
  parseEpcUrn,
  parseGln,
  unpackObjectId,
} from "@banyan/trace-common/epcis";
import { expect } from "chai";
import fc from "fast-check";

const ITEM = "0x01000008a549c2e0d03559000000000000000000000000000000000000000000";

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof BanyanError) return error.code;
    throw error;
  }
  return "none";
}

describe("GS1 identifiers", () => {
  it("C-17: given the published examples of check digits, when computed, then they agree", () => {
    // GS1 General Specifications 7.9: GTIN-8, GTIN-12, GTIN-13, GTIN-14, SSCC.
    for (const key of ["95050003", "614141007349", "9506000134352", "09506000134352", "195060000000000029"]) {
      expect(checkDigit(key.slice(0, -1)), key).to.equal(key.slice(-1));
    }
    expect(hasCheckDigit("09506000134353")).to.equal(false);
    expect(hasCheckDigit("0950600013435X")).to.equal(false);
  });

  it("C-16: given one item in every syntax, when packed, then it is one word", () => {
    const item = packObjectId({ kind: KeyKind.SGTIN, number: "09506000134352", text: "5Y" });
    for (const code of [
      "urn:epc:id:sgtin:9506000.013435.5Y",
      "https://id.gs1.org/01/09506000134352/21/5Y",
      "https://tea.example.com/shop/gtin/9506000134352/lot/A/ser/5Y?17=271231&lang=zh#top",
      "(01)09506000134352(21)5Y",
      "(01)09506000134352(17)271231(10)A(21)5Y",
      "]d201095060001343521727123110A\u001d215Y",
    ]) {
      expect(identify(code), code).to.equal(item);
    }
    expect(objectUri(item)).to.equal("https://id.gs1.org/01/09506000134352/21/5Y");
    expect(unpackObjectId(item)).to.deep.equal({ kind: KeyKind.SGTIN, number: "09506000134352", text: "5Y" });
    expect(item).to.equal(ITEM);
  });

  it("C-16: given every EPC scheme, when canonical, then it is the standard's Digital Link URI", () => {
    // The pairs are those of RalphTro/epcis-event-hash-generator at 5d2f1c3, tests/dl_normaliser_test.py.
    const pairs: readonly (readonly [string, string])[] = [
      ["urn:epc:id:sgtin:4012345.011111.98%22", "01/04012345111118/21/98%22"],
      ["urn:epc:id:sgtin:415056789012.0.987654", "01/04150567890128/21/987654"],
      ["urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()", "01/80614141123458/21/6789%2F%26%25%22%21%3F%28%29"],
      ["urn:epc:id:sscc:4012345.3111111111", "00/340123451111111111"],
      ["urn:epc:id:sscc:4012345.0000000011", "00/040123450000000115"],
      ["urn:epc:id:sgln:4012345.00005.122", "414/4012345000054/254/122"],
      ["urn:epc:id:sgln:4012345.00005.0", "414/4012345000054"],
      ["urn:epc:id:grai:4012345.00022.334455", "8003/04012345000221334455"],
      ["urn:epc:id:giai:4012345.ABC345", "8004/4012345ABC345"],
      ["urn:epc:id:gsrn:4012345.9876540000", "8018/401234598765400000"],
      ["urn:epc:id:gsrnp:4012345.0000098765", "8017/401234500000987658"],
      ["urn:epc:id:gdti:4012345.00009.PO-4711", "253/4012345000092PO-4711"],
      ["urn:epc:id:gdti:987659999999..9", "253/98765999999929"],
      ["urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234", "8010/061414111111111111111-A%23%2F/8011/1234"],
      ["urn:epc:id:sgcn:4012345.99999.44", "255/401234599999044"],
      ["urn:epc:id:ginc:0614141.xyz47%2F11", "401/0614141xyz47%2F11"],
      ["urn:epc:id:gsin:4012345.999987654", "402/40123459999876541"],
      ["urn:epc:id:itip:4012345.011111.01.02.987", "8006/040123451111180102/21/987"],
      ["urn:epc:id:upui:1234567.098765.51qIgY)%3C%26Jp3*j7'SDB", "01/01234567987651/235/51qIgY%29%3C%26Jp3%2Aj7'SDB"],
      ["urn:epc:id:pgln:999999999999.", "417/9999999999994"],
      ["urn:epc:class:lgtin:4012345.012345.Lot987", "01/04012345123456/10/Lot987"],
      ["urn:epc:idpat:sgtin:4012345.012345.*", "01/04012345123456"],
      ["urn:epc:idpat:grai:4012345.99999.*", "8003/04012345999990"],
      ["urn:epc:idpat:gdti:4012345.11111.*", "253/4012345111118"],
      ["urn:epc:idpat:sgcn:4012345.22222.*", "255/4012345222227"],
      ["urn:epc:idpat:cpi:4012345.AB12.*", "8010/4012345AB12"],
      ["urn:epc:idpat:itip:4012345.012345.01.02.*", "8006/040123451234560102"],
      ["urn:epc:idpat:upui:4012345.012345.*", "01/04012345123456"],
      ["https://example.com/gtin/09780345418913/21/765tz?abc=211121", "01/09780345418913/21/765tz"],
      ["http://example.de/gtin-8/01/97803111", "01/00000097803111"],
      ["http://us-company-with-UPC.com/01/001122334455/ser/GHB", "01/00001122334455/21/GHB"],
      ["https://id.gs1.org/gtin/9780345418913/cpv/344/lot/1223/ser/765tz", "01/09780345418913/21/765tz"],
      ["http://example.de/01/040123451234/cpv/344/lot/ABD", "01/00040123451234/10/ABD"],
      ["https://fashion-corp.com/8006/040123451234560102/10/Lot-123/21/ser987", "8006/040123451234560102/21/ser987"],
      ["https://example.co.uk/party/4226350800008", "417/4226350800008"],
      ["https://id.gs1.org/8010/0628165987/8011/9876", "8010/0628165987/8011/9876"],
    ];
    for (const [uri, canonical] of pairs) expect(canonicalUri(uri), uri).to.equal(`https://id.gs1.org/${canonical}`);
  });

  it("C-16: given URIs that hold no GS1 key, when made canonical, then they stay as they are", () => {
    for (const uri of [
      "http://example.org/123/4012345ABC987/456/4711",
      "http://id.gs1.org/99/9780345418913",
      "http://id.gs1.org/01/9780345418913/99/utfgf",
      "http://example.de/01/97803",
      "https://id.gs1.org/8006/04012345123456/22/ABCD/10/XYZ",
      "geo:30.25,120.12",
      "urn:epc:id:sgtin:1.2.3",
      "urn:epcglobal:cbv:bt:4012345000009:ASN1099",
    ]) {
      expect(canonicalUri(uri)).to.equal(uri);
    }
  });

  it("C-16: given a consumer's link, when read, then lot, serial and attributes are told apart", () => {
    const link = parseDigitalLink(
      "https://tea.example.com/s/01/09506000134352/10/A%2F1/21/5Y?17=271231&store=%E6%9D%AD",
    );
    expect(link?.qualifiers).to.deep.equal({ "10": "A/1", "21": "5Y" });
    expect(link?.attributes).to.deep.equal({ "17": "271231", store: "杭" });
    expect(link?.identifier).to.deep.equal({ scheme: "sgtin", key: "09506000134352", qualifier: "5Y" });
  });

  it("C-16, C-17: given wrong identifiers, when read, then each is refused by its own code", () => {
    const faults: readonly (readonly [string, string])[] = [
      ["urn:epc:id:sgtin:9506000.13435.5Y", "IDENTIFIER_LENGTH"],
      ["urn:epc:id:sgtin:95060.00134352.5Y", "IDENTIFIER_LENGTH"],
      ["urn:epc:id:sgtin:9506000.013435.", "IDENTIFIER_UNKNOWN"],
      ["urn:epc:id:sgtin:9506000.013435.A B", "IDENTIFIER_CHARACTER"],
      ["urn:epc:id:sgtin:9506000.013435.A%zz", "IDENTIFIER_CHARACTER"],
      ["urn:epc:id:sgtin:9506000.013435.123456789012345678901", "IDENTIFIER_TOO_LONG"],
      ["urn:epc:id:grai:9506000.00001.12345678901234567", "IDENTIFIER_TOO_LONG"],
      ["urn:epc:id:nokey:9506000.013435.1", "IDENTIFIER_UNKNOWN"],
      ["urn:epc:class:sgtin:9506000.013435.1", "IDENTIFIER_UNKNOWN"],
      ["urn:epc:id:lgtin:9506000.013435.1", "IDENTIFIER_UNKNOWN"],
      ["urn:epc:id:sscc:9506000.1000000001.7", "IDENTIFIER_UNKNOWN"],
      ["https://id.gs1.org/01/09506000134353/21/5Y", "IDENTIFIER_CHECK_DIGIT"],
      ["https://id.gs1.org/01/095060001343/21/5Y", "IDENTIFIER_CHECK_DIGIT"],
      ["https://id.gs1.org/00/19506000000000002", "IDENTIFIER_LENGTH"],
      ["https://id.gs1.org/01/09506000134352/21/5Y/10/A", "IDENTIFIER_ORDER"],
      ["https://id.gs1.org/01/09506000134352/21/123456789012345678901", "IDENTIFIER_TOO_LONG"],
      ["https://id.gs1.org/01/09506000134352/21/%E8%8C%B6", "IDENTIFIER_CHARACTER"],
      ["(01)09506000134353(21)5Y", "IDENTIFIER_CHECK_DIGIT"],
      ["hello", "IDENTIFIER_UNKNOWN"],
      ["https://id.gs1.org/8003/09506000134352", "IDENTIFIER_CLASS"],
    ];
    for (const [text, code] of faults)
      expect(
        codeOf(() => identify(text)),
        text,
      ).to.equal(code);
    expect(codeOf(() => instanceId("https://id.gs1.org/01/09506000134352/10/A"))).to.equal("IDENTIFIER_CLASS");
    expect(codeOf(() => classId("https://id.gs1.org/01/09506000134352/21/A"))).to.equal("IDENTIFIER_INSTANCE");
    expect(codeOf(() => classId("https://example.com/things"))).to.equal("IDENTIFIER_CLASS_UNKNOWN");
    expect(codeOf(() => parseEpcUrn("urn:epc:id:itip:9506000.013435.1.2.x"))).to.equal("IDENTIFIER_UNKNOWN");
  });

  it("given codes of medicines and batteries, SSCCs and own URIs, when packed, then kind and text come back", () => {
    expect(unpackObjectId(identify("81234567890123456789"))).to.deep.equal({
      kind: KeyKind.MEDICINE,
      number: "",
      text: "81234567890123456789",
    });
    expect(objectUri(identify("04QPE4C0Z0A0A1C1A0000001"))).to.equal("urn:banyan:battery:04QPE4C0Z0A0A1C1A0000001");
    expect(identify("urn:banyan:battery:04QPE4C0Z0A0A1C1A0000001")).to.equal(identify("04QPE4C0Z0A0A1C1A0000001"));
    expect(unpackObjectId(identify("195060000000000029")).kind).to.equal(KeyKind.SSCC);
    const own = identify("https://farm.example.com/trees/12");
    expect(unpackObjectId(own).kind).to.equal(KeyKind.URI);
    expect(identify(objectUri(own))).to.equal(own);
    expect(identify(own)).to.equal(own);
    expect(codeOf(() => unpackObjectId("0xff"))).to.equal("OBJECT_ID_INVALID");
    expect(codeOf(() => packObjectId({ kind: KeyKind.SSCC, number: "195060000000000021", text: "" }))).to.equal(
      "OBJECT_ID_INVALID",
    );
  });

  it("given parties and places, when their GLN is read, then the extension 0 means none", () => {
    expect(parseGln("urn:epc:id:pgln:9506000.00000")).to.deep.equal({
      gln: "9506000000008",
      extension: "",
      party: true,
    });
    expect(parseGln("urn:epc:id:sgln:9506000.00001.0")?.extension).to.equal("");
    expect(parseGln("https://id.gs1.org/414/9506000000015/254/A1")?.extension).to.equal("A1");
    expect(parseGln("geo:30.25,120.12")).to.equal(undefined);
  });

  it("given any serial of GS1's characters, when packed and written as a link, then the same comes back", () => {
    const serial = fc
      .array(
        fc.constantFrom(
          ...`!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`.split(""),
        ),
        { minLength: 1, maxLength: 20 },
      )
      .map((signs) => signs.join(""));
    const digits = fc.bigInt({ min: 0n, max: 9_999_999_999_999n }).map((n) => n.toString().padStart(13, "0"));
    fc.assert(
      fc.property(digits, serial, (body, text) => {
        const number = body + checkDigit(body);
        fc.pre(text !== "." && text !== "..");
        const id = packObjectId({ kind: KeyKind.SGTIN, number, text });
        expect(unpackObjectId(id)).to.deep.equal({ kind: KeyKind.SGTIN, number, text });
        expect(instanceId(objectUri(id))).to.equal(id);
        const link = canonicalLink({ scheme: "sgtin", key: number, qualifier: text });
        expect(canonicalUri(link)).to.equal(link);
      }),
    );
  });

  it("given scanned text that is no element string, when read, then nothing is found", () => {
    for (const text of ["", "99", "(01)", "(9)12", "0109506", "(01"]) {
      const elements = parseElements(text);
      expect(elements === undefined || elements.get("01") === "" || elements.size === 0, text).to.equal(true);
    }
  });

  it("C-31: given codes of medicines and batteries that the contracts refuse, when read, then they are refused here already", () => {
    const code = (uri: string): unknown => {
      try {
        return instanceId(uri).slice(0, 4);
      } catch (error) {
        return error instanceof BanyanError ? error.code : error;
      }
    };
    expect(code("urn:banyan:medicine:83950124070000004019")).to.equal("0x08");
    expect(code("urn:banyan:medicine:8395012407000000401a")).to.equal("IDENTIFIER_CHARACTER");
    expect(code("urn:banyan:medicine:839501240700000040")).to.equal("IDENTIFIER_CHARACTER");
    expect(code("urn:banyan:battery:short")).to.equal("IDENTIFIER_CHARACTER");
    expect(code("https://id.gs1.org/8003/4012345123456354565")).to.equal("IDENTIFIER_LENGTH");
  });
});
