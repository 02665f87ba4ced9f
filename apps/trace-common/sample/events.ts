/** An EPCIS 2.0 event as JSON-LD. */
export type SampleEvent = Readonly<Record<string, unknown>> & { readonly eventTime: string };

/** Seconds between China's time and UTC. */
const CHINA = 8 * 3600;
const MS = 1000;

/** What any event may say beside its kind and its objects. */
export interface EventFields {
  /** Seconds since 1970. */
  readonly at: number;
  readonly id?: string | undefined;
  readonly step?: string | undefined;
  readonly disposition?: string | undefined;
  readonly readPoint?: string | undefined;
  readonly location?: string | undefined;
  /** Sources by type, in short. */
  readonly from?: Flow | undefined;
  readonly to?: Flow | undefined;
  /** Business transactions: type and identifier. */
  readonly transactions?: readonly (readonly [type: string, id: string])[] | undefined;
  readonly set?: readonly string[] | undefined;
  readonly unset?: readonly string[] | undefined;
  readonly ilmd?: Readonly<Record<string, unknown>> | undefined;
  readonly sensors?: readonly unknown[] | undefined;
  /** Fields of a user's own namespace. */
  readonly extension?: Readonly<Record<string, unknown>> | undefined;
  readonly error?: ErrorDeclaration | undefined;
}

/** Who and where at one end of a handover. */
export interface Flow {
  readonly owner?: string;
  readonly holder?: string;
  readonly location?: string;
}

/** A declaration that an earlier event is wrong. */
export interface ErrorDeclaration {
  /** Seconds since 1970. */
  readonly at: number;
  readonly reason: "did_not_occur" | "incorrect_data";
  readonly corrective?: readonly string[];
}

/** An amount of a lot; pieces where no unit is given. */
export interface Amount {
  readonly lot: string;
  readonly quantity: number;
  readonly unit?: string | undefined;
}

export type Action = "ADD" | "OBSERVE" | "DELETE";

/** A moment in China's time, with milliseconds as EPCIS documents carry them. */
export function isoMoment(at: number): string {
  return `${new Date((at + CHINA) * MS).toISOString().slice(0, 23)}+08:00`;
}

/** A moment in China's time as a line of a story carries it. */
export function isoSecond(at: number): string {
  return isoMoment(at).replace(".000+", "+");
}

/** Writes an object event. */
export function objectEvent(
  action: Action,
  objects: { readonly items?: readonly string[]; readonly amounts?: readonly Amount[] },
  fields: EventFields,
): SampleEvent {
  return event("ObjectEvent", fields, {
    ...(objects.items === undefined && objects.amounts !== undefined ? {} : { epcList: objects.items ?? [] }),
    ...list("quantityList", objects.amounts?.map(quantity)),
    action,
  });
}

/** Writes an aggregation event. */
export function aggregationEvent(
  action: Action,
  parent: string,
  children: { readonly items?: readonly string[]; readonly amounts?: readonly Amount[] },
  fields: EventFields,
): SampleEvent {
  return event("AggregationEvent", fields, {
    parentID: parent,
    ...list("childEPCs", children.items),
    ...list("childQuantityList", children.amounts?.map(quantity)),
    action,
  });
}

/** Writes an association event. */
export function associationEvent(
  action: Action,
  parent: string,
  children: readonly string[],
  fields: EventFields,
): SampleEvent {
  return event("AssociationEvent", fields, { parentID: parent, childEPCs: children, action });
}

/** Writes a transaction event. */
export function transactionEvent(
  action: Action,
  objects: { readonly items?: readonly string[]; readonly amounts?: readonly Amount[] },
  fields: EventFields & { readonly transactions: readonly (readonly [type: string, id: string])[] },
): SampleEvent {
  return event("TransactionEvent", fields, {
    ...list("epcList", objects.items),
    ...list("quantityList", objects.amounts?.map(quantity)),
    action,
  });
}

/** What goes into a transformation and what comes out. */
export interface Transformation {
  readonly inputs?: readonly string[];
  readonly inputAmounts?: readonly Amount[];
  readonly outputs?: readonly string[];
  readonly outputAmounts?: readonly Amount[];
  /** Shared by the events of one transformation. */
  readonly id?: string;
}

