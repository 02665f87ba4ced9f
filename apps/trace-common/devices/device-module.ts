import { wireRoles } from "@banyan/app-common/deploy";
import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import {
  alarmDeskAbi,
  batteryPassportsAbi,
  coldChainAbi,
  coldLogAbi,
  deviceRegisterAbi,
  savingsDeskAbi,
  tariffBookAbi,
} from "../client/index.ts";
import { traceModule, watch } from "../deploy/index.ts";
import {
  BATTERY_CONTRACT_ROLES,
  BATTERY_FUNCTION_ROLES,
  COLD_CONTRACT_ROLES,
  COLD_FUNCTION_ROLES,
  COLD_GUARD,
  DEVICE_CONTRACT_ROLES,
  DEVICE_FUNCTION_ROLES,
  DEVICE_ROLE_IDS,
} from "./roles.ts";

/** Deploys the devices' contracts over the EPCIS repository's. The parameter `salt` keeps signatures to one deployment. */
export const deviceModule = buildModule("Devices", (m) => {
  const base = m.useModule(traceModule);
  const { Authority, Clock, PolicyRegistry, TradeParties } = base;
  const salt = m.getParameter("salt");
  const ReadingGroups = m.contract("ReadingGroups", [Authority, Clock, TradeParties, PolicyRegistry]);
  const DeviceRegister = m.contract("DeviceRegister", [Authority, Clock, TradeParties, ReadingGroups, salt]);
  const AlarmDesk = m.contract("AlarmDesk", [Authority, Clock, TradeParties, ReadingGroups, DeviceRegister]);
  const DeviceReadings = m.contract("DeviceReadings", [
    Authority,
    Clock,
    PolicyRegistry,
    ReadingGroups,
    DeviceRegister,
    AlarmDesk,
    salt,
  ]);
  const TariffBook = m.contract("TariffBook", [Authority, Clock, TradeParties, DeviceRegister, DeviceReadings]);
  const LinkageDesk = m.contract("LinkageDesk", [Authority, Clock, TradeParties, DeviceRegister, DeviceReadings, salt]);
  const SavingsDesk = m.contract("SavingsDesk", [
    Authority,
    Clock,
    TradeParties,
    ReadingGroups,
    DeviceRegister,
    DeviceReadings,
  ]);
  const own = { ReadingGroups, DeviceRegister, AlarmDesk, DeviceReadings, TariffBook, LinkageDesk, SavingsDesk };
  wireRoles(m, Authority, DEVICE_FUNCTION_ROLES, DEVICE_ROLE_IDS, {
    DeviceRegister: { future: DeviceRegister, abi: deviceRegisterAbi },
    AlarmDesk: { future: AlarmDesk, abi: alarmDeskAbi },
    TariffBook: { future: TariffBook, abi: tariffBookAbi },
    SavingsDesk: { future: SavingsDesk, abi: savingsDeskAbi },
  });
  for (const role of ["DEVICE_READINGS", "DEVICE_READER"] as const) {
    for (const name of DEVICE_CONTRACT_ROLES[role]) {
      m.call(Authority, "grantRole", [DEVICE_ROLE_IDS[role], own[name], 0], { id: `${name}_is_${role}` });
    }
  }
  return { ...base, ...own };
});

/** Deploys the batteries' contracts over the devices'. */
export const batteryModule = buildModule("Batteries", (m) => {
  const base = m.useModule(deviceModule);
  const { Authority, Clock, PolicyRegistry, DepositToken, TradeParties, ReadingGroups, DeviceRegister } = base;
  const salt = m.getParameter("salt");
  const BatteryPassports = m.contract("BatteryPassports", [Authority, Clock, TradeParties]);
  const BatteryRecords = m.contract("BatteryRecords", [
    Authority,
    Clock,
    TradeParties,
    PolicyRegistry,
    DeviceRegister,
    ReadingGroups,
    BatteryPassports,
    salt,
  ]);
  const BatteryPledges = m.contract("BatteryPledges", [
    Authority,
    Clock,
    TradeParties,
    BatteryPassports,
    BatteryRecords,
  ]);
  const BatterySwaps = m.contract("BatterySwaps", [
    Authority,
    Clock,
    TradeParties,
    PolicyRegistry,
    DepositToken,
    DeviceRegister,
    BatteryPassports,
    BatteryRecords,
    salt,
  ]);
  const own = { BatteryPassports, BatteryRecords, BatteryPledges, BatterySwaps };
  wireRoles(m, Authority, BATTERY_FUNCTION_ROLES, DEVICE_ROLE_IDS, {
    BatteryPassports: { future: BatteryPassports, abi: batteryPassportsAbi },
  });
  m.call(DeviceRegister, "setBindingRule", [BatteryPassports], { id: "BatteryPassports_rules_bindings" });
  for (const name of BATTERY_CONTRACT_ROLES.BATTERY_LEDGER) {
    m.call(Authority, "grantRole", [DEVICE_ROLE_IDS.BATTERY_LEDGER, own[name], 0], { id: `${name}_is_BATTERY_LEDGER` });
  }
  return { ...base, ...own };
});

/** Deploys the cold chain over the devices and lets it watch the repository. */
export const coldModule = buildModule("ColdChain", (m) => {
  const base = m.useModule(deviceModule);
  const { Authority, Clock, PolicyRegistry, TradeParties, ProductCatalogue, TraceState, DeviceRegister } = base;
  const salt = m.getParameter("salt");
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
  const own = { ColdRules, ColdLog, ColdChain };
  wireRoles(m, Authority, COLD_FUNCTION_ROLES, DEVICE_ROLE_IDS, {
    ColdChain: { future: ColdChain, abi: coldChainAbi },
    ColdLog: { future: ColdLog, abi: coldLogAbi },
  });
  for (const name of COLD_CONTRACT_ROLES.COLD_CHAIN) {
    m.call(Authority, "grantRole", [DEVICE_ROLE_IDS.COLD_CHAIN, own[name], 0], { id: `${name}_is_COLD_CHAIN` });
  }
  watch(m, base.EpcisRepository, [COLD_GUARD], own);
  return { ...base, ...own };
});
