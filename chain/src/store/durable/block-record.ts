import { crc32 } from "node:zlib";
import { writeLog } from "../../builder/block-codec.ts";
import { bloomOf, mergeBlooms } from "../../builder/bloom.ts";
import { placeReceipts, type ReceiptContent } from "../../builder/place-receipts.ts";
import { bytesToBigInt, toHex } from "../../codec/hex.ts";
import { decodeRlp, type RlpItem } from "../../codec/rlp.ts";
import { createRlpWriter, type RlpWriter } from "../../codec/rlp-writer.ts";
import { ChainError } from "../../errors.ts";
import { restoreTransaction } from "../../pool/transaction-codec.ts";
import {
  type Block,
  type BlockHeader,
  HALT_REASONS,
  type Hash,
  type Log,
  type Receipt,
  type Transaction,
} from "../../types.ts";

/**
 * A block as a row: RLP of header, transactions and receipts with a CRC-32 in front. What follows from the rest is left out: blooms, places of
 * logs, sums of gas. Signatures are not recovered again, so each transaction has its sender beside it.
 */
const CRC_LENGTH = 4;

/** Hashes that most headers hold, by one byte. */
const COMMON_HASHES: readonly Hash[] = [
  "0x0000000000000000000000000000000000000000000000000000000000000000",
  "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347",
  "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421",
];

const writer = createRlpWriter();

/** Packs a block. */
export function packBlock(block: Block): Buffer {
  writer.clear();
  const list = writer.begin();
  packHeader(writer, block.header);
  writer.hex(block.hash);
  writer.integer(BigInt(block.size));
  const transactions = writer.begin();
  for (const transaction of block.transactions) writeTransaction(writer, transaction);
  writer.endList(transactions);
  const receipts = writer.begin();
  for (const receipt of block.receipts) packReceipt(writer, receipt);
  writer.endList(receipts);
  writer.endList(list);
  const body = writer.view();
  const record = Buffer.allocUnsafe(CRC_LENGTH + body.length);
  record.writeUInt32BE(crc32(body));
  record.set(body, CRC_LENGTH);
  return record;
}

/**
 * Unpacks a block.
 * @throws ChainError `DATA_DAMAGED` if it is not as it was packed
 */
export function unpackBlock(record: Buffer, number: number): Block {
  const body = record.subarray(CRC_LENGTH);
  if (record.length < CRC_LENGTH || crc32(body) !== record.readUInt32BE())
    throw new ChainError("DATA_DAMAGED", `The record of block ${number} is damaged: its checksum does not hold`, {
      block: number,
    });
  const item = decodeRlp(new Uint8Array(body.buffer, body.byteOffset, body.length));
  const [headerFields, hashBytes, size, transactionItems, receiptItems] = items(item);
  const hash = toHex(bytes(hashBytes));
  const transactions = items(transactionItems).map(unpackTransaction);
  const header = unpackHeader(headerFields);
  const contents = items(receiptItems).map(unpackReceipt);
  if (contents.length !== transactions.length) throw new RangeError("receipts and transactions differ in number");
  const blooms = contents.map(({ logs }) => bloomOf(logs));
  return {
    header: { ...header, logsBloom: mergeBlooms(blooms) },
    hash,
    transactions,
    receipts: placeReceipts(header, hash, transactions, contents, blooms),
    size: Number(int(size)),
  };
}

function packHeader(out: RlpWriter, header: BlockHeader): void {
  const list = out.begin();
  packHash(out, header.parentHash);
  packHash(out, header.ommersHash);
  out.hex(header.coinbase);
  packHash(out, header.stateRoot);
  packHash(out, header.transactionsRoot);
  packHash(out, header.receiptsRoot);
  out.integer(header.difficulty);
  out.integer(header.number);
  out.integer(header.gasLimit);
  out.integer(header.gasUsed);
  out.integer(header.timestamp);
  out.bytes(header.extraData);
  packHash(out, header.prevRandao);
  out.hex(header.nonce);
  packNumberIfAny(out, header.baseFeePerGas);
  packHashIfAny(out, header.withdrawalsRoot);
  packNumberIfAny(out, header.blobGasUsed);
  packNumberIfAny(out, header.excessBlobGas);
  packHashIfAny(out, header.parentBeaconBlockRoot);
  packHashIfAny(out, header.requestsHash);
  out.endList(list);
}