/** Writes a transformation event. */
export function transformationEvent(made: Transformation, fields: EventFields): SampleEvent {
  return event("TransformationEvent", fields, {
    ...list("inputEPCList", made.inputs),
    ...list("inputQuantityList", made.inputAmounts?.map(quantity)),
    ...list("outputEPCList", made.outputs),
    ...list("outputQuantityList", made.outputAmounts?.map(quantity)),
    ...(made.id === undefined ? {} : { transformationID: made.id }),
  });
}

/**
 * The same event with a declaration that it is wrong (C-11).
 *
 * @param wrong - the event, which needs an `eventID`
 * @param error - when, why, and what stands in its place
 */
export function declaration(wrong: SampleEvent, error: ErrorDeclaration): SampleEvent {
  return { ...wrong, errorDeclaration: errorOf(error) };
}

/** The cold chain's part of an event: one device, a time span and what it measured. */
export interface SensorSpan {
  readonly device: string;
  /** Seconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** The URI of the data that the figures come from. */
  readonly raw?: string;
  /** Degrees Celsius, in tenths. */
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly alarm?: boolean;
}

/** Writes a sensor element: lowest, mean and highest temperature of a span. */
export function sensorElement({ device, from, until, raw, min, mean, max, alarm }: SensorSpan): unknown {
  return {
    sensorMetadata: {
      deviceID: device,
      startTime: isoMoment(from),
      endTime: isoMoment(until),
      ...(raw === undefined ? {} : { rawData: raw }),
    },
    sensorReport: [
      {
        type: "Temperature",
        minValue: min / 10,
        meanValue: mean / 10,
        maxValue: max / 10,
        uom: "CEL",
        ...(alarm === true ? { exception: "ALARM_CONDITION" } : {}),
      },
    ],
  };
}

function event(type: string, fields: EventFields, objects: Readonly<Record<string, unknown>>): SampleEvent {
  const { at, id, step, disposition, readPoint, location, from, to, transactions, set, unset, ilmd, sensors, error } =
    fields;
  const persistent = { ...list("set", set), ...list("unset", unset) };
  return {
    type,
    ...(id === undefined ? {} : { eventID: id }),
    eventTime: isoMoment(at),
    eventTimeZoneOffset: "+08:00",
    ...(error === undefined ? {} : { errorDeclaration: errorOf(error) }),
    ...objects,
    ...(step === undefined ? {} : { bizStep: step }),
    ...(disposition === undefined ? {} : { disposition }),
    ...(Object.keys(persistent).length === 0 ? {} : { persistentDisposition: persistent }),
    ...(readPoint === undefined ? {} : { readPoint: { id: readPoint } }),
    ...(location === undefined ? {} : { bizLocation: { id: location } }),
    ...list(
      "bizTransactionList",
      transactions?.map(([kind, bizTransaction]) => ({ type: kind, bizTransaction })),
    ),
    ...list("sourceList", flowOf("source", from)),
    ...list("destinationList", flowOf("destination", to)),
    ...list("sensorElementList", sensors),
    ...(ilmd === undefined ? {} : { ilmd }),
    ...fields.extension,
  };
}

function errorOf({ at, reason, corrective = [] }: ErrorDeclaration): unknown {
  return { declarationTime: isoMoment(at), reason, ...list("correctiveEventIDs", corrective) };
}

function quantity({ lot, quantity, unit }: Amount): unknown {
  return { epcClass: lot, quantity, ...(unit === undefined ? {} : { uom: unit }) };
}

function flowOf(word: "source" | "destination", flow: Flow | undefined): unknown[] | undefined {
  if (flow === undefined) return undefined;
  const entries: (readonly [string, string | undefined])[] = [
    ["owning_party", flow.owner],
    ["possessing_party", flow.holder],
    ["location", flow.location],
  ];
  return entries.flatMap(([type, id]) => (id === undefined ? [] : [{ type, [word]: id }]));
}

/** A list under its name, left out where there is nothing in it. */
function list(name: string, items: readonly unknown[] | undefined): Record<string, unknown> {
  return items === undefined || items.length === 0 ? {} : { [name]: items };
}
