import type { Hex } from "viem";
import {
  BIZ_STEPS,
  type CapturedEvent,
  type CapturedQuantity,
  DISPOSITIONS,
  KeyKind,
  type Names,
  NO_DIGEST,
  NO_OBJECT,
  termNumber,
  unpackObjectId,
  withContentId,
} from "../../epcis/index.ts";
import type { Task } from "./batches.ts";

const step = (term: string): number => termNumber(BIZ_STEPS, term);
const [OBJECT, AGGREGATION, TRANSACTION, TRANSFORMATION, ASSOCIATION] = [1, 2, 3, 4, 5] as const;
const [ADD, OBSERVE, DELETE] = [1, 2, 3] as const;
const [SHIPPING, RECEIVING, ACCEPTING] = [step("shipping"), step("receiving"), step("accepting")];
const COMMISSIONING = step("commissioning");
const ACTIVE = termNumber(DISPOSITIONS, "active");
/** Objects and quantities in one opening event. */
const MOST = 60;
const NOTHING = { fromOwner: 0, toOwner: 0, fromHolder: 0, toHolder: 0, carrier: 0 };

/** An opening names neither parties nor places. */
const NAMELESS: Names = { party: () => "", place: () => ({ gln: "", extension: "" }) };

/** What the chain knows already. */
export interface Known {
  /** Whether an item, container or asset was ever commissioned. */
  readonly exists: (object: Hex) => boolean;
  /** How much of a lot a party holds, in millionths. */
  readonly held: (lot: Hex, party: number) => bigint;
}

/**
 * The stock that events presume: what they handle without its having been commissioned, and quantities of lots beyond what came in before. Each is to
 * be declared by the party that is first seen to have it.
 *
 * @param tasks - the events in order
 * @param known - what the chain knows
 * @returns opening events, to be captured before all others
 */
export function openingStock(tasks: readonly Task[], known: Known): Task[] {
  const first = tasks.reduce((least, { event }) => (event.eventTime < least ? event.eventTime : least), 1n << 63n);
  const created = new Set<Hex>();
  const wanted = new Map<number, Set<Hex>>();
  const held = new Map<string, bigint>();
  const lacking = new Map<number, Map<Hex, CapturedQuantity>>();

  const need = (object: Hex, by: number): void => {
    const { kind } = unpackObjectId(object);
    if (kind === KeyKind.SGLN || created.has(object) || known.exists(object)) return;
    created.add(object);
    wanted.set(by, (wanted.get(by) ?? new Set()).add(object));
  };
  const touched = new Set<Hex>();
  const stock = (lot: Hex, party: number): bigint => held.get(`${lot}/${party}`) ?? known.held(lot, party);
  const add = ({ object, amount }: CapturedQuantity, party: number): void => {
    touched.add(object);
    held.set(`${object}/${party}`, stock(object, party) + amount);
  };
  const take = (quantity: CapturedQuantity, party: number): void => {
    const { object, amount } = quantity;
    touched.add(object);
    const left = stock(object, party) - amount;
    held.set(`${object}/${party}`, left < 0n ? 0n : left);
    if (left >= 0n) return;
    const lots = lacking.get(party) ?? new Map<Hex, CapturedQuantity>();
    lots.set(object, { ...quantity, amount: (lots.get(object)?.amount ?? 0n) - left });
    lacking.set(party, lots);
  };

  for (const { by, event, declaration } of tasks) {
    if (declaration !== undefined) continue;
    const { kind, action, parent, objects, quantities, outputs, outputQuantities } = event;
    if (kind === OBJECT && action === ADD) {
      for (const object of objects) created.add(object);
      for (const quantity of quantities) add(quantity, by);
    } else if (kind === TRANSFORMATION) {
      for (const object of objects) need(object, by);
      for (const quantity of quantities) take(quantity, by);
      for (const object of outputs) created.add(object);
      for (const quantity of outputQuantities) add(quantity, by);
    } else if (kind === AGGREGATION || kind === ASSOCIATION) {
      // A logistic unit comes into being by being packed.
      if (parent !== NO_OBJECT) {
        if (kind === AGGREGATION && action === ADD && unpackObjectId(parent).kind === KeyKind.SSCC) created.add(parent);
        else need(parent, by);
      }
      for (const object of objects) need(object, by);
      for (const quantity of quantities) {
        if (action === ADD) take(quantity, by);
        else if (action === DELETE) add(quantity, by);
      }
    } else if (kind !== TRANSACTION && (event.step === RECEIVING || event.step === ACCEPTING)) {
      // Who ships a thing is to declare it; a receipt without a shipping stays refused.
      for (const object of objects) if (event.flow.fromHolder !== 0) need(object, event.flow.fromHolder);
      for (const quantity of quantities) add(quantity, by);
    } else {
      for (const object of objects) need(object, by);
      const moves = (action === OBSERVE && event.step === SHIPPING) || action === DELETE;
      for (const quantity of quantities) {
        if (moves) take(quantity, by);
        // What is only looked at must be somewhere.
        else if (quantity.amount > 0n && !touched.has(quantity.object) && known.held(quantity.object, by) === 0n) {
          take(quantity, by);
          add(quantity, by);
        }
      }
    }
  }
  return [...new Set([...wanted.keys(), ...lacking.keys()])].flatMap((by) =>
    openingsOf(by, [...(wanted.get(by) ?? [])], [...(lacking.get(by)?.values() ?? [])], first),
  );
}

function openingsOf(
  by: number,
  objects: readonly Hex[],
  quantities: readonly CapturedQuantity[],
  before: bigint,
): Task[] {
  const things = [...objects.map((object) => ({ object })), ...quantities.map((quantity) => ({ quantity }))];
  const tasks: Task[] = [];
  for (let at = 0; at < things.length; at += MOST) {
    const part = things.slice(at, at + MOST);
    const own = part.flatMap((thing) => ("object" in thing ? [thing.object] : []));
    const lots = part.flatMap((thing) => ("quantity" in thing ? [thing.quantity] : []));
    tasks.push({ by, opening: true, event: openingEvent(own, lots, before > 0n ? before - 1n : 0n) });
  }
  return tasks;
}

function openingEvent(objects: readonly Hex[], quantities: readonly CapturedQuantity[], at: bigint): CapturedEvent {
  const event: CapturedEvent = {
    kind: OBJECT,
    action: ADD,
    step: COMMISSIONING,
    disposition: ACTIVE,
    eventTime: at,
    zoneOffset: 0,
    contentId: NO_DIGEST,
    readPoint: 0,
    location: 0,
    flow: NOTHING,
    parent: NO_OBJECT,
    objects,
    quantities,
    outputs: [],
    outputQuantities: [],
    transformation: NO_OBJECT,
    transactions: [],
    set: 0n,
    unset: 0n,
    ilmd: { lot: NO_OBJECT, producedAt: 0n, expiresAt: 0n, certificate: NO_DIGEST, digest: NO_DIGEST },
    sensors: NO_DIGEST,
    extensions: NO_DIGEST,
  };
  return withContentId(event, NAMELESS);
}
