import { Authority, Clock, PolicyRegistry, WorkCalendar } from "@banyan/app-common/client";
import { addressOf } from "@banyan/app-common/deploy";
import type { ContractClients } from "@banyan/app-common/runtime";
import type { Address } from "viem";
import {
  ColdChain,
  ColdLog,
  ConsumerPage,
  DeviceRegister,
  EpcisRepository,
  FrozenFoodCodes,
  ProduceCertificates,
  ProductCatalogue,
  QuotaBook,
  ReadingGroups,
  RecallDesk,
  RecallMarks,
  ScanDesk,
  TraceLineage,
  TraceState,
  TradeParties,
} from "../client/index.ts";

/** The typed clients of a deployment of traceability. */
export type TraceContracts = ReturnType<typeof openContracts>;

/**
 * Opens the typed clients of a deployment.
 *
 * @param location - the deployment: addresses by contract name
 * @param clients - the viem clients to work through
 */
export function openContracts(
  { addresses }: { readonly addresses: Readonly<Record<string, Address>> },
  clients: ContractClients,
) {
  const at = (name: string): Address => addressOf(addresses, name);
  return {
    authority: new Authority(at("Authority"), clients),
    clock: new Clock(at("Clock"), clients),
    calendar: new WorkCalendar(at("WorkCalendar"), clients),
    policies: new PolicyRegistry(at("PolicyRegistry"), clients),
    parties: new TradeParties(at("TradeParties"), clients),
    products: new ProductCatalogue(at("ProductCatalogue"), clients),
    lineage: new TraceLineage(at("TraceLineage"), clients),
    state: new TraceState(at("TraceState"), clients),
    repository: new EpcisRepository(at("EpcisRepository"), clients),
    marks: new RecallMarks(at("RecallMarks"), clients),
    recalls: new RecallDesk(at("RecallDesk"), clients),
    quotas: new QuotaBook(at("QuotaBook"), clients),
    certificates: new ProduceCertificates(at("ProduceCertificates"), clients),
    frozenCodes: new FrozenFoodCodes(at("FrozenFoodCodes"), clients),
    scans: new ScanDesk(at("ScanDesk"), clients),
    page: new ConsumerPage(at("ConsumerPage"), clients),
    groups: new ReadingGroups(at("ReadingGroups"), clients),
    devices: new DeviceRegister(at("DeviceRegister"), clients),
    coldLog: new ColdLog(at("ColdLog"), clients),
    coldChain: new ColdChain(at("ColdChain"), clients),
  };
}
