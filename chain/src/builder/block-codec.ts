import { fromHex } from "../codec/hex.ts";
import { decodeRlp, type Encoded, encodedLength, encodeList, headLength, RlpError } from "../codec/rlp.ts";
import { keccak256Hex } from "../crypto/keccak.ts";
import type { Block, BlockHeader, Hash, Log, Transaction } from "../types.ts";

/** RLP of a header; its keccak256 is the block hash. Ends with the last field that the header's fork has. */
export function encodeHeader(header: BlockHeader): Uint8Array {
  const fields: (Uint8Array | bigint)[] = [
    fromHex(header.parentHash),
    fromHex(header.ommersHash),
    fromHex(header.coinbase),
    fromHex(header.stateRoot),
    fromHex(header.transactionsRoot),
    fromHex(header.receiptsRoot),
    header.logsBloom,
    header.difficulty,
    header.number,
    header.gasLimit,
    header.gasUsed,
    header.timestamp,
    header.extraData,
    fromHex(header.prevRandao),
    fromHex(header.nonce),
  ];
  const { baseFeePerGas, withdrawalsRoot, blobGasUsed, excessBlobGas, parentBeaconBlockRoot, requestsHash } = header;
  if (baseFeePerGas !== undefined) fields.push(baseFeePerGas);
  if (withdrawalsRoot !== undefined) fields.push(fromHex(withdrawalsRoot));
  if (blobGasUsed !== undefined) fields.push(blobGasUsed);
  if (excessBlobGas !== undefined) fields.push(excessBlobGas);
  if (parentBeaconBlockRoot !== undefined) fields.push(fromHex(parentBeaconBlockRoot));
  if (requestsHash !== undefined) fields.push(fromHex(requestsHash));
  return encodeList(fields);
}

/** RLP of a block: header, transactions, no ommers, and no withdrawals if its fork has any. */
export function encodeBlock({ header, transactions }: Pick<Block, "header" | "transactions">): Uint8Array {
  const body = transactions.map(({ type, raw }) => (type === 0 ? { encoded: raw } : raw));
  return encodeList([
    { encoded: encodeHeader(header) },
    { encoded: encodeList(body) },
    NOTHING,
    ...(header.withdrawalsRoot === undefined ? [] : [NOTHING]),
  ]);
}

const NOTHING: Encoded = { encoded: encodeList([]) };

/** Hash of an encoded block; `undefined` if that is none. */
export function headerHash(encoded: Uint8Array): Hash | undefined {
  try {
    const block = decodeRlp(encoded);
    const header = Array.isArray(block) ? block[0] : undefined;
    if (!Array.isArray(header) || !header.every((field) => field instanceof Uint8Array)) return undefined;
    return keccak256Hex(encodeList(header));
  } catch (error) {
    if (error instanceof RlpError) return undefined;
    throw error;
  }
}

/** The consensus form of a receipt: type byte, status, cumulative gas, bloom, logs. */
export function encodeReceipt(
  type: number,
  status: 0 | 1,
  cumulativeGasUsed: bigint,
  logsBloom: Uint8Array,
  logs: readonly Log[],
): Uint8Array {
  return encodeList(
    [BigInt(status), cumulativeGasUsed, logsBloom, { encoded: encodeList(logs.map(encodeLog)) }],
    type === 0 ? undefined : type,
  );
}

/** Length in bytes of the RLP of a block without ommers, and without withdrawals if its fork has any. */
export function blockSize(headerLength: number, transactions: readonly Transaction[], hasWithdrawals: boolean): number {
  let body = 0;
  for (const transaction of transactions) body += lengthInBlock(transaction);
  const payload = headerLength + headLength(body) + body + (hasWithdrawals ? 2 : 1);
  return headLength(payload) + payload;
}

/** Bytes that a transaction takes in the RLP of a block. */
export function lengthInBlock({ type, raw }: Transaction): number {
  return type === 0 ? raw.length : encodedLength(raw);
}

function encodeLog(log: Log): Encoded {
  return { encoded: encodeList([fromHex(log.address), { encoded: encodeList(log.topics.map(fromHex)) }, log.data]) };
}
