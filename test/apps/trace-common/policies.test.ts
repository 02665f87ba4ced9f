import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BanyanError } from "@banyan/app-common";
import { type PolicyDocument, parsePolicyDocument, readPolicyDocuments } from "@banyan/app-common/policy";
import { TRACE_PARAMETERS } from "@banyan/trace-common/deploy";
import { COLD_PARAMETERS, DEVICE_PARAMETERS } from "@banyan/trace-common/devices";
import { expect } from "chai";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string): string => readFileSync(`${ROOT}${path}`, "utf8");

/** Parameters that no policy document states, each with its reason. */
const UNSTATED: Readonly<Record<string, string>> = {
  "trace.capture.maxAge":
    "no rule with a number is known, and documents of earlier years are imported: without it any age is taken",
  "trace.quarantine.level": "provinces regulate it, and the sample alliance trades no animals",
  "trace.quarantine.seconds": "provinces regulate it, and the sample alliance trades no animals",
  "cold.*.*.tolerance": "no rule with a number is known (C-44): without it every reading out of range counts",
  "cold.*.*.allowance":
    "no rule with a number is known (C-44): without it the sum of short times out of range has no limit",
};

/** Where the names stand: `ParameterId.wrap("…")`, and the fields of the cold chain. */
const SOURCES = ["contracts/traceability", "contracts/devices"].flatMap((folder) =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".sol"))
    .map((path) => ({ path, text: read(`${folder}/${path}`) })),
);

interface Declared {
  readonly constant: string;
  readonly name: string;
}

/** The constants that name parameters, by library. */
function declared(pattern: RegExp): Declared[] {
  return SOURCES.flatMap(({ text }) =>
    [...text.matchAll(pattern)].map(([, constant = "", name = ""]) => ({ constant, name })),
  );
}

const NAMES = declared(/constant (\w+) = ParameterId\.wrap\("([^"]+)"\)/g);
const COLD_FIELDS = declared(/bytes17 internal constant (\w+) = "([^"]+)"/g);

const documents: readonly PolicyDocument[] = [
  ...readPolicyDocuments(`${ROOT}apps/trace-common/policies`, TRACE_PARAMETERS),
  ...readPolicyDocuments(`${ROOT}apps/battery-passport/data/policies`, DEVICE_PARAMETERS),
];
const stated = new Set(documents.flatMap(({ parameters }) => parameters.map(({ id }) => id)));

/** `cold.FROZ.TRAN.upper` as `cold.*.*.upper`: what the field of the library stands for. */
const familyOf = (id: string): string => id.replace(/^cold\.\w+\.\w+\./, "cold.*.*.");

describe("the policies of traceability and devices", () => {
  it("given the libraries of parameters, when compared with the catalogue, then it knows exactly their names", () => {
    const known = Object.keys(TRACE_PARAMETERS).filter((id) => !/^(?:cold|trace\.kde)\./.test(id));
    expect(known.sort()).to.deep.equal(NAMES.map(({ name }) => name).sort());
    const fields = new Set(Object.keys(COLD_PARAMETERS).map(familyOf));
    expect([...fields].sort()).to.deep.equal(COLD_FIELDS.map(({ name }) => `cold.*.*.${name}`).sort());
  });

  it("given each name of the libraries, when looked for in the contracts, then one of them reads it", () => {
    const unread = [...NAMES, ...COLD_FIELDS].filter(({ constant, name }) => {
      const uses = SOURCES.flatMap(({ text }) => [...text.matchAll(new RegExp(`\\b${constant}\\b`, "g"))]);
      return uses.length < 2 && name !== "";
    });
    expect(unread).to.deep.equal([]);
  });

  it("given each name of the libraries, when looked for in the documents, then one states it, or a reason says why none does", () => {
    const families = new Set([...stated].map(familyOf));
    const all = [...NAMES.map(({ name }) => name), ...COLD_FIELDS.map(({ name }) => `cold.*.*.${name}`)];
    expect(all.filter((name) => !families.has(name)).sort()).to.deep.equal(Object.keys(UNSTATED).sort());
  });

  it("C-45: given a standard of key data elements, when its policy is compared, then the fields are those that the contract counts, and each event that it asks of has some", () => {
    const [, body = ""] =
      /enum KeyDataElement \{([^}]*)\}/.exec(read("contracts/traceability/interfaces/IKeyDataElements.sol")) ?? [];
    const elements = body.split("\n").flatMap((line) => /^\s*([A-Z_]+)/.exec(line)?.[1] ?? []);
    const kde = Object.entries(TRACE_PARAMETERS).filter(([id]) => id.startsWith("trace.kde."));
    expect(kde).to.have.length.above(0);
    for (const [id, units] of kde) {
      expect(id.length, id).to.be.at.most(31);
      expect("flags" in units ? units.flags : [], id).to.deep.equal(elements);
    }
    const asked = documents.flatMap(({ parameters }) => parameters.filter(({ unit }) => unit === "flags"));
    expect(asked.map(({ id, value }) => [id, value])).to.deep.include(["trace.kde.FSMA-204.33", 0b1_0011_0001n]);
    expect(asked.every(({ value }) => value > 0n)).to.equal(true);
  });

  it("C-45: given fields by name, when a document is read, then they are bits; a name that is not among them, or another unit, is refused at its line", () => {
    const parse = (value: string, unit = "flags") => {
      const parameter = { id: "trace.kde.FSMA-204.33", value, unit, article: "1.1340", rule: "C-45", sure: "S" };
      const text = `{"region":"US","source":"A rule","parameters":[\n${JSON.stringify(parameter)}]}`;
      return parsePolicyDocument(text, "sample.json", TRACE_PARAMETERS).parameters[0]?.value;
    };
    expect(parse("READ_POINT")).to.equal(1n);
    expect(parse("MASTER_DATA, READ_POINT,LOT")).to.equal((1n << 19n) | 1n | (1n << 7n));
    for (const wrong of [() => parse("READ_POINT, COLOUR"), () => parse("1", "count")]) {
      expect(wrong).to.throw(BanyanError, /^sample\.json:2: /);
    }
  });

  it("given the documents of a region, when compared, then none says again what another has said", () => {
    const said = documents
      .slice(0, -1)
      .flatMap(({ region, parameters }) => parameters.map(({ id, trades }) => `${region} ${id} ${trades.join(" ")}`));
    expect(said.filter((entry, index) => said.indexOf(entry) !== index)).to.deep.equal([]);
  });

  it("given each number, when read, then it names source, article, rule and how sure it is; and what nobody has read or nobody's law sets is marked", () => {
    for (const { file, source, draft, parameters } of documents) {
      expect(source, file).to.not.equal("");
      for (const { id, article, rule, sure } of parameters) {
        expect(article, id).to.not.equal("");
        expect(rule, id).to.match(/^(?:[BC]-\d\d|system [a-z-]+)$/);
        if (/alliance/.test(source)) expect(draft, file).to.not.equal(undefined);
        if (/alliance/.test(article)) expect(sure, id).to.equal("I");
      }
    }
  });
});
