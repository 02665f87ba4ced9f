import { BanyanError } from "@banyan/app-common";
import type { Text } from "@banyan/app-common/app";
import type { Hex } from "viem";
import {
  type CapturedDeclaration,
  type CapturedEvent,
  type CapturedFlow,
  type CapturedQuantity,
  type CapturedTransaction,
  SHA256,
} from "./captured-event.ts";
import { digestJson, digestText, digestUri, extensionsOf } from "./digest-json.ts";
import { parseOffset, parseTime } from "./formats.ts";
import { classId, instanceId, parseGln } from "./identify.ts";
import { NO_ILMD, toIlmd } from "./ilmd.ts";
import { KeyKind } from "./key-kind.ts";
import { NO_OBJECT, packUri } from "./object-id.ts";
import { contentId, parseHashId } from "./pre-hash.ts";
import { toMillionths, toUnit } from "./quantity.ts";
import type { ReadEvent } from "./read-document.ts";
import { below, type Refusal } from "./refusal.ts";
import { type Fields, isFields } from "./schema.ts";
import {
  ACTIONS,
  BIZ_STEPS,
  BIZ_TRANSACTION_TYPES,
  DISPOSITIONS,
  ERROR_REASONS,
  EVENT_TYPES,
  SOURCE_TYPES,
  termNumber,
  termOf,
} from "./vocabulary.ts";

/** Who knows the numbers of parties and places. */
export interface Directory {
  /** The party of a GLN, or of the commitment of a confidential partner. */
  party(key: string): number | undefined;
  /** The place of a GLN with its extension. */
  place(gln: string, extension: string): number | undefined;
  /** The content id of an event that carries this `eventID`, where it is no hash id. */
  event?(eventId: string): Hex | undefined;
}

/** An event made ready for the chain, or why it cannot be. */
export interface Prepared {
  readonly read: ReadEvent;
  readonly contentId: Hex;
  /** Missing where something is refused. */
  readonly captured?: CapturedEvent;
  /** What declares it erroneous, where it does. */
  readonly declaration?: CapturedDeclaration;
  readonly refusals: readonly Refusal[];
}

/** How a confidential partner is written in a document: its salted digest. */
export const PARTNER_URN = /^urn:banyan:partner:([0-9a-f]{64})$/;

/**
 * Makes a read event ready for the chain: identifiers packed, parties and places by number, quantities in millionths, everything that the chain does not
 * read by its digest.
 *
 * @param read - the event
 * @param directory - who knows the numbers
 */
