import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SealedBlock } from "../../builder/build-block.ts";
import { fromHex, toHex } from "../../codec/hex.ts";
import { decodeRlp } from "../../codec/rlp.ts";
import { ChainError } from "../../errors.ts";
import type { Ledger } from "../../ledger.ts";
import type { ResolvedOptions } from "../../resolve-options.ts";
import { accountsRoot } from "../../state/account-leaf.ts";
import type { State } from "../../state/state.ts";
import type { Block, Hash } from "../../types.ts";
import type { BlockStore } from "../block-store.ts";
import { applyRows } from "./apply-rows.ts";
import { packTransaction, unpackTransaction } from "./block-record.ts";
import { checkHead, readBlock } from "./check-tables.ts";
import { type CommitQueue, createCommitQueue, type Entry, type Safety, undoneBy } from "./commit-queue.ts";
import { type Impersonation, restoreDevelopmentState, writeDevelopmentState } from "./development-state.ts";
import { createDurableBlocks } from "./durable-blocks.ts";
import { loadState } from "./load-state.ts";
import { lockFolder } from "./lock-folder.ts";
import { checkSettings, type StoredSettings, settingsOf } from "./settings.ts";
import {
  codeHashOf,
  packRows,
  ROW,
  readChanges,
  type StateChange,
  type StateChanges,
  unpackIncarnation,
  unpackRows,
} from "./state-change.ts";
import { createStoredStates } from "./stored-states.ts";
import { damagedFile, numberKey, openTables, type Tables } from "./tables.ts";

/** Keeps a ledger on disk while it lives. */
export interface Keeper {
  /** Begins to write what changed. Between orders only. */
  flush(): void;
  /** Resolves when all that was flushed is safe; `undefined` if it is. @throws ChainError `DATA_WRITE_FAILED` */
  settled(): Promise<void> | undefined;
  /** Writes what is left and frees the folder. */
  close(): Promise<void>;
}

/** The folder of a chain, open for this process alone. */
export interface ChainData {
  readonly folder: string;
  readonly tables: Tables;
  /** Settings of the chain that is there; `undefined` in an empty folder. */
  readonly settings: StoredSettings | undefined;
  /** The settings that options stand for. */
  settingsOf(options: ResolvedOptions): StoredSettings;
  /**
   * Goes on with the chain that is there: loads its state.
   * @throws ChainError `DATA_SETTINGS`, `DATA_FORMAT`, `DATA_DAMAGED`
   */
  resume(state: State, settings: StoredSettings): BlockStore;
  /** Begins a chain over its genesis block. The state has been written down from the start ({@link State.recordChanges}). */
  begin(state: State, settings: StoredSettings, genesis: SealedBlock): BlockStore;
  /** Commits what was appended, for who does not {@link keep} a ledger. */
  flush(): Promise<void>;
  /** From now on the ledger is kept; what was set for the blocks to come is as it was. */
  keep(ledger: Ledger, impersonation: Impersonation): Keeper;
  /** Frees the folder, where nothing is kept. */
  close(): Promise<void>;
}

/** How a folder is opened. */
export interface ChainDataOptions {
  /** Default `commit`: an answer leaves when the death of the process cannot take its block back. */
  readonly safety?: Safety;
  /** Refuses a folder without a chain instead of making it. Default false. */
  readonly existing?: boolean;
}

/** The file in a chain's folder. */
export const DATA_FILE = "chain.lmdb";

/**
 * Opens the folder of a chain, made if need be.
 * @throws ChainError `DATA_LOCKED`, `DATA_DAMAGED`, `DATA_FOLDER`, `DATA_EMPTY`
 */
export function openChainData(folder: string, options: ChainDataOptions = {}): ChainData {
  if (options.existing === true && !existsSync(join(folder, DATA_FILE)))
    throw new ChainError("DATA_EMPTY", `The folder ${folder} holds no chain`, { folder });
  const unlock = lockFolder(folder);
  try {
    return openLocked(folder, unlock, options.safety ?? "commit");
  } catch (error) {
    unlock();
    throw error;
  }
}

