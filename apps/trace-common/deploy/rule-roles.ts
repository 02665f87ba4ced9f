import type { FunctionRoles } from "./roles.ts";

/** What the repository calls of a guard. */
const GUARDED = ["beforeCapture", "afterCapture", "afterDeclaration"] as const;

/** Every `restricted` function of the rules that can be put beside the repository: contract, role, functions by name. */
export const RULE_FUNCTION_ROLES = {
  QuotaBook: { REGULATOR: ["protect"], TRACE_REPOSITORY: GUARDED },
  ProduceCertificates: { TRACE_REPOSITORY: GUARDED },
  QuarantineDesk: { TRACE_REPOSITORY: GUARDED },
  MedicineCodes: { TRACE_REPOSITORY: GUARDED },
  FrozenFoodCodes: { TRACE_REPOSITORY: GUARDED },
  ConsumerPage: { TRACE_REPOSITORY: GUARDED },
} as const satisfies Readonly<Record<string, FunctionRoles>>;

const ALL_STEPS = (1n << 43n) - 1n;
const RECEIVING = (1n << 1n) | (1n << 24n);
const OBJECT = 1 << 1;
const AGGREGATION = 1 << 2;
const TRANSFORMATION = 1 << 4;
const ASSOCIATION = 1 << 5;

/** Which events each of the rules watches, in the order in which they are asked. */
export const RULE_GUARDS = [
  { name: "MedicineCodes", steps: ALL_STEPS, kinds: OBJECT | TRANSFORMATION },
  { name: "QuotaBook", steps: ALL_STEPS, kinds: OBJECT | TRANSFORMATION },
  { name: "ProduceCertificates", steps: RECEIVING, kinds: OBJECT },
  { name: "QuarantineDesk", steps: ALL_STEPS, kinds: OBJECT | TRANSFORMATION },
  { name: "FrozenFoodCodes", steps: ALL_STEPS, kinds: OBJECT | TRANSFORMATION },
  { name: "ConsumerPage", steps: ALL_STEPS, kinds: OBJECT | AGGREGATION | TRANSFORMATION | ASSOCIATION },
] as const;
