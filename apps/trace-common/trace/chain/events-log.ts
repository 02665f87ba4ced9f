import type { Hex } from "viem";
import type { CapturedEvent } from "../../epcis/index.ts";
import type { TraceContracts } from "./trace-contracts.ts";

/** An event as the log has it. */
export interface LoggedCapture {
  readonly type: "capture";
  readonly id: number;
  readonly by: number;
  /** In seconds. */
  readonly recordedAt: bigint;
  readonly opening: boolean;
  readonly event: CapturedEvent;
}

/** A declaration of error as the log has it. */
export interface LoggedDeclaration {
  readonly type: "declaration";
  readonly id: number;
  readonly by: number;
  readonly contentId: Hex;
  /** In milliseconds. */
  readonly declarationTime: bigint;
  /** In seconds. */
  readonly declaredAt: bigint;
  readonly reason: number;
  readonly corrective: readonly Hex[];
}

/** What is in the log of the repository. */
export type Logged = LoggedCapture | LoggedDeclaration;

/** Numbers of events that one question names. */
const AT_ONCE = 200;

/**
 * Reads captured events and declarations of error in the order in which they were recorded.
 *
 * @param contracts - the repository
 * @param ids - only events with these numbers; all when left out
 */
export async function readLog(
  { repository }: Pick<TraceContracts, "repository">,
  ids?: readonly number[],
): Promise<Logged[]> {
  const logged: (Logged & { readonly at: readonly [bigint, number] })[] = [];
  for (const args of filters(ids)) {
    for (const { args: said, ...place } of await repository.events.EventCaptured.get({ args })) {
      const { id, by, recordedAt, opening, captured } = said;
      logged.push({ type: "capture", id, by, recordedAt, opening, event: captured, at: placeOf(place) });
    }
    for (const { args: said, ...place } of await repository.events.ErrorDeclared.get({ args })) {
      logged.push({ type: "declaration", ...said, at: placeOf(place) });
    }
  }
  return logged.sort((a, b) => Number(a.at[0] - b.at[0]) || a.at[1] - b.at[1]).map(({ at: _, ...one }) => one);
}

/** All events that name an object, in pages. */
export async function eventsNaming({ repository }: Pick<TraceContracts, "repository">, object: Hex): Promise<number[]> {
  const ids: number[] = [];
  let offset = 0n;
  do {
    const page = await repository.read.eventsOf({ object, offset, limit: 100n });
    ids.push(...page.events);
    offset = page.next;
  } while (offset !== 0n);
  return ids;
}

function filters(ids: readonly number[] | undefined): ({ readonly id: readonly number[] } | undefined)[] {
  if (ids === undefined) return [undefined];
  const parts: { id: readonly number[] }[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) parts.push({ id: ids.slice(at, at + AT_ONCE) });
  return parts;
}

function placeOf({
  blockNumber,
  logIndex,
}: {
  readonly blockNumber: bigint | null;
  readonly logIndex: number | null;
}): readonly [bigint, number] {
  return [blockNumber ?? 0n, logIndex ?? 0];
}
