import { EMPTY_BYTES } from "../codec/hex.ts";
import { encodeSigned, type UnsignedTransaction } from "../pool/transaction-codec.ts";
import type {
  AccessListEntry,
  Authorization,
  Block,
  BlockHeader,
  Hash,
  PlacedLog,
  Receipt,
  Transaction,
  TransactionType,
} from "../types.ts";
import { createDecoder, type RemoteDecoder, type RemoteObject } from "./remote-json.ts";

const ZERO_HASH: Hash = `0x${"0".repeat(64)}`;
const EMPTY_TRIE: Hash = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";
const EMPTY_OMMERS: Hash = "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";
const NO_BLOOM = new Uint8Array(256);

/**
 * Reads a block with whole transactions. The block as it was reported stays beside them.
 * @param receipts asked for when they are needed: most readers of a block are not after them
 * @throws ChainError `REMOTE_MALFORMED`
 */
export function decodeBlock(url: string, answer: unknown, receipts: () => readonly Receipt[]): Block {
  const decode = createDecoder(url, "eth_getBlockByNumber");
  const reported = decode.object(answer);
  return {
    header: decodeHeader(decode, reported),
    hash: decode.hash(reported.hash),
    transactions: decode.list(reported.transactions).map((one) => decodeTransactionOf(decode, one)),
    get receipts() {
      return receipts();
    },
    size: Number(decode.quantityOr(reported.size, 0n)),
    reported,
  };
}

function decodeHeader(decode: RemoteDecoder, block: RemoteObject): BlockHeader {
  const hash = <T>(value: unknown, fallback: T): Hash | T =>
    value === undefined || value === null ? fallback : decode.hash(value);
  return {
    parentHash: decode.hash(block.parentHash),
    ommersHash: hash(block.sha3Uncles, EMPTY_OMMERS),
    coinbase: decode.address(block.miner ?? `0x${"0".repeat(40)}`),
    stateRoot: hash(block.stateRoot, ZERO_HASH),
    transactionsRoot: hash(block.transactionsRoot, EMPTY_TRIE),
    receiptsRoot: hash(block.receiptsRoot, EMPTY_TRIE),
    logsBloom: block.logsBloom === undefined || block.logsBloom === null ? NO_BLOOM : decode.data(block.logsBloom),
    difficulty: decode.quantityOr(block.difficulty, 0n),
    number: decode.quantity(block.number),
    gasLimit: decode.quantity(block.gasLimit),
    gasUsed: decode.quantity(block.gasUsed),
    timestamp: decode.quantity(block.timestamp),
    extraData: decode.data(block.extraData ?? "0x"),
    prevRandao: hash(block.mixHash, ZERO_HASH),
    nonce: typeof block.nonce === "string" ? (block.nonce as `0x${string}`) : "0x0000000000000000",
    baseFeePerGas: decode.quantityOr(block.baseFeePerGas, undefined),
    withdrawalsRoot: hash(block.withdrawalsRoot, undefined),
    blobGasUsed: decode.quantityOr(block.blobGasUsed, undefined),
    excessBlobGas: decode.quantityOr(block.excessBlobGas, undefined),
    parentBeaconBlockRoot: hash(block.parentBeaconBlockRoot, undefined),
    requestsHash: hash(block.requestsHash, undefined),
  };
}

/** Envelopes whose fields we know. Others, as rollups have them, are read like legacy transactions and reported as they came. */
const known: ReadonlySet<number> = new Set<TransactionType>([0, 1, 2, 3, 4]);

/** @throws ChainError `REMOTE_MALFORMED` */
export function decodeTransaction(url: string, answer: unknown): Transaction {
  return decodeTransactionOf(createDecoder(url, "eth_getTransactionByHash"), answer);
}

