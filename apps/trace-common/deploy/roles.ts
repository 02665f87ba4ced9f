/** Role ids as `contracts/common/Roles.sol` declares them, those that traceability uses. */
export const TRACE_ROLE_IDS = {
  ADMIN: 0n,
  REGULATOR: 1n,
  ARBITER: 2n,
  PLATFORM: 5n,
  EMERGENCY: 6n,
  AUDITOR: 7n,
  TRACE_REPOSITORY: 300n,
  TRACE_STATE: 301n,
  TRACE_RECALL: 302n,
} as const;

/** The name of a role that traceability uses. */
export type TraceRole = keyof typeof TRACE_ROLE_IDS;

/** Which functions of a contract a role may call, by role. */
export type FunctionRoles = Readonly<Partial<Record<TraceRole, readonly string[]>>>;

/** What the repository calls of a guard. */
const GUARDED = ["beforeCapture", "afterCapture", "afterDeclaration"] as const;

/**
 * Every `restricted` function of the repository, the state and recalls: contract, role, functions by name. What is not listed is open to everybody or checks who acts
 * for which party itself. No function is overloaded, so a name is enough.
 */
export const TRACE_FUNCTION_ROLES = {
  TradeParties: {
    PLATFORM: ["file", "fileConfidential", "changeRoles", "restoreAgent"],
    REGULATOR: ["suspend", "reinstate"],
  },
  TraceLineage: { TRACE_STATE: ["link", "voidNode", "restoreNode"] },
  TraceLots: { TRACE_STATE: ["record", "takeBack", "mark"] },
  TraceState: { TRACE_REPOSITORY: ["record", "takeBack"], TRACE_RECALL: ["mark", "syncContainer"] },
  EpcisRepository: { ADMIN: ["addGuard", "removeGuard"], PLATFORM: ["allowOpening"] },
  RecallDesk: { REGULATOR: ["orderRecall", "withdraw"] },
  RecallMarks: { TRACE_REPOSITORY: GUARDED, TRACE_RECALL: ["begin", "setDestruction", "finish"] },
} as const satisfies Readonly<Record<string, FunctionRoles>>;

/** Which contracts hold a role themselves, because they call the others. */
export const TRACE_CONTRACT_ROLES = {
  TRACE_REPOSITORY: ["EpcisRepository"],
  TRACE_STATE: ["TraceState"],
  TRACE_RECALL: ["RecallMarks", "RecallDesk"],
} as const satisfies Readonly<Partial<Record<TraceRole, readonly string[]>>>;

/** Every business step, and every kind of event. */
const ALL_STEPS = (1n << 43n) - 1n;
const ALL_KINDS = 0b111110;

/** The rules that watch captured events, in the order in which they are asked, and which events each watches. */
export const GUARDS = [{ name: "RecallMarks", steps: ALL_STEPS, kinds: ALL_KINDS }] as const;
