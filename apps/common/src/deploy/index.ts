export { commonModule } from "./common-module.ts";
export { COMMON_FUNCTION_ROLES, OFFICE_ROLE_IDS, type OfficeRole } from "./common-roles.ts";
export {
  addressOf,
  type ChainDeployment,
  type DeployAppOptions,
  deployApp,
  findDeployment,
  type OfficeHolder,
} from "./deploy-app.ts";
export { type DeployModuleOptions, deployModule, hasCode } from "./deploy-module.ts";
export { selectorsOf } from "./selectors.ts";
export { type WiredFuture, wireRoles } from "./wire-roles.ts";
