import type { Hex } from "viem";
import type { CapturedQuantity } from "../../epcis/index.ts";

/** What must have been done with goods before the first event that handles them. */
export interface PresumedMove {
  readonly kind: "pack" | "bond" | "sell" | "ship";
  readonly by: number;
  /** The container, or what things are bonded to. */
  readonly parent: Hex;
  /** Who they were shipped to; 0 = not stated. */
  readonly to: number;
  readonly objects: Hex[];
  readonly quantities: Map<Hex, CapturedQuantity>;
}

/** Presumed moves, those of one kind between the same two together. */
export interface PresumedMoves {
  /** The move to add to. */
  of(kind: PresumedMove["kind"], by: number, parent: Hex, to: number): PresumedMove;
  /** All, in the order in which they can be captured. */
  all(): readonly PresumedMove[];
}

/** Makes an empty list of presumed moves. */
export function createPresumedMoves(): PresumedMoves {
  const moves = new Map<string, PresumedMove>();
  return {
    of(kind, by, parent, to) {
      const key = `${kind}/${by}/${parent}/${to}`;
      const move = moves.get(key) ?? { kind, by, parent, to, objects: [], quantities: new Map() };
      moves.set(key, move);
      return move;
    },
    all() {
      const kinds = (kind: PresumedMove["kind"]): PresumedMove[] =>
        [...moves.values()].filter((move) => move.kind === kind);
      // What lies in a container was packed before the container was.
      return [...kinds("pack").reverse(), ...kinds("bond"), ...kinds("sell"), ...kinds("ship")];
    },
  };
}

/** Adds a quantity to what a list has of its lot. */
export function addQuantity(lots: Map<Hex, CapturedQuantity>, quantity: CapturedQuantity): void {
  const { object, amount } = quantity;
  lots.set(object, { ...quantity, amount: (lots.get(object)?.amount ?? 0n) + amount });
}
