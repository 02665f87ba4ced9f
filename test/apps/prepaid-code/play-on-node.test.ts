import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BanyanError } from "@banyan/app-common";
import { expect } from "chai";
import { app } from "../../../apps/prepaid-code/app.ts";
import { closeContexts, createTestContext, scratchFolder, startNode } from "../../helpers/app-context.ts";
import { OPENING, open, redemption, type StoryLine, sale, salon, storyOf } from "../../helpers/prepaid-story.ts";

const DAY = 86_400n;

/** Journals of a scratch folder. */
function journalOf(root: string): string {
  const [folder = ""] = readdirSync(join(root, ".banyan", "play"));
  const [file = ""] = readdirSync(join(root, ".banyan", "play", folder)).filter((name) => name.endsWith(".journal"));
  return join(root, ".banyan", "play", folder, file);
}

async function refusalOf(work: Promise<unknown>): Promise<BanyanError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof BanyanError) return error;
    throw error;
  }
  throw new Error("It was not refused");
}

describe("the prepaid code played on a node", function () {
  this.timeout(120_000);
  const begun = [open, ...salon, sale, redemption];
  let root: string;
  let url: string;
  let input: string;

  const contextOf = (options: Partial<Parameters<typeof createTestContext>[0]> = {}) =>
    createTestContext({ url, root, ...options });
  const play = (lines: readonly (StoryLine | string)[], options: Parameters<typeof contextOf>[0] = {}) => {
    writeFileSync(input, storyOf(lines));
    return app.play(contextOf(options), { input, dryRun: false });
  };
  const eventsOf = (json: unknown) => Object(json).events;

  before(async () => {
    root = scratchFolder();
    input = join(root, "story.jsonl");
    // Each run's chain is a new one: its first block, and with it the place of Ignition's records, tells them apart.
    ({ url } = await startNode({ initialDate: OPENING - 30n * DAY - (BigInt(Date.now()) % (20n * DAY)) }));
  });
  after(closeContexts);

  it("given --dry-run, when played, then the whole file is checked and the network is sent nothing", async () => {
    writeFileSync(input, storyOf(begun));
    const methods: string[] = [];
    const onRequest = (method: string) => methods.push(method);
    const report = await app.play(contextOf({ onRequest }), { input, dryRun: true });
    expect(report.ok).to.equal(true);
    expect(eventsOf(report.json)).to.include({ applied: begun.length, resumed: 0 });
    expect(methods).to.deep.equal([]);
    expect(readdirSync(root)).to.deep.equal(["story.jsonl"]);
  });

  it("given a deployment that was cut off, when deployed again and again, then it goes on and does nothing twice", async () => {
    const cutAfter = (most: number) => {
      let sent = 0;
      return (method: string) => {
        if (method === "eth_sendTransaction" && ++sent > most) throw new Error("the power went");
      };
    };
    // Once before a transaction goes out, once when the chain has it and the answer is lost.
    for (const cutOff of [contextOf({ onRequest: cutAfter(12) }), contextOf({ onAnswer: cutAfter(20) })]) {
      expect(await app.deploy(cutOff).catch((error: unknown) => error)).to.be.instanceOf(Error);
    }

    const first = await app.deploy(contextOf());
    const file = join(root, "deployments", "prepaid-code", "localhost-31337.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).to.deep.equal(first);
    const sent: string[] = [];
    const second = await app.deploy(contextOf({ onRequest: (method) => method.includes("send") && sent.push(method) }));
    expect(second).to.deep.equal(first);
    expect(sent).to.deep.equal([]);
    expect(first.grants.map(({ holder }) => holder)).to.include.members(["regulator", "bank", "platform"]);
  });

  it("given a story, when played twice, then the second run applies nothing and finds the same figures", async () => {
    const first = await play(begun);
    expect(eventsOf(first.json)).to.include({ applied: begun.length, resumed: 0 });
    const context = contextOf();
    const second = await app.play(context, { input, dryRun: false });
    expect(second.ok).to.equal(true);
    expect(eventsOf(second.json)).to.include({ applied: 0, resumed: begun.length });
    for (const figures of ["merchants", "refunds", "books"]) {
      expect(Object(second.json)[figures]).to.deep.equal(Object(first.json)[figures]);
    }
  });

  const card = { event: "sell", merchant: "M01", terms: "T01", holder: "C002", buyerId: "id", contract: "c" } as const;
  const wrong: readonly (readonly [what: string, line: StoryLine | string, code: string, message?: RegExp])[] = [
    ["malformed JSON", '{"date":"2030-03-04T10:00:00+08:00","event":', "JSON_LINE_INVALID"],
    ["a list", "[]", "JSON_LINE_INVALID"],
    ["no event", JSON.stringify({ date: "2030-03-04T10:00:00+08:00" }), "EVENT_KIND_MISSING"],
    ["no date", JSON.stringify({ event: "warn" }), "EVENT_DATE_MISSING"],
    ["a date that is none", { event: "warn", date: "2030-02-30T10:00:00+08:00" }, "INSTANT_INVALID"],
    ["a date that goes backwards", { event: "warn", date: "2030-03-04T08:59:59+08:00" }, "EVENT_DATE_BACKWARDS"],
    ["an unknown event", { event: "selll" }, "EVENT_KIND_UNKNOWN"],
    ["an unknown field", { event: "warn", merchant: "M01", reason: "r", colour: "red" }, "EVENT_FIELD_INVALID"],
    ["a field that is missing", { event: "warn", merchant: "M01" }, "EVENT_FIELD_INVALID"],
    ["a field of another type", { event: "warn", merchant: 1, reason: "r" }, "EVENT_FIELD_INVALID"],
    ["a third decimal", { event: "deposit", merchant: "M01", amount: "1.005" }, "EVENT_FIELD_INVALID"],
    ["money below zero", { event: "deposit", merchant: "M01", amount: "-1.00" }, "EVENT_FIELD_INVALID"],
    ["money beyond measure", { event: "deposit", merchant: "M01", amount: "9".repeat(60) }, "EVENT_FIELD_INVALID"],
    ["a word of no enum", { event: "refuse", merchant: "M01", reason: "X", evidence: "e" }, "EVENT_FIELD_INVALID"],
    ["an unknown merchant", { event: "warn", merchant: "M09", reason: "r" }, "NAME_UNKNOWN"],
    ["an unknown card", { event: "confirm", redemption: "R009" }, "NAME_UNKNOWN"],
    ["an unknown party", { event: "fund", party: "Z01", amount: "1.00", entry: "e" }, "PARTY_UNKNOWN"],
    ["a name that is taken", { ...card, toCustody: "1.00", cards: [{ card: "K001", paid: "1.00" }] }, "NAME_TAKEN"],
    [
      "a cap that is exceeded",
      { ...card, toCustody: "5000.01", cards: [{ card: "K009", paid: "5000.01" }] },
      "CONTRACT_REFUSED",
      /SaleRulesCardCap\(/,
    ],
    [
      "a signature of another",
      { ...redemption, redemption: "R009", signedBy: "C002" },
      "CONTRACT_REFUSED",
      /SaltedEIP712InvalidSignature\(/,
    ],
    [
      "a signature that is none",
      { ...redemption, redemption: "R009", signedBy: undefined, signature: "0x1234" },
      "CONTRACT_REFUSED",
      /SaltedEIP712InvalidSignature\(/,
    ],
    [
      "a release of what is not redeemed",
      { event: "release", merchant: "M01", amount: "100.01" },
      "CONTRACT_REFUSED",
      /CustodyExceedsRedeemed\(/,
    ],
    ["an expectation that is missed", { event: "expectCard", card: "K001", principal: "1.00" }, "EXPECTATION_MISSED"],
    [
      "a refusal that does not come",
      { event: "refused", attempt: { event: "warn", merchant: "M01", reason: "really" }, error: "NAME_UNKNOWN" },
      "EXPECTATION_MISSED",
    ],
  ];
  for (const [what, line, code, message] of wrong) {
    it(`given ${what}, when played, then line, reason and cure are told in both languages, and what stood before stays`, async () => {
      const error = await refusalOf(play([...begun, line]));
      expect(error.code).to.equal(code);
      const place = `${input}:${begun.length + 1}`;
      for (const language of ["en", "zh"] as const) {
        const { message: said, cure } = error.in(language);
        expect(said.startsWith(place), said).to.equal(true);
        expect(cure).to.be.a("string").that.is.not.empty;
        const words = `${said.slice(place.length)} ${cure}`;
        if (language === "zh") expect(words).to.match(/[\u4e00-\u9fff]/);
        else expect(words).not.to.match(/[\u4e00-\u9fff]/);
      }
      if (message !== undefined) expect(error.message).to.match(message);
      expect(eventsOf((await play(begun)).json)).to.include({ applied: 0, resumed: begun.length });
    });
  }

  it("given a line that was mended after it was refused, when played again, then the story goes on after the last applied line", async () => {
    const deposit = { event: "deposit", merchant: "M01", amount: "200.00" } as const;
    await refusalOf(play([...begun, { ...deposit, amount: "200" + ".001" }]));
    const context = contextOf();
    writeFileSync(input, storyOf([...begun, deposit]));
    const report = await app.play(context, { input, dryRun: false });
    expect(eventsOf(report.json)).to.include({ applied: 1, resumed: begun.length });
    expect(Object(report.json).merchants[0]).to.include({ name: "M01", balance: "2925.00", custody: "3200.00" });
    expect(context.written()).to.include(String(begun.length));
  });

  const grown = [...begun, { event: "deposit", merchant: "M01", amount: "200.00" }];

  it("given an applied line that was changed, taken out or put in, when played, then it is refused", async () => {
    const changed = grown.map((line, index) => (index === 6 ? { ...line, contract: "another contract" } : line));
    const cut = grown.slice(0, -1);
    const filled = storyOf(grown).split("\n");
    for (const lines of [changed, [...grown.slice(0, 3), salon[2] ?? "", ...grown.slice(3)], ["", ...grown]]) {
      expect(await refusalOf(play(lines))).to.have.property("code", "STORY_CHANGED");
    }
    expect(await refusalOf(play(cut))).to.have.property("code", "STORY_CHANGED");
    expect(filled).to.have.length(grown.length + 1);
    expect(eventsOf((await play(grown)).json)).to.include({ applied: 0, resumed: grown.length });
  });

  it("given a crash after a transaction was sent, when played again, then it is found on the chain and not sent twice", async () => {
    const lines = [...grown, { ...redemption, redemption: "R002", evidence: "bill 2" }];
    await play(lines);
    const journal = journalOf(root);
    const entries = readFileSync(journal, "utf8").trimEnd().split("\n");
    expect(JSON.parse(entries.at(-1) ?? "")).to.include({ kind: "applied", line: lines.length });
    writeFileSync(journal, `${entries.slice(0, -1).join("\n")}\n`);

    const sent: string[] = [];
    const report = await play(lines, { onRequest: (method) => method.includes("eth_send") && sent.push(method) });
    expect(eventsOf(report.json)).to.include({ applied: 1, resumed: grown.length });
    expect(sent).to.deep.equal([]);
    expect(Object(report.json).merchants[0]).to.include({ balance: "2850.00" });
  });

  it("given a crash between signing and sending, when played again, then the transaction is sent once", async () => {
    const lines = [
      ...[...grown, { ...redemption, redemption: "R002", evidence: "bill 2" }],
      { ...redemption, redemption: "R003", evidence: "bill 3" },
    ];
    const crash = contextOf({
      onRequest: (method) => {
        if (method === "eth_sendRawTransaction") throw new Error("the power went");
      },
    });
    writeFileSync(input, storyOf(lines));
    expect(await app.play(crash, { input, dryRun: false }).catch((error: unknown) => error)).to.be.instanceOf(Error);
    // The crash may also have cut the journal's last line in two.
    appendFileSync(journalOf(root), '{"kind":"appl');
    const report = await play(lines);
    expect(eventsOf(report.json)).to.include({ applied: 1, resumed: lines.length - 1 });
    expect(Object(report.json).merchants[0]).to.include({ balance: "2775.00" });
  });

  it("given a wish to stop, when played, then the event under way ends, and the next run goes on", async () => {
    const three = ["R004", "R005", "R006"].map((ref) => ({ ...redemption, redemption: ref, evidence: ref }));
    const lines = [
      ...[...grown, { ...redemption, redemption: "R002", evidence: "bill 2" }],
      ...[{ ...redemption, redemption: "R003", evidence: "bill 3" }, ...three],
    ];
    const stop = new AbortController();
    const onRequest = (method: string) => method === "eth_sendRawTransaction" && stop.abort();
    const error = await refusalOf(play(lines, { signal: stop.signal, onRequest }));
    expect(error.code).to.equal("STORY_INTERRUPTED");
    expect(eventsOf((await play(lines)).json)).to.include({ applied: 2, resumed: lines.length - 2 });
  });

  it("given a damaged journal or deployment file, when played, then the file is named", async () => {
    const journal = journalOf(root);
    const whole = readFileSync(journal, "utf8");
    writeFileSync(journal, whole.replace('"kind":"applied"', '"kind":"app'));
    expect(await refusalOf(play(grown))).to.have.property("code", "JOURNAL_DAMAGED");
    writeFileSync(journal, whole);

    const file = join(root, "deployments", "prepaid-code", "localhost-31337.json");
    const deployment = readFileSync(file, "utf8");
    for (const text of ["{", "{}", "[]"]) {
      writeFileSync(file, text);
      expect(await refusalOf(play(grown))).to.have.property("code", "DEPLOYMENT_DAMAGED");
    }
    writeFileSync(file, deployment);
  });

  it("given a chain whose time is past the story, when another story is played, then it is refused", async () => {
    const other = join(root, "earlier.jsonl");
    writeFileSync(
      other,
      storyOf([
        { ...open, date: "2030-03-04T01:00:00+08:00" },
        { ...salon[1], event: "fund", date: "2030-03-04T01:00:01+08:00" },
      ]),
    );
    const error = await refusalOf(app.play(contextOf(), { input: other, dryRun: false }));
    expect(error.code).to.equal("CHAIN_TIME_LATER");
  });
});
