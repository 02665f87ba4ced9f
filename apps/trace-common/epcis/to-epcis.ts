import type { Hex } from "viem";
import { type CapturedEvent, type CapturedQuantity, NO_DIGEST, PIECES } from "./captured-event.ts";
import { EPCIS_CONTEXT, readContext } from "./context.ts";
import { digestJson } from "./digest-json.ts";
import { canonicalLink } from "./digital-link.ts";
import { formatLocalTime, formatOffset } from "./formats.ts";
import { NO_OBJECT, objectUri } from "./object-id.ts";
import { contentId, hashId } from "./pre-hash.ts";
import { fromMillionths, fromUnit } from "./quantity.ts";
import type { Fields } from "./schema.ts";
import {
  ACTIONS,
  BIZ_STEPS,
  BIZ_TRANSACTION_TYPES,
  DISPOSITIONS,
  ERROR_REASONS,
  EVENT_TYPES,
  type Vocabulary,
} from "./vocabulary.ts";

/** Who knows the names behind numbers. */
export interface Names {
  /** A party as the URI that documents use. */
  party(party: number): string;
  /** A place as its GLN and extension. */
  place(place: number): { readonly gln: string; readonly extension: string };
}

/** The namespace of what only this repository says of an event. */
export const BANYAN_NAMESPACE = "https://banyan.example/ns/trace/";
/** The `@context` of documents that are written here. */
export const EXPORT_CONTEXT = [EPCIS_CONTEXT, { banyan: BANYAN_NAMESPACE }] as const;
const PREFIXES = readContext(EXPORT_CONTEXT);
const PRESUMED = { "banyan:presumed": true };

/** An event written from what the chain keeps. */
export interface WrittenEvent {
  readonly json: Fields;
  /** What the chain knows only by a digest, so that it is missing here: `sensors`, `extensions`, `ilmd`, `transactions`, `uris`, `other`; empty = whole. */
  readonly missing: readonly string[];
}

/**
 * Writes an event in JSON-LD from what the chain keeps of it. Identifiers become GS1 Digital Link URIs. What the chain knows only by its digest is
 * missing and named.
 *
 * @param event - the event as captured
 * @param names - who knows parties and places
 */
export function toEpcis(event: CapturedEvent, names: Names): WrittenEvent {
  const type = EVENT_TYPES[event.kind - 1] ?? EVENT_TYPES[0];
  const lists = LISTS[type];
  const own = [...event.objects, ...event.outputs, event.parent].some((id) => id.startsWith("0x0a"));
  const json: Fields = {
    type,
    eventTime: formatLocalTime(Number(event.eventTime), event.zoneOffset),
    eventTimeZoneOffset: formatOffset(event.zoneOffset),
    ...(event.action === 0 ? {} : { action: ACTIONS[event.action - 1] }),
    ...(event.parent === NO_OBJECT ? {} : { parentID: objectUri(event.parent) }),
    // An object event may stand without objects only with an empty list.
    ...(event.objects.length > 0 || (lists.objects === "epcList" && event.quantities.length === 0)
      ? { [lists.objects]: event.objects.map(objectUri) }
      : {}),
    ...quantitiesOf(lists.quantities, event.quantities),
    ...(event.outputs.length === 0 ? {} : { outputEPCList: event.outputs.map(objectUri) }),
    ...quantitiesOf("outputQuantityList", event.outputQuantities),
    ...(event.transformation === NO_OBJECT ? {} : { transformationID: objectUri(event.transformation) }),
    ...wordOf("bizStep", BIZ_STEPS, event.step),
    ...wordOf("disposition", DISPOSITIONS, event.disposition),
    ...persistentOf(event),
    ...placeOf("readPoint", event.readPoint, names),
    ...placeOf("bizLocation", event.location, names),
    ...transactionsOf(event),
    ...flowOf(event, names),
  };
  const whole = contentId({ json, prefixes: PREFIXES }) === event.contentId;
  const missing = [
    ...(event.sensors === NO_DIGEST ? [] : ["sensors"]),
    ...(event.extensions === NO_DIGEST ? [] : ["extensions"]),
    ...(event.ilmd.digest === NO_DIGEST ? [] : ["ilmd"]),
    ...(event.transactions.length === 0 ? [] : ["transactions"]),
    ...(own || event.transformation !== NO_OBJECT ? ["uris"] : []),
  ];
  if (whole) return { json: { eventID: hashId(event.contentId), ...json }, missing: [] };
  const all = missing.length === 0 ? ["other"] : missing;
  return { json: { ...json, "banyan:contentId": event.contentId, "banyan:missing": all }, missing: all };
}

/**
 * An event that no document says, with the content id that it has when it is written as one.
 *
 * @param event - the event; its content id is not looked at
 * @param names - who knows parties and places
 */
