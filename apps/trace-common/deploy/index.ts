export {
  GUARDS,
  TRACE_CONTRACT_ROLES,
  TRACE_FUNCTION_ROLES,
  TRACE_ROLE_IDS,
  type TraceRole,
} from "./roles.ts";
export { traceModule } from "./trace-module.ts";
