import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BanyanError } from "@banyan/app-common";
import type { AppContext } from "@banyan/app-common/app";
import { expect } from "chai";
import hre from "hardhat";
import type { NetworkConnection as Connection } from "hardhat/types/network";
import { playPrepaid } from "../../../apps/prepaid-code/play/play-prepaid.ts";
import { startingAt } from "../../../tasks/support/initial-date.ts";

const at = (minute: number): string => `2030-03-01T08:${String(minute).padStart(2, "0")}:00+08:00`;
const SALE = {
  event: "sell",
  merchant: "M01",
  terms: "T01",
  holder: "C001",
  buyerId: "identity document of C001",
  contract: "contract 1",
  toCustody: "3000.00",
  cards: [{ card: "K1", paid: "3000.00", bonus: "1000.00" }],
};
const OPENING = [
  { event: "open", format: "banyan-prepaid/1", region: "CN-SH-310101", salt: "sample-salt" },
  {
    event: "file",
    merchant: "M01",
    trade: "CATERING",
    licensed: "2024-01-01",
    licence: "licence",
    responsible: "persons",
  },
  { event: "openVault", merchant: "M01" },
  { event: "link", merchant: "M01", mark: "mark" },
  { event: "fund", party: "M01", amount: "100000.00", entry: "opening deposit" },
  { event: "terms", terms: "T01", merchant: "M01", text: "terms" },
].map((fields, index) => ({ date: at(index), ...fields }));
const USE = [
  { date: at(20), ...SALE },
  {
    date: at(30),
    event: "redeem",
    redemption: "R1",
    card: "K1",
    amount: "3594.00",
    evidence: "bill",
    signedBy: "C001",
  },
  { date: at(31), event: "refund", refund: "F1", card: "K1", cause: "OPERATOR", reason: "moved" },
  { date: at(32), event: "accept", refund: "F1" },
  { date: at(33), event: "expectRefund", refund: "F1", status: "PAID", principal: "304.50" },
];

describe("playing a story of the prepaid code", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "banyan-play-"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const write = (lines: readonly (object | string)[]): string => {
    const path = join(folder, "story.jsonl");
    writeFileSync(path, lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""));
    return path;
  };

  /** A context on fresh chains in this process. */
  const contextOf = (): AppContext => {
    const name = hre.globalOptions.network ?? "default";
    const open = async ({ initialDate = 0n }: { readonly initialDate?: bigint } = {}): Promise<Connection> =>
      await hre.network.create({ network: name, ...startingAt(hre.config.networks[name], initialDate) });
    return {
      network: name,
      inProcess: true,
      connect: open,
      connectPrivately: open,
      language: "en",
      stderr: { write: () => true },
      now: () => performance.now(),
      root: folder,
      ignition: join(folder, "ignition"),
    };
  };

  const failure = async (lines: readonly (object | string)[]): Promise<BanyanError> => {
    try {
      await playPrepaid(contextOf(), { input: write(lines), dryRun: false });
    } catch (error) {
      if (error instanceof BanyanError) return error;
      throw error;
    }
    throw new Error("the story was played to its end");
  };

  const cheat = { ...USE[1], signedBy: "C002" };
  for (const [what, line, code] of [
    ["malformed JSON", '{"date":', "JSON_LINE_INVALID"],
    ["an unknown merchant", { date: at(20), ...SALE, merchant: "M09" }, "NAME_UNKNOWN"],
    ["an unknown event", { date: at(20), event: "sel" }, "EVENT_KIND_UNKNOWN"],
    ["an unknown field", { date: at(20), ...SALE, colour: "red" }, "EVENT_FIELD_INVALID"],
    ["a date that goes backwards", { ...USE[0], date: at(2) }, "EVENT_DATE_BACKWARDS"],
    ["a card above the cap", { date: at(20), ...SALE, cards: [{ card: "K1", paid: "5000.01" }] }, "CONTRACT_REFUSED"],
  ] as const) {
    it(`given ${what}, when played, then it stops with file, line and cure`, async () => {
      const error = await failure([...OPENING, line]);
      expect(error.code).to.equal(code);
      expect(error.message).to.include("story.jsonl:7");
      expect(error.cure).to.be.a("string").with.length.above(10);
    });
  }

  it("given another's signature, when played, then the contract's refusal is named with its line", async () => {
    const error = await failure([...OPENING, USE[0] ?? {}, cheat]);
    expect(error.code).to.equal("CONTRACT_REFUSED");
    expect(error.message).to.include("story.jsonl:8").and.include("SaltedEIP712InvalidSignature");
  });

  it("given the statute's example, when played, then 304.50 is refunded and every book balances (SPC 18(2))", async () => {
    const report = await playPrepaid(contextOf(), { input: write([...OPENING, ...USE]), dryRun: false });
    expect(report.ok).to.equal(true);
    expect(report.json).to.have.nested.property("events.applied", OPENING.length + USE.length);
    expect(report.json).to.have.nested.property("refunds[0].principal", "304.50");
  });

  it("given an expectation that is missed, when played, then it stops there", async () => {
    const wrong = { ...USE[4], principal: "304.51" };
    const error = await failure([...OPENING, ...USE.slice(0, 4), wrong]);
    expect(error.code).to.equal("EXPECTATION_MISSED");
    expect(error.message).to.include("story.jsonl:11");
  });
});
