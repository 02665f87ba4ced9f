import type { ChainFork } from "./rules/fork.ts";
import type { Address, Hash, Word } from "./types.ts";

/** Schedules the interval miner. The default of `createChain` wraps `setTimeout`. */
export type Scheduler = (callback: () => void, milliseconds: number) => () => void;

/** The engines there are. */
export const ENGINES = ["machine", "ethereumjs"] as const;

/** An engine by its name. */
export type EngineName = (typeof ENGINES)[number];

/** Names that Hardhat's configuration has for some of them; a fork that only put the difficulty bomb off is the one before it. */
export const FORK_ALIASES = {
  muirGlacier: "istanbul",
  arrowGlacier: "london",
  grayGlacier: "london",
  merge: "paris",
} as const satisfies Readonly<Record<string, ChainFork>>;

/** Another name of a fork. */
export type ForkAlias = keyof typeof FORK_ALIASES;

/** How the pool orders transactions: by the tip they pay, or by arrival; Hardhat calls these `priority` and `fifo`. */
export const MEMPOOL_ORDERS = ["fee", "arrival", "priority", "fifo"] as const;

/** An order of the pool. */
export type MempoolOrder = (typeof MEMPOOL_ORDERS)[number];

/** How the base fee goes on: with the gas used (EIP-1559), or as it is. */
export const BASE_FEES = ["eip1559", "fixed"] as const;

/** A course of the base fee. */
export type BaseFeeCourse = (typeof BASE_FEES)[number];

/** An account that exists at genesis. */
export interface GenesisAccount {
  readonly balance?: bigint;
  readonly nonce?: bigint;
  readonly code?: Uint8Array;
  readonly storage?: ReadonlyMap<Word, Word>;
}

/** A chain of elsewhere to start from. */
export interface ForkingOptions {
  /** JSON-RPC endpoint over HTTP or HTTPS. */
  readonly url: string;
  /** Block to start from. Default: 128 below the latest, so that it is not reorganised; the latest itself of a development chain. */
  readonly blockNumber?: bigint;
  /** Headers of each request, as `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Folder where answers about settled blocks are kept; false: none. Default of `createChain`: none; of Hardhat networks: `forks` in the project's cache. */
  readonly cacheDir?: string | false;
  /** Most requests per second; each of a batch counts. Default: no limit. */
  readonly requestsPerSecond?: number;
  /** Most requests in one HTTP request. Default 100; 1 for an endpoint without batches. */
  readonly batchSize?: number;
  /** How often a request is repeated for which the endpoint has no capacity. Default 6, with growing pauses. */
  readonly retries?: number;
  /** Milliseconds to wait for an answer. Default 30,000. */
  readonly timeout?: number;
}

/** What may differ when a chain begins anew. */
export interface ResetOptions extends Partial<Omit<ChainOptions, "forking">> {
  /** Begins with a block of another chain. What is left out is as it was if the URL is. Left out as a whole: begins with an own genesis. */
  readonly forking?: Partial<ForkingOptions>;
}

/** Options of a chain; every default but the fork is that of Hardhat 3's simulated network, so that tests move over unchanged. */
export interface ChainOptions {
  /** Default 31337. */
  readonly chainId?: bigint;
  /** What `net_version` answers. Default: the chain id. */
  readonly networkId?: bigint;
  /** Which rules apply. Default, and the only profile so far: `ethereum`. */
  readonly rules?: "ethereum";
  /** Fork whose rules apply from genesis on, by our name or Hardhat's (`merge`, `arrowGlacier`, …). Default `cancun`. */
  readonly hardfork?: ChainFork | ForkAlias;
  /** What runs the code: `machine`, our compiled EVM (the default), or `ethereumjs`, the slow one it is compared with. */
  readonly engine?: EngineName;
  /** Runs everything on both engines and stops the chain where they differ. Slow. Default false. */
  readonly crossCheck?: boolean;
  /** Words of the unlocked accounts. Default: `test test test test test test test test test test test junk`, 20 accounts. */
  readonly mnemonic?: string;
  /** Default 20. */
  readonly accountCount?: number;
  /** BIP-32 path before the index. Default `m/44'/60'/0'/0`. */
  readonly derivationPath?: string;
  /** Instead of a mnemonic: the private keys of the unlocked accounts, 32 bytes each. */
  readonly privateKeys?: readonly Uint8Array[];
  /** Wei of each unlocked account at genesis. Default 10,000 ETH. */
  readonly accountBalance?: bigint;
  /** Further accounts of the genesis state. */
  readonly genesisAccounts?: ReadonlyMap<Address, GenesisAccount>;
  /** Default 60,000,000. */
  readonly blockGasLimit?: bigint;
  /**
   * Gas limit of transactions and calls that name none; a transaction that fails with it is mined, as on Hardhat 2's network. Default: none,
   * and a transaction without a gas limit gets the block's, and is refused if it fails.
   */
  readonly defaultTransactionGasLimit?: bigint;
  /** Base fee of the genesis block, wei. Default 1 gwei. */
  readonly initialBaseFeePerGas?: bigint;
  /** `eip1559`, the default, moves it with the gas used; with `fixed` every block has its parent's, until another is set. */
  readonly baseFee?: BaseFeeCourse;
  /** Which transactions a block takes first. Each sender's come in the order of their nonces either way. Default `fee`. */
  readonly mempoolOrder?: MempoolOrder;
  /** Most transactions that wait in the pool. Default 65,536. */
  readonly maxPooledTransactions?: number;
  /** Most of them of one sender. Default: as many. */
  readonly maxPooledPerSender?: number;
  /** Timestamp of genesis, milliseconds. Default: the clock. */
  readonly initialDate?: number;
  /** Default `0xc014ba5ec014ba5ec014ba5ec014ba5ec014ba5e`. */
  readonly coinbase?: Address;
  /** Parent beacon block root of the first block, 32 bytes (EIP-4788); the later ones follow from it. Default: a fixed sequence. */
  readonly initialParentBeaconBlockRoot?: Hash;
  /** Default true. */
  readonly automine?: boolean;
  /** Milliseconds between timer blocks, default 0: none. */
  readonly interval?: number | readonly [number, number];
  /** Least tip accepted, wei. Default 0. */
  readonly minGasPrice?: bigint;
  /** Largest gas limit of one transaction; `false`: that of the block. Default: that of the fork, 2^24 since Osaka (EIP-7825), before none. */
  readonly transactionGasCap?: bigint | false;
  /** Whether an `eth_call` that fails is an error, or answered with what it returned. Default true. */
  readonly throwOnCallFailures?: boolean;
  /** Whether a transaction that automine put into a block and that failed is an error, or answered with its hash. Default true. */
  readonly throwOnTransactionFailures?: boolean;
  /** Lifts EIP-170 and EIP-3860. Default false. */
  readonly allowUnlimitedContractSize?: boolean;
  /** Allows a block to have the timestamp of its parent. Default false. */
  readonly allowBlocksWithSameTimestamp?: boolean;
  /** Starts from a block of another chain instead of an own genesis. */
  readonly forking?: ForkingOptions;
  /** Most bytes of JSON that the answer to one request for traces may take; a longer one is refused. Default 256 MiB. */
  readonly traceSize?: number;
  /** Milliseconds since 1970-01-01 UTC. Default of `createChain`: `Date.now`. */
  readonly clock?: () => number;
  /** Default of `createChain`: `setTimeout`. */
  readonly schedule?: Scheduler;
  /** Seed of the PREVRANDAO sequence and of random mining pauses. Default: none, and the sequence is that of Hardhat's network. */
  readonly seed?: string;
}
