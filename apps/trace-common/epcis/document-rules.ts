import { context } from "./event-rules.ts";
import { type Check, list, object, oneOf, pattern, text, time, uri } from "./schema.ts";

const RULE = "EPCIS 2.0";

const attribute: Check = (value, pointer, report) => {
  // An attribute's value is a text, a number or an object; anything else is none of them.
  const kind = typeof value;
  if (kind === "string" || kind === "number" || (kind === "object" && value !== null && !Array.isArray(value))) return;
  text(RULE)(value, pointer, report);
};
const vocabularyElement = object(RULE, {
  fields: {
    id: uri(RULE),
    attributes: list(RULE, object(RULE, { fields: { id: uri(RULE), attribute }, required: ["id"], others: "any" })),
    children: list(RULE, uri(RULE)),
  },
  required: ["id"],
  others: "any",
});
const vocabularyList = list(
  RULE,
  object(RULE, {
    fields: { type: uri(RULE), vocabularyElementList: list(RULE, vocabularyElement) },
    required: ["type"],
    others: "any",
  }),
);
const epcisHeader = object(RULE, {
  fields: { epcisMasterData: object(RULE, { fields: { vocabularyList }, others: "any" }) },
  others: "prefixed",
});
/** Events are checked one by one elsewhere; here only that there is a list. */
const eventList = list(RULE, () => undefined);
const version = pattern(RULE, /^\d+(?:\.\d+)*$/, { en: "a version such as 2.0", zh: "版本号（如 2.0）" });

/** The rules of an `EPCISDocument`, its events left out. */
export const DOCUMENT: Check = object(RULE, {
  fields: {
    "@context": context,
    id: uri(RULE),
    type: oneOf(RULE, ["EPCISDocument"]),
    schemaVersion: version,
    creationDate: time(RULE),
    instanceIdentifier: text(RULE),
    sender: text(RULE),
    receiver: text(RULE),
    epcisHeader,
    epcisBody: object(RULE, { fields: { eventList }, required: ["eventList"], others: "any" }),
  },
  required: ["@context", "schemaVersion", "creationDate", "epcisBody"],
  others: "prefixed",
});

/** The rules of an `EPCISQueryDocument`, its events left out. */
export const QUERY_DOCUMENT: Check = object(RULE, {
  fields: {
    "@context": context,
    id: uri(RULE),
    type: oneOf(RULE, ["EPCISQueryDocument"]),
    schemaVersion: version,
    creationDate: time(RULE),
    epcisBody: object(RULE, {
      fields: {
        queryResults: object(RULE, {
          fields: {
            queryName: text(RULE),
            subscriptionID: text(RULE),
            resultsBody: object(RULE, {
              fields: { eventList, vocabularyList },
              required: ["eventList"],
              others: "prefixed",
            }),
          },
          required: ["queryName", "resultsBody"],
          others: "prefixed",
        }),
      },
      required: ["queryResults"],
      others: "prefixed",
    }),
  },
  required: ["@context", "epcisBody"],
  others: "prefixed",
});

/** The rules of a master data document or header on its own: `{ "vocabularyList": […] }`. */
export const MASTER_DATA: Check = object(RULE, {
  fields: { vocabularyList },
  required: ["vocabularyList"],
  others: "any",
});
