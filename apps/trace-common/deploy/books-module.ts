import { wireRoles } from "@banyan/app-common/deploy";
import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { chainAnchorsAbi } from "../client/ChainAnchors.ts";
import { consumerVoicesAbi } from "../client/ConsumerVoices.ts";
import { exportReturnsAbi } from "../client/ExportReturns.ts";
import { fingerprintRegisterAbi } from "../client/FingerprintRegister.ts";
import { keyDataElementsAbi } from "../client/KeyDataElements.ts";
import { restrictedSalesAbi } from "../client/RestrictedSales.ts";
import { stageRecordsAbi } from "../client/StageRecords.ts";
import { tagRegisterAbi } from "../client/TagRegister.ts";
import { titleBookAbi } from "../client/TitleBook.ts";
import { RECORD_FUNCTION_ROLES, RECORD_GUARDS } from "./record-roles.ts";
import { TRACE_ROLE_IDS } from "./roles.ts";
import { rulesModule } from "./rules-module.ts";
import { watch } from "./watch.ts";

/**
 * Puts the books beside the events and the rules: records of stages and of supervision, sealed records, fingerprints, tags, titles, consumers' voices,
 * trades, demands, stocks, restricted sales, exports, anchors, key data elements, stalls. The parameter `salt` keeps signatures to one deployment.
 */
export const booksModule = buildModule("TraceBooks", (m) => {
  const trace = m.useModule(rulesModule);
  const { Authority, Clock, PolicyRegistry, DepositToken, TradeParties, EpcisRepository } = trace;

  const base = [Authority, Clock, TradeParties];
  const StageRecords = m.contract("StageRecords", [...base, m.getParameter("salt")]);
  const SupervisionRecords = m.contract("SupervisionRecords", base);
  const SealedRecords = m.contract("SealedRecords", base);
  const FingerprintRegister = m.contract("FingerprintRegister", base);
  const TagRegister = m.contract("TagRegister", base);
  const TitleBook = m.contract("TitleBook", base);
  const ConsumerVoices = m.contract("ConsumerVoices", base);
  const TradeDossiers = m.contract("TradeDossiers", base);
  const DemandBook = m.contract("DemandBook", [...base, DepositToken]);
  const StockAccounts = m.contract("StockAccounts", base);
  const RestrictedSales = m.contract("RestrictedSales", [...base, SealedRecords]);
  const ExportReturns = m.contract("ExportReturns", [...base, PolicyRegistry]);
  const ChainAnchors = m.contract("ChainAnchors", base);
  const StallCodes = m.contract("StallCodes", [...base, DepositToken]);
  const KeyDataElements = m.contract("KeyDataElements", [...base, PolicyRegistry, EpcisRepository]);

  const contracts = {
    StageRecords,
    SupervisionRecords,
    SealedRecords,
    FingerprintRegister,
    TagRegister,
    TitleBook,
    ConsumerVoices,
    TradeDossiers,
    DemandBook,
    StockAccounts,
    RestrictedSales,
    ExportReturns,
    ChainAnchors,
    StallCodes,
    KeyDataElements,
  };
  wireRoles(m, Authority, RECORD_FUNCTION_ROLES, TRACE_ROLE_IDS, {
    StageRecords: { future: StageRecords, abi: stageRecordsAbi },
    FingerprintRegister: { future: FingerprintRegister, abi: fingerprintRegisterAbi },
    TagRegister: { future: TagRegister, abi: tagRegisterAbi },
    TitleBook: { future: TitleBook, abi: titleBookAbi },
    ConsumerVoices: { future: ConsumerVoices, abi: consumerVoicesAbi },
    RestrictedSales: { future: RestrictedSales, abi: restrictedSalesAbi },
    ExportReturns: { future: ExportReturns, abi: exportReturnsAbi },
    ChainAnchors: { future: ChainAnchors, abi: chainAnchorsAbi },
    KeyDataElements: { future: KeyDataElements, abi: keyDataElementsAbi },
  });
  watch(m, EpcisRepository, RECORD_GUARDS, contracts, rulesModule);
  return { ...trace, ...contracts };
});
