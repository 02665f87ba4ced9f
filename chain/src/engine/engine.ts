import type { State } from "../state/state.ts";
import type { Address, Awaitable, HaltReason, Hash, Log } from "../types.ts";
import type { Tracer } from "./tracer.ts";

/** What instructions can ask about the block they run in. */
export interface BlockContext {
  readonly number: bigint;
  /** Seconds. */
  readonly timestamp: bigint;
  readonly coinbase: Address;
  readonly gasLimit: bigint;
  readonly baseFeePerGas: bigint;
  /** PREVRANDAO; before Paris the difficulty, as a word. */
  readonly prevRandao: Hash;
  /** Price of blob gas, for BLOBBASEFEE. */
  readonly blobBaseFee: bigint;
  /** Hash of one of the 256 blocks before; `undefined` if there is none. */
  blockHash(number: bigint): Hash | undefined;
  /** Precompiled contracts that answer at another address for this execution: by address, whose; `undefined`, none. */
  readonly precompileMoves?: ReadonlyMap<Address, Address | undefined>;
}

/** The outermost message of a transaction or call. */
export interface Message {
  readonly caller: Address;
  /** `undefined` creates a contract at the address that follows from the caller and its nonce less one. */
  readonly to: Address | undefined;
  readonly value: bigint;
  readonly data: Uint8Array;
  /** Gas left after the intrinsic cost. */
  readonly gasLimit: bigint;
  /** Price per gas, for GASPRICE. */
  readonly gasPrice: bigint;
  /** Versioned hashes of the transaction's blobs, for BLOBHASH (EIP-4844). None when left out. */
  readonly blobHashes?: readonly Hash[];
}

/** What became of a message. */
export interface Outcome {
  readonly success: boolean;
  readonly haltReason: HaltReason | undefined;
  /** Before any refund. */
  readonly gasUsed: bigint;
  /** Refund counter, not yet capped; 0 on failure. */
  readonly gasRefund: bigint;
  readonly returnData: Uint8Array;
  readonly logs: readonly Log[];
  readonly createdAddress: Address | undefined;
  /** Accounts to delete when the transaction ends: from Cancun on those destroyed in the transaction that made them (EIP-6780), before all that were destroyed. */
  readonly selfdestructs: readonly Address[];
}

/**
 * Executes one message with everything it calls, against a state.
 *
 * The caller (the executor) has begun a transaction on the state, warmed what the transaction warms, counted up the sender's nonce and taken
 * the fees. A failed message leaves nothing but that. The engine moves value, runs code and reports; it knows neither fees nor receipts.
 * It may answer at once or with a promise (an engine that is asynchronous by nature); nobody touches the state meanwhile. Where the state throws
 * `MissingPage`, so does the engine, and whoever called it takes the state back.
 */
export interface Engine {
  readonly name: string;
  execute(state: State, message: Message, block: BlockContext, tracer?: Tracer): Awaitable<Outcome>;
}