export function withContentId(event: CapturedEvent, names: Names): CapturedEvent {
  const { "banyan:contentId": _, "banyan:missing": __, ...json } = toEpcis(event, names).json;
  return { ...event, contentId: contentId({ json, prefixes: PREFIXES }) };
}

/**
 * An event that no document says but that others presume, with the words by which it is told.
 *
 * @param event - the event; its content id and its extensions are not looked at
 * @param names - who knows parties and places
 */
export function presumedEvent(
  event: CapturedEvent,
  names: Names,
): { readonly event: CapturedEvent; readonly json: Fields } {
  const { "banyan:contentId": _, "banyan:missing": __, eventID: ___, ...written } = toEpcis(event, names).json;
  const json = { ...written, ...PRESUMED };
  const extensions = digestJson(PRESUMED);
  return { event: { ...event, extensions, contentId: contentId({ json, prefixes: PREFIXES }) }, json };
}

/**
 * Whether a kept original still is what was captured: its content id and the digests of what the chain does not read.
 *
 * @param json - the event as it was read
 * @param context - the `@context` that it was read with
 * @param event - what the chain keeps
 */
export function isOriginal(
  json: Fields,
  context: unknown,
  event: Pick<CapturedEvent, "contentId" | "sensors">,
): boolean {
  const prefixes = readContext(context, json["@context"]);
  return contentId({ json, prefixes }) === event.contentId && digestJson(json.sensorElementList) === event.sensors;
}

/** An error declaration as a document writes it. */
export function declarationJson(declarationTime: bigint, reason: number, corrective: readonly Hex[]): Fields {
  const word = ERROR_REASONS.terms[reason - 1];
  return {
    declarationTime: formatLocalTime(Number(declarationTime), 0),
    ...(word === undefined ? {} : { reason: word }),
    ...(corrective.length === 0 ? {} : { correctiveEventIDs: corrective.map(hashId) }),
  };
}

const LISTS: Readonly<Record<(typeof EVENT_TYPES)[number], { readonly objects: string; readonly quantities: string }>> =
  {
    ObjectEvent: { objects: "epcList", quantities: "quantityList" },
    AggregationEvent: { objects: "childEPCs", quantities: "childQuantityList" },
    TransactionEvent: { objects: "epcList", quantities: "quantityList" },
    TransformationEvent: { objects: "inputEPCList", quantities: "inputQuantityList" },
    AssociationEvent: { objects: "childEPCs", quantities: "childQuantityList" },
  };

function quantitiesOf(name: string, quantities: readonly CapturedQuantity[]): Fields {
  if (quantities.length === 0) return {};
  return {
    [name]: quantities.map(({ object, amount, unit }) => ({
      epcClass: objectUri(object),
      ...(amount === 0n ? {} : { quantity: fromMillionths(amount) }),
      ...(unit === PIECES ? {} : { uom: fromUnit(unit) }),
    })),
  };
}

function wordOf(name: string, { terms }: Vocabulary, number: number): Fields {
  const term = terms[number - 1];
  if (number === 0) return {};
  return { [name]: term ?? `${BANYAN_NAMESPACE}own` };
}

function persistentOf({ set, unset }: CapturedEvent): Fields {
  const words = (bits: bigint): string[] =>
    [...DISPOSITIONS.terms, `${BANYAN_NAMESPACE}own`].filter((_, at) => (bits >> BigInt(at + 1)) & 1n);
  const [added, removed] = [words(set), words(unset)];
  if (added.length + removed.length === 0) return {};
  return {
    persistentDisposition: {
      ...(added.length === 0 ? {} : { set: added }),
      ...(removed.length === 0 ? {} : { unset: removed }),
    },
  };
}

function placeOf(name: string, place: number, names: Names): Fields {
  if (place === 0) return {};
  const { gln, extension } = names.place(place);
  return { [name]: { id: canonicalLink({ scheme: "sgln", key: gln, qualifier: extension }) } };
}

function transactionsOf({ transactions }: CapturedEvent): Fields {
  if (transactions.length === 0) return {};
  return {
    bizTransactionList: transactions.map(({ kind, id }) => {
      const type = BIZ_TRANSACTION_TYPES.terms[kind - 1];
      // Only the digest of its number is known.
      return { ...(type === undefined ? {} : { type }), bizTransaction: `ni:///sha-256;${id.value.slice(2)}` };
    }),
  };
}

function flowOf({ flow }: CapturedEvent, names: Names): Fields {
  const ends = (name: string, owner: number, holder: number): Fields[] =>
    [["owning_party", owner] as const, ["possessing_party", holder] as const].flatMap(([type, party]) =>
      party === 0 ? [] : [{ type, [name]: names.party(party) }],
    );
  const sourceList = ends("source", flow.fromOwner, flow.fromHolder);
  const destinationList = ends("destination", flow.toOwner, flow.toHolder);
  return {
    ...(sourceList.length === 0 ? {} : { sourceList }),
    ...(destinationList.length === 0 ? {} : { destinationList }),
  };
}
