/** A place in which two answers differ. */
export interface Difference {
  readonly place: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** The places in which two JSON values differ. */
export function differencesOf(ours: unknown, theirs: unknown, place = ""): Difference[] {
  if (typeof ours !== "object" || typeof theirs !== "object" || ours === null || theirs === null)
    return ours === theirs ? [] : [{ place, ours, theirs }];
  const fields = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...fields].flatMap((field) =>
    differencesOf(Reflect.get(ours, field), Reflect.get(theirs, field), `${place}.${field}`),
  );
}
