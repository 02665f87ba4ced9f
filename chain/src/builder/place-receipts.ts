import { EMPTY_BYTES } from "../codec/hex.ts";
import type { ExecutionResult } from "../executor/executor.ts";
import type { BlockHeader, Hash, PlacedLog, Receipt, Transaction } from "../types.ts";

/** What a receipt takes over from an execution. */
export type ReceiptContent = Omit<ExecutionResult, "gasUsedBeforeRefund">;

/**
 * Receipts of a block: what its executions left, with the places of receipts and logs.
 * @param contents of each transaction
 * @param blooms of each transaction
 */
export function placeReceipts(
  header: Pick<BlockHeader, "number" | "timestamp">,
  blockHash: Hash,
  transactions: readonly Transaction[],
  contents: readonly ReceiptContent[],
  blooms: readonly Uint8Array[],
): Receipt[] {
  let cumulativeGasUsed = 0n;
  let logIndex = 0;
  return contents.map((content, transactionIndex) => {
    const transaction = transactions[transactionIndex] as Transaction;
    cumulativeGasUsed += content.gasUsed;
    const logs = content.logs.map(
      (log): PlacedLog => ({
        address: log.address,
        topics: log.topics,
        data: log.data,
        blockHash,
        blockNumber: header.number,
        blockTimestamp: header.timestamp,
        transactionHash: transaction.hash,
        transactionIndex,
        logIndex: logIndex++,
      }),
    );
    const receipt: Receipt = {
      transaction,
      blockHash,
      blockNumber: header.number,
      transactionIndex,
      status: content.success ? 1 : 0,
      gasUsed: content.gasUsed,
      cumulativeGasUsed,
      effectiveGasPrice: content.effectiveGasPrice,
      contractAddress: transaction.to === undefined ? content.createdAddress : undefined,
      logs,
      logsBloom: blooms[transactionIndex] ?? EMPTY_BYTES,
      returnData: content.returnData,
      haltReason: content.haltReason,
    };
    return transaction.blobHashes === undefined
      ? receipt
      : { ...receipt, blobGasUsed: content.blobGasUsed, blobGasPrice: content.blobGasPrice };
  });
}
