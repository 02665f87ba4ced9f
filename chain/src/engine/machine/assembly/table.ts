import { allocate } from "./heap";

/**
 * Linear hashing (Litwin, 1980): each insertion splits at most one bucket, so a table of any size grows without a pause. The heads of the
 * buckets stand in chunks behind a directory that never moves. Records carry their link and their hash.
 */

/** Next record of the bucket. */
export const R_NEXT: u32 = 112;
/** Hash of the key. */
export const R_HASH: u32 = 116;

const CHUNK_BITS: u32 = 12;
const CHUNK_MASK: u32 = (1 << CHUNK_BITS) - 1;
const MAX_CHUNKS: u32 = 8192;

const T_COUNT: u32 = 0;
const T_MASK: u32 = 4;
const T_SPLIT: u32 = 8;
const T_DIRECTORY: u32 = 16;

/** Bytes of a table's fixed part: its figures and its directory. */
export const TABLE_SIZE: i32 = 16 + 4 * 8192;

/** Secret factors of the hash, written by the host before the first record: whoever chooses keys cannot choose their buckets. */
export const hashKeys: usize = memory.data(80, 16);

/** Makes an empty table. */
export function createTable(table: usize): void {
  store<u32>(table, CHUNK_MASK, T_MASK);
  store<u32>(table, <u32>allocate(4 << CHUNK_BITS), T_DIRECTORY);
}

/** Multilinear hashing with pairs (Lemire and Kaser, 2014) of a word and a number: strongly universal over the secret factors. */
@inline
export function hashOf(word: usize, extra: u32): u32 {
  const a = load<u64>(word);
  const b = load<u64>(word, 8);
  const c = load<u64>(word, 16);
  const d = load<u64>(word, 24);
  const sum =
    (load<u64>(hashKeys) + (a & 0xffffffff)) * (load<u64>(hashKeys, 8) + (a >> 32)) +
    (load<u64>(hashKeys, 16) + (b & 0xffffffff)) * (load<u64>(hashKeys, 24) + (b >> 32)) +
    (load<u64>(hashKeys, 32) + (c & 0xffffffff)) * (load<u64>(hashKeys, 40) + (c >> 32)) +
    (load<u64>(hashKeys, 48) + (d & 0xffffffff)) * (load<u64>(hashKeys, 56) + (d >> 32)) +
    load<u64>(hashKeys, 64) * <u64>extra +
    load<u64>(hashKeys, 72);
  return <u32>(sum >> 32);
}

@inline
function bucket(table: usize, index: u32): usize {
  return <usize>load<u32>(table + (<usize>(index >> CHUNK_BITS) << 2), T_DIRECTORY) + (<usize>(index & CHUNK_MASK) << 2);
}

/** Where the pointer to the first record of a hash's bucket stands. */
@inline
export function headOf(table: usize, hash: u32): usize {
  const mask = load<u32>(table, T_MASK);
  let index = hash & mask;
  if (index < load<u32>(table, T_SPLIT)) index = hash & ((mask << 1) | 1);
  return bucket(table, index);
}

/** Puts a record in. */
export function insert(table: usize, record: usize, hash: u32): void {
  const head = headOf(table, hash);
  store<u32>(record, hash, R_HASH);
  store<u32>(record, load<u32>(head), R_NEXT);
  store<u32>(head, <u32>record);
  const count = load<u32>(table, T_COUNT) + 1;
  store<u32>(table, count, T_COUNT);
  if (count > load<u32>(table, T_MASK) + load<u32>(table, T_SPLIT)) split(table);
}

/** Takes a record out. */
export function remove(table: usize, record: usize): void {
  let link = headOf(table, load<u32>(record, R_HASH));
  let at: usize = load<u32>(link);
  while (at != record) {
    link = at + R_NEXT;
    at = load<u32>(link);
  }
  store<u32>(link, load<u32>(record, R_NEXT));
  store<u32>(table, load<u32>(table, T_COUNT) - 1, T_COUNT);
}

/** Number of buckets. */
export function bucketCount(table: usize): u32 {
  return load<u32>(table, T_MASK) + 1 + load<u32>(table, T_SPLIT);
}

/** Empties a bucket and returns its first record; the others hang on it. For who empties the whole table. */
export function takeBucket(table: usize, index: u32): usize {
  const head = bucket(table, index);
  const first: usize = load<u32>(head);
  store<u32>(head, 0);
  store<u32>(table, 0, T_COUNT);
  return first;
}

/** First record of a bucket; the others hang on it. */
export function firstOf(table: usize, index: u32): usize {
  return load<u32>(bucket(table, index));
}

/** Number of records. */
export function countOf(table: usize): u32 {
  return load<u32>(table, T_COUNT);
}

function split(table: usize): void {
  const mask = load<u32>(table, T_MASK);
  const from = load<u32>(table, T_SPLIT);
  const to = mask + 1 + from;
  const chunk = to >> CHUNK_BITS;
  if (chunk >= MAX_CHUNKS) return;
  if ((to & CHUNK_MASK) == 0) store<u32>(table + (<usize>chunk << 2), <u32>allocate(4 << CHUNK_BITS), T_DIRECTORY);
  let low: usize = 0;
  let high: usize = 0;
  const head = bucket(table, from);
  let record: usize = load<u32>(head);
  while (record != 0) {
    const next: usize = load<u32>(record, R_NEXT);
    if (load<u32>(record, R_HASH) & (mask + 1)) {
      store<u32>(record, <u32>high, R_NEXT);
      high = record;
    } else {
      store<u32>(record, <u32>low, R_NEXT);
      low = record;
    }
    record = next;
  }
  store<u32>(head, <u32>low);
  store<u32>(bucket(table, to), <u32>high);
  if (from == mask) {
    store<u32>(table, (mask << 1) | 1, T_MASK);
    store<u32>(table, 0, T_SPLIT);
  } else {
    store<u32>(table, from + 1, T_SPLIT);
  }
}
