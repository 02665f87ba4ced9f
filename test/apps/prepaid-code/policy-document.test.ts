import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BanyanError } from "@banyan/app-common";
import { parsePolicyDocument, readPolicyDocuments } from "@banyan/app-common/policy";
import { expect } from "chai";
import { PREPAID_PARAMETERS } from "../../../apps/prepaid-code/deploy/parameters.ts";

const FOLDER = fileURLToPath(new URL("../../../apps/prepaid-code/data/policies", import.meta.url));
const LIBRARY = fileURLToPath(new URL("../../../contracts/prepaid/libraries/PrepaidParameters.sol", import.meta.url));

const PARAMETER = { id: "prepaid.cap.named", value: "5000", unit: "CNY", article: "Art 1", rule: "A-04", sure: "R" };

function file(change: Record<string, unknown> = {}, parameter: Record<string, unknown> = {}): string {
  const root = { region: "CN-SH", fromDate: "2025-05-01", source: "A notice", ...change };
  const fields = JSON.stringify({ ...root, parameters: [] }).slice(0, -2);
  return `${fields}\n${JSON.stringify(PARAMETER)},\n${JSON.stringify({ ...PARAMETER, id: "prepaid.cap.bearer", ...parameter })}\n]}`;
}

function refusal(text: string): BanyanError {
  try {
    parsePolicyDocument(text, "sample.json", PREPAID_PARAMETERS);
  } catch (error) {
    if (error instanceof BanyanError) return error;
    throw error;
  }
  throw new Error("The document was not refused");
}

describe("parsePolicyDocument", () => {
  for (const [given, text, code, place] of [
    ["no JSON", "{", "POLICY_INVALID", "sample.json:"],
    ["a list", "[]", "POLICY_INVALID", "sample.json:"],
    ["no region", file({ region: undefined }), "POLICY_INVALID", "sample.json:"],
    ["a region in small letters", file({ region: "cn-sh" }), "POLICY_INVALID", "sample.json:"],
    ["no source", file({ source: "" }), "POLICY_INVALID", "sample.json:"],
    ["a day that does not exist", file({ fromDate: "2025-02-30" }), "DAY_INVALID", "sample.json:"],
    ["no parameters", '{"region":"CN","source":"A notice"}', "POLICY_INVALID", "sample.json:"],
    ["an empty list of parameters", '{"region":"CN","source":"A","parameters":[]}', "POLICY_INVALID", "sample.json:"],
    [
      "a parameter that is no object",
      '{"region":"CN","source":"A","parameters":[1]}',
      "POLICY_INVALID",
      "sample.json:1:",
    ],
    ["an unknown parameter", file({}, { id: "prepaid.cap.bearrer" }), "POLICY_INVALID", "sample.json:3:"],
    ["a unit of another parameter", file({}, { unit: "percent" }), "POLICY_INVALID", "sample.json:3:"],
    ["a third decimal of money", file({}, { value: "1.005" }), "MONEY_INVALID", "sample.json:3:"],
    ["a value that is a number", file({}, { value: 5000 }), "POLICY_INVALID", "sample.json:3:"],
    ["a trade by name", file({}, { trades: ["fitness"] }), "POLICY_INVALID", "sample.json:3:"],
    ["trades that are no list", file({}, { trades: "8930" }), "POLICY_INVALID", "sample.json:3:"],
    ["an unknown sureness", file({}, { sure: "X" }), "POLICY_INVALID", "sample.json:3:"],
    ["no article", file({}, { article: undefined }), "POLICY_INVALID", "sample.json:3:"],
    ["a number not seen, unmarked", file({}, { sure: "K" }), "POLICY_INVALID", "sample.json:"],
    ["a bill, unmarked", file({}, { sure: "D" }), "POLICY_INVALID", "sample.json:"],
    [
      "a fifth decimal of a percentage",
      file({}, { id: "prepaid.rate.operator", unit: "percent", value: "3.00001" }),
      "POLICY_INVALID",
      "sample.json:3:",
    ],
    [
      "a switch that is neither on nor off",
      file({}, { id: "prepaid.lease.bound", unit: "switch", value: "2" }),
      "POLICY_INVALID",
      "sample.json:3:",
    ],
    [
      "a day that some months do not have",
      file({}, { id: "prepaid.report.day", unit: "dayOfMonth", value: "29" }),
      "POLICY_INVALID",
      "sample.json:3:",
    ],
    [
      "days below zero",
      file({}, { id: "prepaid.contest.days", unit: "days", value: "-1" }),
      "POLICY_INVALID",
      "sample.json:3:",
    ],
  ] as const) {
    it(`refuses ${given}, naming the place and the cure`, () => {
      const error = refusal(text);
      expect(error.code).to.equal(code);
      expect(error.message.startsWith(place), error.message).to.equal(true);
      expect(error.cure).to.be.a("string").that.is.not.equal("");
    });
  }

  for (const [id, unit, value, expected] of [
    ["prepaid.cap.bearer", "CNY", "1000.05", 100_005n],
    ["prepaid.rate.operator", "percent", "3.1", 31_000n],
    ["prepaid.rate.operator", "percent", "0.0001", 1n],
    ["prepaid.ratio.special", "percent", "100", 1_000_000n],
    ["prepaid.contest.days", "days", "36500", 36_500n],
    ["prepaid.lease.bound", "switch", "1", 1n],
    ["prepaid.report.day", "dayOfMonth", "28", 28n],
    ["prepaid.refund.payDays", "workingDays", "15", 15n],
  ] as const) {
    it(`reads ${value} ${unit} as ${expected}`, () => {
      const { parameters } = parsePolicyDocument(file({}, { id, unit, value }), "sample.json", PREPAID_PARAMETERS);
      expect(parameters[1]).to.include({ id, unit, value: expected });
    });
  }

  it("reads a document", () => {
    const text = file({ until: "2026-12-31", draft: "a bill" }, { trades: ["8930", "8394"], sure: "D" });
    expect(parsePolicyDocument(text, "sample.json", PREPAID_PARAMETERS)).to.deep.equal({
      file: "sample.json",
      region: "CN-SH",
      fromDate: BigInt(Date.parse("2025-05-01T00:00:00+08:00") / 1000),
      until: "2026-12-31",
      source: "A notice",
      draft: "a bill",
      parameters: [
        {
          id: "prepaid.cap.named",
          value: 500_000n,
          unit: "CNY",
          trades: [],
          article: "Art 1",
          rule: "A-04",
          sure: "R",
        },
        {
          id: "prepaid.cap.bearer",
          value: 500_000n,
          unit: "CNY",
          trades: ["8930", "8394"],
          article: "Art 1",
          rule: "A-04",
          sure: "D",
        },
      ],
    });
  });
});

