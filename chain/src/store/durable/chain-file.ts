import { crc32 } from "node:zlib";
import { encodeHeader } from "../../builder/block-codec.ts";
import { bytesToBigInt, fromHex, toHex } from "../../codec/hex.ts";
import { decodeRlp, type Encoded, encodeBytes, encodeList, type RlpItem } from "../../codec/rlp.ts";
import { ChainError } from "../../errors.ts";
import type { Address, BlockHeader, Hash, Transaction } from "../../types.ts";
import type { StateRow } from "./apply-rows.ts";
import type { StoredSettings } from "./settings.ts";

/**
 * A chain as a file: a line that names the format, then records. A record is the length of its body and the body's CRC-32, four bytes each,
 * big-endian, and the body, an RLP list that begins with its kind: the settings, the blocks from 0 on, the end. `docs/node.md` describes it.
 */
const MAGIC = Buffer.from("BANYAN-CHAIN 1\n");
const HEAD = 8;
/** No body is longer: a block has at most some megabytes. */
const MOST_BODY = 1 << 29;
const KIND = { settings: 0n, block: 1n, end: 2n } as const;

/** A block of a file: the transactions are not decoded, their senders not recovered yet. */
export interface FileBlock {
  readonly header: BlockHeader;
  readonly hash: Hash;
  readonly transactions: readonly Uint8Array[];
  /** Senders that sent without a key, by the place of their transaction. */
  readonly impersonated: ReadonlyMap<number, Address>;
  readonly edits: readonly StateRow[];
  readonly codes: readonly Uint8Array[];
}

/** A record of a file. */
export type FileRecord =
  | { readonly kind: "settings"; readonly settings: StoredSettings }
  | { readonly kind: "block"; readonly block: FileBlock }
  | { readonly kind: "end"; readonly count: number; readonly head: Hash };

/** What a file begins with. */
export function fileHead(settings: StoredSettings): Uint8Array {
  return Buffer.concat([MAGIC, record([KIND.settings, Buffer.from(JSON.stringify(settings))])]);
}

/** A block as a record. */
export function fileBlock(
  { header, hash, transactions }: { header: BlockHeader; hash: Hash; transactions: readonly Transaction[] },
  edits: readonly StateRow[],
  codes: readonly Uint8Array[],
): Uint8Array {
  const impersonated = transactions.flatMap((transaction, index) => (transaction.impersonated ? [index] : []));
  const encodedBlock = [
    { encoded: encodeHeader(header) },
    list(transactions.map(({ type, raw }) => (type === 0 ? raw : encodeBytes(raw)))),
    EMPTY_LIST,
    ...(header.withdrawalsRoot === undefined ? [] : [EMPTY_LIST]),
  ];
  return record([
    KIND.block,
    { encoded: encodeList(encodedBlock) },
    fromHex(hash),
    list(impersonated.map((index) => encodeList([BigInt(index), fromHex(transactions[index]?.from ?? "0x")]))),
    list(edits.map(({ key, value }) => encodeList([key, value]))),
    list(codes.map(encodeBytes)),
  ]);
}

/** What a file ends with: without it, the rest is missing. */
export function fileEnd(count: number, head: Hash): Uint8Array {
  return record([KIND.end, BigInt(count), fromHex(head)]);
}

const EMPTY_LIST: Encoded = { encoded: Uint8Array.of(0xc0) };

function list(parts: readonly Uint8Array[]): Encoded {
  return { encoded: encodeList(parts.map((encoded) => ({ encoded }))) };
}

function record(items: Parameters<typeof encodeList>[0]): Uint8Array {
  const body = encodeList(items);
  const head = Buffer.allocUnsafe(HEAD);
  head.writeUInt32BE(body.length);
  head.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([head, body]);
}

/**
 * Reads the records of a file, one after the other.
 * @throws ChainError `FILE_MALFORMED` with the offset of the record that is not one
 */
