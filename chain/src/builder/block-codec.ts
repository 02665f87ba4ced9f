import { toHex } from "../codec/hex.ts";
import { decodeRlp, type Encoded, encodedLength, encodeList, headLength, RlpError } from "../codec/rlp.ts";
import { createRlpWriter, type RlpWriter } from "../codec/rlp-writer.ts";
import { keccak256Hex } from "../crypto/keccak.ts";
import { EMPTY_TRIE_ROOT, orderedRoot } from "../state/trie.ts";
import type { Block, BlockHeader, Hash, Log, Transaction } from "../types.ts";

const writer = createRlpWriter();

/** RLP of a header; its keccak256 is the block hash. Ends with the last field that the header's fork has. */
export function encodeHeader(header: BlockHeader): Uint8Array {
  writer.clear();
  writeHeader(writer, header);
  return writer.take();
}

/** Hash of a header, and the length of its RLP. */
export function digestHeader(header: BlockHeader): { readonly hash: Hash; readonly length: number } {
  writer.clear();
  writeHeader(writer, header);
  const encoded = writer.view();
  return { hash: keccak256Hex(encoded), length: encoded.length };
}

function writeHeader(out: RlpWriter, header: BlockHeader): void {
  const list = out.begin();
  out.hex(header.parentHash);
  out.hex(header.ommersHash);
  out.hex(header.coinbase);
  out.hex(header.stateRoot);
  out.hex(header.transactionsRoot);
  out.hex(header.receiptsRoot);
  out.bytes(header.logsBloom);
  out.integer(header.difficulty);
  out.integer(header.number);
  out.integer(header.gasLimit);
  out.integer(header.gasUsed);
  out.integer(header.timestamp);
  out.bytes(header.extraData);
  out.hex(header.prevRandao);
  out.hex(header.nonce);
  const { baseFeePerGas, withdrawalsRoot, blobGasUsed, excessBlobGas, parentBeaconBlockRoot, requestsHash } = header;
  if (baseFeePerGas !== undefined) out.integer(baseFeePerGas);
  if (withdrawalsRoot !== undefined) out.hex(withdrawalsRoot);
  if (blobGasUsed !== undefined) out.integer(blobGasUsed);
  if (excessBlobGas !== undefined) out.integer(excessBlobGas);
  if (parentBeaconBlockRoot !== undefined) out.hex(parentBeaconBlockRoot);
  if (requestsHash !== undefined) out.hex(requestsHash);
  out.endList(list);
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

/** What of a receipt its root covers. */
export interface ReceiptFigures {
  /** Type of the transaction. */
  readonly type: number;
  readonly status: 0 | 1;
  readonly cumulativeGasUsed: bigint;
  readonly logsBloom: Uint8Array;
  readonly logs: readonly Log[];
}

/** The consensus form of a receipt: type byte, status, cumulative gas, bloom, logs. */
export function encodeReceipt(receipt: ReceiptFigures): Uint8Array {
  writer.clear();
  writeReceipt(writer, receipt);
  return writer.take();
}

function writeReceipt(out: RlpWriter, { type, status, cumulativeGasUsed, logsBloom, logs }: ReceiptFigures): void {
  if (type !== 0) out.byte(type);
  const list = out.begin();
  out.byte(status === 0 ? ZERO : status);
  out.integer(cumulativeGasUsed);
  out.bytes(logsBloom);
  const placed = out.begin();
  for (const log of logs) writeLog(out, log);
  out.endList(placed);
  out.endList(list);
}

/** Zero in RLP. */
const ZERO = 0x80;

/** Writes a log as receipts have it: address, topics, data. */
export function writeLog(out: RlpWriter, { address, topics, data }: Log): void {
  const list = out.begin();
  out.hex(address);
  const all = out.begin();
  for (const topic of topics) out.hex(topic);
  out.endList(all);
  out.bytes(data);
  out.endList(list);
}

/** Hex-prefix encoding of the nibbles 8, 0 up to a leaf: RLP(0) as a path. */
const ONLY_PATH = Uint8Array.of(0x20, 0x80);

/** Root of the trie over the transactions of a block. */
export function transactionsRoot(transactions: readonly Transaction[]): Hash {
  const [only] = transactions;
  if (only === undefined) return EMPTY_ROOT;
  if (transactions.length > 1) return toHex(orderedRoot(transactions.map(({ raw }) => raw)));
  return onlyRoot((out) => out.raw(only.raw));
}

/** Root of the trie over the receipts of a block. */
export function receiptsRoot(receipts: readonly ReceiptFigures[]): Hash {
  const [only] = receipts;
  if (only === undefined) return EMPTY_ROOT;
  if (receipts.length > 1) return toHex(orderedRoot(receipts.map(encodeReceipt)));
  return onlyRoot((out) => writeReceipt(out, only));
}

/** Root of a trie of one value, as most blocks have it: a leaf with nothing above it, hashed without making nodes. */
function onlyRoot(writeValue: (out: RlpWriter) => void): Hash {
  writer.clear();
  const leaf = writer.begin();
  writer.bytes(ONLY_PATH);
  const value = writer.begin();
  writeValue(writer);
  writer.endBytes(value);
  writer.endList(leaf);
  return keccak256Hex(writer.view());
}

const EMPTY_ROOT: Hash = toHex(EMPTY_TRIE_ROOT);

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