function unpackHeader(item: RlpItem | undefined): Omit<BlockHeader, "logsBloom"> {
  const fields = items(item);
  return {
    parentHash: hashOf(fields[0]),
    ommersHash: hashOf(fields[1]),
    coinbase: toHex(bytes(fields[2])),
    stateRoot: hashOf(fields[3]),
    transactionsRoot: hashOf(fields[4]),
    receiptsRoot: hashOf(fields[5]),
    difficulty: int(fields[6]),
    number: int(fields[7]),
    gasLimit: int(fields[8]),
    gasUsed: int(fields[9]),
    timestamp: int(fields[10]),
    extraData: bytes(fields[11]),
    prevRandao: hashOf(fields[12]),
    nonce: toHex(bytes(fields[13])),
    baseFeePerGas: unlessNone(fields[14], int),
    withdrawalsRoot: unlessNone(fields[15], hashOf),
    blobGasUsed: unlessNone(fields[16], int),
    excessBlobGas: unlessNone(fields[17], int),
    parentBeaconBlockRoot: unlessNone(fields[18], hashOf),
    requestsHash: unlessNone(fields[19], hashOf),
  };
}

/** Packs a transaction with its sender. */
export function packTransaction(transaction: Transaction): Uint8Array {
  writer.clear();
  writeTransaction(writer, transaction);
  return writer.take();
}

function writeTransaction(out: RlpWriter, { raw, from, impersonated }: Transaction): void {
  const list = out.begin();
  out.bytes(raw);
  out.hex(from);
  if (impersonated) out.integer(1n);
  out.endList(list);
}

/** Unpacks a transaction of {@link packTransaction}. */
export function unpackTransaction(item: RlpItem): Transaction {
  const [raw, from, impersonated] = items(item);
  return restoreTransaction(bytes(raw), toHex(bytes(from)), impersonated !== undefined);
}

function packReceipt(out: RlpWriter, receipt: Receipt): void {
  const reason = receipt.haltReason === undefined ? 0 : HALT_REASONS.indexOf(receipt.haltReason) + 1;
  const list = out.begin();
  out.integer(BigInt(receipt.status));
  out.integer(receipt.gasUsed);
  out.integer(receipt.effectiveGasPrice);
  const logs = out.begin();
  for (const log of receipt.logs) writeLog(out, log);
  out.endList(logs);
  out.bytes(receipt.returnData);
  out.integer(BigInt(reason));
  out.hex(receipt.contractAddress ?? "0x");
  if (receipt.blobGasUsed !== undefined) {
    out.integer(receipt.blobGasUsed);
    out.integer(receipt.blobGasPrice ?? 0n);
  }
  out.endList(list);
}

function unpackReceipt(item: RlpItem): ReceiptContent {
  const fields = items(item);
  const contract = bytes(fields[6]);
  return {
    success: int(fields[0]) === 1n,
    gasUsed: int(fields[1]),
    effectiveGasPrice: int(fields[2]),
    logs: items(fields[3]).map(unpackLog),
    returnData: bytes(fields[4]),
    haltReason: HALT_REASONS[Number(int(fields[5])) - 1],
    createdAddress: contract.length === 0 ? undefined : toHex(contract),
    blobGasUsed: fields[7] === undefined ? 0n : int(fields[7]),
    blobGasPrice: fields[8] === undefined ? 0n : int(fields[8]),
  };
}

function unpackLog(item: RlpItem): Log {
  const [address, topics, data] = items(item);
  return {
    address: toHex(bytes(address)),
    topics: items(topics).map((topic) => toHex(bytes(topic))),
    data: bytes(data),
  };
}

/** A field that some forks do not have: an empty list stands for that. */
const NONE = 0xc0;

function packNumberIfAny(out: RlpWriter, value: bigint | undefined): void {
  if (value === undefined) out.byte(NONE);
  else out.integer(value);
}

function packHashIfAny(out: RlpWriter, value: Hash | undefined): void {
  if (value === undefined) out.byte(NONE);
  else packHash(out, value);
}

function unlessNone<T>(item: RlpItem | undefined, read: (item: RlpItem | undefined) => T): T | undefined {
  return Array.isArray(item) ? undefined : read(item);
}

function packHash(out: RlpWriter, hash: Hash): void {
  const common = COMMON_HASHES.indexOf(hash);
  if (common < 0) out.hex(hash);
  else out.byte(common);
}

function hashOf(item: RlpItem | undefined): Hash {
  const packed = bytes(item);
  return packed.length === 32 ? toHex(packed) : (COMMON_HASHES[packed[0] ?? 0] ?? "0x");
}

function bytes(item: RlpItem | undefined): Uint8Array {
  if (item instanceof Uint8Array) return item;
  throw new RangeError("bytes are missing");
}

function items(item: RlpItem | undefined): RlpItem[] {
  if (Array.isArray(item)) return item;
  throw new RangeError("a list is missing");
}

function int(item: RlpItem | undefined): bigint {
  return bytesToBigInt(bytes(item));
}
