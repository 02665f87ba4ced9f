import type { Hex } from "viem";
import {
  BANYAN_NAMESPACE,
  declarationJson,
  EPCIS_CONTEXT,
  type Fields,
  formatTime,
  isFields,
  isOriginal,
  mastersJson,
  parseTime,
  readJson,
  toEpcis,
} from "../epcis/index.ts";
import { type Archive, declarationKey, type Original } from "./archive.ts";
import { eventsNaming, type Logged, type LoggedCapture, type LoggedDeclaration, readLog } from "./chain/events-log.ts";
import { type KnownNames, openNames } from "./chain/open-names.ts";
import type { TraceContracts } from "./chain/trace-contracts.ts";
import { gtinOf } from "./plan/needs.ts";
import { SAID } from "./plan/stated.ts";

/** What is exported. */
export interface ExportOptions {
  readonly contracts: TraceContracts;
  /** Where originals are kept. */
  readonly archive: Archive;
  /** Only events that name this thing. */
  readonly object?: Hex | undefined;
  /** The first and the last number. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** When the document is made, in milliseconds. */
  readonly now: number;
}

/** An exported document. */
export interface Exported {
  readonly document: Fields;
  readonly events: number;
  readonly declarations: number;
  /** Events that are written from what the chain keeps, because no original is kept, or a changed one: what is missing of each. */
  readonly incomplete: readonly { readonly id: number; readonly missing: readonly string[] }[];
}

/**
 * Writes captured events as an EPCIS document: the originals where they are kept and still are what was captured, else what the chain keeps. Master data
 * stands in the header; who captured what, and what was declared as opening stock, beside the events, so that an import elsewhere comes to the same
 * state.
 *
 * @param options - what is exported
 */
export async function exportDocument(options: ExportOptions): Promise<Exported> {
  const { contracts, archive, object, from = 1, to = Number.POSITIVE_INFINITY, now } = options;
  const ids = object === undefined ? undefined : await eventsNaming(contracts, object);
  const log = (await readLog(contracts, ids)).filter(({ id }) => id >= from && id <= to);
  const captures = log.filter((one) => one.type === "capture");
  const names = await openNames(contracts, namedBy(log, captures));
  const byId = new Map(captures.map((one) => [one.id, one]));
  const context = sharedContext(captures, archive);

  const incomplete: { id: number; missing: readonly string[] }[] = [];
  const written = new Map<number, Fields>();
  for (const capture of captures) {
    const { json, missing } = eventJson(capture, archive, names, context);
    if (missing.length > 0) incomplete.push({ id: capture.id, missing });
    written.set(capture.id, json);
  }
  const eventList = log.flatMap((one): Fields[] => {
    const json = written.get(one.id);
    const capture = byId.get(one.id);
    if (json === undefined || capture === undefined) return [];
    if (one.type === "capture") return [{ ...json, recordTime: seconds(one.recordedAt) }];
    return [{ ...json, recordTime: seconds(one.declaredAt), errorDeclaration: declarationOf(one, archive) }];
  });
  const document: Fields = {
    "@context": [EPCIS_CONTEXT, context],
    type: "EPCISDocument",
    schemaVersion: "2.0",
    creationDate: formatTime(now),
    [shortName(SAID.capturers)]: capturersOf(captures, names),
    ...openingsOf(captures),
    epcisHeader: mastersJson(names.masters),
    epcisBody: { eventList },
  };
  const { refusals } = readJson(document);
  if (refusals[0] !== undefined) throw new Error(`the export does not obey the rules: ${JSON.stringify(refusals[0])}`);
  return { document, events: captures.length, declarations: log.length - captures.length, incomplete };
}

function namedBy(log: readonly Logged[], captures: readonly LoggedCapture[]): Parameters<typeof openNames>[1] {
  const parties = new Set(log.map(({ by }) => by));
  const places = new Set<number>();
  const gtins = new Set<string>();
  for (const { event } of captures) {
    const { flow, readPoint, location, objects, quantities, outputs, outputQuantities } = event;
    for (const party of [flow.fromOwner, flow.toOwner, flow.fromHolder, flow.toHolder, flow.carrier])
      parties.add(party);
    for (const place of [readPoint, location]) places.add(place);
    const lots = [...quantities, ...outputQuantities].map((quantity) => quantity.object);
    for (const object of [...objects, ...outputs, ...lots]) {
      const gtin = gtinOf(object);
      if (gtin !== undefined) gtins.add(gtin);
    }
  }
  return { parties, places, gtins };
}

function eventJson(
  { event }: LoggedCapture,
  archive: Archive,
  names: KnownNames,
  context: Readonly<Record<string, unknown>>,
): { json: Fields; missing: readonly string[] } {
  const original = archive.find(event.contentId);
  if (original === undefined || !isOriginal(original.json, original.context, event)) return toEpcis(event, names);
  const { errorDeclaration: _, recordTime: __, ...json } = original.json;
  // Prefixes that mean something else in this document stand with the event.
  const own = prefixesOf(original);
  const differs = Object.entries(own).some(([prefix, meaning]) => context[prefix] !== meaning);
  return { json: differs ? { "@context": [own], ...json } : json, missing: [] };
}

/** The words of a declaration where they are kept and say what was declared, else what the chain keeps of them. */
function declarationOf(
  { contentId, declarationTime, reason, corrective }: LoggedDeclaration,
  archive: Archive,
): Fields {
  for (const key of [declarationKey(contentId), contentId]) {
    const kept = archive.find(key)?.json.errorDeclaration;
    if (isFields(kept) && parseTime(String(kept.declarationTime)) === Number(declarationTime)) return kept;
  }
  return declarationJson(declarationTime, reason, corrective);
}

/** The prefixes of all originals; where two give one prefix different meanings, the first counts. */
function sharedContext(captures: readonly LoggedCapture[], archive: Archive): Readonly<Record<string, unknown>> {
  const shared: Record<string, unknown> = { banyan: BANYAN_NAMESPACE };
  for (const { event } of captures) {
    const original = archive.find(event.contentId);
    for (const [prefix, meaning] of Object.entries(original === undefined ? {} : prefixesOf(original))) {
      shared[prefix] ??= meaning;
    }
  }
  return shared;
}

function prefixesOf({ json, context }: Original): Readonly<Record<string, unknown>> {
  const parts = [context, json["@context"]].flat();
  return Object.assign({}, ...parts.filter(isFields));
}

function capturersOf(captures: readonly LoggedCapture[], names: KnownNames): Fields {
  const capturers: Record<string, Hex[]> = {};
  for (const { by, event } of captures) {
    const ids = capturers[names.party(by)] ?? [];
    ids.push(event.contentId);
    capturers[names.party(by)] = ids;
  }
  return capturers;
}

function openingsOf(captures: readonly LoggedCapture[]): Fields {
  const ids = captures.filter(({ opening }) => opening).map(({ event }) => event.contentId);
  return ids.length === 0 ? {} : { [shortName(SAID.openings)]: ids };
}

function shortName(name: string): string {
  return name.replace(BANYAN_NAMESPACE, "banyan:");
}

function seconds(time: bigint): string {
  return formatTime(Number(time) * 1000);
}
