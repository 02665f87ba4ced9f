import { toHex } from "../../codec/hex.ts";
import { keccak256Hex } from "../../crypto/keccak.ts";
import { ChainError } from "../../errors.ts";
import { recoverSenders } from "../../pool/recover-senders.ts";
import { type DecodeOptions, decodeTransaction, restoreTransaction } from "../../pool/transaction-codec.ts";
import { ALL_TYPES } from "../../pool/transaction-fields.ts";
import { CHAIN_FORKS } from "../../rules/fork.ts";
import { accountsRoot } from "../../state/account-leaf.ts";
import { createState } from "../../state/state.ts";
import type { Address, Block, Hash, Transaction } from "../../types.ts";
import type { ChainData } from "./chain-data.ts";
import { type FileBlock, fileBlock, fileEnd, fileHead, readFileRecords } from "./chain-file.ts";
import { createRowChecker } from "./check-rows.ts";
import { loadState } from "./load-state.ts";
import { createReplay, type ReplayBlock } from "./replay.ts";
import type { StoredSettings } from "./settings.ts";
import { headNumber, storedBlock } from "./stored-blocks.ts";
import type { Tables } from "./tables.ts";

/** Told now and then how far the work is. `total` is absent where it is not known. */
export type Progress = (done: number, total?: number) => void;

/** What was done. */
export interface TransferResult {
  /** Blocks, block 0 among them. */
  readonly blocks: number;
  readonly transactions: number;
  readonly head: Hash;
}

/** Blocks between two reports, and between two commits. */
const STEP = 256;

/**
 * Writes a chain as a file.
 * @param write takes bytes in order; waited for
 * @throws ChainError `DATA_EMPTY`, `DATA_DAMAGED`
 */
export async function exportChain(
  data: Pick<ChainData, "folder" | "settings" | "tables">,
  write: (bytes: Uint8Array) => Promise<void>,
  progress: Progress = () => {},
): Promise<TransferResult> {
  const settings = settingsOfData(data);
  const { tables } = data;
  const last = headNumber(tables);
  let transactions = 0;
  let head: Hash = "0x";
  await write(fileHead(settings));
  for (let number = 0; number <= last; number++) {
    const { block, edits, codes } = storedBlock(tables, number);
    if (number > 0 && block.header.parentHash !== head)
      throw new ChainError("DATA_DAMAGED", `Block ${number} does not follow block ${number - 1}`, { block: number });
    await write(fileBlock(block, edits, [...codes.values()]));
    head = block.hash;
    transactions += block.transactions.length;
    if (number % STEP === 0) progress(number + 1, last + 1);
  }
  await write(fileEnd(last + 1, head));
  progress(last + 1, last + 1);
  return { blocks: last + 1, transactions, head };
}

/**
 * Executes the blocks of a file and keeps them in an empty folder.
 * @param isWhole false for what is left of a damaged chain: it may end anywhere, and ends at the first block that does not hold
 * @throws ChainError `DATA_NOT_EMPTY`, `FILE_MALFORMED`, `REPLAY_DIFFERENCE`, and the `TX_*` codes of a transaction that is none
 */
export async function importChain(
  source: AsyncIterable<Uint8Array>,
  data: ChainData,
  progress: Progress = () => {},
  isWhole = true,
): Promise<TransferResult & { readonly stopped?: ChainError }> {
  if (data.settings !== undefined) {
    throw new ChainError("DATA_NOT_EMPTY", `The folder ${data.folder} holds a chain already. Choose an empty one.`, {
      folder: data.folder,
    });
  }
  let result: TransferResult = { blocks: 0, transactions: 0, head: "0x" };
  let writer: ((block: FileBlock) => Promise<void>) | undefined;
  let ended = false;

  function begin(settings: StoredSettings): (block: FileBlock) => Promise<void> {
    const replay = createReplay(settings);
    replay.state.recordChanges();
    const decode = decoderOf(settings);
    let append: ReturnType<ChainData["begin"]> | undefined;
    return async (block) => {
      const sealed = await replay.next(await replayBlockOf(block, decode));
      if (append === undefined) append = data.begin(replay.state, settings, sealed);
      else append.append(sealed);
      const { transactions, hash } = sealed.block;
      result = { blocks: result.blocks + 1, transactions: result.transactions + transactions.length, head: hash };
      if (result.blocks % STEP !== 0) return;
      await data.flush();
      progress(result.blocks);
    };
  }

  try {
    for await (const record of readFileRecords(source)) {
      if (ended) throw malformed("something follows the end");
      if (record.kind === "settings") {
        if (writer !== undefined) throw malformed("it has settings twice");
        writer = begin(record.settings);
      } else if (writer === undefined) throw malformed("it does not begin with settings");
      else if (record.kind === "block") await writer(record.block);
      else {
        ended = true;
        if (record.count !== result.blocks || record.head !== result.head) throw malformed("its end does not fit");
      }
    }
    if (!ended && isWhole) throw malformed(`it ends behind block ${result.blocks - 1}, and is not whole`);
  } catch (error) {
    if (isWhole || result.blocks === 0 || !(error instanceof ChainError)) throw error;
    await data.flush();
    return { ...result, stopped: error };
  }
  await data.flush();
  progress(result.blocks);
  return result;
}

