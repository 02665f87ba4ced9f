import type { Text } from "@banyan/app-common/app";
import { type Prefixes, readContext } from "./context.ts";
import { DOCUMENT, QUERY_DOCUMENT } from "./document-rules.ts";
import { context, EVENT_RULES } from "./event-rules.ts";
import { parseJson } from "./parse-json.ts";
import { below, type EpcisFault, type Refusal } from "./refusal.ts";
import { type Fields, isFields, missing, type Report } from "./schema.ts";
import { EVENT_TYPES } from "./vocabulary.ts";

/** An event as it stands in a document that obeys the rules of its kind. */
export interface ReadEvent {
  /** Place in the document's list, counted from 0. */
  readonly index: number;
  /** Where it stands, as a JSON pointer. */
  readonly pointer: string;
  /** The event, as the document says it. */
  readonly json: Fields;
  /** What its compact URIs mean. */
  readonly prefixes: Prefixes;
}

/** What was read of a document. */
export interface ReadDocument {
  /** The events that obey the rules, in the document's order. */
  readonly events: readonly ReadEvent[];
  /** How many events the document holds, those that break a rule included. */
  readonly total: number;
  /** Everything that breaks a rule. */
  readonly refusals: readonly Refusal[];
  /** The vocabularies of the header, for master data. */
  readonly vocabularies: readonly unknown[];
  /** The `@context` of the document. */
  readonly context: unknown;
  /** Who sent it, where it says so. */
  readonly sender: string | undefined;
  /** The whole document. */
  readonly document: unknown;
  /** What its compact URIs mean outside events. */
  readonly prefixes: Prefixes;
}

const CONTEXT_CURE: Text = {
  en: 'Add "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld".',
  zh: '请补充 "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"。',
};

/**
 * Reads an EPCIS 2.0 document in JSON or JSON-LD and checks it against the rules of the standard's schema: a document, the answer to a query, or one
 * event with a context of its own. All that breaks a rule is listed, not only the first.
 *
 * @param source - the file, as it is or as text
 */
export function readDocument(source: string | Uint8Array): ReadDocument {
  const json = parseJson(source);
  if ("refusal" in json) return refusedDocument(json.refusal);
  const document = readJson(json.value);
  if (json.repeated.length === 0) return document;
  const repeated = json.repeated.map((pointer) => repeatedRefusal(pointer));
  return { ...document, events: [], refusals: [...repeated, ...document.refusals] };
}

function repeatedRefusal(pointer: string): Refusal {
  const event = /\/eventList\/(\d+)\//.exec(pointer)?.[1];
  return {
    code: "EPCIS_FIELD_REPEATED",
    ...(event === undefined ? {} : { event: Number(event) }),
    pointer,
    rule: "RFC 8259",
    message: { en: "the field stands twice in one object", zh: "同一对象中该字段出现了两次" },
    cure: { en: "Keep the one that is meant.", zh: "请只保留正确的一个。" },
  };
}

/** As {@link readDocument}, of a value that is JSON already. */
export function readJson(document: unknown): ReadDocument {
  const refusals: Refusal[] = [];
  const report = reporter(refusals);
  const type = isFields(document) ? document.type : undefined;
  if (!isFields(document) || typeof type !== "string") {
    return refusedDocument({
      code: "EPCIS_TYPE_UNKNOWN",
      pointer: isFields(document) ? "/type" : "",
      rule: "EPCIS 2.0",
      message: {
        en: Array.isArray(document) ? "a list is no EPCIS document" : "the document does not say what it is",
        zh: Array.isArray(document) ? "列表不是 EPCIS 文件" : "文件未说明其类型",
      },
      cure: {
        en: 'Give {"@context": …, "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": …, "epcisBody": {"eventList": […]}}.',
        zh: '请使用 {"@context": …, "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": …, "epcisBody": {"eventList": […]}}。',
      },
    });
  }
  if (type === "EPCISDocument") {
    DOCUMENT(document, "", report);
    const header = isFields(document.epcisHeader) ? document.epcisHeader.epcisMasterData : undefined;
    const body = isFields(document.epcisBody) ? document.epcisBody.eventList : undefined;
    return readEvents(document, body, "/epcisBody/eventList", header, refusals);
  }
  if (type === "EPCISQueryDocument") {
    QUERY_DOCUMENT(document, "", report);
    const results = isFields(document.epcisBody) ? document.epcisBody.queryResults : undefined;
    const body = isFields(results) && isFields(results.resultsBody) ? results.resultsBody : undefined;
    return readEvents(document, body?.eventList, "/epcisBody/queryResults/resultsBody/eventList", body, refusals);
  }
  // An event on its own says by itself what its words mean.
  if (!("@context" in document)) {
    reporter(refusals, 0)(
      "EPCIS_CONTEXT_MISSING",
      "/@context",
      "C-01",
      { en: "@context is missing", zh: "缺少 @context" },
      CONTEXT_CURE,
    );
  }
  const event = readEvent(document, 0, "", [], refusals);
  const right = event !== undefined && refusals.length === 0;
  return {
    events: right ? [event] : [],
    total: 1,
    refusals,
    vocabularies: [],
    context: document["@context"],
    sender: undefined,
    document,
    prefixes: readContext(document["@context"]),
  };
}