function openLocked(folder: string, unlock: () => void, safety: Safety): ChainData {
  const path = join(folder, DATA_FILE);
  const tables = openTables(path);
  const incarnations = new Map<string, number>();
  let stored: StoredSettings | undefined;
  try {
    stored = readSettings(tables);
  } catch (error) {
    void tables.close();
    throw damagedFile(path, error);
  }
  let changed: ReadonlySet<string> = new Set();
  let queue: CommitQueue;

  let closed: Promise<void> | undefined;
  /** The database does not survive to be closed twice. */
  const close = (): Promise<void> => {
    closed ??= tables.close().then(unlock);
    return closed;
  };
  const incarnationOf = (address: Buffer): number => incarnations.get(address.toString("latin1")) ?? 0;

  function noteIncarnations(changes: StateChanges, which: "old" | "value"): void {
    for (const change of changes.values())
      if (change.key[0] === ROW.incarnation)
        incarnations.set(change.key.toString("latin1", 1), unpackIncarnation(change[which]));
  }

  function storeOf(state: State, head: Block, written: number): BlockStore {
    queue = createCommitQueue(tables, written, safety);
    const states = createStoredStates({
      tables,
      queue,
      state,
      head: () => Number(blocks.head().block.header.number),
      stateRootOf: (wanted) => blocks.block(wanted)?.header.stateRoot ?? "",
      unsealed: () => readChanges(state.changes(), incarnationOf),
    });
    const blocks = createDurableBlocks(head, {
      tables,
      queue,
      states,
      entryOf(sealed) {
        const entry = entryOf(sealed, state, incarnationOf);
        noteIncarnations(entry.changes, "value");
        return entry;
      },
      undoneEntry: (at, block) => ({
        number: at,
        block,
        changes: undoneBy(unpackRows(tables.undo.get(numberKey(at)) ?? Buffer.alloc(0))),
        edits: NO_CHANGES,
        codes: NO_CODES,
      }),
    });
    return {
      ...blocks,
      truncate(to) {
        for (let at = Number(blocks.head().block.header.number); at > Number(to); at--) {
          for (const { key, value } of states.undo(at))
            if (key[0] === ROW.incarnation) incarnations.set(key.toString("latin1", 1), unpackIncarnation(value));
        }
        blocks.truncate(to);
      },
    };
  }

  return {
    folder,
    tables,
    settings: stored,
    close,
    settingsOf,
    async flush() {
      queue.flush();
      await queue.settled();
    },
    resume(state, given) {
      try {
        const head = checkHead(tables);
        checkSettings(folder, stored ?? {}, given, readBlock(tables, 0).header.timestamp);
        changed = new Set(Object.keys(given).filter((name) => given[name] !== stored?.[name]));
        for (const [account, incarnation] of loadState(tables, state)) incarnations.set(account, incarnation);
        if (toHex(accountsRoot(state.seal())) !== head.header.stateRoot) {
          throw new ChainError(
            "DATA_DAMAGED",
            `The state on disk does not have the root of block ${head.header.number}`,
            { block: head.header.number },
          );
        }
        state.recordChanges();
        applyRows(state, unpackRows(tables.meta.get(name("edits")) ?? Buffer.alloc(0)), state.codes);
        return storeOf(state, head, Number(head.header.number));
      } catch (error) {
        throw error instanceof ChainError ? withPath(error, path) : damagedFile(path, error);
      }
    },
    begin(state, given, genesis) {
      const store = storeOf(state, genesis.block, NOTHING);
      store.append(genesis);
      queue.write(tables.meta, name("settings"), Buffer.from(JSON.stringify(given)));
      return store;
    },
    keep(ledger, impersonation) {
      try {
        return keepLedger(ledger, impersonation);
      } catch (error) {
        throw error instanceof ChainError ? error : damagedFile(path, error);
      }
    },
  };

  function keepLedger(ledger: Ledger, impersonation: Impersonation): Keeper {
    const text = readText(tables, "development");
    if (text !== undefined) restoreDevelopmentState(text, ledger, impersonation, changed);
    const waiting = [...tables.pool.getRange({})].map(({ value }) =>
      unpackTransaction(decodeRlp(new Uint8Array(value))),
    );
    ledger.pool.restore(waiting);
    const kept = new Set<Hash>(waiting.map(({ hash }) => hash));
    let development = text ?? "";
    let edits = packRows(readChanges(ledger.state.changes(), incarnationOf).values(), "value");

    function flush(): void {
      ledger.state.root();
      const log = ledger.state.changes();
      if (log.length > 0 || edits.length > 0) writeEdits(log);
      const present = writeDevelopmentState(ledger, impersonation);
      if (present !== development) {
        development = present;
        queue.write(tables.meta, name("development"), Buffer.from(present));
      }
      if (kept.size > 0 || ledger.pool.size > 0) writePool();
      queue.flush();
    }

    function writeEdits(log: Uint8Array): void {
      const changes = readChanges(log, incarnationOf);
      const packed = packRows(changes.values(), "value");
      if (packed.equals(edits)) return;
      edits = packed;
      queue.write(tables.meta, name("edits"), packed);
      for (const [hash, code] of codesOf(changes, ledger.state)) queue.write(tables.codes, fromHex(hash), code);
    }

    function writePool(): void {
      for (const hash of kept) {
        if (ledger.pool.get(hash) !== undefined) continue;
        kept.delete(hash);
        queue.write(tables.pool, fromHex(hash), NO_BYTES);
      }
      if (kept.size === ledger.pool.size) return;
      for (const transaction of ledger.pool.snapshot()) {
        if (kept.has(transaction.hash)) continue;
        kept.add(transaction.hash);
        queue.write(tables.pool, fromHex(transaction.hash), packTransaction(transaction));
      }
    }

    flush();
    return {
      flush,
      settled: () => queue.settled(),
      async close() {
        if (closed !== undefined) return closed;
        flush();
        try {
          await queue.settled();
        } finally {
          await close();
        }
      },
    };
  }
}

