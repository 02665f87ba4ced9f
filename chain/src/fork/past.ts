import type { SealedBlock } from "../builder/build-block.ts";
import type { ForkOrigin, LocatedTransaction } from "../chain.ts";
import { EMPTY_BYTES } from "../codec/hex.ts";
import type { Machine } from "../engine/machine/machine.ts";
import { MissingPage } from "../state/missing-page.ts";
import type { CodeTable, StateReader } from "../state/state-reader.ts";
import { type BlockStore, createMemoryStore, type TransactionPlace } from "../store/block-store.ts";
import type { Address, Block, FeeHistory, Hash, LogFilter, PlacedLog, Receipt } from "../types.ts";
import { createLookup } from "./lookup.ts";
import type { OpenedFork } from "./open-fork.ts";
import { always } from "./remote.ts";
import { decodeBlock, decodeLogs, decodeReceipt, decodeTransaction } from "./remote-blocks.ts";
import type { RemoteRequest } from "./remote-client.ts";
import { decodeFeeHistory } from "./remote-fees.ts";
import { numberParam } from "./remote-json.ts";
import { createRemoteReader } from "./remote-reader.ts";

/** Everything up to the block that a chain was forked from. What is not at hand throws `MissingPage`. */
export interface Past {
  /** The last block: the one forked from. */
  readonly last: SealedBlock;
  /** The blocks since, the last one included. */
  readonly own: BlockStore;
  /** Chain id of the remote chain. */
  readonly chainId: bigint;
  /** Endpoint of the remote node, without secrets. */
  readonly url: string;
  byNumber(number: bigint): SealedBlock | undefined;
  byHash(hash: Hash): SealedBlock | undefined;
  /** Hash of a block: costs less than the block. */
  hashOf(number: bigint): Hash | undefined;
  transaction(hash: Hash): LocatedTransaction | undefined;
  place(hash: Hash): TransactionPlace | undefined;
  receipt(hash: Hash): Receipt | undefined;
  /** Logs of a range, both ends included, or of one block. */
  logs(conditions: LogFilter, from: bigint, to: bigint): readonly PlacedLog[];
  logsOf(block: Hash, conditions: LogFilter): readonly PlacedLog[];
  feeHistory(count: number, newest: bigint, percentiles: readonly number[]): FeeHistory;
}

/** What a chain tells of its past. */
export function forkOrigin(past: Past | undefined): ForkOrigin | undefined {
  if (past === undefined) return undefined;
  const { header, hash } = past.last.block;
  return { chainId: past.chainId, number: header.number, hash, url: past.url };
}

/** What the past is made of. */
export interface PastModules {
  readonly fork: OpenedFork;
  readonly codes: CodeTable;
  /** Of the state above. */
  readonly machine: Machine;
  /** State after the last block, as the chain sees it. */
  readonly base: StateReader;
  readonly precompiles: readonly Address[];
}

const MOST_BLOCKS = 64;
const MOST_READERS = 64;
const MOST_TRANSACTIONS = 4_096;
const MOST_SEARCHES = 32;

/** Nothing at all: the state before the first block. */
const NOTHING: StateReader = {
  account: () => undefined,
  storage: () => EMPTY_BYTES,
  code: () => EMPTY_BYTES,
};

