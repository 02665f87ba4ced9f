import { createRequire } from "node:module";

/** Loads a package when it is first needed: some take tens of milliseconds, and most chains never call them. */
export const requireLate = createRequire(import.meta.url);

/** Calls a function the first time its result is asked for, and keeps the result. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
