import { Authority, Clock, DepositToken, PolicyRegistry, WorkCalendar } from "@banyan/app-common/client";
import { addressOf } from "@banyan/app-common/deploy";
import type { ContractClients } from "@banyan/app-common/runtime";
import type { Address, Hex } from "viem";
import {
  AlarmDesk,
  BatteryPassports,
  BatteryPledges,
  BatteryRecords,
  BatterySwaps,
  DeviceReadings,
  DeviceRegister,
  EpcisRepository,
  LinkageDesk,
  ProductCatalogue,
  ReadingGroups,
  SavingsDesk,
  TariffBook,
  TraceLineage,
  TraceState,
  TradeParties,
} from "../client/index.ts";
import type { DeviceDomainOptions, DeviceVerifier } from "./typed-data.ts";

/** Where the contracts are, and what signatures of this deployment carry. */
export interface DeviceLocation {
  /** By contract name. */
  readonly addresses: Readonly<Record<string, Address>>;
  readonly chainId: number;
  readonly salt: Hex;
}

/** The typed clients of devices and batteries. */
export type DeviceContracts = ReturnType<typeof openDeviceContracts>;

/**
 * Opens the typed clients of a deployment with devices and batteries.
 *
 * @param location - the deployment
 * @param clients - the viem clients to work through
 */
export function openDeviceContracts({ addresses, chainId, salt }: DeviceLocation, clients: ContractClients) {
  const at = (name: string): Address => addressOf(addresses, name);
  return {
    authority: new Authority(at("Authority"), clients),
    clock: new Clock(at("Clock"), clients),
    calendar: new WorkCalendar(at("WorkCalendar"), clients),
    policies: new PolicyRegistry(at("PolicyRegistry"), clients),
    token: new DepositToken(at("DepositToken"), clients),
    parties: new TradeParties(at("TradeParties"), clients),
    products: new ProductCatalogue(at("ProductCatalogue"), clients),
    repository: new EpcisRepository(at("EpcisRepository"), clients),
    state: new TraceState(at("TraceState"), clients),
    lineage: new TraceLineage(at("TraceLineage"), clients),
    groups: new ReadingGroups(at("ReadingGroups"), clients),
    register: new DeviceRegister(at("DeviceRegister"), clients),
    readings: new DeviceReadings(at("DeviceReadings"), clients),
    alarms: new AlarmDesk(at("AlarmDesk"), clients),
    tariffs: new TariffBook(at("TariffBook"), clients),
    linkages: new LinkageDesk(at("LinkageDesk"), clients),
    savings: new SavingsDesk(at("SavingsDesk"), clients),
    passports: new BatteryPassports(at("BatteryPassports"), clients),
    records: new BatteryRecords(at("BatteryRecords"), clients),
    pledges: new BatteryPledges(at("BatteryPledges"), clients),
    swaps: new BatterySwaps(at("BatterySwaps"), clients),
    /** What a signature carries that a contract is to check. */
    domainOf: (contract: DeviceVerifier): DeviceDomainOptions => ({ contract, address: at(contract), chainId, salt }),
  };
}
