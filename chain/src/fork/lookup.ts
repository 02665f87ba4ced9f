import { MissingPage } from "../state/missing-page.ts";

/** What was found under a key, or found to be nothing; the latest so many are kept. */
export interface Lookup<T> {
  /**
   * What is known under a key; `undefined` if it is known that there is nothing.
   * @throws MissingPage if nothing is known yet
   */
  find(key: string, load: () => Promise<T | undefined>): T | undefined;
  put(key: string, value: T): void;
}

/** Makes an empty lookup that keeps at most `capacity` entries. */
export function createLookup<T>(capacity: number): Lookup<T> {
  const known = new Map<string, { readonly value: T | undefined }>();
  function keep(key: string, entry: { readonly value: T | undefined }): void {
    known.delete(key);
    known.set(key, entry);
    for (const oldest of known.keys()) {
      if (known.size <= capacity) return;
      known.delete(oldest);
    }
  }
  return {
    find(key, load) {
      const entry = known.get(key);
      if (entry === undefined) throw new MissingPage(async () => keep(key, { value: await load() }));
      keep(key, entry);
      return entry.value;
    },
    put: (key, value) => keep(key, { value }),
  };
}
