/**
 * Makes decoded values comparable: addresses (and all other hex strings) in lower case, in whatever they are nested.
 *
 * @param value - A decoded argument, or an array or record of them.
 * @returns The same value with hex strings in lower case.
 */
export function normalise(value: unknown): unknown {
  if (typeof value === "string") return /^0x[0-9a-fA-F]*$/.test(value) ? value.toLowerCase() : value;
  if (Array.isArray(value)) return value.map(normalise);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normalise(item)]));
  }
  return value;
}
