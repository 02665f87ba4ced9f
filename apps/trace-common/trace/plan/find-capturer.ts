import type { CapturedEvent } from "../../epcis/index.ts";
import { BIZ_STEPS, DISPOSITIONS, termNumber } from "../../epcis/index.ts";

/** What is asked when a document does not say who captured an event. */
export interface CapturerOptions {
  /** A party that is given for every event. */
  readonly given?: number | undefined;
  /** Who captured an event by a document written here, by content id. */
  readonly stated?: ReadonlyMap<string, number> | undefined;
  /** The party that runs a place. */
  readonly ownerOf: (place: number) => number | undefined;
  /** The party that sent the document. */
  readonly sender?: number | undefined;
}

const step = (term: string): number => termNumber(BIZ_STEPS, term);
/** Steps that the receiving side captures. */
export const TAKING: ReadonlySet<number> = new Set(["receiving", "accepting", "arriving"].map(step));
/** Steps that the handing side captures. */
export const GIVING: ReadonlySet<number> = new Set(["shipping", "departing", "consigning", "void_shipping"].map(step));
const RETURNED = termNumber(DISPOSITIONS, "returned");

/**
 * Who captures an event, as far as the event itself tells: the side of the handover that the step belongs to, else whoever runs the place where it
 * was read or where its objects are expected, else any party that it names, else the document's sender.
 *
 * @param event - the event
 * @param options - what else is known
 * @returns the party's number, or nothing
 */
export function findCapturer(event: CapturedEvent, options: CapturerOptions): number | undefined {
  const { given, stated, ownerOf, sender } = options;
  const { flow, readPoint, location } = event;
  const place = (id: number): number | undefined => (id === 0 ? undefined : ownerOf(id));
  const side = TAKING.has(event.step)
    ? [flow.toHolder, flow.toOwner]
    : GIVING.has(event.step)
      ? [flow.fromHolder, flow.fromOwner]
      : [];
  // A sold thing comes back to whoever runs the place, whatever the sides are called.
  if (TAKING.has(event.step) && event.disposition === RETURNED) side.unshift(place(readPoint) ?? 0);
  const candidates = [
    given,
    stated?.get(event.contentId),
    ...side,
    place(readPoint),
    place(location),
    flow.fromHolder,
    flow.toHolder,
    flow.fromOwner,
    flow.toOwner,
    sender,
  ];
  return candidates.find((party) => party !== undefined && party !== 0);
}
