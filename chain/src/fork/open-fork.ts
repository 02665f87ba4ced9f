import { keccak256Hex } from "../crypto/keccak.ts";
import { ChainError } from "../errors.ts";
import type { ForkingOptions } from "../options.ts";
import type { Block, Hash } from "../types.ts";
import { always, createRemote, type Remote } from "./remote.ts";
import { decodeBlock } from "./remote-blocks.ts";
import { createRemoteClient, type RemoteClient, type RemoteModules, type RemoteRequest } from "./remote-client.ts";
import { malformed, showUrl } from "./remote-failure.ts";
import { createDecoder, numberParam } from "./remote-json.ts";
import type { RequestLog } from "./request-log.ts";

/** A block of another chain, ready to be built on. */
export interface OpenedFork {
  readonly remote: Remote;
  /** Chain id of the other chain. */
  readonly chainId: bigint;
  /** The block. Its receipts are not there: ask the past that is made of it. */
  readonly block: Block & Required<Pick<Block, "reported">>;
}

/** What opening a fork is given from outside. */
export interface ForkModules extends RemoteModules {
  /** Opens the log of a name in a folder. */
  openLog(folder: string, name: string): RequestLog;
}

/** A block this far below the head is not reorganised any more. */
const SETTLED_DEPTH = 128n;
/** Chain ids of development nodes: they are started anew, and edited, so that a block number says little. */
const DEVELOPMENT_CHAINS: ReadonlySet<bigint> = new Set([1_337n, 31_337n]);
const DEVELOPMENT_CLIENTS = /hardhat|anvil|edr|ganache|banyan/i;
const INDEX = "index";

/**
 * Finds the block to start from, and opens the cache for it.
 * @throws ChainError `OPTION_INVALID`, `BLOCK_NOT_FOUND` if the other chain has no such block, `REMOTE_*`
 */
export async function openFork(options: ForkingOptions, modules: ForkModules): Promise<OpenedFork> {
  check(options);
  const client = createRemoteClient(options, modules);
  const { blockNumber } = options;
  const cacheDir = options.cacheDir === false ? undefined : options.cacheDir;
  const index = cacheDir === undefined ? undefined : modules.openLog(cacheDir, INDEX);
  const indexKey = `${keccak256Hex(new TextEncoder().encode(options.url))} ${blockNumber}`;
  const openLog = (chainId: bigint, hash: Hash): RequestLog | undefined =>
    cacheDir === undefined ? undefined : modules.openLog(cacheDir, `${chainId}-${hash}`);

  if (blockNumber !== undefined) {
    const entry = readEntry(index?.get(indexKey));
    if (entry !== undefined && (await stands(client, blockNumber, entry))) {
      const remote = createRemote(client, openLog(entry.chainId, entry.hash));
      const [answer] = await remote.ask([blockRequest(blockNumber)], always);
      const block = readBlock(client.url, answer);
      if (block.hash === entry.hash) return { remote, chainId: entry.chainId, block };
    }
  }

  const { chainId, latest, answer } = await survey(client, blockNumber);
  const block = readBlock(client.url, answer);
  const { number } = block.header;
  const isSettled = cacheDir !== undefined && (await settled(client, chainId, number, latest));
  const log = isSettled ? openLog(chainId, block.hash) : undefined;
  const remote = createRemote(client, log);
  log?.put([[`eth_getBlockByNumber ${JSON.stringify(blockRequest(number).params)}`, answer]]);
  if (isSettled && blockNumber !== undefined) index?.put([[indexKey, { chainId: String(chainId), hash: block.hash }]]);
  return { remote, chainId, block };
}

