import { isFields, type Prepared, parseHashId, parseTime } from "../../epcis/index.ts";

/**
 * The order in which a document's events take effect. Where every event carries its record time, that is the order; else the time at which each
 * happened, a declaration of error counting when it was declared and the events that correct it right after it. What is equal stays in the
 * document's order.
 *
 * @param events - the events in the document's order
 */
export function orderEvents<event extends Pick<Prepared, "read" | "contentId" | "declaration">>(
  events: readonly event[],
): event[] {
  const recorded = events.map(({ read }) => timeOf(read.json.recordTime));
  if (recorded.every((time) => time !== undefined)) return sorted(events, (_, at) => recorded[at] ?? 0);
  const corrected = correctionTimes(events);
  return sorted(events, ({ read, contentId, declaration }) => {
    if (declaration !== undefined) return Number(declaration.declarationTime);
    const happened = timeOf(read.json.eventTime) ?? 0;
    const own = typeof read.json.eventID === "string" ? corrected.get(read.json.eventID) : undefined;
    // Right after the declaration, wherever it stands in the document.
    return Math.max(happened, (own ?? corrected.get(contentId) ?? -AFTER) + AFTER);
  });
}

/** Less than any two times are apart. */
const AFTER = 0.5;

/** When each corrective event may take effect at the earliest, by its id. */
function correctionTimes(events: readonly Pick<Prepared, "read" | "declaration">[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { read, declaration } of events) {
    const declared = read.json.errorDeclaration;
    if (declaration === undefined || !isFields(declared) || !Array.isArray(declared.correctiveEventIDs)) continue;
    for (const id of declared.correctiveEventIDs) {
      times.set(String(id), Number(declaration.declarationTime));
      const content = parseHashId(String(id));
      if (content !== undefined) times.set(content, Number(declaration.declarationTime));
    }
  }
  return times;
}

function timeOf(value: unknown): number | undefined {
  return typeof value === "string" ? parseTime(value) : undefined;
}

function sorted<item>(items: readonly item[], keyOf: (item: item, at: number) => number): item[] {
  return items
    .map((item, at) => ({ item, at, key: keyOf(item, at) }))
    .sort((a, b) => a.key - b.key || a.at - b.at)
    .map(({ item }) => item);
}
