import type { ParameterCatalogue, ParameterUnit } from "@banyan/app-common/policy";

/** Parameters of devices and batteries; the ids are those of `DeviceParameters` and `Batteries`. */
export const DEVICE_PARAMETERS = {
  "device.reading.window": ["seconds", "minutes", "hours"],
  "device.clock.skew": ["seconds"],
  "battery.endOfLife": ["percent"],
  "battery.swap.minCharge": ["percent"],
} as const satisfies ParameterCatalogue;

/** Fields of the cold chain and their units; the names are those of `ColdParameters`. */
const COLD_FIELDS = {
  lower: ["celsius"],
  upper: ["celsius"],
  hardUpper: ["celsius"],
  recover: ["celsius"],
  tolerance: ["seconds"],
  allowance: ["seconds"],
  logEvery: ["seconds"],
  alarmEvery: ["seconds"],
  receiptLag: ["seconds", "minutes", "hours"],
  strict: ["switch"],
  fullLog: ["switch"],
  sensorError: ["count"],
  legRequired: ["switch"],
  retain: ["days"],
  retainExpiry: ["days"],
} as const satisfies Readonly<Record<string, readonly ParameterUnit[]>>;

const CLASSES = ["CHIL", "FROZ", "COLD", "ULTR", "VACC"] as const;
const STAGES = ["TRAN", "STOR", "DISP", "ANY_"] as const;

/** Parameters of the cold chain by what is kept cold and where: `cold.<class>.<stage>.<field>`. */
export const COLD_PARAMETERS: ParameterCatalogue = Object.fromEntries(
  CLASSES.flatMap((kept) =>
    STAGES.flatMap((stage) =>
      Object.entries(COLD_FIELDS).map(([field, units]) => [`cold.${kept}.${stage}.${field}`, units] as const),
    ),
  ),
);
