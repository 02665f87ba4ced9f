import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { type Database, open, type RootDatabase } from "lmdb";
import { ChainError } from "../../errors.ts";

/** Rows of bytes under keys of bytes, in the order of the keys. Writes are queued, and seen once they are committed. */
export type Table = Database<Buffer, Uint8Array>;

/** The tables of a chain in one file. Numbers of blocks are four bytes, big-endian. */
export interface Tables {
  /** Texts under names: settings, the head, the development state. */
  readonly meta: Table;
  /** Number to block, as `block-record.ts` packs it. */
  readonly blocks: Table;
  /** Block hash to number. */
  readonly hashes: Table;
  /** Transaction hash to number and place. */
  readonly transactions: Table;
  /** Number to bloom, for blocks with logs. */
  readonly blooms: Table;
  /** The state after the head: keys and values of `state-change.ts`. */
  readonly state: Table;
  /** State key and number of a block that changed it, to the value before. */
  readonly history: Table;
  /** Number to everything that the block changed, with the values before. */
  readonly undo: Table;
  /** Number to what was set between its parent and itself. */
  readonly edits: Table;
  /** Code by its hash. */
  readonly codes: Table;
  /** Transactions that wait, by hash. */
  readonly pool: Table;
  /** Queues writes so that all of them are committed or none. Resolves with the commit. */
  commit(write: () => void): Promise<unknown>;
  /** Resolves when what is committed is on the disk too. */
  flushed(): Promise<unknown>;
  close(): Promise<void>;
}

const TABLES = [
  "meta",
  "blocks",
  "hashes",
  "transactions",
  "blooms",
  "state",
  "history",
  "undo",
  "edits",
  "codes",
  "pool",
] as const;

/**
 * Opens the file of a chain, made if need be.
 * @throws ChainError `DATA_DAMAGED` if it is no such file
 */
export function openTables(path: string): Tables {
  const why = whyUnreadable(path);
  if (why !== undefined) throw damagedFile(path, why);
  let root: RootDatabase<Buffer, Uint8Array>;
  try {
    root = open<Buffer, Uint8Array>({
      path,
      noSubdir: true,
      maxDbs: TABLES.length,
      keyEncoding: "binary",
      encoding: "binary",
      cache: false,
    });
  } catch (error) {
    throw damagedFile(path, error);
  }
  const table = (name: (typeof TABLES)[number]): Table =>
    root.openDB({ name, keyEncoding: "binary", encoding: "binary", cache: false });
  try {
    return {
      meta: table("meta"),
      blocks: table("blocks"),
      hashes: table("hashes"),
      transactions: table("transactions"),
      blooms: table("blooms"),
      state: table("state"),
      history: table("history"),
      undo: table("undo"),
      edits: table("edits"),
      codes: table("codes"),
      pool: table("pool"),
      commit: (write) => root.batch(write),
      flushed: async () => {
        await root.flushed;
      },
      close: () => root.close(),
    };
  } catch (error) {
    throw damagedFile(path, error);
  }
}

// Of the two meta pages that LMDB writes in turn; the database itself would run into a missing page and take the process down.
const MAGIC_AT = 24;
const PAGE_SIZE_AT = 48;
const LAST_PAGE_AT = 144;
const TRANSACTION_AT = 152;
const META_LENGTH = 160;
const MAGIC = 0xbeefc0de;

/** Where the last page ends that the file's newest transaction wrote; `undefined` if it does not begin as such a file does. */
export function lastPageEnd(path: string): number | undefined {
  const file = openSync(path, "r");
  try {
    const metaAt = (position: number): Buffer => {
      const meta = Buffer.alloc(META_LENGTH);
      readSync(file, meta, 0, META_LENGTH, position);
      return meta;
    };
    const first = metaAt(0);
    const pageSize = first.readUInt32LE(PAGE_SIZE_AT);
    const second = metaAt(pageSize);
    if (first.readUInt32LE(MAGIC_AT) !== MAGIC || second.readUInt32LE(MAGIC_AT) !== MAGIC) return undefined;
    const newest = first.readBigUInt64LE(TRANSACTION_AT) > second.readBigUInt64LE(TRANSACTION_AT) ? first : second;
    return (Number(newest.readBigUInt64LE(LAST_PAGE_AT)) + 1) * pageSize;
  } finally {
    closeSync(file);
  }
}

/** Why the database would not survive a file, `undefined` if it does. */
function whyUnreadable(path: string): string | undefined {
  const size = existsSync(path) ? statSync(path).size : 0;
  if (size === 0) return undefined;
  const needed = lastPageEnd(path);
  if (needed === undefined) return "it does not begin as such a file does";
  return needed > size ? `it has ${size} bytes, and ${needed} were written` : undefined;
}

/** The refusal of a file that cannot be read. */
export function damagedFile(path: string, error: unknown): ChainError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ChainError("DATA_DAMAGED", `The chain's file ${path} is damaged: ${reason}`, { path, reason });
}

/** A block's number as a key. */
export function numberKey(number: number): Buffer {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(number);
  return key;
}
