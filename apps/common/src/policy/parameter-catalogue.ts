/**
 * Units in which a policy file states a value, and the unit of the contracts: `CNY` as fen, `percent` as ppm, `celsius` as 0.01 °C above
 * `-273.15` (the registry holds no negative numbers; see {@link celsiusOf}), all others as they are.
 */
export type ParameterUnit =
  | "CNY"
  | "percent"
  | "celsius"
  | "seconds"
  | "minutes"
  | "hours"
  | "days"
  | "workingDays"
  | "months"
  | "years"
  | "count"
  | "dayOfMonth"
  | "switch";

/** A parameter that is a set: stated in the unit `flags` as names with commas between them; the contracts hold the bit `1 << place in the list` for each. */
export interface ParameterFlags {
  readonly flags: readonly string[];
}

/** Every parameter of a domain and the units it may be stated in; the ids are those of the domain's library of parameters. */
export type ParameterCatalogue = Readonly<Record<string, readonly ParameterUnit[] | ParameterFlags>>;

/** Absolute zero in 0.01 °C: what a temperature of the registry counts from. */
const ABSOLUTE_ZERO = 27_315n;

/**
 * A temperature as the policy registry holds it.
 *
 * @param value - from the registry, in 0.01 K
 * @returns in 0.01 °C
 */
export function celsiusOf(value: bigint): bigint {
  return value - ABSOLUTE_ZERO;
}

/**
 * A temperature for the policy registry.
 *
 * @param celsius - in 0.01 °C
 * @returns in 0.01 K
 */
export function kelvinOf(celsius: bigint): bigint {
  return celsius + ABSOLUTE_ZERO;
}
