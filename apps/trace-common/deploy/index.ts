export { booksModule } from "./books-module.ts";
export { openContracts, type TraceContracts } from "./contracts.ts";
export { deployTrace, OFFICE_HOLDERS, type TraceSetting } from "./deploy-trace.ts";
export { desksModule } from "./desks-module.ts";
export { TRACE_PARAMETERS } from "./parameters.ts";
export { RECORD_FUNCTION_ROLES, RECORD_GUARDS } from "./record-roles.ts";
export {
  GUARDS,
  TRACE_CONTRACT_ROLES,
  TRACE_FUNCTION_ROLES,
  TRACE_ROLE_IDS,
  type TraceRole,
} from "./roles.ts";
export { RULE_FUNCTION_ROLES, RULE_GUARDS } from "./rule-roles.ts";
export { rulesModule } from "./rules-module.ts";
export { traceModule } from "./trace-module.ts";
export { type Guard, watch } from "./watch.ts";