export function toCapture(read: ReadEvent, directory: Directory): Prepared {
  const refusals: Refusal[] = [];
  const { json, prefixes, index, pointer } = read;
  const id = contentId(read);

  const attempt = <T>(place: string, rule: string, none: T, act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof BanyanError)) throw error;
      refusals.push(refusalOf(error, index, place, rule));
      return none;
    }
  };
  const refuse = (code: string, place: string, rule: string, message: Text, cure: Text): void => {
    refusals.push({ code, event: index, pointer: place, rule, message, cure });
  };
  const expand = (value: unknown): string => prefixes.expand(String(value));
  const items = (name: string): readonly unknown[] => (Array.isArray(json[name]) ? json[name] : []);

  const transformation = json.type === "TransformationEvent";
  const step = termOf(BIZ_STEPS, expand(json.bizStep));
  const moves =
    transformation ||
    family(json.type) ||
    (json.type === "ObjectEvent" && (json.action !== "OBSERVE" || MOVING.has(step ?? "")));
  const instances = (name: string): Hex[] =>
    once(
      items(name).map((uri, at) =>
        attempt(below(below(pointer, name), at), "C-16", NO_OBJECT, () => instanceId(expand(uri))),
      ),
    );
  const quantities = (name: string): CapturedQuantity[] =>
    addedUp(
      items(name).flatMap((one, at) => {
        const place = below(below(pointer, name), at);
        return isFields(one) ? quantity(one, place) : [];
      }),
    );
  const quantity = (one: Fields, place: string): CapturedQuantity => ({
    object: attempt(below(place, "epcClass"), "C-16", NO_OBJECT, () => classId(expand(one.epcClass))),
    amount: attempt(below(place, "quantity"), "C-07", 0n, () => amountOf(one, moves)),
    unit: toUnit(typeof one.uom === "string" ? one.uom : undefined),
  });
  const party = (uri: string, place: string): number => {
    const key = attempt(place, "C-16", "", () => PARTNER_URN.exec(uri)?.[1] ?? parseGln(uri)?.gln ?? "");
    const known = key === "" ? undefined : directory.party(key);
    if (known === undefined) {
      refuse(
        key === "" ? "TRACE_PARTY_NO_GLN" : "TRACE_PARTY_UNKNOWN",
        place,
        "C-07",
        key === ""
          ? { en: `"${uri}" names no party by its GLN`, zh: `"${uri}" 未以 GLN 指明交易方` }
          : { en: `no party is filed under GLN ${key}`, zh: `没有登记 GLN 为 ${key} 的交易方` },
        {
          en: "File the party first, by the document's master data, a file of --masters, or --register.",
          zh: "请先登记该交易方：在文件主数据中给出，或使用 --masters 文件，或 --register。",
        },
      );
    }
    return known ?? 0;
  };
  const place = (name: string): number => {
    const one = json[name];
    if (!isFields(one)) return 0;
    const at = below(below(pointer, name), "id");
    const gln = attempt(at, "C-16", undefined, () => parseGln(expand(one.id)));
    // A read point that is no SGLN, such as a coordinate, is kept by the content id alone.
    if (gln === undefined) return 0;
    const known = directory.place(gln.gln, gln.extension);
    if (known === undefined) {
      refuse(
        "TRACE_PLACE_UNKNOWN",
        at,
        "C-02",
        {
          en: `no place is filed under SGLN ${gln.gln}${gln.extension === "" ? "" : ` extension ${gln.extension}`}`,
          zh: `没有登记 SGLN 为 ${gln.gln}${gln.extension === "" ? "" : `（扩展 ${gln.extension}）`} 的地点`,
        },
        {
          en: "File the place first, by the document's master data, a file of --masters, or --register.",
          zh: "请先登记该地点：在文件主数据中给出，或使用 --masters 文件，或 --register。",
        },
      );
    }
    return known ?? 0;
  };

  const time = parseTime(String(json.eventTime)) ?? 0;
  if (time < 0) {
    refuse(
      "TRACE_TIME_TOO_EARLY",
      below(pointer, "eventTime"),
      "C-01",
      { en: "the event happened before 1970", zh: "事件发生于 1970 年之前" },
      { en: "Times before 1970 cannot be kept.", zh: "无法记录 1970 年之前的时间。" },
    );
  }
  const zoneOffset = parseOffset(String(json.eventTimeZoneOffset)) ?? 0;
  const objects = instances(transformation ? "inputEPCList" : family(json.type) ? "childEPCs" : "epcList");
  const outputs = instances("outputEPCList");
  const commissions = transformation || (json.type === "ObjectEvent" && json.action === "ADD");
  const word = (vocabulary: typeof BIZ_STEPS, value: unknown): number =>
    value === undefined ? 0 : termNumber(vocabulary, expand(value));

  const captured: CapturedEvent = {
    kind: EVENT_TYPES.indexOf(json.type as (typeof EVENT_TYPES)[number]) + 1,
    action: ACTIONS.indexOf(json.action as (typeof ACTIONS)[number]) + 1,
    step: word(BIZ_STEPS, json.bizStep),
    disposition: word(DISPOSITIONS, json.disposition),
    eventTime: BigInt(Math.max(0, time)),
    zoneOffset,
    contentId: id,
    readPoint: place("readPoint"),
    location: place("bizLocation"),
    flow: flowOf(read, party),
    parent:
      json.parentID === undefined
        ? NO_OBJECT
        : attempt(below(pointer, "parentID"), "C-16", NO_OBJECT, () => instanceId(expand(json.parentID))),
    objects,
    quantities: quantities(
      transformation ? "inputQuantityList" : family(json.type) ? "childQuantityList" : "quantityList",
    ),
    outputs,
    outputQuantities: quantities("outputQuantityList"),
    transformation:
      json.transformationID === undefined ? NO_OBJECT : packUri(KeyKind.TRANSFORMATION, expand(json.transformationID)),
    transactions: items("bizTransactionList").flatMap((one) => (isFields(one) ? transactionOf(one, read) : [])),
    ...persistent(read),
    ilmd:
      commissions && refusals.length === 0
        ? toIlmd(json, prefixes, transformation ? outputs : objects, zoneOffset)
        : NO_ILMD,
    sensors: digestJson(json.sensorElementList),
    extensions: digestJson({ ...ownWords(read), ...extensionsOf(json) }),
  };
  const declaration = isFields(json.errorDeclaration)
    ? declarationOf(json.errorDeclaration, read, directory)
    : undefined;
  return {
    read,
    contentId: id,
    ...(refusals.length === 0 ? { captured } : {}),
    ...(declaration === undefined ? {} : { declaration }),
    refusals,
  };
}

/** Each thing once: a list may name one twice, in two spellings. */
function once(things: readonly Hex[]): Hex[] {
  return [...new Set(things)];
}

/** Each lot once, with the sum of what is listed of it in one unit. */
function addedUp(quantities: readonly CapturedQuantity[]): CapturedQuantity[] {
  const sums = new Map<string, CapturedQuantity>();
  for (const quantity of quantities) {
    const key = `${quantity.object}/${quantity.unit}`;
    sums.set(key, { ...quantity, amount: (sums.get(key)?.amount ?? 0n) + quantity.amount });
  }
  return [...sums.values()];
}

