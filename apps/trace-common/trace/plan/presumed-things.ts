import type { Hex } from "viem";
import { type CapturedEvent, type CapturedFlow, KeyKind, NO_OBJECT, unpackObjectId } from "../../epcis/index.ts";
import { ACTION, DISPOSITION, isSale, KIND, STEP } from "./event-steps.ts";
import type { PresumedMoves } from "./presumed-moves.ts";

/** The items, containers and assets that events presume. */
export interface PresumedThings {
  /** Reads an event; `withdrawn` where it is declared erroneous right after it was captured. */
  read(by: number, event: CapturedEvent, withdrawn: boolean): void;
  /** Who has a presumed thing first; nothing for any other. */
  holderOf(thing: Hex): number | undefined;
  /** All of them, by who has them first. What was only observed counts as well. */
  all(): ReadonlyMap<number, readonly Hex[]>;
}

/**
 * Finds the things that events handle without their having been commissioned, with what must have been done with them. The first event that does
 * something with a thing tells how it was before; events that only observe it do not.
 *
 * @param exists - whether the chain knows a thing
 * @param moves - where presumed moves go
 */
export function createPresumedThings(exists: (object: Hex) => boolean, moves: PresumedMoves): PresumedThings {
  const settled = new Set<Hex>();
  const observers = new Map<Hex, number[]>();
  const holders = new Map<Hex, number>();

  const isSettled = (object: Hex): boolean =>
    object === NO_OBJECT || settled.has(object) || unpackObjectId(object).kind === KeyKind.SGLN || exists(object);
  const have = (object: Hex, by: number): void => {
    if (isSettled(object)) return;
    settled.add(object);
    holders.set(object, by);
  };
  const observe = (object: Hex, by: number): void => {
    if (!isSettled(object)) observers.set(object, [...(observers.get(object) ?? []), by]);
  };
  const shipped = (object: Hex, from: number, to: number): void => {
    if (isSettled(object)) return;
    have(object, from);
    moves.of("ship", from, NO_OBJECT, to).objects.push(object);
  };
  // From who is said to have had it; without that from whoever saw it before, else on its way to anybody.
  const received = (object: Hex, by: number, flow: CapturedFlow, returned: boolean): void => {
    if (isSettled(object)) return;
    if (returned && flow.fromHolder === 0) {
      have(object, by);
      moves.of("sell", by, NO_OBJECT, 0).objects.push(object);
      return;
    }
    const seen = observers.get(object)?.find((party) => party !== by) ?? 0;
    const from = [flow.fromHolder, flow.fromOwner, seen].find((party) => party !== 0) ?? by;
    shipped(object, from, from === by ? 0 : by);
  };
  // In a container that is presumed too; in any other it cannot have been.
  const inside = (object: Hex, parent: Hex, by: number, kind: "pack" | "bond"): void => {
    if (isSettled(object)) return;
    const holder = holders.get(parent);
    have(object, holder ?? by);
    if (holder !== undefined) moves.of(kind, holder, parent, 0).objects.push(object);
  };
  const family = (by: number, { kind, action, parent, objects }: CapturedEvent): void => {
    const packing = kind === KIND.AGGREGATION;
    // A logistic unit comes into being by being packed.
    if (packing && action === ACTION.ADD && unpackObjectId(parent).kind === KeyKind.SSCC) settled.add(parent);
    else have(parent, by);
    for (const object of objects) {
      if (action === ACTION.ADD) have(object, by);
      else inside(object, parent, by, packing ? "pack" : "bond");
    }
  };
  const handled = (by: number, { action, step, disposition, objects, flow }: CapturedEvent): void => {
    const returned = disposition === DISPOSITION.RETURNED;
    const refused = flow.fromHolder !== 0 && flow.fromHolder !== by;
    for (const object of objects) {
      if (action === ACTION.ADD) settled.add(object);
      else if (action === ACTION.DELETE || step === STEP.SHIPPING || isSale(step)) have(object, by);
      else if (step === STEP.VOID_SHIPPING) {
        shipped(object, refused ? flow.fromHolder : by, refused ? by : flow.toHolder);
      } else if (step === STEP.ACCEPTING && flow.fromHolder === 0) have(object, by);
      else if (step === STEP.RECEIVING || step === STEP.ACCEPTING) received(object, by, flow, returned);
      else observe(object, by);
    }
  };

  return {
    read(by, event, withdrawn) {
      const { kind, action, parent, objects, outputs } = event;
      if (kind === KIND.OBJECT) handled(by, event);
      else if (kind === KIND.TRANSFORMATION) {
        for (const object of objects) have(object, by);
        for (const object of outputs) settled.add(object);
      } else if (kind === KIND.TRANSACTION || action === ACTION.OBSERVE) {
        for (const object of [parent, ...objects]) observe(object, by);
      } else family(by, event);
      if (!withdrawn) return;
      const made = kind === KIND.OBJECT && action === ACTION.ADD ? objects : outputs;
      for (const object of made) settled.delete(object);
    },
    holderOf: (thing) => holders.get(thing),
    all() {
      for (const [object, [first = 0]] of observers) have(object, first);
      const things = new Map<number, Hex[]>();
      for (const [object, by] of holders) {
        const own = things.get(by) ?? [];
        own.push(object);
        things.set(by, own);
      }
      return things;
    },
  };
}
