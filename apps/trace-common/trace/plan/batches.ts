import { type CapturedDeclaration, type CapturedEvent, NO_OBJECT, type ReadEvent } from "../../epcis/index.ts";
import type { Original } from "../archive.ts";

/** An event that is ready to be captured, and by whom. */
export interface Task {
  readonly by: number;
  readonly event: CapturedEvent;
  /** Given where the event declares an earlier one erroneous. */
  readonly declaration?: CapturedDeclaration | undefined;
  /** Whether it declares what was in circulation before. */
  readonly opening: boolean;
  /** Where it stands in the document; nothing for what a document only presumes. */
  readonly read?: ReadEvent | undefined;
  /** The event of the document that presumes it. */
  readonly neededBy?: ReadEvent | undefined;
  /** How an event that a document only presumes is told. */
  readonly original?: Original | undefined;
  /** Whether it is captured only to be declared erroneous right after. */
  readonly withdrawn?: boolean | undefined;
}

/** Events of one party that go to the chain together. */
export interface Batch {
  readonly by: number;
  readonly opening: boolean;
  readonly tasks: readonly Task[];
}

/** How batches are made. */
export interface BatchOptions {
  /** The most events. */
  readonly events: number;
  /** The most weight; see {@link weightOf}. */
  readonly weight: () => number;
  /** How many batches stay open to events of their party that come later. */
  readonly window?: number;
}

interface Open {
  readonly by: number;
  readonly opening: boolean;
  readonly single: boolean;
  readonly tasks: Task[];
  readonly keys: Set<string>;
  weight: number;
}

const WINDOW = 48;

/** What an event weighs: about in proportion to the gas that its capture takes. */
export function weightOf({
  objects,
  quantities,
  outputs,
  outputQuantities,
  transactions,
  parent,
}: CapturedEvent): number {
  return (
    2 +
    objects.length +
    2 * quantities.length +
    1.5 * outputs.length +
    3 * outputQuantities.length +
    transactions.length / 8 +
    (parent === NO_OBJECT ? 0 : 0.5)
  );
}

/**
 * Puts events into batches of one party each. An event may overtake others, but never one that touches a thing it touches: a party's events that
 * stand apart in the document come together, and whoever looks at one thing sees its events in the document's order.
 *
 * @param tasks - the events in order
 * @param options - how large a batch may be
 */
export function* makeBatches(
  tasks: Iterable<Task>,
  { events, weight, window = WINDOW }: BatchOptions,
): Generator<Batch> {
  const open: Open[] = [];
  for (const task of tasks) {
    const keys = keysOf(task);
    const size = weightOf(task.event);
    const single = task.declaration !== undefined;
    // Not before the last batch that touches the same things.
    const last = open.findLastIndex((batch) => keys.some((key) => batch.keys.has(key)));
    const fits = (batch: Open, at: number): boolean =>
      at >= last &&
      !single &&
      !batch.single &&
      batch.by === task.by &&
      batch.opening === task.opening &&
      batch.tasks.length < events &&
      batch.weight + size <= weight();
    let batch = open.find(fits);
    if (batch === undefined) {
      batch = { by: task.by, opening: task.opening, single, tasks: [], keys: new Set(), weight: 0 };
      open.push(batch);
    }
    batch.tasks.push(task);
    batch.weight += size;
    for (const key of keys) batch.keys.add(key);
    if (open.length > window) yield* take(open);
  }
  while (open.length > 0) yield* take(open);
}

function* take(open: Open[]): Generator<Batch> {
  const first = open.shift();
  if (first !== undefined) yield { by: first.by, opening: first.opening, tasks: first.tasks };
}

/** What an event touches: its things, its transformation, itself. */
function keysOf({ event }: Task): string[] {
  return [
    event.contentId,
    ...event.objects,
    ...event.outputs,
    ...event.quantities.map(({ object }) => object),
    ...event.outputQuantities.map(({ object }) => object),
    ...[event.parent, event.transformation, event.ilmd.lot].filter((id) => id !== NO_OBJECT),
  ];
}
