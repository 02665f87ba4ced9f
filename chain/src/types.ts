/**
 * The shapes that cross the seams of the chain.
 *
 * Conventions, everywhere in the core:
 * - an address, a hash and a storage word are {@link Hex}: `0x` and lower-case digits, full width (20 or 32 bytes), so they are immutable and
 *   serve as map keys as they are;
 * - byte strings (code, call data, return data, log data, blooms, raw transactions) are `Uint8Array`, never changed after they are handed over;
 * - amounts (wei), gas, block numbers, nonces and timestamps (seconds) are `bigint`; indexes and counts are `number`.
 *
 * The `rpc` folder turns these into JSON-RPC quantities and data, and back.
 */
import type { RecordedFrame } from "./trace/solidity/execution-record.ts";

/** `0x` followed by lower-case hexadecimal digits. */
export type Hex = `0x${string}`;

/** A 20-byte address, lower case (no EIP-55 checksum inside the core). */
export type Address = Hex;

/** A 32-byte hash, lower case. */
export type Hash = Hex;

/** A 32-byte storage key or value, lower case, left-padded to 32 bytes. */
export type Word = Hex;

/** A value, or the promise of one: an engine or a state that misses a page (fork, disk) may wait; a caller awaits either way. */
export type Awaitable<T> = T | Promise<T>;

/** A block by height, by hash, or by tag. `safe` and `finalized` are the head; `pending` is the block that would be mined now. */
export type BlockSelector = bigint | { readonly hash: Hash } | "latest" | "pending" | "earliest" | "safe" | "finalized";

/** EIP-2930 access list entry. */
export interface AccessListEntry {
  readonly address: Address;
  readonly storageKeys: readonly Word[];
}

/** A log as a contract emitted it. */
export interface Log {
  readonly address: Address;
  readonly topics: readonly Hash[];
  readonly data: Uint8Array;
}

/** A log with its place in the chain. `blockHash` and `blockNumber` are those of the sealed block. */
export interface PlacedLog extends Log {
  readonly blockHash: Hash;
  readonly blockNumber: bigint;
  readonly blockTimestamp: bigint;
  readonly transactionHash: Hash;
  readonly transactionIndex: number;
  /** Position in the block, from 0. */
  readonly logIndex: number;
  /** Set on a log from before a fork. */
  readonly reported?: Reported;
}

/** Leave of an account to set its code to that of another (EIP-7702). What is out of range makes it void, not its transaction. */
export interface Authorization {
  /** 0: for every chain. */
  readonly chainId: bigint;
  /** Whose code is to run; the zero address ends a delegation. */
  readonly address: Address;
  /** That of the account that signs. */
  readonly nonce: bigint;
  readonly yParity: bigint;
  readonly r: bigint;
  readonly s: bigint;
}

/** Transaction envelopes: legacy, EIP-2930, EIP-1559, EIP-4844, EIP-7702. Which of them a block may hold is a rule of the chain. */
export type TransactionType = 0 | 1 | 2 | 3 | 4;

/** A JSON object of the remote node that a chain was forked from, as it came. */
export type Reported = Readonly<Record<string, unknown>>;

