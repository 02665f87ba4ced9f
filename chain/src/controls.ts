import type { ResetOptions } from "./options.ts";
import type { AccountDump } from "./state/dump-accounts.ts";
import type { Address, Awaitable, CallResult, Transaction, TransactionRequest } from "./types.ts";

/** A completed transaction, or why there is none. */
export type PreparedTransaction =
  | { readonly transaction: Transaction; readonly refused?: undefined }
  | { readonly refused: CallResult };

/** What a test does to a chain beyond what a transaction can: the less common orders, those of Anvil and Ganache among them. */
export interface ChainControls {
  // ── Pool ──

  /** Empties the pool. @returns how many transactions it held */
  dropAllTransactions(): Awaitable<number>;
  /** Takes a sender's transactions out of the pool. @returns how many there were */
  dropTransactionsOf(sender: Address): Awaitable<number>;

  // ── Accounts ──

  /** From now on the chain signs for this key's account. @returns its address */
  addAccount(privateKey: Uint8Array): Address;
  /** Forgets a key. @returns false if the chain had none for this address */
  removeAccount(address: Address): boolean;
  /** Sets a nonce, also to less than it was: hashes of transactions may then come again. Takes effect at once. */
  overwriteNonce(address: Address, nonce: bigint): Awaitable<void>;

  /**
   * Completes a request as {@link Chain.sendTransaction} would, signs it, and does not submit it.
   * @returns the transaction, or the failed execution if it names no gas limit and none suffices
   * @throws ChainError `ACCOUNT_UNKNOWN` for an account without key, and what an estimate throws
   */
  signTransaction(request: TransactionRequest): Promise<PreparedTransaction>;
  /** The same without signature (v, r and s are zero), for any sender. */
  fillTransaction(request: TransactionRequest): Promise<PreparedTransaction>;

  // ── Blocks to come ──

  /**
   * The chain's time is this from now on, and goes on with the clock.
   * @param timestamp seconds
   * @returns by how many seconds that moves time ahead; negative if back
   */
  setTime(timestamp: bigint): Awaitable<bigint>;
  /** Every block to come has a timestamp so many seconds after its parent's; `undefined`: that of the clock again. @returns whether one was set */
  setBlockTimestampInterval(seconds: bigint | undefined): Awaitable<boolean>;
  /** Extra data of the headers to come, at most 32 bytes. @throws ChainError `OPTION_INVALID` */
  setExtraData(data: Uint8Array): Awaitable<void>;

  // ── The whole state ──

  /** Every account with code and storage, by address, as the state is now. Of a chain over another one: what was touched here. */
  dumpAccounts(): Awaitable<ReadonlyMap<Address, AccountDump>>;
  /**
   * Begins anew with genesis: blocks, state, pool, time, mining mode, snapshots and impersonations are as the options say. Listeners and the
   * tracer stay.
   * @param changes options that differ from now on
   * @throws ChainError `OPTION_INVALID`; with `forking` also `BLOCK_NOT_FOUND` and `REMOTE_*`, and the chain stays as it is
   */
  reset(changes?: ResetOptions): Awaitable<void>;
  /** Sets accounts as they were dumped; others stay. Takes effect at once and enters the state root with the next block. */
  loadAccounts(accounts: ReadonlyMap<Address, AccountDump>): Awaitable<void>;
}
