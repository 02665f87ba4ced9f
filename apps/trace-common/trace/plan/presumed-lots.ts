import type { Hex } from "viem";
import { type CapturedEvent, type CapturedQuantity, NO_OBJECT } from "../../epcis/index.ts";
import { ACTION, DISPOSITION, isSale, KIND, STEP } from "./event-steps.ts";
import { ANYBODY, soldNode, stockNode, transitNode } from "./lot-nodes.ts";
import { addQuantity, type PresumedMoves } from "./presumed-moves.ts";

/** What the chain knows of lots. */
export interface KnownLots {
  /** How much of a lot is at a node, in millionths. */
  readonly amount: (lot: Hex, node: Hex) => bigint;
  /** What lies in a container that is there already. */
  readonly inside: (container: Hex) => readonly CapturedQuantity[];
}

/** The quantities that events presume. */
export interface PresumedLots {
  /** Reads an event; `withdrawn` where it is declared erroneous right after it was captured. */
  read(by: number, event: CapturedEvent, withdrawn: boolean): void;
  /** What lacks, by who has it first. */
  all(): ReadonlyMap<number, ReadonlyMap<Hex, CapturedQuantity>>;
}

/** Where a quantity goes, and what is presumed of it where there is too little. */
interface Way {
  readonly from: Hex;
  readonly to?: Hex | undefined;
  readonly presume: (lacking: CapturedQuantity) => void;
}

/**
 * Finds the quantities that events take from where nothing brought them.
 *
 * @param known - what the chain knows
 * @param moves - where presumed moves go
 * @param holderOf - who has a presumed container first
 */
export function createPresumedLots(
  known: KnownLots,
  moves: PresumedMoves,
  holderOf: (container: Hex) => number | undefined,
): PresumedLots {
  let amounts = new Map<string, { readonly quantity: CapturedQuantity; readonly node: Hex; readonly left: bigint }>();
  const touched = new Set<Hex>();
  const lacking = new Map<number, Map<Hex, CapturedQuantity>>();

  const amountAt = (lot: Hex, node: Hex): bigint => amounts.get(`${lot}/${node}`)?.left ?? known.amount(lot, node);
  const set = (quantity: CapturedQuantity, node: Hex, left: bigint): void => {
    touched.add(quantity.object);
    amounts.set(`${quantity.object}/${node}`, { quantity, node, left });
  };
  const put = (quantity: CapturedQuantity, node: Hex): void =>
    set(quantity, node, amountAt(quantity.object, node) + quantity.amount);
  const move = (quantity: CapturedQuantity, { from, to, presume }: Way): void => {
    const left = amountAt(quantity.object, from) - quantity.amount;
    set(quantity, from, left < 0n ? 0n : left);
    if (left < 0n) presume({ ...quantity, amount: -left });
    if (to !== undefined) put(quantity, to);
  };
  const lack = (quantity: CapturedQuantity, by: number): void => {
    const lots = lacking.get(by) ?? new Map<Hex, CapturedQuantity>();
    addQuantity(lots, quantity);
    lacking.set(by, lots);
  };
  const own = (by: number, to?: Hex): Way => ({ from: stockNode(by), to, presume: (quantity) => lack(quantity, by) });
  const shipped = (from: number, to: number, target: Hex): Way => ({
    from: transitNode(from, to),
    to: target,
    presume(quantity) {
      lack(quantity, from);
      addQuantity(moves.of("ship", from, NO_OBJECT, to === ANYBODY ? 0 : to).quantities, quantity);
    },
  });
  const arrived = (quantity: CapturedQuantity, from: number, by: number): Way => {
    const fits = (to: number): boolean => amountAt(quantity.object, transitNode(from, to)) >= quantity.amount;
    return shipped(from, !fits(by) && fits(ANYBODY) ? ANYBODY : by, stockNode(by));
  };
  const empty = (container: Hex, by: number): void => {
    const here = [...amounts.values()].filter(({ node }) => node === container);
    const lots = new Set(here.map(({ quantity }) => quantity.object));
    const before = known.inside(container).filter(({ object }) => !lots.has(object));
    for (const quantity of [...here.map(({ quantity, left }) => ({ ...quantity, amount: left })), ...before]) {
      put(quantity, stockNode(by));
      set(quantity, container, 0n);
    }
  };
  // What is only looked at must be somewhere.
  const observe = (quantity: CapturedQuantity, by: number): void => {
    const { object, amount } = quantity;
    if (amount === 0n || touched.has(object) || amountAt(object, stockNode(by)) > 0n) return;
    lack(quantity, by);
    put(quantity, stockNode(by));
  };

  const unpacked = (by: number, { parent, objects, quantities }: CapturedEvent): void => {
    const holder = holderOf(parent);
    for (const quantity of quantities) {
      move(quantity, {
        from: parent,
        to: stockNode(by),
        presume(more) {
          if (holder === undefined) return;
          lack(more, holder);
          addQuantity(moves.of("pack", holder, parent, 0).quantities, more);
        },
      });
    }
    if (objects.length + quantities.length === 0) empty(parent, by);
  };
  const handled = (quantity: CapturedQuantity, by: number, event: CapturedEvent): void => {
    const { action, step, disposition, flow } = event;
    const { fromHolder: from, toHolder } = flow;
    const to = toHolder === 0 ? ANYBODY : toHolder;
    if (action === ACTION.ADD) put(quantity, stockNode(by));
    else if (isSale(step)) move(quantity, own(by, soldNode(by)));
    else if (action === ACTION.DELETE) move(quantity, own(by));
    else if (step === STEP.SHIPPING) move(quantity, own(by, transitNode(by, to)));
    else if (step === STEP.VOID_SHIPPING) {
      move(quantity, from !== 0 && from !== by ? shipped(from, by, stockNode(from)) : shipped(by, to, stockNode(by)));
    } else if (step !== STEP.RECEIVING && step !== STEP.ACCEPTING) observe(quantity, by);
    else if (from !== 0) move(quantity, arrived(quantity, from, by));
    else if (step === STEP.RECEIVING && disposition === DISPOSITION.RETURNED) {
      move(quantity, {
        from: soldNode(by),
        to: stockNode(by),
        presume(more) {
          lack(more, by);
          addQuantity(moves.of("sell", by, NO_OBJECT, 0).quantities, more);
        },
      });
    } else if (step === STEP.ACCEPTING) observe(quantity, by);
  };

  return {
    read(by, event, withdrawn) {
      const before = withdrawn ? new Map(amounts) : undefined;
      const { kind, action, parent, quantities, outputQuantities } = event;
      if (kind === KIND.AGGREGATION && action === ACTION.DELETE) unpacked(by, event);
      else {
        for (const quantity of quantities) {
          if (kind === KIND.OBJECT) handled(quantity, by, event);
          else if (kind === KIND.TRANSFORMATION) move(quantity, own(by));
          else if (kind === KIND.AGGREGATION && action === ACTION.ADD) move(quantity, own(by, parent));
          else observe(quantity, by);
        }
      }
      for (const quantity of outputQuantities) put(quantity, stockNode(by));
      if (before !== undefined) amounts = before;
    },
    all: () => lacking,
  };
}
