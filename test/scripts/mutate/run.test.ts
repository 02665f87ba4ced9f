import { expect } from "chai";
import { findTests } from "../../../scripts/mutate/find-tests.ts";
import type { Mutant } from "../../../scripts/mutate/mutant.ts";
import { formatReport, summarise } from "../../../scripts/mutate/report.ts";
import { runMutants } from "../../../scripts/mutate/run-mutants.ts";
import { sample } from "../../../scripts/mutate/sample.ts";
import type { TestRun } from "../../../scripts/mutate/workshop.ts";

const CONTRACT = "contracts/prepaid/Refunds.sol";

function mutant(line: number, source: string): Mutant {
  return { kind: "comparison", line, before: "<", after: "<=", soundLine: "  a < b", source };
}

/** Notes what is planted and tested, and answers each test run by what was planted last; the last file notices. */
function recordingWorkshop(outcomes: Record<string, TestRun["outcome"]>) {
  const log: string[] = [];
  let written = "";
  return {
    log,
    plant(file: string, content: string) {
      written = content;
      log.push(`plant ${file} ${content}`);
      return outcomes[content] === "not-compiled" ? "ParserError" : undefined;
    },
    async test(files: readonly string[]): Promise<TestRun> {
      log.push(`test ${files.join(" ")}`);
      const outcome = outcomes[written] ?? "passed";
      return { outcome, seconds: 1, detail: outcome === "failed" ? `at test (file:///x/${files.at(-1)}:7:3)` : "" };
    },
  };
}

describe("mutation: run", () => {
  it("given mutants, tries each and leaves the sound source; only a passed run is a survivor", async () => {
    const workshop = recordingWorkshop({ a: "failed", b: "passed", c: "not-compiled", d: "timeout" });
    const seen: string[] = [];
    const trials = await runMutants(workshop, {
      contract: CONTRACT,
      source: "sound",
      mutants: ["a", "b", "c", "d"].map((source, index) => mutant(index + 1, source)),
      tests: ["x.test.ts"],
      timeoutSeconds: 9,
      onTrial: ({ verdict }, done) => seen.push(`${done} ${verdict}`),
    });

    expect(seen).to.deep.equal(["1 killed", "2 survived", "3 invalid", "4 timeout"]);
    expect(workshop.log.at(-1)).to.equal(`plant ${CONTRACT} sound`);
    const report = summarise(trials, { contract: CONTRACT, tests: ["x.test.ts"], seed: 7, known: 40 });
    expect(report).to.deep.include({ tried: 4, killed: 1, timeouts: 1, invalid: 1 });
    expect(report.survivors.map(({ place }) => place)).to.deep.equal([`${CONTRACT}:2`]);
    expect(formatReport(report)).to.include(`${CONTRACT}:2`).and.to.include("2 of 3 faults noticed");
  });

  it("given a file whose test noticed, runs it first for the next", async () => {
    const workshop = recordingWorkshop({ a: "failed" });
    await runMutants(workshop, {
      contract: CONTRACT,
      source: "sound",
      mutants: [mutant(1, "a"), mutant(2, "b")],
      tests: ["x.test.ts", "y.test.ts"],
      timeoutSeconds: 9,
      onTrial: () => {},
    });
    expect(workshop.log.filter((line) => line.startsWith("test"))).to.deep.equal([
      "test x.test.ts y.test.ts",
      "test y.test.ts x.test.ts",
    ]);
  });

  it("given a test run that cannot start, leaves the sound source all the same", async () => {
    const workshop = recordingWorkshop({});
    const failing = { ...workshop, test: () => Promise.reject(new Error("no hardhat")) };
    const run = runMutants(failing, {
      contract: CONTRACT,
      source: "sound",
      mutants: [mutant(1, "a")],
      tests: [],
      timeoutSeconds: 9,
      onTrial: () => {},
    });
    expect(
      await run.then(
        () => "ran",
        () => "refused",
      ),
    ).to.equal("refused");
    expect(workshop.log.at(-1)).to.equal(`plant ${CONTRACT} sound`);
  });

  it("given a seed, draws the same again; another seed draws another; in the list's order, none twice", () => {
    const items = Array.from({ length: 100 }, (_, index) => index);
    const drawn = sample(items, 10, 1);
    expect(drawn).to.have.lengthOf(10);
    expect(sample(items, 10, 1)).to.deep.equal(drawn);
    expect(sample(items, 10, 2)).to.not.deep.equal(drawn);
    expect([...new Set(drawn)].sort((a, b) => a - b)).to.deep.equal(drawn);
    expect(sample(items, 1000, 1)).to.deep.equal(items);
  });

  it("given a contract, finds its tests; a base is tested by its heirs, a file without tests by the domain's", () => {
    const sources: Record<string, string> = {
      "contracts/prepaid/Refunds.sol": "contract Refunds is RefundLedger(1), IRefunds {",
      "contracts/prepaid/RefundLedger.sol": "abstract contract RefundLedger is IRefundLedger {",
      "contracts/prepaid/CardMath.sol": "library CardMath {",
      "contracts/prepaid/libraries/SaltedEIP712.sol": "abstract contract SaltedEIP712 {",
    };
    const tests = [
      "test/prepaid/refunds/pay.test.ts",
      "test/prepaid/refunds-more/pay.test.ts",
      "test/prepaid/salted-eip712.test.ts",
      "test/common/refunds/pay.test.ts",
    ];
    const files = [...Object.keys(sources), ...tests, "test/prepaid/refunds/sample.ts"];
    const find = (contract: string) => findTests(contract, files, (file) => sources[file] ?? "");

    expect(find("contracts/prepaid/Refunds.sol")).to.deep.equal([tests[0]]);
    expect(find("contracts/prepaid/RefundLedger.sol")).to.deep.equal([tests[0]]);
    expect(find("contracts/prepaid/libraries/SaltedEIP712.sol")).to.deep.equal([tests[2]]);
    expect(find("contracts/prepaid/CardMath.sol")).to.deep.equal(tests.slice(0, 3));
  });
});
