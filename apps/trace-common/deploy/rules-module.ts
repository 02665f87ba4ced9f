import { wireRoles } from "@banyan/app-common/deploy";
import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type {
  ContractFuture,
  IgnitionModuleBuilder,
  ModuleParameterRuntimeValue,
} from "@nomicfoundation/ignition-core";
import { zeroAddress } from "viem";
import { consumerPageAbi } from "../client/ConsumerPage.ts";
import { frozenFoodCodesAbi } from "../client/FrozenFoodCodes.ts";
import { medicineCodesAbi } from "../client/MedicineCodes.ts";
import { produceCertificatesAbi } from "../client/ProduceCertificates.ts";
import { quarantineDeskAbi } from "../client/QuarantineDesk.ts";
import { quotaBookAbi } from "../client/QuotaBook.ts";
import { TRACE_ROLE_IDS } from "./roles.ts";
import { RULE_FUNCTION_ROLES, RULE_GUARDS } from "./rule-roles.ts";
import { traceModule } from "./trace-module.ts";
import { type Guard, watch } from "./watch.ts";

/** A cold chain that the consumer's page asks. */
type ColdChain = ContractFuture<string> | ModuleParameterRuntimeValue<string>;

/**
 * Puts the rules beside the repository: quotas, certificates, codes of medicines and imported frozen food, scans and the consumer's page; each watches
 * what it needs.
 *
 * @param m - the module in the making
 * @param coldChain - the cold chain that the page asks
 * @param before - rules that are asked before these, and their contracts
 */
export function putRules(
  m: IgnitionModuleBuilder,
  coldChain: ColdChain,
  before: { readonly first: readonly Guard[]; readonly guards: Readonly<Record<string, ContractFuture<string>>> } = {
    first: [],
    guards: {},
  },
) {
  const { first, guards } = before;
  const trace = m.useModule(traceModule);
  const { Authority, Clock, PolicyRegistry, TradeParties, ProductCatalogue, TraceState, EpcisRepository } = trace;

  const parts = [Authority, Clock, PolicyRegistry, TradeParties, ProductCatalogue, TraceState];
  const QuotaBook = m.contract("QuotaBook", [Authority, TradeParties, ProductCatalogue, TraceState]);
  const ProduceCertificates = m.contract("ProduceCertificates", parts);
  const QuarantineDesk = m.contract("QuarantineDesk", parts);
  const FrozenFoodCodes = m.contract("FrozenFoodCodes", parts);
  const MedicineCodes = m.contract("MedicineCodes", [Authority, ProductCatalogue]);
  const BatchCertificates = m.contract("BatchCertificates", [Authority, Clock, TradeParties, TraceState]);
  const ScanDesk = m.contract("ScanDesk", [Authority, Clock, ProductCatalogue, TraceState]);
  const ConsumerPage = m.contract("ConsumerPage", [
    Authority,
    {
      clock: Clock,
      parties: TradeParties,
      catalogue: ProductCatalogue,
      state: TraceState,
      repository: EpcisRepository,
      scans: ScanDesk,
      recalls: trace.RecallMarks,
      produce: ProduceCertificates,
      batches: BatchCertificates,
      quarantines: QuarantineDesk,
      coldChain,
    },
  ]);

  const contracts = {
    QuotaBook,
    ProduceCertificates,
    QuarantineDesk,
    FrozenFoodCodes,
    MedicineCodes,
    BatchCertificates,
    ScanDesk,
    ConsumerPage,
  };
  wireRoles(m, Authority, RULE_FUNCTION_ROLES, TRACE_ROLE_IDS, {
    QuotaBook: { future: QuotaBook, abi: quotaBookAbi },
    ProduceCertificates: { future: ProduceCertificates, abi: produceCertificatesAbi },
    QuarantineDesk: { future: QuarantineDesk, abi: quarantineDeskAbi },
    FrozenFoodCodes: { future: FrozenFoodCodes, abi: frozenFoodCodesAbi },
    MedicineCodes: { future: MedicineCodes, abi: medicineCodesAbi },
    ConsumerPage: { future: ConsumerPage, abi: consumerPageAbi },
  });
  watch(m, EpcisRepository, [...first, ...RULE_GUARDS], { ...contracts, ...guards });
  return { ...trace, ...contracts };
}

/** The rules beside the repository; see {@link putRules}. Parameter `coldChain`: the address of the cold chain that the page asks, none by default. */
export const rulesModule = buildModule("TraceRules", (m) => putRules(m, m.getParameter("coldChain", zeroAddress)));
