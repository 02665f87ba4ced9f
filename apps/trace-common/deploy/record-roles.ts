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
} as const;
