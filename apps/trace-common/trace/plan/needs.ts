import { BanyanError } from "@banyan/app-common";
import type { Hex } from "viem";
import {
  BIZ_STEPS,
  type CapturedEvent,
  type Fields,
  isFields,
  KeyKind,
  NO_OBJECT,
  PARTNER_URN,
  parseGln,
  type ReadEvent,
  termNumber,
  unpackObjectId,
} from "../../epcis/index.ts";
import { GIVING, TAKING } from "./find-capturer.ts";

/** What a document names, which has to be filed for its events to be captured. */
export interface Needs {
  /** GLNs, and commitments of confidential partners. */
  readonly parties: ReadonlySet<string>;
  /** SGLNs as `gln/extension`. */
  readonly places: ReadonlySet<string>;
  /** Company prefixes that URNs tell, by GLN. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** By place, the GLNs that do not run it: who is to receive what is shipped there, who sent what is received there. */
  readonly strangers: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The parties and places that events name. What cannot be read as a GLN is left out; it is refused when the event is made ready. */
export function findNeeds(events: readonly ReadEvent[]): Needs {
  const parties = new Set<string>();
  const places = new Set<string>();
  const prefixes = new Map<string, string>();
  const strangers = new Map<string, Set<string>>();
  for (const { json, prefixes: words } of events) {
    const ends = { source: new Set<string>(), destination: new Set<string>() };
    for (const [list, name] of [
      ["sourceList", "source"],
      ["destinationList", "destination"],
    ] as const) {
      for (const end of Array.isArray(json[list]) ? json[list] : []) {
        const uri = words.expand(String(end[name]));
        const gln = glnOf(uri, prefixes);
        const partner = PARTNER_URN.exec(uri)?.[1];
        if (partner !== undefined) parties.add(partner);
        if (gln === undefined) continue;
        if (isLocation(end, words.expand)) places.add(`${gln.gln}/${gln.extension}`);
        else {
          parties.add(gln.gln);
          ends[name].add(gln.gln);
        }
      }
    }
    for (const name of ["readPoint", "bizLocation"]) {
      const place = json[name];
      const gln = isFields(place) ? glnOf(words.expand(String(place.id)), prefixes) : undefined;
      if (gln === undefined) continue;
      const key = `${gln.gln}/${gln.extension}`;
      places.add(key);
      if (name !== "readPoint") continue;
      const [own, others] = sidesOf(words.expand(String(json.bizStep)), ends);
      for (const other of others) {
        if (!own.has(other)) strangers.set(key, (strangers.get(key) ?? new Set()).add(other));
      }
    }
  }
  return { parties, places, prefixes, strangers };
}

/** The GTINs of what an event brings into being. */
export function createdGtins({
  kind,
  action,
  objects,
  quantities,
  outputs,
  outputQuantities,
}: CapturedEvent): Set<string> {
  const created =
    kind === 1 && action === 1
      ? [...objects, ...quantities.map(({ object }) => object)]
      : [...outputs, ...outputQuantities.map(({ object }) => object)];
  return new Set(created.flatMap((object) => gtinOf(object) ?? []));
}

/** The GTIN of an item or a lot. */
export function gtinOf(object: Hex): string | undefined {
  if (object === NO_OBJECT) return undefined;
  const { kind, number } = unpackObjectId(object);
  return kind === KeyKind.SGTIN || kind === KeyKind.LGTIN ? number : undefined;
}

interface Ends {
  readonly source: ReadonlySet<string>;
  readonly destination: ReadonlySet<string>;
}

/** Who is at the place of a handover, and who is at the other end of it. */
function sidesOf(step: string, { source, destination }: Ends): readonly [ReadonlySet<string>, ReadonlySet<string>] {
  const number = termNumber(BIZ_STEPS, step);
  if (GIVING.has(number)) return [source, destination];
  return TAKING.has(number) ? [destination, source] : [new Set(), new Set()];
}

function isLocation(end: Fields, expand: (text: string) => string): boolean {
  return /(?:^|-|:)location$/.test(expand(String(end.type)));
}

function glnOf(uri: string, prefixes: Map<string, string>): { gln: string; extension: string } | undefined {
  try {
    const gln = parseGln(uri);
    const prefix = /^urn:epc:id:[sp]gln:(\d{6,12})\./.exec(uri)?.[1];
    if (gln !== undefined && prefix !== undefined) prefixes.set(gln.gln, prefix);
    return gln;
  } catch (error) {
    if (error instanceof BanyanError) return undefined;
    throw error;
  }
}
