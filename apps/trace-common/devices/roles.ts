/** Role ids as `contracts/common/Roles.sol` declares them, those that devices, the cold chain and batteries use. */
export const DEVICE_ROLE_IDS = {
  ADMIN: 0n,
  REGULATOR: 1n,
  ARBITER: 2n,
  CUSTODIAN: 3n,
  PLATFORM: 5n,
  AUDITOR: 7n,
  TRACE_REPOSITORY: 300n,
  COLD_QUALITY: 320n,
  COLD_CHAIN: 321n,
  BATTERY_LEDGER: 330n,
  DEVICE_READINGS: 600n,
  DEVICE_READER: 601n,
  DEVICE_STRATEGIST: 602n,
} as const;

/** The name of a role that devices, the cold chain or batteries use. */
export type DeviceRole = keyof typeof DEVICE_ROLE_IDS;

/** Every `restricted` function of the devices' contracts: contract, role, functions by name. */
export const DEVICE_FUNCTION_ROLES = {
  DeviceRegister: { ADMIN: ["setBindingRule"], PLATFORM: ["enrol"], AUDITOR: ["calibrate"] },
  AlarmDesk: { DEVICE_STRATEGIST: ["setStrategy", "close"], DEVICE_READINGS: ["check"] },
  TariffBook: { REGULATOR: ["publish"] },
  SavingsDesk: { ARBITER: ["rule"] },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<DeviceRole, readonly string[]>>>>>;

/** Every `restricted` function of the batteries' contracts. */
export const BATTERY_FUNCTION_ROLES = {
  BatteryPassports: { BATTERY_LEDGER: ["lock", "unlock", "setKeeper"] },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<DeviceRole, readonly string[]>>>>>;

/** Every `restricted` function of the cold chain's contracts. */
export const COLD_FUNCTION_ROLES = {
  ColdChain: { TRACE_REPOSITORY: ["beforeCapture", "afterCapture", "afterDeclaration"] },
  ColdLog: { COLD_CHAIN: ["prepare", "setTimes", "setConsignee"], COLD_QUALITY: ["clearAlarm"] },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<DeviceRole, readonly string[]>>>>>;

/** Which contracts hold a role themselves, because they call the others. */
export const DEVICE_CONTRACT_ROLES = {
  DEVICE_READINGS: ["DeviceReadings"],
  DEVICE_READER: ["TariffBook", "LinkageDesk", "SavingsDesk"],
} as const satisfies Readonly<Partial<Record<DeviceRole, readonly string[]>>>;

/** Which contracts of the batteries hold a role themselves. */
export const BATTERY_CONTRACT_ROLES = {
  BATTERY_LEDGER: ["BatteryPledges", "BatterySwaps"],
} as const satisfies Readonly<Partial<Record<DeviceRole, readonly string[]>>>;

/** Which contracts of the cold chain hold a role themselves. */
export const COLD_CONTRACT_ROLES = {
  COLD_CHAIN: ["ColdChain"],
} as const satisfies Readonly<Partial<Record<DeviceRole, readonly string[]>>>;

/** The events that the cold chain watches: of objects and aggregations, at every step. */
export const COLD_GUARD = { name: "ColdChain", steps: (1n << 43n) - 1n, kinds: 0b110 } as const;
