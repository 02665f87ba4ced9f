import type { Random } from "@banyan/app-common/story";
import type { StoryWriter } from "@banyan/trace-common/sample";
import type { Party } from "./companies.ts";

/** A package or a vial, and where it is. */
export interface Pack {
  readonly id: (by: Party) => string;
  /** The lot that it belongs to. */
  readonly lot: string;
  holder: Party;
  box: Box | undefined;
  /** Since when it can be sold or given, in seconds; 0 = not yet. */
  openedAt: number;
  ended: boolean;
}

/** A case of packages or a carton of vials. */
export interface Box {
  readonly id: (by: Party) => string;
  readonly packs: readonly Pack[];
  holder: Party;
}

/** What the chapters of the story share. */
export interface World {
  readonly story: StoryWriter;
  readonly random: Random;
}

/** How a trip went: tenths of a degree, one reading each five minutes. */
export interface Temperatures {
  readonly readings: readonly number[];
  /** Whether the logger raised an alarm. */
  readonly alarm: boolean;
}

/** Readings around a level, with a warm stretch if one is wanted. */
export function temperatures(
  { random }: World,
  count: number,
  level: number,
  warm?: { readonly from: number; readonly readings: readonly number[] },
): Temperatures {
  const readings = Array.from({ length: count }, (_none, index) => {
    const inside = warm === undefined ? undefined : warm.readings[index - warm.from];
    return inside ?? level + random.between(-6, 6);
  });
  return { readings, alarm: warm !== undefined };
}
