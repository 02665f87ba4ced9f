import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BanyanError } from "@banyan/app-common";
import { createCompany, isoSecond, objectEvent, type SampleEvent } from "@banyan/trace-common/sample";
import { playTrace } from "@banyan/trace-common/story";
import { expect } from "chai";
import { closeContexts, createTestContext, scratchFolder, startNode } from "../../../helpers/app-context.ts";

type Line = Readonly<Record<string, unknown>> & { readonly event: string };

const DAY = 86_400;
const START = Date.UTC(2030, 2, 4, 1) / 1000;
const grower = createCompany("9521101");
const shop = createCompany("9521501");
const PLACE = grower.place("00002");
const LOT = grower.lot("000101", "L1");

const OPENING: readonly Line[] = [
  { event: "open", format: "banyan-trace/1", region: "CN-ZJ", salt: "salt of the tests" },
  {
    ...{ event: "party", party: "grower", gln: grower.gln("00001"), roles: ["PRODUCER", "BRAND_OWNER"] },
    ...{ region: "CN-ZJ", title: "sample grower" },
  },
  { event: "party", party: "shop", gln: shop.gln("00001"), roles: ["RETAILER"], region: "CN-SH", title: "sample shop" },
  { event: "place", owner: "grower", sgln: PLACE, kind: "GARDEN", region: "CN-ZJ", title: "garden" },
  { event: "product", gtin: grower.gtin("000101"), owner: "grower", unit: "KGM", classes: ["FOOD"], title: "tea" },
];

/** Weighs in a kilogram; each minute another event. */
const weigh = (minute: number): SampleEvent =>
  objectEvent(
    "ADD",
    { amounts: [{ lot: LOT, quantity: 1, unit: "KGM" }] },
    { at: START - DAY + minute * 60, step: "commissioning", disposition: "active", readPoint: PLACE },
  );
const ship = (to: string): SampleEvent =>
  objectEvent(
    "OBSERVE",
    { amounts: [{ lot: LOT, quantity: 1, unit: "KGM" }] },
    {
      ...{ at: START - 60, step: "shipping", disposition: "in_transit", readPoint: PLACE },
      from: { holder: grower.party("00001") },
      to: { holder: to },
    },
  );
const capture = (file: string, by = "grower"): Line => ({ event: "capture", by, file });
const lot = (created: string): Line => ({ event: "expectLot", lot: LOT, created });

