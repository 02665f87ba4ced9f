import { below } from "./refusal.ts";
import {
  boolean,
  type Check,
  type Fields,
  isFields,
  list,
  missing,
  number,
  object,
  offset,
  oneOf,
  pattern,
  type Report,
  term,
  text,
  time,
  uri,
} from "./schema.ts";
import {
  ACTIONS,
  BIZ_STEPS,
  BIZ_TRANSACTION_TYPES,
  COMPONENTS,
  DISPOSITIONS,
  ERROR_REASONS,
  MEASUREMENT_TYPES,
  SENSOR_ALERTS,
  SOURCE_TYPES,
} from "./vocabulary.ts";

/** Spellings of GS1's CBV that JSON does not allow. */
const CLOSED_CBV = /^(?:urn:epcglobal:cbv|https?:\/\/ns\.gs1\.org\/cbv\/)/;
/** Spellings of GS1's web vocabulary that JSON does not allow. */
const CLOSED_VOC = /^https?:\/\/(?:www\.)?gs1\.org\/voc\//;

const instances = (rule: string, unique: boolean): Check => list(rule, uri(rule), { unique });

const quantity = object("C-07", {
  fields: {
    epcClass: uri("C-07"),
    quantity: number("C-07"),
    uom: pattern("C-07", /^[A-Z0-9]{2,3}$/, { en: "a unit such as KGM", zh: "计量单位（如 KGM）" }),
  },
  required: ["epcClass"],
});
const quantities = list("C-07", quantity);
const disposition = term("C-09", DISPOSITIONS, CLOSED_CBV);
const bizTransaction = object("C-09", {
  fields: { type: term("C-09", BIZ_TRANSACTION_TYPES, CLOSED_CBV), bizTransaction: uri("C-09") },
  required: ["bizTransaction"],
});
const sourceType = term("C-07", SOURCE_TYPES, CLOSED_CBV);
const source = object("C-07", { fields: { type: sourceType, source: uri("C-07") }, required: ["type", "source"] });
const destination = object("C-07", {
  fields: { type: sourceType, destination: uri("C-07") },
  required: ["type", "destination"],
});
const place = object("C-02", { fields: { id: uri("C-02") }, required: ["id"], others: "any" });