/** A signed (or, for an impersonated sender, formally signed) transaction. Immutable. */
export interface Transaction {
  readonly type: TransactionType;
  readonly hash: Hash;
  /** Recovered or impersonated sender. */
  readonly from: Address;
  /** `undefined` creates a contract. */
  readonly to: Address | undefined;
  readonly nonce: bigint;
  readonly gasLimit: bigint;
  /** Fee cap per gas: `maxFeePerGas` of types 2 to 4, `gasPrice` of types 0 and 1. */
  readonly maxFeePerGas: bigint;
  /** Tip cap per gas: `maxPriorityFeePerGas` of types 2 to 4, `gasPrice` of types 0 and 1. */
  readonly maxPriorityFeePerGas: bigint;
  readonly value: bigint;
  readonly data: Uint8Array;
  /** `undefined` only for a legacy transaction signed without EIP-155. */
  readonly chainId: bigint | undefined;
  readonly accessList: readonly AccessListEntry[];
  /** Fee cap per blob gas; set if and only if the type is 3. */
  readonly maxFeePerBlobGas?: bigint;
  /** Versioned hashes of the blobs; set if and only if the type is 3. */
  readonly blobHashes?: readonly Hash[];
  /** Set if and only if the type is 4. */
  readonly authorizationList?: readonly Authorization[];
  /** `v` of a legacy transaction (27/28 or EIP-155); the parity bit otherwise. */
  readonly v: bigint;
  readonly r: bigint;
  readonly s: bigint;
  /** The canonical encoding: RLP, or type byte and RLP (EIP-2718). */
  readonly raw: Uint8Array;
  /** True if the sender is impersonated: the signature is a marker, not a signature. */
  readonly impersonated: boolean;
  /** Set on a transaction from before a fork. */
  readonly reported?: Reported;
}

/** Names of {@link HaltReason}. Chains on disk hold their places in this list: new ones go to its end. */
export const HALT_REASONS = [
  "revert",
  "out-of-gas",
  "invalid-opcode",
  "stack-underflow",
  "stack-overflow",
  "invalid-jump",
  "static-state-change",
  "insufficient-balance",
  "create-collision",
  "code-size-exceeded",
  "initcode-size-exceeded",
  "invalid-code",
  "value-overflow",
  "precompile-failure",
  "other",
] as const;

/** Why the EVM stopped with a failure. Everything except `revert` uses up all gas of its frame. */
export type HaltReason = (typeof HALT_REASONS)[number];

/** Result of a transaction in a block. */
export interface Receipt {
  readonly transaction: Transaction;
  readonly blockHash: Hash;
  readonly blockNumber: bigint;
  readonly transactionIndex: number;
  /** 1n success, 0n failure. */
  readonly status: 0 | 1;
  readonly gasUsed: bigint;
  readonly cumulativeGasUsed: bigint;
  /** Price per gas really paid: base fee plus tip. */
  readonly effectiveGasPrice: bigint;
  /** Set if and only if the transaction has blobs (EIP-4844). */
  readonly blobGasUsed?: bigint;
  /** Price per blob gas, wei; set with {@link blobGasUsed}. */
  readonly blobGasPrice?: bigint;
  /** Address made by a creating transaction, also when it failed (as Ethereum nodes report it only on success, the rpc layer may hide it). */
  readonly contractAddress: Address | undefined;
  readonly logs: readonly PlacedLog[];
  readonly logsBloom: Uint8Array;
  /** What the outermost frame returned: revert data if `status` is 0. Not part of consensus; kept so that a failed transaction can be explained. */
  readonly returnData: Uint8Array;
  /** Set if and only if `status` is 0. */
  readonly haltReason: HaltReason | undefined;
  /** Set on a receipt from before a fork. */
  readonly reported?: Reported;
}

/** Header of a block. A field that the block's fork does not have is `undefined`. */
export interface BlockHeader {
  readonly parentHash: Hash;
  readonly ommersHash: Hash;
  readonly coinbase: Address;
  readonly stateRoot: Hash;
  readonly transactionsRoot: Hash;
  readonly receiptsRoot: Hash;
  readonly logsBloom: Uint8Array;
  readonly difficulty: bigint;
  readonly number: bigint;
  readonly gasLimit: bigint;
  readonly gasUsed: bigint;
  /** Seconds since 1970-01-01 UTC. */
  readonly timestamp: bigint;
  readonly extraData: Uint8Array;
  /** `mixHash`: the PREVRANDAO value; zero before Paris. */
  readonly prevRandao: Hash;
  /** Eight bytes, zero since the merge. */
  readonly nonce: Hex;
  /** Since London (EIP-1559). */
  readonly baseFeePerGas: bigint | undefined;
  /** Since Shanghai (EIP-4895). */
  readonly withdrawalsRoot: Hash | undefined;
  /** Since Cancun (EIP-4844). */
  readonly blobGasUsed: bigint | undefined;
  /** Since Cancun (EIP-4844). */
  readonly excessBlobGas: bigint | undefined;
  /** Since Cancun (EIP-4788). */
  readonly parentBeaconBlockRoot: Hash | undefined;
  /** Since Prague (EIP-7685). */
  readonly requestsHash: Hash | undefined;
}

