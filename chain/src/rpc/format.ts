import type { LocatedTransaction } from "../chain.ts";
import { toHex } from "../codec/hex.ts";
import type { AccountProof, Block, PlacedLog, Receipt, Transaction } from "../types.ts";
import { quantity } from "./hex.ts";

/** A JSON object of a response. */
export type JsonObject = Record<string, unknown>;

/** Writes a log as `eth_getLogs` does. */
export function formatLog(log: PlacedLog): JsonObject {
  if (log.reported !== undefined) return { ...log.reported };
  return {
    address: log.address,
    topics: [...log.topics],
    data: toHex(log.data),
    blockHash: log.blockHash,
    blockNumber: quantity(log.blockNumber),
    blockTimestamp: quantity(log.blockTimestamp),
    transactionHash: log.transactionHash,
    transactionIndex: quantity(log.transactionIndex),
    logIndex: quantity(log.logIndex),
    removed: false,
  };
}

/** Writes a receipt as `eth_getTransactionReceipt` does. */
export function formatReceipt(receipt: Receipt): JsonObject {
  if (receipt.reported !== undefined) return { ...receipt.reported };
  const { transaction, blobGasUsed, blobGasPrice } = receipt;
  return {
    transactionHash: transaction.hash,
    transactionIndex: quantity(receipt.transactionIndex),
    blockHash: receipt.blockHash,
    blockNumber: quantity(receipt.blockNumber),
    from: transaction.from,
    to: transaction.to ?? null,
    cumulativeGasUsed: quantity(receipt.cumulativeGasUsed),
    gasUsed: quantity(receipt.gasUsed),
    effectiveGasPrice: quantity(receipt.effectiveGasPrice),
    ...(blobGasUsed === undefined ? {} : { blobGasUsed: quantity(blobGasUsed) }),
    ...(blobGasPrice === undefined ? {} : { blobGasPrice: quantity(blobGasPrice) }),
    // A creation that failed made nothing.
    contractAddress: receipt.status === 1 ? (receipt.contractAddress ?? null) : null,
    logs: receipt.logs.map(formatLog),
    logsBloom: toHex(receipt.logsBloom),
    status: quantity(receipt.status),
    type: quantity(transaction.type),
  };
}

/**
 * Writes a transaction as `eth_getTransactionByHash` does.
 * @param transaction the transaction
 * @param receipt absent while it waits in the pool
 * @param timestamp of its block, seconds; told since geth 1.16 and by Anvil
 */
export function formatTransaction(
  transaction: Transaction,
  receipt: Receipt | undefined,
  timestamp?: bigint,
): JsonObject {
  if (transaction.reported !== undefined) return { ...transaction.reported };
  const formatted: JsonObject = {
    hash: transaction.hash,
    blockHash: receipt?.blockHash ?? null,
    blockNumber: receipt === undefined ? null : quantity(receipt.blockNumber),
    transactionIndex: receipt === undefined ? null : quantity(receipt.transactionIndex),
    type: quantity(transaction.type),
    nonce: quantity(transaction.nonce),
    from: transaction.from,
    to: transaction.to ?? null,
    value: quantity(transaction.value),
    input: toHex(transaction.data),
    gas: quantity(transaction.gasLimit),
    gasPrice: quantity(receipt?.effectiveGasPrice ?? transaction.maxFeePerGas),
    v: quantity(transaction.v),
    r: quantity(transaction.r),
    s: quantity(transaction.s),
  };
  if (receipt !== undefined && timestamp !== undefined) formatted.blockTimestamp = quantity(timestamp);
  if (transaction.chainId !== undefined) formatted.chainId = quantity(transaction.chainId);
  if (transaction.type !== 0) {
    formatted.accessList = transaction.accessList.map((entry) => ({
      address: entry.address,
      storageKeys: [...entry.storageKeys],
    }));
    formatted.yParity = formatted.v;
  }
  if (transaction.type >= 2) {
    formatted.maxFeePerGas = quantity(transaction.maxFeePerGas);
    formatted.maxPriorityFeePerGas = quantity(transaction.maxPriorityFeePerGas);
  }
  if (transaction.blobHashes !== undefined) {
    formatted.maxFeePerBlobGas = quantity(transaction.maxFeePerBlobGas ?? 0n);
    formatted.blobVersionedHashes = [...transaction.blobHashes];
  }
  if (transaction.authorizationList !== undefined) {
    formatted.authorizationList = transaction.authorizationList.map(({ chainId, address, nonce, yParity, r, s }) => ({
      chainId: quantity(chainId),
      address,
      nonce: quantity(nonce),
      yParity: quantity(yParity),
      r: quantity(r),
      s: quantity(s),
    }));
  }
  return formatted;
}

