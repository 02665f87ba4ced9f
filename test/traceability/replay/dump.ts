import { expect } from "chai";
import type { Hex } from "viem";
import type { CapturedEvent } from "../../../apps/trace-common/epcis/index.ts";
import { PARTY, type Trace } from "../../fixtures/trace.ts";
import { ACTORS, ANYBODY, CONTAINERS, LOTS, OBJECTS } from "./world.ts";

/** The content of the events of a chain by their numbers, so that states of two chains compare. */
type Contents = ReadonlyMap<number, string>;

/** Everything that the state says of the world, by name; `recalled` apart, because a correction never takes a mark off. */
export interface Dump {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly recalled: Readonly<Record<string, boolean>>;
}

/**
 * Reads the whole state, and checks what must hold in any: contents and parents agree, everybody's possession is the root's, quantities add up.
 *
 * @param trace - The deployed domain.
 * @param contents - Content ids by event number.
 */
export async function dump(trace: Trace, contents: Contents): Promise<Dump> {
  const facts: Record<string, unknown> = {};
  const recalled: Record<string, boolean> = {};
  const event = (id: number) => (id === 0 ? "none" : contents.get(id));
  const states = new Map<Hex, Awaited<ReturnType<Trace["stateOf"]>>>();
  for (const object of OBJECTS) states.set(object, await trace.stateOf(object));
  for (const [object, state] of states) {
    const { recalled: marked, recalledInside: _, lastEvent, commissionedBy, children, ...rest } = state;
    recalled[object] = marked;
    facts[object] = { ...rest, lastEvent: event(lastEvent), commissionedBy: event(commissionedBy) };
    const [inside] = await trace.state.read.childrenOf([object, 0n, 100n]);
    const [bonded] = await trace.state.read.bondedTo([object, 0n, 100n]);
    const within = [...inside].sort();
    expect(children).to.equal(inside.length);
    expect(within, "contents and parents").to.deep.equal(
      OBJECTS.filter((other) => states.get(other)?.parent === object).sort(),
    );
    expect([...bonded].sort(), "associations").to.deep.equal(
      OBJECTS.filter((other) => states.get(other)?.bond === object).sort(),
    );
    const root = await trace.state.read.rootOf([object]);
    expect(state.possessor, "possession is the root's").to.equal(states.get(root)?.holder);
    const lotsInside = (await trace.state.read.lotsIn([object]))[0];
    facts[`lots in ${object}`] = [...lotsInside].sort();
  }
  for (const lot of LOTS) {
    const { recalled: marked, lastEvent, commissionedBy, ...rest } = await trace.lotOf(lot);
    recalled[lot] = marked;
    facts[lot] = { ...rest, lastEvent: event(lastEvent), commissionedBy: event(commissionedBy) };
    let sum = 0n;
    const amounts: Record<string, bigint> = {};
    for (const [i, actor] of ACTORS.entries()) {
      amounts[actor] = await trace.stock(lot, actor);
      const open = await trace.state.read.transitNode([PARTY[actor], ANYBODY]);
      amounts[`${actor} to anybody`] = await trace.state.read.amountAt([lot, open]);
      for (const [j, to] of ACTORS.entries()) {
        if (i !== j) amounts[`${actor} to ${to}`] = await trace.transit(lot, actor, to);
      }
    }
    for (const container of CONTAINERS) amounts[container] = await trace.within(lot, container);
    for (const amount of Object.values(amounts)) sum += amount;
    expect(sum, "quantities add up").to.equal(rest.live);
    facts[`${lot} is`] = amounts;
  }
  for (const object of [...OBJECTS, ...LOTS]) {
    const [down] = await trace.lineage.read.walk([object, 0, 100n]);
    const [up] = await trace.lineage.read.walk([object, 1, 100n]);
    facts[`lineage of ${object}`] = [[...down].sort(), [...up].sort()];
  }
  return { facts, recalled };
}

/** Who may ship now, of each thing: asked before an event, to be held against a shipping that was captured. */
export async function possessorsOf(trace: Trace, event: CapturedEvent): Promise<readonly number[]> {
  return Promise.all(event.objects.map((object) => trace.state.read.possessorOf([object])));
}

/** The number of a party. */
export const numberOf = (actor: keyof typeof PARTY): number => PARTY[actor];
