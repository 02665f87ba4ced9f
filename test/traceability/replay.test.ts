import { expect } from "chai";
import fc from "fast-check";
import { type Abi, decodeErrorResult, type Hash, type Hex } from "viem";
import type { CapturedEvent } from "../../apps/trace-common/epcis/index.ts";
import { ascii } from "../fixtures/common.ts";
import {
  type Actor,
  commission,
  deployTrace,
  PARTY,
  pack,
  qty,
  receive,
  ship,
  type Trace,
  transform,
} from "../fixtures/trace.ts";
import { revertDataOf } from "../helpers/expect-revert.ts";
import { defineFixture } from "../helpers/fixture.ts";
import { dump, numberOf, possessorsOf } from "./replay/dump.ts";
import {
  ACTIONS,
  ASSETS,
  type Attempt,
  BOXES,
  CONTAINERS,
  type Dice,
  LEAVES,
  LOTS,
  OBJECTS,
  TEAS,
} from "./replay/world.ts";

const fixture = defineFixture(async (connection) => {
  const trace = await deployTrace(connection);
  // Marks are set by hand, as the recall desk does.
  const { admin, auditor, regulator } = trace.accounts;
  await trace.authority.write.grantRole([302n, auditor.address, 0], { account: admin });
  const open = [ascii("CN"), [ascii("trace.shipping.open")], [1n], 1_546_272_000n, "Sample"] as const;
  await trace.policy.write.publish(open, { account: regulator });
  return trace;
});

const die = fc.nat({ max: 999_999 });
const dice = fc.tuple(die, die, die, die);
const step = fc.record({
  name: fc.oneof(
    ...Object.entries(ACTIONS).map(([name, { weight }]) => ({ weight, arbitrary: fc.constant(name) })),
    { weight: 12, arbitrary: fc.constant("declare") },
    { weight: 2, arbitrary: fc.constant("mark") },
  ),
  dice,
});
/** A beginning that leaves something to move: leaf and tea at the processor, items, and a container with something in it. */
const opening: readonly Attempt[] = [
  { actor: "grower", event: commission(LEAVES.map((lot) => qty(lot, 200))) },
  {
    actor: "grower",
    event: ship(
      LEAVES.map((lot) => qty(lot, 150)),
      PARTY.processor,
    ),
  },
  {
    actor: "processor",
    event: receive(
      LEAVES.map((lot) => qty(lot, 140)),
      PARTY.grower,
    ),
  },
  { actor: "processor", event: transform([qty(LEAVES[0], 80)], [qty(TEAS[0], 20)]) },
  { actor: "processor", event: commission([...BOXES, ...CONTAINERS.slice(2), ...ASSETS]) },
  { actor: "processor", event: pack(CONTAINERS[0] ?? "0x", [...BOXES.slice(0, 1), qty(TEAS[0], 5)]) },
];

/** What happened, in order. */
type Happened =
  | { readonly actor: Actor; readonly event: CapturedEvent; erroneous: boolean }
  | { readonly object: Hex; readonly recalled: boolean };

/** Does one thing; nothing but an error of the domain's own may refuse it. */
async function tried(trace: Trace, action: Promise<Hash>, name: string): Promise<boolean> {
  const data = await revertDataOf(action);
  if (data === undefined) return true;
  const abi: Abi = [...Object.values(trace.contracts).flatMap((contract) => contract.abi)];
  const { errorName } = decodeErrorResult({ abi, data });
  expect(errorName, name).not.to.match(/^(Panic|Error|SafeCast.*)$/);
  return false;
}

/** What happened in a line, for messages. */
function told(happened: readonly Happened[]): string {
  const lines = happened.map((one) =>
    "object" in one
      ? `${one.recalled ? "mark" : "unmark"} ${one.object}`
      : `${one.erroneous ? "erroneous " : ""}${one.actor}: kind ${one.event.kind}, action ${one.event.action}, step ${one.event.step}, ${[...one.event.objects, ...one.event.quantities.map((quantity) => quantity.object)]} -> ${[...one.event.outputs, ...one.event.outputQuantities.map((quantity) => quantity.object)]} in ${one.event.parent}`,
  );
  return lines.join("\n").replace(/0{16,}/g, "..");
}

/** Marks an object by hand and brings the counts of its containers up to date. */
async function mark(trace: Trace, object: Hex, recalled: boolean): Promise<boolean> {
  const options = { account: trace.accounts.auditor };
  if (!(await tried(trace, trace.state.write.mark([object, recalled], options), "mark"))) return false;
  for (const container of LOTS.includes(object) ? CONTAINERS : []) {
    await trace.state.write.syncContainer([object, container], options);
  }
  return true;
}

async function play(trace: Trace, steps: readonly { readonly name: string; readonly dice: Dice }[]) {
  const happened: Happened[] = [];
  for (const { actor, event } of opening) {
    await trace.capture(actor, event);
    happened.push({ actor, event, erroneous: false });
  }
  for (const { name, dice: thrown } of steps) {
    const [a, b] = thrown;
    if (name === "mark") {
      const all = [...OBJECTS, ...LOTS];
      const object = all[a % all.length] ?? "0x";
      if (await mark(trace, object, b % 3 !== 0)) happened.push({ object, recalled: b % 3 !== 0 });
    } else if (name === "declare") {
      const events = happened.filter((one) => "event" in one && !one.erroneous);
      // Late ones more often: they can be taken back more often.
      const one = events[Math.max(0, events.length - 1 - (a % (1 + (b % 12))))];
      if (one !== undefined && "event" in one && (await tried(trace, trace.declare(one.actor, one.event), name))) {
        one.erroneous = true;
      }
    } else {
      const { actor, event } = (await ACTIONS[name]?.make(trace, thrown)) ?? {};
      if (actor === undefined || event === undefined) throw new Error(`no action ${name}`);
      const possessors = await possessorsOf(trace, event);
      if (!(await tried(trace, trace.capture(actor, event), name))) continue;
      happened.push({ actor, event, erroneous: false });
      if (name === "shipItem") expect(possessors, "only the possessor ships").to.deep.equal([numberOf(actor)]);
    }
  }
  return happened;
}

async function contentsOf(trace: Trace): Promise<Map<number, string>> {
  const contents = new Map<number, string>();
  const count = Number(await trace.repository.read.eventCount());
  for (let id = 1; id <= count; id++) contents.set(id, (await trace.repository.read.eventOf([id])).contentId);
  return contents;
}

describe("Derived state under any sequence of events and declarations", () => {
  it("C-12, C-15: given random events of which some are declared erroneous, when the others are replayed, then the state is the same", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
        const trace = await fixture();
        const happened = await play(trace, steps);
        const before = await dump(trace, await contentsOf(trace));

        const again = await fixture();
        for (const one of happened) {
          if ("object" in one) await mark(again, one.object, one.recalled);
          else if (!one.erroneous) await again.capture(one.actor, one.event);
        }
        const after = await dump(again, await contentsOf(again));
        for (const [name, fact] of Object.entries(after.facts)) {
          expect(fact, `${name} after ${told(happened)}`).to.deep.equal(before.facts[name]);
        }
        for (const [object, marked] of Object.entries(after.recalled)) {
          expect(before.recalled[object] || !marked, `mark of ${object}`).to.equal(true);
        }
      }),
      { numRuns: 6, verbose: 1 },
    );
  }).timeout(600_000);
});
