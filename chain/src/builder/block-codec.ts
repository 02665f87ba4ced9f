import { fromHex } from "../codec/hex.ts";
import { type Encoded, encodedLength, encodeList, headLength } from "../codec/rlp.ts";
import type { BlockHeader, Log, Transaction } from "../types.ts";

/** RLP of a header; its keccak256 is the block hash. */
export function encodeHeader(header: BlockHeader): Uint8Array {
  return encodeList([
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
    header.baseFeePerGas,
    fromHex(header.withdrawalsRoot),
    header.blobGasUsed,
    header.excessBlobGas,
    fromHex(header.parentBeaconBlockRoot),
  ]);
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

/** Length in bytes of the RLP of a block without ommers and withdrawals. */
export function blockSize(headerLength: number, transactions: readonly Transaction[]): number {
  let body = 0;
  for (const { type, raw } of transactions) body += type === 0 ? raw.length : encodedLength(raw);
  const payload = headerLength + headLength(body) + body + 2;
  return headLength(payload) + payload;
}

function encodeLog(log: Log): Encoded {
  return { encoded: encodeList([fromHex(log.address), { encoded: encodeList(log.topics.map(fromHex)) }, log.data]) };
}