function check({ url, blockNumber, requestsPerSecond, batchSize }: ForkingOptions): void {
  const refuse = (name: string, wanted: string, value: unknown): never => {
    throw new ChainError("OPTION_INVALID", `The option forking.${name} must be ${wanted}, not ${String(value)}`, {
      [`forking.${name}`]: value,
    });
  };
  if (typeof url !== "string" || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    refuse("url", "the URL of a JSON-RPC endpoint over http or https", typeof url === "string" ? showUrl(url) : url);
  if (blockNumber !== undefined && blockNumber < 0n) refuse("blockNumber", "a block number", blockNumber);
  if (requestsPerSecond !== undefined && !(requestsPerSecond > 0))
    refuse("requestsPerSecond", "a number above 0", requestsPerSecond);
  if (batchSize !== undefined && !(batchSize >= 1)) refuse("batchSize", "at least 1", batchSize);
}

function blockRequest(number: bigint): RemoteRequest {
  return { method: "eth_getBlockByNumber", params: [numberParam(number), true] };
}

interface Survey {
  readonly chainId: bigint;
  readonly latest: bigint;
  readonly answer: unknown;
}

/** Asks who the other chain is, where its head stands, and for the block. */
async function survey(client: RemoteClient, wanted: bigint | undefined): Promise<Survey> {
  const decode = createDecoder(client.url, "eth_chainId or eth_blockNumber");
  const questions: RemoteRequest[] = [
    { method: "eth_chainId", params: [] },
    { method: "eth_blockNumber", params: [] },
  ];
  if (wanted !== undefined) questions.push(blockRequest(wanted));
  const [chainIdAnswer, latestAnswer, blockAnswer] = await client.send(questions);
  const chainId = decode.quantity(chainIdAnswer);
  const latest = decode.quantity(latestAnswer);
  const number =
    wanted ?? (DEVELOPMENT_CHAINS.has(chainId) || latest < SETTLED_DEPTH ? latest : latest - SETTLED_DEPTH);
  const answer = wanted === undefined ? (await client.send([blockRequest(number)]))[0] : blockAnswer;
  if (answer === null) {
    throw new ChainError(
      "BLOCK_NOT_FOUND",
      `${client.url} has no block ${number} to fork from; its latest is ${latest}`,
      { block: number, latest },
    );
  }
  return { chainId, latest, answer };
}

function readBlock(url: string, answer: unknown): OpenedFork["block"] {
  const block = decodeBlock(url, answer, () => []);
  const { reported } = block;
  if (reported === undefined) throw malformed(url, "eth_getBlockByNumber", "no block");
  return { ...block, reported };
}

/** Whether a block cannot be reorganised any more. */
async function settled(client: RemoteClient, chainId: bigint, number: bigint, latest: bigint): Promise<boolean> {
  if (number + SETTLED_DEPTH <= latest) return true;
  if (DEVELOPMENT_CHAINS.has(chainId)) return false;
  try {
    const [version, answer] = await client.send([
      { method: "web3_clientVersion", params: [] },
      { method: "eth_getBlockByNumber", params: ["finalized", false] },
    ]);
    // A development node calls its head final, and goes back all the same.
    if (typeof version !== "string" || DEVELOPMENT_CLIENTS.test(version)) return false;
    return createDecoder(client.url, "eth_getBlockByNumber").quantity((answer as { number: unknown }).number) >= number;
  } catch {
    return false;
  }
}

interface IndexEntry {
  readonly chainId: bigint;
  readonly hash: Hash;
}

function readEntry(value: unknown): IndexEntry | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { chainId, hash } = value as { chainId?: unknown; hash?: unknown };
  if (typeof chainId !== "string" || typeof hash !== "string") return undefined;
  return { chainId: BigInt(chainId), hash: hash as Hash };
}

/** Whether a block of the index is still that of the other chain. Public chains keep their settled blocks; a development node may be another one. */
async function stands(client: RemoteClient, number: bigint, { chainId, hash }: IndexEntry): Promise<boolean> {
  if (!DEVELOPMENT_CHAINS.has(chainId)) return true;
  try {
    const [answer] = await client.send([{ method: "eth_getBlockByNumber", params: [numberParam(number), false] }]);
    return answer !== null && (answer as { hash?: unknown }).hash === hash;
  } catch (error) {
    // Offline, the cache is all there is.
    if (error instanceof ChainError && error.code === "REMOTE_UNREACHABLE") return true;
    throw error;
  }
}