/** A sealed block (or the pending view of one). */
export interface Block {
  readonly header: BlockHeader;
  readonly hash: Hash;
  readonly transactions: readonly Transaction[];
  /**
   * One per transaction, same order. Those of a block from before a fork may not be at hand: then this throws `MissingPage`, whose `load()` brings
   * them; `Chain.getReceipts` waits for them.
   */
  readonly receipts: readonly Receipt[];
  /** Length of the RLP of the block, in bytes. */
  readonly size: number;
  /** Set on a block from before a fork. */
  readonly reported?: Reported;
}

/** EIP-1186 proof of one storage slot. */
export interface StorageProof {
  readonly key: Word;
  readonly value: Word;
  readonly proof: readonly Uint8Array[];
}

/** EIP-1186 proof of an account against the state root of a block. */
export interface AccountProof {
  readonly address: Address;
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly codeHash: Hash;
  readonly storageHash: Hash;
  readonly accountProof: readonly Uint8Array[];
  readonly storageProof: readonly StorageProof[];
}

/** What an `eth_call` or `eth_estimateGas` asks for. */
export interface CallRequest {
  /** Default: the zero address. */
  readonly from?: Address;
  /** Absent: contract creation. */
  readonly to?: Address;
  readonly data?: Uint8Array;
  readonly value?: bigint;
  /** Default and ceiling: the block gas limit. */
  readonly gasLimit?: bigint;
  /** Legacy price; sets both caps below. Absent and zero: fees are not charged and BASEFEE reads 0 as in geth. */
  readonly gasPrice?: bigint;
  readonly maxFeePerGas?: bigint;
  readonly maxPriorityFeePerGas?: bigint;
  readonly accessList?: readonly AccessListEntry[];
  /** Makes it a transaction that sets code (EIP-7702). */
  readonly authorizationList?: readonly Authorization[];
  /** What BLOBHASH reads (EIP-4844). */
  readonly blobHashes?: readonly Hash[];
  /** Default: the price of blob gas. */
  readonly maxFeePerBlobGas?: bigint;
}

/** Replaces parts of an account for one call only (state overrides of `eth_call`). */
export interface StateOverride {
  readonly balance?: bigint;
  readonly nonce?: bigint;
  readonly code?: Uint8Array;
  /** Whole storage of the account. Excludes `stateDiff`. */
  readonly state?: ReadonlyMap<Word, Word>;
  /** Single slots; the others keep their values. */
  readonly stateDiff?: ReadonlyMap<Word, Word>;
  /** Lets the precompiled contract of this address answer at another; here an account like any other stands from now on. */
  readonly movePrecompileTo?: Address;
}

/** Replaces fields of the block that one call sees. */
export interface BlockOverrides {
  readonly number?: bigint;
  /** Seconds. */
  readonly timestamp?: bigint;
  readonly gasLimit?: bigint;
  readonly coinbase?: Address;
  readonly prevRandao?: Hash;
  readonly baseFeePerGas?: bigint;
  readonly blobBaseFee?: bigint;
  /** What BLOCKHASH answers, by number. */
  readonly blockHashes?: ReadonlyMap<bigint, Hash>;
}

/** Result of a call that left no trace in the state. A failing call is a result, not an exception. */
export interface CallResult {
  readonly success: boolean;
  /** Return data, or revert data. */
  readonly returnData: Uint8Array;
  /** Gas that a transaction with this content would have paid for, refund deducted. */
  readonly gasUsed: bigint;
  readonly logs: readonly Log[];
  /** Set if and only if `success` is false. */
  readonly haltReason: HaltReason | undefined;
  /** Address made, if the request creates a contract and succeeded. */
  readonly createdAddress: Address | undefined;
  /** What ran, if it failed and the chain records failures. */
  readonly record?: RecordedFrame;
}