describe("the policies of the prepaid code", () => {
  it("know exactly the parameters that the contracts read", () => {
    const source = readFileSync(LIBRARY, "utf8");
    const declared = [...source.matchAll(/ParameterId\.wrap\("([^"]+)"\)/g)].map(([, id]) => id);
    expect(Object.keys(PREPAID_PARAMETERS).sort()).to.deep.equal(declared.sort());
  });

  it("set every parameter that a region needs for all of China", () => {
    const source = readFileSync(LIBRARY, "utf8");
    const ids = new Map(
      [...source.matchAll(/(\w+) = ParameterId\.wrap\("([^"]+)"\)/g)].map(([, name, id]) => [name, id]),
    );
    const required = [...source.matchAll(/ids\[\d+\] = (\w+);/g)].map(([, name]) => ids.get(name));
    expect(required).to.have.length.above(0);
    const national = readPolicyDocuments(FOLDER, PREPAID_PARAMETERS).filter(({ region }) => region === "CN");
    const set = national.flatMap(({ parameters }) => parameters.map(({ id }) => id));
    expect(set).to.include.members(required);
  });

  it("state the numbers of the texts: 5,000 yuan, 40%, 7 days, 24 months", () => {
    const values = new Map(
      readPolicyDocuments(FOLDER, PREPAID_PARAMETERS).flatMap(({ region, parameters }) =>
        parameters.map(({ id, trades, value }) => [`${region} ${id} ${trades.join()}`, value] as const),
      ),
    );
    expect(values.get("CN prepaid.cap.named ")).to.equal(500_000n);
    expect(values.get("CN prepaid.coolingOff.days ")).to.equal(7n);
    expect(values.get("CN-SH prepaid.warning.general ")).to.equal(20_000_000n);
    expect(values.get("CN-SH prepaid.ratio.general ")).to.equal(400_000n);
    expect(values.get("CN-SH prepaid.warning.specialCap ")).to.equal(5_000_000_000n);
    expect(values.get("CN-SH prepaid.cap.periodMonths 8930")).to.equal(24n);
    expect(values.get("CN-BJ prepaid.ratio.trade 8392")).to.equal(1_000_000n);
  });

  it("name their source, their article and how sure each number is", () => {
    for (const { source, parameters } of readPolicyDocuments(FOLDER, PREPAID_PARAMETERS)) {
      expect(source).to.not.equal("");
      for (const { article, rule } of parameters) {
        expect(article).to.not.equal("");
        expect(rule).to.match(/^A-\d\d[bc]?(, A-\d\d)*$/);
      }
    }
  });
});
