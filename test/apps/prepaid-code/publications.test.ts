import { fileURLToPath } from "node:url";
import {
  parameterId,
  parsePolicyDocument,
  planPublications,
  readPolicyDocuments,
  regionId,
} from "@banyan/app-common/policy";
import { expect } from "chai";
import { PREPAID_PARAMETERS } from "../../../apps/prepaid-code/deploy/parameters.ts";
import { prepaidFixture } from "../../fixtures/prepaid.ts";

const FOLDER = fileURLToPath(new URL("../../../apps/prepaid-code/data/policies", import.meta.url));
const START = BigInt(Date.parse("2030-01-01T00:00:00+08:00") / 1000);

function document(region: string, more: Record<string, unknown> = {}) {
  const parameter = { id: "prepaid.cap.named", value: "5000", unit: "CNY", article: "Art 1", rule: "A-04", sure: "R" };
  const root = { region, source: "A notice", ...more };
  const trades = { ...parameter, id: "prepaid.ratio.trade", value: "20", unit: "percent", trades: ["8930", "8394"] };
  return parsePolicyDocument(
    JSON.stringify({ ...root, parameters: [parameter, trades] }),
    `${region}.json`,
    PREPAID_PARAMETERS,
  );
}

describe("planPublications", () => {
  it("writes a document as the registry takes it, with its articles, rules and sureness", () => {
    const { publications } = planPublications([document("CN-SH", { until: "2031-12-31", draft: "a bill" })], START);
    expect(publications).to.deep.equal([
      {
        file: "CN-SH.json",
        args: [
          regionId("CN-SH"),
          [
            parameterId("prepaid.cap.named"),
            parameterId("prepaid.ratio.trade", "8930"),
            parameterId("prepaid.ratio.trade", "8394"),
          ],
          [500_000n, 200_000n, 200_000n],
          START,
          "[draft] A notice: Art 1 (A-04; R); until 2031-12-31",
        ],
      },
    ]);
  });

  it("lets what is in force hold from the start, each region's documents a second apart", () => {
    const documents = [document("CN"), document("CN", { fromDate: "2019-01-01" }), document("CN-SH"), document("CN")];
    const { publications, holdsFrom } = planPublications(documents, START);
    expect(publications.map(({ args }) => args[3])).to.deep.equal([START, START + 1n, START, START + 2n]);
    expect(holdsFrom).to.equal(START + 2n);
  });

  it("keeps a day that is still to come, which the deployment does not wait for", () => {
    const later = document("CN", { fromDate: "2030-03-01" });
    const { publications, holdsFrom } = planPublications([document("CN"), later], START);
    const march = BigInt(Date.parse("2030-03-01T00:00:00+08:00") / 1000);
    expect(publications.map(({ args }) => args[3])).to.deep.equal([START, march]);
    expect(holdsFrom).to.equal(START);
  });

  it("takes the day of the start itself as in force", () => {
    const { publications } = planPublications([document("CN", { fromDate: "2030-01-01" })], START);
    expect(publications[0]?.args[3]).to.equal(START);
  });

  it("is taken by the registry whole: every number reads back, with its source", async () => {
    const { policy, time } = await prepaidFixture();
    const now = BigInt(await time.latest());
    const documents = readPolicyDocuments(FOLDER, PREPAID_PARAMETERS);
    const last = new Map<string, readonly [region: string, value: bigint]>();
    for (const { region, parameters } of documents) {
      for (const { id, trades, value } of parameters) {
        for (const trade of trades.length === 0 ? [undefined] : trades) {
          last.set(`${region} ${parameterId(id, trade)}`, [region, value]);
        }
      }
    }
    for (const [key, [region, value]] of last) {
      const [, id] = key.split(" ");
      const found = await policy.read.tryValueOf([regionId(region), now, `0x${id?.slice(2)}`]);
      expect(found, key).to.deep.equal([true, value]);
    }
    const [region, version] = await policy.read.originOf([
      regionId("CN-SH"),
      now,
      parameterId("prepaid.cap.period", "8930"),
    ]);
    const { source } = await policy.read.publication([region, version]);
    expect(source).to.equal("沪体规文〔2025〕1号: Art 8 (A-08; S), Art 8 (A-04, A-08; I); until 2026-12-31");
  });
});