const SENSED_URIS = ["deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "bizRules"] as const;
const sensedUris = Object.fromEntries(SENSED_URIS.map((name) => [name, uri("C-08")]));
const figures = Object.fromEntries(
  ["value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue"].map((name) => [name, number("C-08")]),
);
const sensorReport = object("C-08", {
  fields: {
    type: term("C-08", MEASUREMENT_TYPES, CLOSED_VOC),
    exception: term("C-08", SENSOR_ALERTS, CLOSED_VOC),
    ...sensedUris,
    ...figures,
    time: time("C-08"),
    microorganism: uri("C-08"),
    chemicalSubstance: uri("C-08"),
    coordinateReferenceSystem: uri("C-08"),
    component: term("C-08", COMPONENTS, CLOSED_CBV),
    stringValue: text("C-08"),
    booleanValue: boolean("C-08"),
    hexBinaryValue: pattern("C-08", /^[0-9A-Fa-f]+$/, { en: "hexadecimal digits", zh: "十六进制数字" }),
    uriValue: uri("C-08"),
    uom: text("C-08"),
  },
  required: ["type"],
  others: "prefixed",
});
const sensorElement = object("C-08", {
  fields: {
    sensorMetadata: object("C-08", {
      fields: { time: time("C-08"), startTime: time("C-08"), endTime: time("C-08"), ...sensedUris },
      others: "prefixed",
    }),
    sensorReport: list("C-08", sensorReport, { min: 1 }),
  },
  required: ["sensorReport"],
  others: "prefixed",
});
const errorDeclaration = object("C-11", {
  fields: {
    declarationTime: time("C-11"),
    reason: term("C-11", ERROR_REASONS, CLOSED_CBV),
    correctiveEventIDs: list("C-11", uri("C-11")),
  },
  required: ["declarationTime"],
  others: "prefixed",
});
const dispositions = list("C-10", disposition, { min: 1, unique: true });
const persistentDisposition: Check = (value, pointer, report) => {
  object("C-10", { fields: { set: dispositions, unset: dispositions } })(value, pointer, report);
  if (isFields(value) && !("set" in value) && !("unset" in value)) missing("set", pointer, report, "C-10");
};
const certificationInfo: Check = (value, pointer, report) =>
  Array.isArray(value) ? list("C-01", uri("C-01"))(value, pointer, report) : uri("C-01")(value, pointer, report);

/** The JSON-LD context (`@context`). */
export const context: Check = (value, pointer, report) => {
  const part: Check = (one, at, tell) => (isFields(one) ? undefined : uri("C-01")(one, at, tell));
  if (Array.isArray(value)) list("C-01", part, { unique: true })(value, pointer, report);
  else part(value, pointer, report);
};

const COMMON: Readonly<Record<string, Check>> = {
  "@context": context,
  type: text("C-01"),
  eventTime: time("C-01"),
  recordTime: time("C-01"),
  eventTimeZoneOffset: offset("C-01"),
  eventID: uri("C-13"),
  certificationInfo,
  errorDeclaration,
};
const WHY: Readonly<Record<string, Check>> = {
  bizStep: term("C-09", BIZ_STEPS, CLOSED_CBV),
  disposition,
  readPoint: place,
  bizLocation: place,
  bizTransactionList: list("C-09", bizTransaction),
  sourceList: list("C-07", source),
  destinationList: list("C-07", destination),
  sensorElementList: list("C-08", sensorElement),
};
const ilmd = object("C-02", { fields: {}, others: "prefixed" });
const action = oneOf("C-02", ACTIONS);

const OBJECT = object("C-02", {
  fields: {
    ...COMMON,
    ...WHY,
    action,
    epcList: instances("C-02", true),
    quantityList: quantities,
    persistentDisposition,
    ilmd,
  },
  required: ["action"],
  others: "prefixed",
});

function family(rule: string, required: readonly string[]): Check {
  return object(rule, {
    fields: {
      ...COMMON,
      ...WHY,
      action,
      parentID: uri(rule),
      childEPCs: instances(rule, false),
      childQuantityList: quantities,
    },
    required: ["action", ...required],
    others: "prefixed",
  });
}
const AGGREGATION = family("C-03", []);
const ASSOCIATION = family("C-04", ["parentID"]);
const TRANSACTION = object("C-05", {
  fields: {
    ...COMMON,
    ...WHY,
    action,
    bizTransactionList: list("C-05", bizTransaction, { min: 1 }),
    parentID: uri("C-05"),
    epcList: instances("C-05", false),
    quantityList: quantities,
  },
  required: ["action", "bizTransactionList"],
  others: "prefixed",
});
const TRANSFORMATION = object("C-06", {
  fields: {
    ...COMMON,
    ...WHY,
    inputEPCList: instances("C-06", true),
    inputQuantityList: quantities,
    outputEPCList: instances("C-06", true),
    outputQuantityList: quantities,
    transformationID: uri("C-06"),
    persistentDisposition,
    ilmd,
  },
  others: "prefixed",
});

const filled = (event: Fields, name: string): boolean => {
  const value = event[name];
  return Array.isArray(value) && value.length > 0;
};

/** Checks an event of one of the five kinds; its `type` is looked at before. */
export const EVENT_RULES: Readonly<Record<string, (event: Fields, pointer: string, report: Report) => void>> = {
  ObjectEvent(event, pointer, report) {
    requireTimes(event, pointer, report);
    OBJECT(event, pointer, report);
    const sensed = filled(event, "sensorElementList") && "readPoint" in event;
    if (!("epcList" in event) && !filled(event, "quantityList") && !sensed) {
      objectsMissing(pointer, "epcList", report, "C-02", {
        en: "an ObjectEvent needs epcList, a quantityList that is not empty, or a sensorElementList with a readPoint",
        zh: "ObjectEvent 需要 epcList、非空的 quantityList，或带 readPoint 的 sensorElementList",
      });
    }
    if ("ilmd" in event && (event.action === "OBSERVE" || event.action === "DELETE")) {
      report(
        "EPCIS_ILMD_MISPLACED",
        below(pointer, "ilmd"),
        "C-02",
        { en: "ilmd stands only with action ADD", zh: "ilmd 只能与 ADD 动作同用" },
        { en: "Leave ilmd out, or move it to the event that commissions.", zh: "请去掉 ilmd，或移至创建对象的事件。" },
      );
    }
  },
  AggregationEvent(event, pointer, report) {
    requireTimes(event, pointer, report);
    AGGREGATION(event, pointer, report);
    requireChildren(event, pointer, report, "C-03");
  },
  AssociationEvent(event, pointer, report) {
    requireTimes(event, pointer, report);
    ASSOCIATION(event, pointer, report);
    requireChildren(event, pointer, report, "C-04");
  },
  TransactionEvent(event, pointer, report) {
    requireTimes(event, pointer, report);
    TRANSACTION(event, pointer, report);
    if (!("epcList" in event) && !filled(event, "quantityList") && event.action !== "DELETE") {
      objectsMissing(pointer, "epcList", report, "C-05", {
        en: "a TransactionEvent needs epcList or a quantityList that is not empty, unless its action is DELETE",
        zh: "TransactionEvent 除 DELETE 外需要 epcList 或非空的 quantityList",
      });
    }
  },
  TransformationEvent(event, pointer, report) {
    requireTimes(event, pointer, report);
    TRANSFORMATION(event, pointer, report);
    const input = filled(event, "inputEPCList") || filled(event, "inputQuantityList");
    const output = filled(event, "outputEPCList") || filled(event, "outputQuantityList");
    if ((input && output) || ((input || output) && "transformationID" in event)) return;
    objectsMissing(pointer, input ? "outputEPCList" : "inputEPCList", report, "C-06", {
      en: "a TransformationEvent needs inputs and outputs, or one of them and a transformationID",
      zh: "TransformationEvent 需要输入与输出，或其一并带 transformationID",
    });
  },
};

function requireTimes(event: Fields, pointer: string, report: Report): void {
  for (const name of ["eventTime", "eventTimeZoneOffset"]) if (!(name in event)) missing(name, pointer, report, "C-01");
}

function requireChildren(event: Fields, pointer: string, report: Report, rule: string): void {
  if (filled(event, "childEPCs") || filled(event, "childQuantityList") || event.action === "DELETE") return;
  objectsMissing(pointer, "childEPCs", report, rule, {
    en: "childEPCs or childQuantityList is needed, unless the action is DELETE",
    zh: "除 DELETE 外需要 childEPCs 或 childQuantityList",
  });
}

function objectsMissing(
  pointer: string,
  field: string,
  report: Report,
  rule: string,
  message: { readonly en: string; readonly zh: string },
): void {
  report("EPCIS_OBJECTS_MISSING", below(pointer, field), rule, message, {
    en: "Say which objects the event is about.",
    zh: "请说明事件涉及哪些对象。",
  });
}
