import { createHash } from "node:crypto";
import type { Hex } from "viem";
import { canonicalUri } from "./canonical-uri.ts";
import type { Prefixes } from "./context.ts";
import { formatTime, parseTime } from "./formats.ts";
import { type Fields, isFields } from "./schema.ts";
import {
  BIZ_STEPS,
  BIZ_TRANSACTION_TYPES,
  COMPONENTS,
  DISPOSITIONS,
  MEASUREMENT_TYPES,
  SENSOR_ALERTS,
  SOURCE_TYPES,
  termOf,
  type Vocabulary,
} from "./vocabulary.ts";

/** What of an event is hashed: its fields and what its compact URIs mean. */
export interface Hashed {
  readonly json: Fields;
  readonly prefixes: Prefixes;
}

/** How a field's value is written. */
type Write = (value: unknown, prefixes: Prefixes) => string;

const METADATA = [
  "time",
  "startTime",
  "endTime",
  "deviceID",
  "deviceMetadata",
  "rawData",
  "dataProcessingMethod",
  "bizRules",
];
const REPORT = [
  ...["type", "exception", "deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "time", "microorganism"],
  ...[
    "chemicalSubstance",
    "value",
    "component",
    "stringValue",
    "booleanValue",
    "hexBinaryValue",
    "uriValue",
    "minValue",
  ],
  ...["maxValue", "meanValue", "sDev", "percRank", "percValue", "uom", "coordinateReferenceSystem"],
];
const COMMENTS: ReadonlySet<string> = new Set(["rdfs:comment", "comment", "#text"]);

const value: Write = (one, prefixes) => canonicalValue(one, prefixes);
const moment: Write = (one) => {
  const milliseconds = typeof one === "string" ? parseTime(one.trim()) : undefined;
  return milliseconds === undefined ? String(one) : formatTime(milliseconds);
};
const word =
  (vocabulary: Vocabulary): Write =>
  (one, prefixes) => {
    const full = prefixes.expand(String(one).trim());
    const term = termOf(vocabulary, full);
    return term === undefined ? canonicalValue(full, prefixes) : vocabulary.web + term;
  };

const SENSOR_WORDS: Readonly<Record<string, Write>> = {
  type: word(MEASUREMENT_TYPES),
  exception: word(SENSOR_ALERTS),
  component: word(COMPONENTS),
  time: moment,
  startTime: moment,
  endTime: moment,
};

/** The fields of an event in canonical order, each as the text that it adds. */
const ORDER: readonly (readonly [name: string, write: (value: unknown, prefixes: Prefixes) => string])[] = [
  ["eventTime", keyed("eventTime", moment)],
  ["eventTimeZoneOffset", keyed("eventTimeZoneOffset", value)],
  ["certificationInfo", keyed("certificationInfo", value)],
  ["parentID", keyed("parentID", value)],
  ["epcList", listed("epcList", keyed("epc", value))],
  ["inputEPCList", listed("inputEPCList", keyed("epc", value))],
  ["childEPCs", listed("childEPCs", keyed("epc", value))],
  ["quantityList", listed("quantityList", quantity)],
  ["childQuantityList", listed("childQuantityList", quantity)],
  ["inputQuantityList", listed("inputQuantityList", quantity)],
  ["outputEPCList", listed("outputEPCList", keyed("epc", value))],
  ["outputQuantityList", listed("outputQuantityList", quantity)],
  ["action", keyed("action", value)],
  ["transformationID", keyed("transformationID", value)],
  ["bizStep", keyed("bizStep", word(BIZ_STEPS))],
  ["disposition", keyed("disposition", word(DISPOSITIONS))],
  ["persistentDisposition", persistent],
  ["readPoint", place("readPoint")],
  ["bizLocation", place("bizLocation")],
  ["sensorElementList", listed("sensorElementList", sensorElement)],
  // The published vectors have these after the sensors, in the order of their names.
  ["bizTransactionList", listed("bizTransactionList", typed("bizTransaction", word(BIZ_TRANSACTION_TYPES)))],
  ["destinationList", listed("destinationList", typed("destination", word(SOURCE_TYPES)))],
  ["ilmd", (ilmd, prefixes) => prefixed("ilmd", extensions(ilmd, prefixes))],
  ["sourceList", listed("sourceList", typed("source", word(SOURCE_TYPES)))],
];
const NOT_HASHED: ReadonlySet<string> = new Set([
  ...ORDER.map(([name]) => name),
  ...["type", "@context", "eventID", "recordTime", "errorDeclaration"],
]);

/**
 * The canonical pre-hash string of an event (CBV 2.0 section 8.9): the same event gives the same string in whichever syntax, order of fields or
 * spelling of its identifiers it came.
 *
 * @param event - the event and what its compact URIs mean
 */
export function preHash({ json, prefixes }: Hashed): string {
  let text = `eventType=${String(json.type)}`;
  for (const [name, write] of ORDER) {
    const one = json[name];
    if (one !== undefined) text += write(one, prefixes);
  }
  return text + extensions(json, prefixes, NOT_HASHED);
}

/** The content id of an event: SHA-256 of its pre-hash string (C-13). */
export function contentId(event: Hashed): Hex {
  return `0x${createHash("sha256").update(preHash(event)).digest("hex")}`;
}

/** A content id as the hash id that an event may carry. */
export function hashId(id: Hex): string {
  return `ni:///sha-256;${id.slice(2)}?ver=CBV2.0`;
}

/** The content id that a hash id names, or nothing for another kind of id. */
export function parseHashId(eventId: string): Hex | undefined {
  const digest = /^ni:\/\/\/sha-256;([0-9a-fA-F]{64})\?ver=CBV2\.0/.exec(eventId)?.[1];
  return digest === undefined ? undefined : `0x${digest.toLowerCase()}`;
}

function keyed(name: string, write: Write): Write {
  return (one, prefixes) =>
    (Array.isArray(one) ? one : [one])
      .map((each) => {
        const text = write(each, prefixes);
        return text === "" ? "" : `${name}=${text}`;
      })
      .sort(byCode)
      .join("");
}

function listed(name: string, item: Write): Write {
  return (one, prefixes) => {
    const items = Array.isArray(one) ? one.map((each) => item(each, prefixes)) : [];
    return prefixed(name, items.sort(byCode).join(""));
  };
}

function prefixed(name: string, text: string): string {
  return text === "" ? "" : name + text;
}

function quantity(one: unknown, prefixes: Prefixes): string {
  return prefixed("quantityElement", inOrder(one, ["epcClass", "quantity", "uom"], prefixes));
}

function persistent(one: unknown, prefixes: Prefixes): string {
  const { set, unset } = isFields(one) ? one : {};
  const write = word(DISPOSITIONS);
  const text =
    (set === undefined ? "" : keyed("set", write)(set, prefixes)) +
    (unset === undefined ? "" : keyed("unset", write)(unset, prefixes));
  return prefixed("persistentDisposition", text);
}

function place(name: string): Write {
  return (one, prefixes) => prefixed(name, inOrder(one, ["id"], prefixes) + extensions(one, prefixes, new Set(["id"])));
}

function typed(name: string, type: Write): Write {
  return (one, prefixes) => {
    if (!isFields(one)) return "";
    const kind = one.type === undefined ? "" : `type=${type(one.type, prefixes)}`;
    return `${kind}${name}=${value(one[name], prefixes)}`;
  };
}

function sensorElement(one: unknown, prefixes: Prefixes): string {
  if (!isFields(one)) return "";
  const metadata = one.sensorMetadata;
  const reports = Array.isArray(one.sensorReport) ? one.sensorReport : [];
  const text =
    (metadata === undefined ? "" : prefixed("sensorMetadata", sensed(metadata, METADATA, prefixes))) +
    reports
      .map((report) => prefixed("sensorReport", sensed(report, REPORT, prefixes)))
      .sort(byCode)
      .join("");
  return prefixed("sensorElement", text + extensions(one, prefixes, new Set(["sensorMetadata", "sensorReport"])));
}

function sensed(one: unknown, order: readonly string[], prefixes: Prefixes): string {
  return inOrder(one, order, prefixes, SENSOR_WORDS) + extensions(one, prefixes, new Set(order));
}

function inOrder(
  one: unknown,
  order: readonly string[],
  prefixes: Prefixes,
  words: Readonly<Record<string, Write>> = {},
): string {
  if (!isFields(one)) return "";
  return order
    .map((name) => (one[name] === undefined ? "" : keyed(name, words[name] ?? value)(one[name], prefixes)))
    .join("");
}

/** The fields of somebody else's namespaces, each with its full name, in the order of their texts. */
function extensions(one: unknown, prefixes: Prefixes, without: ReadonlySet<string> = new Set()): string {
  if (!isFields(one)) return "";
  const texts: string[] = [];
  for (const [name, each] of Object.entries(one)) {
    if (without.has(name) || COMMENTS.has(name)) continue;
    const key = prefixes.field(name);
    for (const item of Array.isArray(each) ? each : [each]) texts.push(key + extension(item, prefixes));
  }
  return texts.sort(byCode).join("");
}

function extension(one: unknown, prefixes: Prefixes): string {
  if (isFields(one)) return extensions(one, prefixes);
  if (Array.isArray(one))
    return one
      .map((each) => extension(each, prefixes))
      .sort(byCode)
      .join("");
  const text = canonicalValue(one, prefixes);
  return text === "" ? "" : `=${text}`;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const CBV_URNS: readonly Vocabulary[] = [BIZ_STEPS, DISPOSITIONS, BIZ_TRANSACTION_TYPES, SOURCE_TYPES];

/** A value without white space around it: numbers in shortest form, identifiers as canonical Digital Link URIs, words of CBV as web URIs. */
function canonicalValue(one: unknown, prefixes: Prefixes): string {
  if (typeof one === "number") return canonicalNumber(String(one));
  if (typeof one !== "string") return one === null || one === undefined ? "" : String(one);
  const text = prefixes.value(one.trim());
  if (NUMBER.test(text)) return canonicalNumber(text);
  if (text.startsWith("urn:epcglobal:cbv:")) {
    const vocabulary = CBV_URNS.find(({ urn }) => urn !== undefined && text.startsWith(urn));
    if (vocabulary?.urn !== undefined) return vocabulary.web + text.slice(vocabulary.urn.length);
  }
  return canonicalUri(text);
}

/** A number without needless zeros; a whole number keeps all its digits, however many. */
function canonicalNumber(text: string): string {
  if (/^[+-]?\d+(?:\.0*)?$/.test(text)) {
    const [, sign = "", digits = ""] = /^\+?(-?)0*(\d+?)(?:\.0*)?$/.exec(text) ?? [];
    return digits === "0" ? "0" : sign + digits;
  }
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  if (Number.isInteger(number)) return BigInt(number).toString();
  const plain = String(number);
  // The reference writes the very small with an exponent of two digits.
  if (Math.abs(number) >= 1e-4) return plain;
  const [mantissa = "", exponent = ""] = number.toExponential().split("e-");
  return `${mantissa}e-${exponent.padStart(2, "0")}`;
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
