import type { FunctionRoles } from "./roles.ts";

/** Every `restricted` function of the books beside the events: contract, role, functions by name. The other functions check who acts for which party. */
export const RECORD_FUNCTION_ROLES = {
  StageRecords: { PLATFORM: ["definePlan", "admit", "list", "admitDevice", "admitSystem"] },
  FingerprintRegister: { PLATFORM: ["defineMethod", "admit"] },
  TagRegister: { PLATFORM: ["admit"] },
  TitleBook: { PLATFORM: ["open", "admit"] },
  ConsumerVoices: { PLATFORM: ["list"], REGULATOR: ["decide"] },
  RestrictedSales: { REGULATOR: ["restrict"] },
  ExportReturns: { PLATFORM: ["admitCentre"], REGULATOR: ["release"] },
  ChainAnchors: { ADMIN: ["admitChain"] },
  KeyDataElements: {
    REGULATOR: ["enrol"],
    TRACE_REPOSITORY: ["beforeCapture", "afterCapture", "afterDeclaration"],
  },
} as const satisfies Readonly<Record<string, FunctionRoles>>;

/** Every business step, and every kind of event. */
const ALL = { steps: (1n << 43n) - 1n, kinds: 0b111110 } as const;

/** Which events the books watch. */
export const RECORD_GUARDS = [{ name: "KeyDataElements", ...ALL }] as const;
