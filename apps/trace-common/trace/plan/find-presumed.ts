import type { Hex } from "viem";
import { canonicalLink, type Names, NO_OBJECT } from "../../epcis/index.ts";
import type { FiledPlace, TraceChain } from "../trace-chain.ts";
import type { Task } from "./batches.ts";
import { ACTION, KIND } from "./event-steps.ts";
import { ANYBODY, soldNode, stockNode, transitNode } from "./lot-nodes.ts";
import { openingStock } from "./opening-stock.ts";

/** Parties and places by number, with who runs the places. */
export interface Known {
  /** By GLN, or by the commitment of a confidential partner. */
  readonly parties: ReadonlyMap<string, number>;
  readonly places: ReadonlyMap<string, FiledPlace>;
}

/**
 * Adds to the events of a document what they presume: opening stock with what must have been done with it, and events that are only there as declared
 * erroneous.
 *
 * @param tasks - the events in order
 * @param chain - what is known already
 * @param directory - the parties
 * @returns all that is to be captured, in order
 */
export async function findPresumed(tasks: readonly Task[], chain: TraceChain, directory: Known): Promise<Task[]> {
  const before = await chain.captured([...new Set(tasks.map(({ event }) => event.contentId))]);
  const whole = withWithdrawn(tasks, before);
  const fresh = whole.filter(({ event }) => !before.has(event.contentId));
  const things = new Set<Hex>();
  const nodes = new Map<string, readonly [Hex, Hex]>();
  const emptied = new Set<Hex>();
  for (const { by, event } of fresh) {
    const { kind, action, parent, objects, quantities, flow } = event;
    for (const object of [...objects, parent]) things.add(object);
    if (kind === KIND.AGGREGATION && action === ACTION.DELETE) emptied.add(parent);
    const [from, to] = [flow.fromHolder, flow.toHolder === 0 ? ANYBODY : flow.toHolder];
    for (const { object } of quantities) {
      const places = [stockNode(by), soldNode(by), parent, transitNode(by, to)];
      if (from !== 0) places.push(transitNode(from, by), transitNode(from, ANYBODY));
      for (const node of places) if (node !== NO_OBJECT) nodes.set(`${object}/${node}`, [object, node]);
    }
  }
  const existing = await chain.existing([...things]);
  const amounts = await chain.amounts([...nodes.values()]);
  const inside = await chain.inside([...emptied].filter((container) => existing.has(container)));
  const known = {
    exists: (object: Hex) => existing.has(object),
    amount: (lot: Hex, node: Hex) => amounts.get(`${lot}/${node}`) ?? 0n,
    inside: (container: Hex) => inside.get(container) ?? [],
  };
  return [...openingStock(fresh, known, await namesOf(fresh, chain, directory)), ...whole];
}

/** An event that is only there as declared erroneous is captured first. */
function withWithdrawn(tasks: readonly Task[], before: ReadonlySet<Hex>): Task[] {
  const seen = new Set(before);
  return tasks.flatMap((task) => {
    const { event, declaration, read } = task;
    if (declaration === undefined || seen.has(event.contentId) || read === undefined) {
      seen.add(event.contentId);
      return [task];
    }
    seen.add(event.contentId);
    const { declaration: _, read: __, ...rest } = task;
    return [{ ...rest, neededBy: read, withdrawn: true }, task];
  });
}

async function namesOf(tasks: readonly Task[], chain: TraceChain, { parties }: Known): Promise<Names> {
  const glns = await chain.glns([...new Set(tasks.map(({ by }) => by))]);
  const keys = new Map([...[...parties].map(([key, party]) => [party, key] as const), ...glns]);
  return {
    party(party) {
      const key = keys.get(party) ?? "";
      return key.length === 64 ? `urn:banyan:partner:${key}` : canonicalLink({ scheme: "pgln", key, qualifier: "" });
    },
    place: () => ({ gln: "", extension: "" }),
  };
}