/** Makes the past of a fork. */
export function createPast({ fork, codes, machine, base, precompiles }: PastModules): Past {
  const { remote, chainId } = fork;
  const lastNumber = fork.block.header.number;
  const balanceOnly = new Set(precompiles);
  const readers = new Map<bigint, StateReader>();
  const hashes = new Map<bigint, Hash>([[lastNumber, fork.block.hash]]);
  const blocks = createLookup<SealedBlock>(MOST_BLOCKS);
  const receiptsOf = createLookup<readonly Receipt[]>(MOST_BLOCKS);
  const transactions = createLookup<{ transaction: Receipt["transaction"]; receipt: Receipt }>(MOST_TRANSACTIONS);
  const searches = createLookup<readonly PlacedLog[]>(MOST_SEARCHES);
  const histories = createLookup<FeeHistory>(MOST_SEARCHES);

  function readerAt(number: bigint): StateReader {
    if (number < 0n) return NOTHING;
    if (number === lastNumber) return base;
    const reader = readers.get(number) ?? createRemoteReader(remote, number, codes, { balanceOnly });
    readers.delete(number);
    readers.set(number, reader);
    for (const oldest of readers.keys()) {
      if (readers.size <= MOST_READERS) break;
      readers.delete(oldest);
    }
    return reader;
  }

  function seal(block: Block): SealedBlock {
    const { number, parentHash } = block.header;
    hashes.set(number, block.hash);
    if (number > 0n) hashes.set(number - 1n, parentHash);
    return {
      block,
      get before() {
        // What the last block left includes what the chain set on top; its own transactions saw the remote state.
        return { machine, node: 0, below: readerAt(number - 1n) };
      },
      get after() {
        return { machine, node: 0, below: readerAt(number) };
      },
      changes: { edits: EMPTY_BYTES, all: EMPTY_BYTES },
    };
  }

  async function loadReceipts(block: Block): Promise<readonly Receipt[]> {
    const { transactions: all } = block;
    if (all.length === 0) return [];
    let answers: readonly unknown[];
    try {
      const request = { method: "eth_getBlockReceipts", params: [numberParam(block.header.number)] };
      const [answer] = await remote.ask([request], always);
      answers = Array.isArray(answer) ? answer : [];
    } catch {
      answers = [];
    }
    // Not every node has that method.
    if (answers.length !== all.length) {
      answers = await remote.ask(
        all.map(({ hash }) => ({ method: "eth_getTransactionReceipt", params: [hash] })),
        always,
      );
    }
    return answers.map((answer, index) => decodeReceipt(remote.url, answer, all[index] as (typeof all)[number]));
  }

  /** A block with receipts that come when they are asked for. */
  function decode(answer: unknown): SealedBlock {
    const block = decodeBlock(remote.url, answer, () =>
      block.transactions.length === 0 ? [] : (receiptsOf.find(block.hash, () => loadReceipts(block)) ?? []),
    );
    return seal(block);
  }

  async function fetchBlock(request: RemoteRequest): Promise<SealedBlock | undefined> {
    const [answer] = await remote.ask([request], isPast);
    if (answer === null) return undefined;
    const sealed = decode(answer);
    if (sealed.block.header.number > lastNumber) return undefined;
    blocks.put(sealed.block.hash, sealed);
    blocks.put(String(sealed.block.header.number), sealed);
    return sealed;
  }

  /** Whether an answer tells of a block up to the last: what comes later may change. */
  function isPast(answer: unknown): boolean {
    const { number, blockNumber = number } = answer as { number?: unknown; blockNumber?: unknown };
    return typeof blockNumber === "string" && BigInt(blockNumber) <= lastNumber;
  }

  async function fetchTransaction(hash: Hash) {
    const requests = ["eth_getTransactionByHash", "eth_getTransactionReceipt"].map((method) => ({
      method,
      params: [hash],
    }));
    const [answer, receiptAnswer] = await remote.ask(requests, isPast);
    if (answer === null || receiptAnswer === null || !isPast(receiptAnswer)) return undefined;
    const transaction = decodeTransaction(remote.url, answer);
    return { transaction, receipt: decodeReceipt(remote.url, receiptAnswer, transaction) };
  }

  const last: SealedBlock = decode(fork.block.reported);

  function byNumber(number: bigint): SealedBlock | undefined {
    if (number === lastNumber) return last;
    if (number < 0n || number > lastNumber) return undefined;
    return blocks.find(String(number), () =>
      fetchBlock({ method: "eth_getBlockByNumber", params: [numberParam(number), true] }),
    );
  }

  function byHash(hash: Hash): SealedBlock | undefined {
    if (hash === last.block.hash) return last;
    return blocks.find(hash, () => fetchBlock({ method: "eth_getBlockByHash", params: [hash, true] }));
  }

  const find = (hash: Hash) => transactions.find(hash, () => fetchTransaction(hash));

  function search(criteria: Readonly<Record<string, unknown>>, { addresses, topics }: LogFilter): readonly PlacedLog[] {
    const filter = {
      ...criteria,
      ...(addresses === undefined || addresses.length === 0 ? {} : { address: addresses }),
      ...(topics === undefined ? {} : { topics: topics.map((wanted) => (wanted?.length === 0 ? null : wanted)) }),
    };
    const request = { method: "eth_getLogs", params: [filter] };
    const load = async () => decodeLogs(remote.url, (await remote.ask([request], always))[0]);
    return searches.find(JSON.stringify(filter), load) ?? [];
  }

  return {
    last,
    own: createMemoryStore(last),
    chainId,
    url: remote.url,
    byNumber,
    byHash,
    hashOf(number) {
      if (number < 0n || number > lastNumber) return undefined;
      const known = hashes.get(number);
      if (known !== undefined) return known;
      throw new MissingPage(async () => {
        await fetchBlock({ method: "eth_getBlockByNumber", params: [numberParam(number), true] });
      });
    },
    transaction(hash) {
      const found = find(hash);
      return found === undefined ? undefined : { ...found, block: byHash(found.receipt.blockHash)?.block };
    },
    place(hash) {
      const found = find(hash);
      const sealed = found === undefined ? undefined : byHash(found.receipt.blockHash);
      return found === undefined || sealed === undefined
        ? undefined
        : { sealed, index: found.receipt.transactionIndex };
    },
    receipt: (hash) => find(hash)?.receipt,
    logs: (conditions, from, to) => search({ fromBlock: numberParam(from), toBlock: numberParam(to) }, conditions),
    logsOf: (block, conditions) => search({ blockHash: block }, conditions),
    feeHistory(count, newest, percentiles) {
      const request: RemoteRequest = {
        method: "eth_feeHistory",
        params: [numberParam(BigInt(count)), numberParam(newest), percentiles],
      };
      const load = async () => decodeFeeHistory(remote.url, (await remote.ask([request], always))[0]);
      const found = histories.find(JSON.stringify(request.params), load);
      if (found === undefined) throw new MissingPage(async () => {});
      return found;
    },
  };
}
