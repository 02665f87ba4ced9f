import type { ParameterCatalogue, ParameterUnit } from "@banyan/app-common/policy";
import { COLD_PARAMETERS, DEVICE_PARAMETERS } from "../devices/parameters.ts";

const LEVELS = ["1", "2", "3"] as const;

/** What a standard can require of an event, as `IKeyDataElements.KeyDataElement` counts. */
const KEY_DATA_ELEMENTS = [
  ...["READ_POINT", "LOCATION", "FROM_OWNER", "TO_OWNER", "FROM_HOLDER", "TO_HOLDER", "CARRIER", "LOT", "QUANTITY"],
  ...["PRODUCED_AT", "EXPIRES_AT", "CERTIFICATE", "PURCHASE_ORDER", "INVOICE", "DESPATCH_ADVICE", "BILL_OF_LADING"],
  ...["PEDIGREE", "TEST_RESULT", "SENSORS", "MASTER_DATA"],
] as const;

/** The standards whose key data elements policies state; their names are at most 16 characters. */
const STANDARDS = ["FSMA-204"] as const;

/** Where a standard can require something: at a step of CBV 2.0, by its number, and at a transformation. */
const CRITICAL = ["T", ...Array.from({ length: 43 }, (_, step) => String(step).padStart(2, "0"))] as const;

/** Parameters of recalls by level. */
const byLevel = (name: string, unit: ParameterUnit): [string, readonly ParameterUnit[]][] =>
  LEVELS.map((level) => [`${name}.${level}`, [unit]]);

/**
 * Every parameter of traceability and the units it may be stated in; the ids are those of the libraries of parameters in
 * `contracts/traceability/libraries` and `contracts/devices/libraries`.
 */
export const TRACE_PARAMETERS: ParameterCatalogue = {
  ...DEVICE_PARAMETERS,
  ...COLD_PARAMETERS,
  ...Object.fromEntries([
    ...byLevel("trace.recall.food.start", "seconds"),
    ...byLevel("trace.recall.food.finish", "workingDays"),
    ...byLevel("trace.recall.medicine.start", "seconds"),
    ...byLevel("trace.recall.medicine.plan", "seconds"),
    ...byLevel("trace.recall.medicine.report", "seconds"),
  ]),
  "trace.recall.food.announce": ["switch"],
  "trace.certificate.purchase": ["switch"],
  "trace.certificate.split": ["switch"],
  "trace.certificate.months": ["months"],
  "trace.quarantine.level": ["count"],
  "trace.quarantine.seconds": ["seconds"],
  "trace.frozen.code": ["switch"],
  "trace.capture.tolerance": ["seconds"],
  "trace.capture.maxAge": ["seconds"],
  "trace.shipping.open": ["switch"],
  "trace.keep.afterExpiryMonths": ["months"],
  "trace.keep.withoutExpiryMonths": ["months"],
  "trace.keep.produceMonths": ["months"],
  "trace.keep.productionMonths": ["months"],
  "trace.keep.vaccineMonths": ["months"],
  "trace.export.returnTerm": ["seconds"],
  ...Object.fromEntries(
    STANDARDS.flatMap((standard) =>
      CRITICAL.map((where) => [`trace.kde.${standard}.${where}`, { flags: KEY_DATA_ELEMENTS }] as const),
    ),
  ),
};