/** Writes a transaction with its place, or null if there is none. */
export function formatLocated(located: LocatedTransaction | undefined): JsonObject | null {
  if (located === undefined) return null;
  return formatTransaction(located.transaction, located.receipt, located.block?.header.timestamp);
}

/** Writes a header as a `newHeads` notification does. */
export function formatHeader(block: Block): JsonObject {
  const { header } = block;
  const formatted: JsonObject = {
    number: quantity(header.number),
    hash: block.hash,
    parentHash: header.parentHash,
    sha3Uncles: header.ommersHash,
    miner: header.coinbase,
    stateRoot: header.stateRoot,
    transactionsRoot: header.transactionsRoot,
    receiptsRoot: header.receiptsRoot,
    logsBloom: toHex(header.logsBloom),
    difficulty: quantity(header.difficulty),
    gasLimit: quantity(header.gasLimit),
    gasUsed: quantity(header.gasUsed),
    timestamp: quantity(header.timestamp),
    extraData: toHex(header.extraData),
    mixHash: header.prevRandao,
    nonce: header.nonce,
  };
  const { baseFeePerGas, withdrawalsRoot, blobGasUsed, excessBlobGas, parentBeaconBlockRoot, requestsHash } = header;
  if (baseFeePerGas !== undefined) formatted.baseFeePerGas = quantity(baseFeePerGas);
  if (withdrawalsRoot !== undefined) formatted.withdrawalsRoot = withdrawalsRoot;
  if (blobGasUsed !== undefined) formatted.blobGasUsed = quantity(blobGasUsed);
  if (excessBlobGas !== undefined) formatted.excessBlobGas = quantity(excessBlobGas);
  if (parentBeaconBlockRoot !== undefined) formatted.parentBeaconBlockRoot = parentBeaconBlockRoot;
  if (requestsHash !== undefined) formatted.requestsHash = requestsHash;
  return formatted;
}

/**
 * Writes a block as `eth_getBlockByNumber` does.
 * @param block the block
 * @param full whole transactions instead of their hashes
 * @param pending the block is not sealed yet: it has no number, hash and nonce
 */
export function formatBlock(block: Block, full: boolean, pending: boolean): JsonObject {
  if (block.reported !== undefined)
    return { ...block.reported, transactions: listTransactions(block, full, () => undefined) };
  const formatted: JsonObject = {
    ...formatHeader(block),
    // Before Paris it would be the sum over all blocks, which nodes no longer tell.
    ...(block.header.difficulty === 0n ? { totalDifficulty: "0x0" } : {}),
    size: quantity(block.size),
    uncles: [],
    ...(block.header.withdrawalsRoot === undefined ? {} : { withdrawals: [] }),
    transactions: listTransactions(block, full, (index) => (pending ? undefined : block.receipts[index])),
  };
  if (pending) {
    formatted.number = null;
    formatted.hash = null;
    formatted.nonce = null;
  }
  return formatted;
}

function listTransactions(block: Block, full: boolean, receiptOf: (index: number) => Receipt | undefined): unknown[] {
  const { transactions } = block;
  return full
    ? transactions.map((transaction, index) => formatTransaction(transaction, receiptOf(index), block.header.timestamp))
    : transactions.map(({ hash }) => hash);
}

/** Writes a proof as `eth_getProof` does. */
export function formatProof(proof: AccountProof): JsonObject {
  return {
    address: proof.address,
    balance: quantity(proof.balance),
    nonce: quantity(proof.nonce),
    codeHash: proof.codeHash,
    storageHash: proof.storageHash,
    accountProof: proof.accountProof.map(toHex),
    storageProof: proof.storageProof.map((slot) => ({
      key: slot.key,
      value: quantity(BigInt(slot.value)),
      proof: slot.proof.map(toHex),
    })),
  };
}
