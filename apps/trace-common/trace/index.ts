export { type Archive, createMemoryArchive, type Original, openFileArchive } from "./archive.ts";
export { type CaptureOptions, type CaptureOutcome, captureTasks } from "./capture-tasks.ts";
export { type Logged, readLog } from "./chain/events-log.ts";
export { type KnownNames, openNames } from "./chain/open-names.ts";
export { type OpenTraceChainOptions, openTraceChain, readRefusal } from "./chain/open-trace-chain.ts";
export { registerMasters } from "./chain/register-masters.ts";
export type { TraceContracts } from "./chain/trace-contracts.ts";
export { drawHistory, drawTree } from "./draw-history.ts";
export { type Exported, type ExportOptions, exportDocument } from "./export-document.ts";
export { type ImportOptions, type ImportReport, importDocument } from "./import-document.ts";
export { type Batch, type BatchOptions, makeBatches, type Task, weightOf } from "./plan/batches.ts";
export { type RecallOptions, type RecallReport, runRecall } from "./run-recall.ts";
export { type Ancestor, type History, type HistoryEntry, showHistory } from "./show-history.ts";
export {
  deployStage,
  openStage,
  openTraceWallet,
  type StageContracts,
  type StageOptions,
  TRACE_APP,
  type TraceStage,
} from "./stage.ts";
export type { ChainRefusal, FiledPlace, TraceChain } from "./trace-chain.ts";
