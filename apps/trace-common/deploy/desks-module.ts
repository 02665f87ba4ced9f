import { wireRoles } from "@banyan/app-common/deploy";
import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { coldChainAbi, coldLogAbi, deviceRegisterAbi } from "../client/index.ts";
import { COLD_FUNCTION_ROLES, COLD_GUARD, DEVICE_FUNCTION_ROLES, DEVICE_ROLE_IDS } from "../devices/roles.ts";
import { putRules } from "./rules-module.ts";
import { traceModule } from "./trace-module.ts";

/**
 * Deploys traceability with all its desks: the rules of {@link putRules}, devices and the cold chain, which the consumer's page asks. The parameter
 * `salt` keeps what devices sign to one deployment.
 */
export const desksModule = buildModule("TraceDesks", (m) => {
  const trace = m.useModule(traceModule);
  const { Authority, Clock, PolicyRegistry, TradeParties, ProductCatalogue, TraceState } = trace;
  const salt = m.getParameter("salt");

  const ReadingGroups = m.contract("ReadingGroups", [Authority, Clock, TradeParties, PolicyRegistry]);
  const DeviceRegister = m.contract("DeviceRegister", [Authority, Clock, TradeParties, ReadingGroups, salt]);
  const ColdRules = m.contract("ColdRules", [Clock, PolicyRegistry, TradeParties, ProductCatalogue]);
  const ColdLog = m.contract("ColdLog", [Authority, Clock, TradeParties, DeviceRegister, salt]);
  const ColdChain = m.contract("ColdChain", [
    Authority,
    Clock,
    TradeParties,
    TraceState,
    DeviceRegister,
    ColdRules,
    ColdLog,
  ]);
  wireRoles(
    m,
    Authority,
    { DeviceRegister: DEVICE_FUNCTION_ROLES.DeviceRegister, ...COLD_FUNCTION_ROLES },
    DEVICE_ROLE_IDS,
    {
      DeviceRegister: { future: DeviceRegister, abi: deviceRegisterAbi },
      ColdLog: { future: ColdLog, abi: coldLogAbi },
      ColdChain: { future: ColdChain, abi: coldChainAbi },
    },
  );
  m.call(Authority, "grantRole", [DEVICE_ROLE_IDS.COLD_CHAIN, ColdChain, 0], { id: "ColdChain_is_COLD_CHAIN" });
  const rules = putRules(m, ColdChain, { first: [COLD_GUARD], guards: { ColdChain } });
  return { ...rules, ReadingGroups, DeviceRegister, ColdRules, ColdLog, ColdChain };
});