/** Result of an estimate: the smallest sufficient gas limit, or the failure that no gas limit avoids. */
export type EstimateResult =
  | { readonly success: true; readonly gasLimit: bigint }
  | ({ readonly success: false } & Omit<CallResult, "success">);

/** An unsigned transaction of an unlocked or impersonated account. Missing fields are filled in as Hardhat's network does. */
export interface TransactionRequest {
  readonly from: Address;
  readonly to?: Address;
  readonly data?: Uint8Array;
  readonly value?: bigint;
  /**
   * Default with automine: the gas limit of the block, as far as the sender can pay for it, so that one execution is enough. Default without
   * automine: the estimate at the pending block. Either way a request without a gas limit whose execution fails is not mined and does not use
   * up a nonce: {@link SubmitResult.refused} says why. (Hardhat estimates before it sends, and refuses there; the effect is the same.)
   */
  readonly gasLimit?: bigint;
  /** Default: next pending nonce of the sender. */
  readonly nonce?: bigint;
  /** Makes a type 0 (or, with an access list, type 1) transaction. */
  readonly gasPrice?: bigint;
  /** Default: 1 gwei of tip, and a cap that survives two full blocks. */
  readonly maxFeePerGas?: bigint;
  readonly maxPriorityFeePerGas?: bigint;
  readonly accessList?: readonly AccessListEntry[];
  /** Makes a type 3 transaction. The blobs themselves need not be given: no instruction reads them. */
  readonly blobHashes?: readonly Hash[];
  /** The blobs, 131,072 bytes each; their hashes are computed, in seconds. */
  readonly blobs?: readonly Uint8Array[];
  /** Default: twice the price of blob gas. */
  readonly maxFeePerBlobGas?: bigint;
  /** Makes a type 4 transaction. */
  readonly authorizationList?: readonly Authorization[];
  /** If given, must be the chain's. */
  readonly chainId?: bigint;
}

/** What became of a submitted transaction. */
export interface SubmitResult {
  readonly hash: Hash;
  /** Set if the request named no gas limit and its execution failed: nothing was mined, no event was sent, `receipt` is absent. */
  readonly refused?: CallResult;
  /** Set if automine put it into a block before returning: status, revert data and halt reason are there. */
  readonly receipt: Receipt | undefined;
  /** What ran, if it failed in that block and the chain records failures. */
  readonly record?: RecordedFrame;
}

/** Selection of logs; the arguments of `eth_getLogs`. */
export interface LogFilter {
  /** Inclusive. Default: latest. */
  readonly fromBlock?: BlockSelector;
  /** Inclusive. Default: latest. */
  readonly toBlock?: BlockSelector;
  /** Exactly one block; excludes the two above. */
  readonly blockHash?: Hash;
  /** Most logs: if there are more, the search is refused. Default: as many as there are. */
  readonly limit?: number;
  /** Any of these emitters; absent or empty: all. */
  readonly addresses?: readonly Address[];
  /** Per position: any of these topics; `null` matches everything. */
  readonly topics?: readonly (readonly Hash[] | null)[];
}

/** Per-block data of `eth_feeHistory`. */
export interface FeeHistory {
  readonly oldestBlock: bigint;
  /** One more than blocks asked for: the last is the base fee of the next block. */
  readonly baseFeePerGas: readonly bigint[];
  readonly gasUsedRatio: readonly number[];
  /** Since Cancun: as {@link baseFeePerGas}, per blob gas. */
  readonly baseFeePerBlobGas?: readonly bigint[];
  /** Since Cancun. */
  readonly blobGasUsedRatio?: readonly number[];
  /** Per block, one tip per percentile asked for. */
  readonly reward: readonly (readonly bigint[])[];
}
