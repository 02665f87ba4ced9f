import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { clockAbi, depositTokenAbi, policyRegistryAbi, workCalendarAbi } from "../../client/index.ts";
import { COMMON_FUNCTION_ROLES, OFFICE_ROLE_IDS } from "./common-roles.ts";
import { wireRoles } from "./wire-roles.ts";

/** `TimeUnit.AUTO` of the clock: the unit is told from the size of the reading. */
const TIME_UNIT_AUTO = 0;
/** The lead of China Standard Time over UTC, in seconds. */
const CHINA_OFFSET = 28_800;

/** Deploys what every domain shares: one authority, the clock, the calendar, the policies, the deposit token. The deployer is the administrator. */
export const commonModule = buildModule("Common", (m) => {
  const Authority = m.contract("Authority", [m.getAccount(0)]);
  const Clock = m.contract("Clock", [Authority, TIME_UNIT_AUTO]);
  const WorkCalendar = m.contract("WorkCalendar", [Authority, CHINA_OFFSET]);
  const PolicyRegistry = m.contract("PolicyRegistry", [Authority, Clock]);
  const DepositToken = m.contract("DepositToken", [Authority, "Deposit CNY", "dCNY"]);
  wireRoles(m, Authority, COMMON_FUNCTION_ROLES, OFFICE_ROLE_IDS, {
    Clock: { future: Clock, abi: clockAbi },
    WorkCalendar: { future: WorkCalendar, abi: workCalendarAbi },
    PolicyRegistry: { future: PolicyRegistry, abi: policyRegistryAbi },
    DepositToken: { future: DepositToken, abi: depositTokenAbi },
  });
  return { Authority, Clock, WorkCalendar, PolicyRegistry, DepositToken };
});