export async function* readFileRecords(source: AsyncIterable<Uint8Array>): AsyncGenerator<FileRecord> {
  let buffered: Buffer = Buffer.alloc(0);
  let offset = 0;
  const chunks = source[Symbol.asyncIterator]();

  /** So many bytes, or undefined if the file ends before the first of them. */
  async function take(size: number): Promise<Buffer | undefined> {
    const parts = [buffered];
    let have = buffered.length;
    while (have < size) {
      const { value, done } = await chunks.next();
      if (done === true) break;
      parts.push(Buffer.from(value.buffer, value.byteOffset, value.length));
      have += value.length;
    }
    buffered = parts.length === 1 ? buffered : Buffer.concat(parts);
    if (have === 0) return undefined;
    if (have < size) throw malformed(offset, "the file ends within a record");
    const taken = buffered.subarray(0, size);
    buffered = buffered.subarray(size);
    return taken;
  }

  const magic = await take(MAGIC.length).catch(() => undefined);
  if (magic === undefined || !magic.equals(MAGIC)) throw malformed(0, "it is not a chain file of this format");
  offset = MAGIC.length;
  for (let head = await take(HEAD); head !== undefined; head = await take(HEAD)) {
    const length = head.readUInt32BE();
    if (length > MOST_BODY) throw malformed(offset, `a record of ${length} bytes is too long`);
    const body = await take(length);
    if (body === undefined) throw malformed(offset, "the file ends within a record");
    if (crc32(body) !== head.readUInt32BE(4)) throw malformed(offset, "the checksum of a record does not hold");
    let found: FileRecord;
    try {
      found = readRecord(new Uint8Array(body));
    } catch (error) {
      throw malformed(offset, error instanceof Error ? error.message : String(error));
    }
    yield found;
    offset += HEAD + length;
  }
}

function readRecord(body: Uint8Array): FileRecord {
  const fields = items(decodeRlp(body));
  const kind = bytesToBigInt(bytes(fields[0]));
  if (kind === KIND.settings) {
    const settings: unknown = JSON.parse(Buffer.from(bytes(fields[1])).toString());
    return {
      kind: "settings",
      settings: Object.fromEntries(Object.entries(Object(settings)).map(([name, value]) => [name, String(value)])),
    };
  }
  if (kind === KIND.end)
    return { kind: "end", count: Number(bytesToBigInt(bytes(fields[1]))), head: toHex(bytes(fields[2])) };
  if (kind !== KIND.block) throw new RangeError(`there is no kind ${kind} of records`);
  const [header, transactions] = items(fields[1]);
  return {
    kind: "block",
    block: {
      header: readHeader(items(header)),
      hash: toHex(bytes(fields[2])),
      transactions: items(transactions).map((item) => (item instanceof Uint8Array ? item : encodeItem(item))),
      impersonated: new Map(
        items(fields[3]).map((item) => {
          const [index, address] = items(item);
          return [Number(bytesToBigInt(bytes(index))), toHex(bytes(address))];
        }),
      ),
      edits: items(fields[4]).map((item) => {
        const [key, value] = items(item);
        return { key: Buffer.from(bytes(key)), value: bytes(value) };
      }),
      codes: items(fields[5]).map(bytes),
    },
  };
}

function readHeader(fields: readonly RlpItem[]): BlockHeader {
  const hex = (index: number): Hash => toHex(bytes(fields[index]));
  const int = (index: number): bigint => bytesToBigInt(bytes(fields[index]));
  const ifThere = <T>(index: number, read: (index: number) => T): T | undefined =>
    index < fields.length ? read(index) : undefined;
  return {
    parentHash: hex(0),
    ommersHash: hex(1),
    coinbase: hex(2),
    stateRoot: hex(3),
    transactionsRoot: hex(4),
    receiptsRoot: hex(5),
    logsBloom: bytes(fields[6]),
    difficulty: int(7),
    number: int(8),
    gasLimit: int(9),
    gasUsed: int(10),
    timestamp: int(11),
    extraData: bytes(fields[12]),
    prevRandao: hex(13),
    nonce: hex(14),
    baseFeePerGas: ifThere(15, int),
    withdrawalsRoot: ifThere(16, hex),
    blobGasUsed: ifThere(17, int),
    excessBlobGas: ifThere(18, int),
    parentBeaconBlockRoot: ifThere(19, hex),
    requestsHash: ifThere(20, hex),
  };
}

function encodeItem(item: RlpItem): Uint8Array {
  return item instanceof Uint8Array
    ? encodeBytes(item)
    : encodeList(item.map((part) => ({ encoded: encodeItem(part) })));
}

function bytes(item: RlpItem | undefined): Uint8Array {
  if (item instanceof Uint8Array) return item;
  throw new RangeError("a record lacks bytes");
}

function items(item: RlpItem | undefined): RlpItem[] {
  if (Array.isArray(item)) return item;
  throw new RangeError("a record lacks a list");
}

function malformed(offset: number, why: string): ChainError {
  return new ChainError("FILE_MALFORMED", `The chain file cannot be read at byte ${offset}: ${why}`, { offset, why });
}