describe("playing a story of traceability", function () {
  this.timeout(300_000);
  let root: string;
  let input: string;

  beforeEach(() => {
    root = scratchFolder();
    input = join(root, "story.jsonl");
    mkdirSync(join(root, "epcis"));
  });
  after(closeContexts);

  const document = (name: string, events: readonly unknown[], more: object = {}): string => {
    const path = `epcis/${name}.jsonld`;
    const head = {
      "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
      ...{ type: "EPCISDocument", schemaVersion: "2.0", creationDate: "2030-03-04T09:00:00+08:00" },
    };
    writeFileSync(join(root, path), JSON.stringify({ ...head, ...more, epcisBody: { eventList: events } }));
    return path;
  };
  const write = (lines: readonly Line[]): void => {
    const text = lines.map((line, index) => JSON.stringify({ date: isoSecond(START + index * 60), ...line }));
    writeFileSync(input, `${text.join("\n")}\n`);
  };
  const play = (lines: readonly Line[], options: Partial<Parameters<typeof createTestContext>[0]> = {}) => {
    write(lines);
    const context = createTestContext({ root, ...options });
    return playTrace({ app: "tea-trace", story: input }, context, { input, dryRun: false });
  };
  const refusal = async (work: Promise<unknown>): Promise<BanyanError> => {
    try {
      await work;
    } catch (error) {
      if (error instanceof BanyanError) return error;
      throw error;
    }
    throw new Error("It was not refused");
  };

  const wrong: readonly (readonly [what: string, lines: () => readonly Line[], code: string, place: RegExp])[] = [
    ["a file that is not there", () => [capture("epcis/none.jsonld")], "INPUT_MISSING", /story\.jsonl:6: .*none/],
    ["a file outside the story's folder", () => [capture("../wallet.json")], "INPUT_MISSING", /story\.jsonl:6/],
    [
      "a document that breaks a rule",
      () => [capture(document("bad", [weigh(0), { ...weigh(1), action: "CHANGE" }]))],
      "EPCIS_TERM_UNKNOWN",
      /story\.jsonl:6: epcis\/bad\.jsonld: event 1 .*action/,
    ],
    [
      "a party that nobody filed",
      () => [capture(document("ship", [weigh(0), ship(createCompany("9521999").party("00001"))]))],
      "TRACE_PARTY_UNKNOWN",
      /epcis\/ship\.jsonld: event 1 .*destination/,
    ],
    [
      "what the contracts refuse",
      () => [capture(document("theft", [weigh(0)]), "shop")],
      "TRACE_LOTS_NOT_PRODUCER|PRODUCT_CATALOGUE_MAY_NOT_PRODUCE",
      /story\.jsonl:6: epcis\/theft\.jsonld: event 0/,
    ],
    [
      "an expectation that is missed",
      () => [capture(document("day", [weigh(0)])), lot("2")],
      "EXPECTATION_MISSED",
      /story\.jsonl:7: .*created is 1, not 2/,
    ],
    [
      "an attempt that succeeds",
      () => [{ event: "refused", attempt: capture(document("day", [weigh(0)])), error: "TraceStateRecalled" }],
      "EXPECTATION_MISSED",
      /story\.jsonl:6/,
    ],
    [
      "a GLN with a wrong check digit",
      () => [{ ...OPENING[1], event: "party", party: "x", gln: "9521101000010" }],
      "EVENT_FIELD_INVALID",
      /"gln"/,
    ],
    ["a recall of another name", () => [{ event: "advanceRecall", recall: "none" }], "NAME_UNKNOWN", /story\.jsonl:6/],
  ];
  for (const [what, lines, code, place] of wrong) {
    it(`given ${what}, when played, then it stops with file, line and cure`, async () => {
      const error = await refusal(play([...OPENING, ...lines()]));
      expect(error.code).to.match(new RegExp(`^(?:${code})$`));
      expect(error.message).to.match(place);
      expect(error.cure).to.be.a("string").with.length.above(10);
      expect(error.in("zh").message).to.match(/[\u4e00-\u9fff]/);
    });
  }

  it("given a node that breaks off in the middle of a document, when played again, then nothing is captured twice and nothing is left out", async () => {
    const { url } = await startNode({
      initialDate: BigInt(START) - BigInt(30 * DAY) - (BigInt(Date.now()) % 1_000_000n),
    });
    const events = Array.from({ length: 120 }, (_none, index) => weigh(index));
    const lines = [...OPENING, capture(document("many", events)), lot("120")];
    await play(OPENING, { url });

    let sent = 0;
    const onAnswer = (method: string): void => {
      if (method === "eth_sendRawTransaction" && ++sent === 2) throw new Error("the power went");
    };
    const broken = await play(lines, { url, onAnswer }).catch((error: unknown) => error);
    expect(broken).to.be.instanceOf(Error);

    const report = await play(lines, { url });
    expect(report.ok).to.equal(true);
    expect(report.json).to.have.property("captured", 120);
    expect(report.json).to.have.nested.property("events.resumed", OPENING.length);
    const again = await play(lines, { url });
    expect(again.json).to.have.nested.property("events.applied", 0);
    expect(again.json).to.have.property("captured", 120);
  });

  it("given a document that was changed or lost after its line had been applied, when the story is played again, then it stops there, and goes on once the document is back", async () => {
    const { url } = await startNode({
      initialDate: BigInt(START) - BigInt(30 * DAY) - (BigInt(Date.now()) % 1_000_000n),
    });
    const lines = [...OPENING, capture(document("day", [weigh(0)]))];
    await play(lines, { url });
    const more = [...lines, lot("1")];

    document("day", [weigh(0), weigh(1)]);
    const changed = await refusal(play(more, { url }));
    expect(changed.code).to.equal("STORY_FILE_CHANGED");
    expect(changed.message).to.match(/story\.jsonl:6: .*epcis\/day\.jsonld/);
    expect(changed.in("zh").message).to.match(/day\.jsonld.*\u6539\u52a8/);

    rmSync(join(root, "epcis/day.jsonld"));
    expect((await refusal(play(more, { url }))).code).to.equal("STORY_FILE_CHANGED");

    document("day", [weigh(0)]);
    const report = await play(more, { url });
    expect(report.json).to.have.nested.property("events.resumed", lines.length);
    expect(report.json).to.have.nested.property("events.applied", 1);
  });
});