function readEvents(
  document: Fields,
  body: unknown,
  pointer: string,
  header: unknown,
  refusals: Refusal[],
): ReadDocument {
  const all = Array.isArray(body) ? body : [];
  const shared = document["@context"];
  const events = all.flatMap((json, index) => readEvent(json, index, below(pointer, index), [shared], refusals) ?? []);
  const vocabularies = isFields(header) && Array.isArray(header.vocabularyList) ? header.vocabularyList : [];
  return {
    events,
    total: all.length,
    refusals,
    vocabularies,
    context: shared,
    sender: typeof document.sender === "string" ? document.sender : undefined,
    document,
    prefixes: readContext(shared),
  };
}

function readEvent(
  json: unknown,
  index: number,
  pointer: string,
  contexts: readonly unknown[],
  refusals: Refusal[],
): ReadEvent | undefined {
  const found: Refusal[] = [];
  const report = reporter(found, index);
  checkEvent(json, pointer, report);
  refusals.push(...found);
  if (found.length > 0 || !isFields(json)) return undefined;
  return { index, pointer, json, prefixes: readContext(...contexts, json["@context"]) };
}

/** Levels of an event at most. */
const DEEPEST = 100;

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(child, levels - 1));
}

function checkEvent(json: unknown, pointer: string, report: Report): void {
  if (!isFields(json)) {
    report(
      "EPCIS_FIELD_TYPE",
      pointer,
      "C-01",
      { en: "an event must be an object in braces", zh: "事件应为花括号中的对象" },
      { en: "Write the event as an object.", zh: "请将事件写成对象。" },
    );
    return;
  }
  if (isDeeperThan(json, DEEPEST)) {
    report(
      "EPCIS_FORM_INVALID",
      pointer,
      "C-01",
      { en: `the event is nested more than ${DEEPEST} levels deep`, zh: `事件嵌套超过 ${DEEPEST} 层` },
      { en: "Flatten its own fields.", zh: "请减少自定义字段的层级。" },
    );
    return;
  }
  const { type } = json;
  if (typeof type !== "string") {
    if ("type" in json) {
      report(
        "EPCIS_FIELD_TYPE",
        below(pointer, "type"),
        "C-01",
        { en: "the type must be a text", zh: "type 应为文本" },
        { en: `Write one of: ${EVENT_TYPES.join(", ")}.`, zh: `请写 ${EVENT_TYPES.join("、")} 之一。` },
      );
    } else missing("type", pointer, report, "C-01");
    return;
  }
  const rules = Object.hasOwn(EVENT_RULES, type) ? EVENT_RULES[type] : undefined;
  if (rules !== undefined) {
    rules(json, pointer, report);
    return;
  }
  report(
    /^[A-Za-z][\w+.-]*:/.test(type) ? "EPCIS_EVENT_TYPE_OWN" : "EPCIS_TYPE_UNKNOWN",
    below(pointer, "type"),
    "C-01",
    { en: `"${type}" is none of the five event types`, zh: `"${type}" 不属于五种事件类型` },
    {
      en: `Only these are captured: ${EVENT_TYPES.join(", ")}.`,
      zh: `只采集：${EVENT_TYPES.join("、")}。`,
    },
  );
  if ("@context" in json) context(json["@context"], below(pointer, "@context"), report);
}

function reporter(refusals: Refusal[], event?: number): Report {
  return (code: EpcisFault, pointer, rule, message, cure) => {
    refusals.push({ code, ...(event === undefined ? {} : { event }), pointer, rule, message, cure });
  };
}

/** A file of which nothing can be read. */
export function refusedDocument(refusal: Refusal): ReadDocument {
  return {
    ...{ events: [], total: 0, refusals: [refusal], vocabularies: [] },
    ...{ context: undefined, sender: undefined, document: undefined, prefixes: readContext() },
  };
}