function decodeTransactionOf(decode: RemoteDecoder, answer: unknown): Transaction {
  const reported = decode.object(answer);
  const reportedType = Number(decode.quantityOr(reported.type, 0n));
  const isKnown = known.has(reportedType);
  const type = (isKnown ? reportedType : 0) as TransactionType;
  const price = decode.quantityOr(reported.gasPrice, 0n);
  const unsigned: UnsignedTransaction = {
    type,
    to: reported.to === undefined || reported.to === null ? undefined : decode.address(reported.to),
    nonce: decode.quantityOr(reported.nonce, 0n),
    gasLimit: decode.quantityOr(reported.gas, 0n),
    maxFeePerGas: decode.quantityOr(reported.maxFeePerGas, price),
    maxPriorityFeePerGas: decode.quantityOr(reported.maxPriorityFeePerGas, price),
    value: decode.quantityOr(reported.value, 0n),
    data: decode.data(reported.input ?? reported.data ?? "0x"),
    chainId: decode.quantityOr(reported.chainId, undefined),
    accessList: decode.list(reported.accessList ?? []).map((entry) => decodeAccess(decode, entry)),
    ...(type === 3
      ? {
          maxFeePerBlobGas: decode.quantityOr(reported.maxFeePerBlobGas, 0n),
          blobHashes: decode.list(reported.blobVersionedHashes ?? []).map(decode.hash),
        }
      : {}),
    ...(type === 4
      ? {
          authorizationList: decode
            .list(reported.authorizationList ?? [])
            .map((one) => decodeAuthorization(decode, one)),
        }
      : {}),
  };
  const v = decode.quantityOr(reported.v ?? reported.yParity, 0n);
  const r = decode.quantityOr(reported.r, 0n);
  const s = decode.quantityOr(reported.s, 0n);
  return {
    ...unsigned,
    hash: decode.hash(reported.hash),
    from: decode.address(reported.from),
    v,
    r,
    s,
    get raw() {
      return isKnown ? encodeSigned(unsigned, v, r, s) : EMPTY_BYTES;
    },
    // Whoever the remote node let in has sent it: replaying it asks no more about the sender.
    impersonated: true,
    reported,
  };
}

function decodeAccess(decode: RemoteDecoder, value: unknown): AccessListEntry {
  const entry = decode.object(value);
  return { address: decode.address(entry.address), storageKeys: decode.list(entry.storageKeys).map(decode.hash) };
}

function decodeAuthorization(decode: RemoteDecoder, value: unknown): Authorization {
  const authorization = decode.object(value);
  return {
    chainId: decode.quantity(authorization.chainId),
    address: decode.address(authorization.address),
    nonce: decode.quantity(authorization.nonce),
    yParity: decode.quantity(authorization.yParity ?? authorization.v),
    r: decode.quantity(authorization.r),
    s: decode.quantity(authorization.s),
  };
}

/** @throws ChainError `REMOTE_MALFORMED` */
export function decodeReceipt(url: string, answer: unknown, transaction: Transaction): Receipt {
  const decode = createDecoder(url, "eth_getTransactionReceipt");
  const reported = decode.object(answer);
  const status = decode.quantityOr(reported.status, 1n) === 0n ? 0 : 1;
  return {
    transaction,
    blockHash: decode.hash(reported.blockHash),
    blockNumber: decode.quantity(reported.blockNumber),
    transactionIndex: Number(decode.quantity(reported.transactionIndex)),
    status,
    gasUsed: decode.quantity(reported.gasUsed),
    cumulativeGasUsed: decode.quantity(reported.cumulativeGasUsed),
    effectiveGasPrice: decode.quantityOr(reported.effectiveGasPrice, transaction.maxFeePerGas),
    contractAddress:
      reported.contractAddress === undefined || reported.contractAddress === null
        ? undefined
        : decode.address(reported.contractAddress),
    logs: decode.list(reported.logs).map((log) => decodeLogOf(decode, log)),
    logsBloom: reported.logsBloom === undefined ? NO_BLOOM : decode.data(reported.logsBloom),
    // Receipts do not say what was returned.
    returnData: EMPTY_BYTES,
    haltReason: status === 0 ? "other" : undefined,
    reported,
  };
}

/** @throws ChainError `REMOTE_MALFORMED` */
export function decodeLogs(url: string, answer: unknown): PlacedLog[] {
  const decode = createDecoder(url, "eth_getLogs");
  return decode.list(answer).map((log) => decodeLogOf(decode, log));
}

function decodeLogOf(decode: RemoteDecoder, value: unknown): PlacedLog {
  const log = decode.object(value);
  return {
    address: decode.address(log.address),
    topics: decode.list(log.topics).map(decode.hash),
    data: decode.data(log.data),
    blockHash: decode.hash(log.blockHash),
    blockNumber: decode.quantity(log.blockNumber),
    // Not every node tells.
    blockTimestamp: decode.quantityOr(log.blockTimestamp, 0n),
    transactionHash: decode.hash(log.transactionHash),
    transactionIndex: Number(decode.quantity(log.transactionIndex)),
    logIndex: Number(decode.quantity(log.logIndex)),
    reported: log,
  };
}
