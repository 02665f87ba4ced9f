/** Role ids as `contracts/common/Roles.sol` declares them for the offices that every domain knows. */
export const OFFICE_ROLE_IDS = {
  REGULATOR: 1n,
  ARBITER: 2n,
  CUSTODIAN: 3n,
  INSURER: 4n,
  PLATFORM: 5n,
  EMERGENCY: 6n,
  AUDITOR: 7n,
} as const;

/** An office that holds a role. */
export type OfficeRole = keyof typeof OFFICE_ROLE_IDS;

/** Every `restricted` function of the common contracts: contract, role, functions by name. */
export const COMMON_FUNCTION_ROLES = {
  Clock: { REGULATOR: ["setUnit"] },
  WorkCalendar: { REGULATOR: ["publishYear"] },
  PolicyRegistry: { REGULATOR: ["publish", "withdraw"] },
  DepositToken: { CUSTODIAN: ["mint", "burn"] },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<OfficeRole, readonly string[]>>>>>;
