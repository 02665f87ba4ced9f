import type { Hex } from "viem";
import {
  BANYAN_NAMESPACE,
  type CapturedEvent,
  type CapturedFlow,
  type CapturedQuantity,
  type Names,
  NO_DIGEST,
  NO_OBJECT,
  presumedEvent,
  withContentId,
} from "../../epcis/index.ts";
import type { Task } from "./batches.ts";
import { ACTION, DISPOSITION, KIND, STEP } from "./event-steps.ts";
import { createPresumedLots, type KnownLots } from "./presumed-lots.ts";
import { createPresumedMoves, type PresumedMove } from "./presumed-moves.ts";
import { createPresumedThings } from "./presumed-things.ts";

/** What the chain knows already. */
export interface Known extends KnownLots {
  /** Whether an item, container or asset was ever commissioned. */
  readonly exists: (object: Hex) => boolean;
}

/** Objects and quantities in one event. */
const MOST = 60;
const NOTHING: CapturedFlow = { fromOwner: 0, toOwner: 0, fromHolder: 0, toHolder: 0, carrier: 0 };
/** What the words of a presumed event stand under. */
const CONTEXT = { banyan: BANYAN_NAMESPACE };

/**
 * The stock that events presume: what they handle without its having been commissioned, and quantities of lots beyond what came in before; with what
 * must have been done with it before it is met: packed, bonded, sold, shipped. Each is declared or captured by the party that is first seen to have it.
 *
 * @param tasks - the events in order
 * @param known - what the chain knows
 * @param names - who knows the parties
 * @returns what is to be captured before all others: openings, then presumed events
 */
export function openingStock(tasks: readonly Task[], known: Known, names: Names): Task[] {
  const moves = createPresumedMoves();
  const things = createPresumedThings(known.exists, moves);
  const lots = createPresumedLots(known, moves, things.holderOf);
  const needing = new Map<Hex, Task["read"]>();
  for (const { by, event, declaration, withdrawn = false, read } of tasks) {
    if (declaration !== undefined) continue;
    things.read(by, event, withdrawn);
    lots.read(by, event, withdrawn);
    for (const object of thingsOf(event)) if (!needing.has(object)) needing.set(object, read);
  }
  const first = tasks.reduce((least, { event }) => (event.eventTime < least ? event.eventTime : least), 1n << 63n);
  const before = first > 0n ? first - 1n : 0n;
  const [all, lacking] = [things.all(), lots.all()];
  const openings = [...new Set([...all.keys(), ...lacking.keys()])].flatMap((by) => {
    const quantities = [...(lacking.get(by)?.values() ?? [])];
    return parts(all.get(by) ?? [], quantities).map(([own, amounts]) => ({
      by,
      opening: true,
      event: withContentId(openingEvent(by, own, amounts, before), names),
      neededBy: needing.get(own[0] ?? amounts[0]?.object ?? NO_OBJECT),
    }));
  });
  const presumed = moves.all().flatMap((move) =>
    parts(move.objects, [...move.quantities.values()]).map(([own, amounts]) => {
      const { event, json } = presumedEvent(movedEvent(move, own, amounts, before), names);
      const neededBy = needing.get(own[0] ?? amounts[0]?.object ?? NO_OBJECT);
      return { by: move.by, opening: false, event, original: { json, context: CONTEXT }, neededBy };
    }),
  );
  return [...openings, ...presumed];
}

function thingsOf({ parent, objects, quantities }: CapturedEvent): Hex[] {
  return [parent, ...objects, ...quantities.map(({ object }) => object)];
}

/** Divides a list into what one event takes. */
function parts(
  objects: readonly Hex[],
  quantities: readonly CapturedQuantity[],
): (readonly [objects: readonly Hex[], quantities: readonly CapturedQuantity[]])[] {
  const all: (Hex | CapturedQuantity)[] = [...objects, ...quantities];
  return Array.from({ length: Math.ceil(all.length / MOST) }, (_, at) => {
    const part = all.slice(at * MOST, (at + 1) * MOST);
    return [part.filter((one) => typeof one === "string"), part.filter((one) => typeof one !== "string")];
  });
}

/** The party stands in it, so that two parties may declare the same. */
function openingEvent(
  by: number,
  objects: readonly Hex[],
  quantities: readonly CapturedQuantity[],
  at: bigint,
): CapturedEvent {
  const flow = { ...NOTHING, fromHolder: by };
  const { COMMISSIONING: step } = STEP;
  return {
    ...{ ...EMPTY, kind: KIND.OBJECT, action: ACTION.ADD, step, disposition: DISPOSITION.ACTIVE },
    ...{ eventTime: at, flow, objects, quantities },
  };
}

function movedEvent(
  { kind, by, parent, to }: PresumedMove,
  objects: readonly Hex[],
  quantities: readonly CapturedQuantity[],
  at: bigint,
): CapturedEvent {
  const flow = { ...NOTHING, fromHolder: by, toHolder: kind === "ship" ? to : 0 };
  return { ...EMPTY, ...MOVED[kind], eventTime: at, flow, parent, objects, quantities };
}

const MOVED: Readonly<Record<PresumedMove["kind"], Pick<CapturedEvent, "kind" | "action" | "step">>> = {
  pack: { kind: KIND.AGGREGATION, action: ACTION.ADD, step: STEP.PACKING },
  bond: { kind: KIND.ASSOCIATION, action: ACTION.ADD, step: STEP.INSTALLING },
  sell: { kind: KIND.OBJECT, action: ACTION.OBSERVE, step: STEP.RETAIL_SELLING },
  ship: { kind: KIND.OBJECT, action: ACTION.OBSERVE, step: STEP.SHIPPING },
};

const EMPTY: CapturedEvent = {
  ...{ kind: 0, action: 0, step: 0, disposition: 0, eventTime: 0n, zoneOffset: 0, contentId: NO_DIGEST },
  ...{ readPoint: 0, location: 0, flow: NOTHING, parent: NO_OBJECT, objects: [], quantities: [] },
  ...{ outputs: [], outputQuantities: [], transformation: NO_OBJECT, transactions: [], set: 0n, unset: 0n },
  ilmd: { lot: NO_OBJECT, producedAt: 0n, expiresAt: 0n, certificate: NO_DIGEST, digest: NO_DIGEST },
  ...{ sensors: NO_DIGEST, extensions: NO_DIGEST },
};