/** An error of an identifier or a figure as a refusal of the field that it stands in. */
export function refusalOf(error: BanyanError, event: number, pointer: string, rule: string): Refusal {
  const [en, zh] = [error.in("en"), error.in("zh")];
  return {
    code: error.code,
    event,
    pointer,
    rule,
    message: { en: en.message, zh: zh.message },
    cure: { en: en.cure ?? "", zh: zh.cure ?? "" },
  };
}

function family(type: unknown): boolean {
  return type === "AggregationEvent" || type === "AssociationEvent";
}

/** Steps of observed object events that move quantities. */
const MOVING: ReadonlySet<string> = new Set([
  "shipping",
  "receiving",
  "accepting",
  "void_shipping",
  "retail_selling",
  "dispensing",
]);

/** The amount; one that is not stated counts as none where nothing is moved. */
function amountOf({ quantity }: Fields, moves: boolean): bigint {
  if (typeof quantity === "number") return toMillionths(quantity);
  if (!moves) return 0n;
  throw new BanyanError(
    "QUANTITY_MISSING",
    { en: "the amount is not stated", zh: "未说明数量" },
    { cure: { en: "State how much of the lot it is.", zh: "请说明该批次的数量。" } },
  );
}

function flowOf({ json, prefixes, pointer }: ReadEvent, party: (uri: string, place: string) => number): CapturedFlow {
  const flow = { fromOwner: 0, toOwner: 0, fromHolder: 0, toHolder: 0, carrier: 0 };
  for (const [list, name, owner, holder] of [
    ["sourceList", "source", "fromOwner", "fromHolder"],
    ["destinationList", "destination", "toOwner", "toHolder"],
  ] as const) {
    const ends = Array.isArray(json[list]) ? json[list] : [];
    ends.forEach((end: Fields, at) => {
      const type = termOf(SOURCE_TYPES, prefixes.expand(String(end.type)));
      if (type !== "owning_party" && type !== "possessing_party") return;
      const where = below(below(below(pointer, list), at), name);
      flow[type === "owning_party" ? owner : holder] = party(prefixes.expand(String(end[name])), where);
    });
  }
  return flow;
}

function transactionOf({ type, bizTransaction }: Fields, { prefixes }: ReadEvent): CapturedTransaction {
  const kind = type === undefined ? 0 : termNumber(BIZ_TRANSACTION_TYPES, prefixes.expand(String(type)));
  return { kind, id: { value: digestUri(prefixes.expand(String(bizTransaction))), algorithm: SHA256 } };
}

function persistent({ json, prefixes }: ReadEvent): { set: bigint; unset: bigint } {
  const words = isFields(json.persistentDisposition) ? json.persistentDisposition : {};
  const bits = (list: unknown): bigint =>
    (Array.isArray(list) ? list : []).reduce(
      (all: bigint, one) => all | (1n << BigInt(termNumber(DISPOSITIONS, prefixes.expand(String(one))))),
      0n,
    );
  return { set: bits(words.set), unset: bits(words.unset) };
}

/** Words of somebody's own, which the chain knows only as OWN: step, disposition, types of business transactions. */
function ownWords({ json, prefixes }: ReadEvent): Fields {
  const own = (vocabulary: typeof BIZ_STEPS, values: readonly unknown[]): string[] =>
    values
      .filter((value) => typeof value === "string")
      .map((value) => prefixes.expand(value))
      .filter((full) => termOf(vocabulary, full) === undefined);
  const papers = Array.isArray(json.bizTransactionList) ? json.bizTransactionList : [];
  const persistent = isFields(json.persistentDisposition) ? json.persistentDisposition : {};
  const words = {
    bizStep: own(BIZ_STEPS, [json.bizStep]),
    disposition: own(DISPOSITIONS, [json.disposition]),
    persistentDisposition: own(DISPOSITIONS, Object.values(persistent).flat()),
    bizTransactionList: own(
      BIZ_TRANSACTION_TYPES,
      papers.map((one: Fields) => one.type),
    ),
  };
  return Object.fromEntries(Object.entries(words).filter(([, list]) => list.length > 0));
}

function declarationOf(declared: Fields, { prefixes }: ReadEvent, directory: Directory): CapturedDeclaration {
  const corrective = Array.isArray(declared.correctiveEventIDs) ? declared.correctiveEventIDs.map(String) : [];
  return {
    declarationTime: BigInt(Math.max(0, parseTime(String(declared.declarationTime)) ?? 0)),
    // A declaration without a reason has one of its own.
    reason: termNumber(ERROR_REASONS, prefixes.expand(String(declared.reason ?? "unstated"))),
    corrective: corrective.map((id) => parseHashId(id) ?? directory.event?.(id) ?? digestText(id)),
  };
}
