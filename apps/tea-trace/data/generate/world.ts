import type { Random } from "@banyan/app-common/story";
import type { StoryWriter } from "@banyan/trace-common/sample";
import type { Party } from "./companies.ts";

/** An amount of raw or finished tea that is still there; hundredths of a kilogram. */
export interface Stock {
  readonly lot: string;
  left: number;
}

/** A tin, and where it is. */
export interface Tin {
  readonly serial: string;
  readonly factory: Party;
  /** The finished lot that it was packed from. */
  readonly lot: string;
  holder: Party;
  /** The case that it lies in, or nothing. */
  box: Case | undefined;
  /** Since when it stands on a shelf, in seconds. */
  shelvedAt: number;
  /** When it was last sold, in seconds. */
  soldAt: number;
  sold: boolean;
}

/** A case of tins. */
export interface Case {
  readonly sscc: (by: Party) => string;
  readonly tins: Tin[];
  readonly factory: Party;
  holder: Party;
}

/** What the chapters of the season share. */
export interface World {
  readonly story: StoryWriter;
  readonly random: Random;
  /** Raw tea in the order of its days, by factory. */
  readonly raw: Map<string, Stock[]>;
  /** Finished lots, by factory. */
  readonly finished: Map<string, Stock[]>;
  readonly tins: Tin[];
  readonly cases: Case[];
  /** A number of its own for each event that needs an id. */
  readonly uuid: () => string;
}

/** Kilograms as EPCIS documents write them. */
export function kilograms(hundredths: number): number {
  return hundredths / 100;
}

/** The tins that were packed from a finished lot. */
export function tinsOf(world: World, lot: string): readonly Tin[] {
  return world.tins.filter((tin) => tin.lot === lot);
}

/** What stands in a map of lists. */
export function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  return known;
}
