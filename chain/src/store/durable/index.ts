export type { ChainData, ChainDataOptions } from "./chain-data.ts";
export { openChainData } from "./chain-data.ts";
export type { RepairResult } from "./repair.ts";
export { repairChain } from "./repair.ts";
export type { Progress, TransferResult, Verifier } from "./transfer.ts";
export { createVerifier, exportChain, importChain, verifyChain } from "./transfer.ts";
