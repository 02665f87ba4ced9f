import { commonModule, wireRoles } from "@banyan/app-common/deploy";
import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { epcisRepositoryAbi } from "../client/EpcisRepository.ts";
import { recallDeskAbi } from "../client/RecallDesk.ts";
import { recallMarksAbi } from "../client/RecallMarks.ts";
import { traceLineageAbi } from "../client/TraceLineage.ts";
import { traceLotsAbi } from "../client/TraceLots.ts";
import { traceStateAbi } from "../client/TraceState.ts";
import { tradePartiesAbi } from "../client/TradeParties.ts";
import { GUARDS, TRACE_CONTRACT_ROLES, TRACE_FUNCTION_ROLES, TRACE_ROLE_IDS } from "./roles.ts";
import { watch } from "./watch.ts";

const CONTRACT_ROLES = Object.keys(TRACE_CONTRACT_ROLES) as (keyof typeof TRACE_CONTRACT_ROLES)[];

/** Deploys parties, products, the repository of events, derived state and recalls over the common contracts, gives every restricted function to its role, and lets the rules watch. */
export const traceModule = buildModule("Trace", (m) => {
  const { Authority, Clock, WorkCalendar, PolicyRegistry, DepositToken } = m.useModule(commonModule);

  const TradeParties = m.contract("TradeParties", [Authority, Clock]);
  const ProductCatalogue = m.contract("ProductCatalogue", [Authority, Clock, TradeParties]);
  const TraceLineage = m.contract("TraceLineage", [Authority]);
  const TraceLots = m.contract("TraceLots", [Authority, ProductCatalogue]);
  const TraceState = m.contract("TraceState", [Authority, TradeParties, ProductCatalogue, TraceLineage, TraceLots], {
    libraries: {
      StateContainers: m.library("StateContainers"),
      StateCorrections: m.library("StateCorrections"),
      StateHandover: m.library("StateHandover"),
      StateReader: m.library("StateReader"),
    },
  });
  const EpcisRepository = m.contract("EpcisRepository", [Authority, Clock, PolicyRegistry, TradeParties, TraceState]);
  const RetentionRules = m.contract("RetentionRules", [
    PolicyRegistry,
    TradeParties,
    ProductCatalogue,
    TraceState,
    EpcisRepository,
  ]);
  const RecallMarks = m.contract("RecallMarks", [Authority, TradeParties, TraceState, TraceLineage], {
    libraries: { RecallLedger: m.library("RecallLedger") },
  });
  const RecallDesk = m.contract("RecallDesk", [
    Authority,
    {
      clock: Clock,
      policies: PolicyRegistry,
      calendar: WorkCalendar,
      parties: TradeParties,
      catalogue: ProductCatalogue,
      state: TraceState,
      marks: RecallMarks,
    },
  ]);

  const contracts = {
    TradeParties,
    ProductCatalogue,
    TraceLineage,
    TraceLots,
    TraceState,
    EpcisRepository,
    RetentionRules,
    RecallMarks,
    RecallDesk,
  };
  wireRoles(m, Authority, TRACE_FUNCTION_ROLES, TRACE_ROLE_IDS, {
    TradeParties: { future: TradeParties, abi: tradePartiesAbi },
    TraceLineage: { future: TraceLineage, abi: traceLineageAbi },
    TraceLots: { future: TraceLots, abi: traceLotsAbi },
    TraceState: { future: TraceState, abi: traceStateAbi },
    EpcisRepository: { future: EpcisRepository, abi: epcisRepositoryAbi },
    RecallMarks: { future: RecallMarks, abi: recallMarksAbi },
    RecallDesk: { future: RecallDesk, abi: recallDeskAbi },
  });
  for (const role of CONTRACT_ROLES) {
    for (const name of TRACE_CONTRACT_ROLES[role]) {
      m.call(Authority, "grantRole", [TRACE_ROLE_IDS[role], contracts[name], 0], { id: `${name}_is_${role}` });
    }
  }
  watch(m, EpcisRepository, GUARDS, contracts);
  return { Authority, Clock, WorkCalendar, PolicyRegistry, DepositToken, ...contracts };
});