/** Number of the head where nothing is written yet. */
const NOTHING = -1;
const NO_BYTES = new Uint8Array(0);
const NO_CHANGES: StateChanges = new Map();
const NO_CODES: ReadonlyMap<Hash, Uint8Array> = new Map();

function entryOf({ block, changes }: SealedBlock, state: State, incarnationOf: (address: Buffer) => number): Entry {
  const all = readChanges(changes.all, incarnationOf);
  return {
    number: Number(block.header.number),
    block,
    changes: all,
    edits: changes.edits.length === 0 ? NO_CHANGES : readChanges(changes.edits, incarnationOf),
    codes: codesOf(all, state),
  };
}

/** Codes that accounts got with some changes. */
function codesOf(changes: ReadonlyMap<string, StateChange>, { codes }: State): ReadonlyMap<Hash, Uint8Array> {
  let found: Map<Hash, Uint8Array> | undefined;
  for (const { key, old, value } of changes.values()) {
    if (key[0] !== ROW.account) continue;
    const hash = codeHashOf(value);
    if (hash === undefined || hash === codeHashOf(old)) continue;
    found ??= new Map();
    found.set(hash, codes.get(hash) ?? NO_BYTES);
  }
  return found ?? NO_CODES;
}

function name(text: string): Buffer {
  return Buffer.from(text);
}

function readSettings(tables: Tables): StoredSettings | undefined {
  const text = readText(tables, "settings");
  return text === undefined ? undefined : (JSON.parse(text) as StoredSettings);
}

function readText(tables: Tables, text: string): string | undefined {
  return tables.meta.get(name(text))?.toString();
}

function withPath(error: ChainError, path: string): ChainError {
  return new ChainError(error.code, `${path}: ${error.message}`, { path, ...error.details });
}
