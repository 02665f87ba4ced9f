import { expect } from "chai";
import type { Engine } from "../../../chain/src/engine/engine.ts";
import { compareEngines, type Side } from "../../../scripts/fuzz/compare-engines.ts";
import { scenarioOf } from "../../../scripts/fuzz/kinds.ts";
import { textOf } from "../../../scripts/fuzz/report.ts";
import { type FuzzOptions, type FuzzResult, runFuzz } from "../../../scripts/fuzz/run-fuzz.ts";
import { ethereumjsSide, machineSide } from "../../../scripts/fuzz/sides.ts";

const SHORT: FuzzOptions["counts"] = { ops: 4_000, programs: 60, sequences: 15 };

/** Finds the first difference that a broken copy of the oracle shows. */
function findIn(broken: Partial<Side>, counts: Partial<FuzzOptions["counts"]>): Promise<FuzzResult> {
  return runFuzz(
    ethereumjsSide,
    { ...ethereumjsSide, ...broken },
    { seed: "broken", counts: { ops: 0, programs: 0, sequences: 0, ...counts }, maxFindings: 1 },
  );
}

/** The oracle's engine with its answers changed. */
function engineWith(change: (engine: Engine) => Engine): Partial<Side> {
  return { createEngine: (fork) => change(ethereumjsSide.createEngine(fork)) };
}

describe("Engines compared on random input", () => {
  for (const seed of ["banyan", String(Math.floor(Math.random() * 2 ** 32))]) {
    it(`given operations, programs and sequences of seed ${seed}, the machine agrees with ethereumjs`, async () => {
      const { findings, compared } = await runFuzz(ethereumjsSide, machineSide, {
        seed,
        counts: SHORT,
        maxFindings: 1,
      });
      expect(findings.map(textOf).join("\n")).to.equal("");
      expect(compared).to.deep.equal(SHORT);
    }).timeout(120_000);
  }

  it("given an engine that takes SDIV for DIV, the single check is found", async () => {
    const comparison = compareEngines(ethereumjsSide, {
      ...ethereumjsSide,
      createState: () => {
        const state = ethereumjsSide.createState();
        return { ...state, getCode: (address) => withoutSdiv(state.getCode(address)) };
      },
    });
    const found: string[] = [];
    for (let index = 0; index < 10; index++) {
      const difference = await comparison.run(scenarioOf("ops", "broken", index), { trace: false });
      if (difference?.check !== undefined) found.push(difference.check);
    }
    // Code that is copied shows the other byte too.
    expect(found.length).to.be.greaterThan(1);
    for (const check of found) expect(check).to.match(/SDIV\(|CODECOPY\(/);
  }).timeout(60_000);

  it("given an engine that forgets that slots are warm, gas differs", async () => {
    const { findings } = await findIn(
      { createState: () => ({ ...ethereumjsSide.createState(), warmSlot: () => undefined }) },
      { programs: 50 },
    );
    expect(findings).to.have.length(1);
    // In a frame that halts all gas is gone either way, and only the steps before tell.
    expect(findings[0]?.field).to.be.oneOf(["executionGas", "trace"]);
  }).timeout(60_000);

  it("given an engine that does not undo a failed frame, the root differs, and the report holds less than the scenario did", async () => {
    const { findings } = await findIn(
      { createState: () => ({ ...ethereumjsSide.createState(), revert: () => undefined }) },
      { sequences: 50 },
    );
    const [finding] = findings;
    expect(finding?.command).to.match(/^npm run fuzz -- --seed broken --only sequences:\d+$/);
    expect(finding?.actions.length).to.be.lessThan(5);
  }).timeout(60_000);

  it("given an engine that counts refunds wrongly, the refund differs", async () => {
    const { findings } = await findIn(
      engineWith((engine) => ({
        name: engine.name,
        async execute(...input) {
          const outcome = await engine.execute(...input);
          return { ...outcome, gasRefund: outcome.gasRefund === 0n ? 0n : outcome.gasRefund + 1n };
        },
      })),
      { programs: 100 },
    );
    expect(findings.map(({ field }) => field)).to.deep.equal(["refund"]);
  }).timeout(60_000);

  it("given an engine that shows a watcher one word less of the stack, the first such step is found", async () => {
    const { findings } = await findIn(
      engineWith((engine) => ({
        name: engine.name,
        execute: (state, message, block, tracer) =>
          engine.execute(
            state,
            message,
            block,
            tracer && {
              ...tracer,
              // The view of a step is live, and shared by all of them: the rest is passed on.
              onStep: (step) =>
                tracer.onStep?.(
                  new Proxy(step, {
                    get: (view, name) => (name === "stack" ? view.stack.slice(0, 3) : Reflect.get(view, name)),
                  }),
                ),
            },
          ),
      })),
      { programs: 20 },
    );
    const [finding] = findings;
    expect(finding?.field).to.equal("trace");
    expect(finding?.subject).to.match(/oracle {2}step .* stack\(4\)/);
  }).timeout(60_000);
});

/** The code with DIV in the place of SDIV; data of PUSHes stays. */
function withoutSdiv(code: Uint8Array): Uint8Array {
  const changed = code.slice();
  for (let at = 0; at < changed.length; at++) {
    const byte = changed[at] ?? 0;
    if (byte === 0x05) changed[at] = 0x04;
    if (byte >= 0x60 && byte <= 0x7f) at += byte - 0x5f;
  }
  return changed;
}