/** Executes stored blocks again, one after the other. */
export interface Verifier {
  /**
   * Checks the block behind the last one checked, with its places in the indexes and what is kept of the state before it.
   * @throws ChainError `DATA_DAMAGED`, `REPLAY_DIFFERENCE`
   */
  next(tables: Tables): Promise<Block>;
  /** After the last block: no table has more rows than the blocks checked account for. @throws ChainError `DATA_DAMAGED` */
  checkRest(tables: Tables): void;
  /** Compares the state in the tables with that after the last block checked. @throws ChainError `DATA_DAMAGED` */
  checkState(tables: Tables): void;
}

/** Begins to check a chain with some settings. */
export function createVerifier(settings: StoredSettings): Verifier {
  const replay = createReplay(settings);
  replay.state.recordChanges();
  const rows = createRowChecker();
  const decode = decoderOf(settings);
  let number = -1;
  return {
    async next(tables) {
      number++;
      const { block, edits, codes } = storedBlock(tables, number);
      const { header, hash } = block;
      const impersonated = new Map<number, Address>();
      for (const [index, transaction] of block.transactions.entries())
        if (transaction.impersonated) impersonated.set(index, transaction.from);
      const transactions = block.transactions.map(({ raw }) => raw);
      const given = { header, hash, transactions, impersonated, edits, codes: [...codes.values()] };
      const { changes } = await replay.next(await replayBlockOf(given, decode));
      rows.block(tables, block, changes.all);
      return block;
    },
    checkRest: (tables) => rows.rest(tables),
    checkState(tables) {
      const state = createState();
      loadState(tables, state);
      const found = toHex(accountsRoot(state.root()));
      const expected = toHex(accountsRoot(replay.state.root()));
      if (found === expected) return;
      throw new ChainError(
        "DATA_DAMAGED",
        `The state on disk has the root ${found}; that of block ${number} is ${expected}`,
        { block: number, found, expected },
      );
    },
  };
}

/**
 * Executes a chain again and compares everything that its blocks claim; the indexes too, and the state.
 * @throws ChainError `DATA_EMPTY`, `DATA_DAMAGED`, `REPLAY_DIFFERENCE`
 */
export async function verifyChain(data: ChainData, progress: Progress = () => {}): Promise<TransferResult> {
  const { tables } = data;
  const verifier = createVerifier(settingsOfData(data));
  const count = headNumber(tables) + 1;
  let result: TransferResult = { blocks: 0, transactions: 0, head: "0x" };
  while (result.blocks < count) {
    const { hash, transactions } = await verifier.next(tables);
    result = { blocks: result.blocks + 1, transactions: result.transactions + transactions.length, head: hash };
    if (result.blocks % STEP === 0) progress(result.blocks, count);
  }
  verifier.checkState(tables);
  verifier.checkRest(tables);
  progress(count, count);
  return result;
}

/** Decodes the transactions of a block: senders come out of signatures, unless they sent without a key. */
async function replayBlockOf(block: FileBlock, decode: DecodeOptions): Promise<ReplayBlock> {
  const { header, hash, edits } = block;
  await recoverSenders(block.transactions.filter((_raw, index) => !block.impersonated.has(index)));
  const transactions = block.transactions.map((raw, index): Transaction => {
    const from = block.impersonated.get(index);
    return from === undefined ? decodeTransaction(raw, decode) : restoreTransaction(raw, from, true);
  });
  const codes = new Map(block.codes.map((code): [Hash, Uint8Array] => [keccak256Hex(code), code]));
  return { header, hash, transactions, edits, codes };
}

function decoderOf(settings: StoredSettings): DecodeOptions {
  const fork = CHAIN_FORKS.find((known) => known === settings.hardfork);
  return { chainId: BigInt(settings.chainId ?? 0), types: ALL_TYPES, ...(fork === undefined ? {} : { fork }) };
}

function settingsOfData({ settings, folder }: Pick<ChainData, "folder" | "settings">): StoredSettings {
  if (settings === undefined) throw new ChainError("DATA_EMPTY", `The folder ${folder} holds no chain`, { folder });
  return settings;
}

function malformed(why: string): ChainError {
  return new ChainError("FILE_MALFORMED", `The chain file cannot be used: ${why}`, { why });
}
