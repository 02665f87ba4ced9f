import type { Common } from "@nomicfoundation/ethereumjs-common";
import { Journal } from "@nomicfoundation/ethereumjs-evm/dist/cjs/journal.js";
import { TransientStorage } from "@nomicfoundation/ethereumjs-evm/dist/cjs/transientStorage.js";
import type { Account, Address as EvmAddress } from "@nomicfoundation/ethereumjs-util";
import { toHex } from "../../codec/hex.ts";
import { type StateAdapter, textOf } from "./state-adapter.ts";

/** The journal of ethereumjs, kept by our state: warmth and values share one undo list, so a revert is one step. */
export class StateJournal extends Journal {
  readonly #adapter: StateAdapter;

  constructor(adapter: StateAdapter, common: Common) {
    super(adapter, common);
    this.#adapter = adapter;
  }

  override putAccount(address: EvmAddress, account: Account | undefined): Promise<void> {
    return this.#adapter.putAccount(address, account);
  }

  override deleteAccount(address: EvmAddress): Promise<void> {
    return this.#adapter.deleteAccount(address);
  }

  override checkpoint(): Promise<void> {
    return this.#adapter.checkpoint();
  }

  override commit(): Promise<void> {
    return this.#adapter.commit();
  }

  override revert(): Promise<void> {
    return this.#adapter.revert();
  }

  override isWarmedAddress(address: Uint8Array): boolean {
    return this.#adapter.state.isWarm(toHex(address));
  }

  override addWarmedAddress(address: Uint8Array): void {
    this.#adapter.state.warm(toHex(address));
  }

  override isWarmedStorage(address: Uint8Array, slot: Uint8Array): boolean {
    return this.#adapter.state.isWarmSlot(toHex(address), toHex(slot));
  }

  override addWarmedStorage(address: Uint8Array, slot: Uint8Array): void {
    this.#adapter.state.warmSlot(toHex(address), toHex(slot));
  }
}

/** Transient storage of ethereumjs, kept by our state, whose journal undoes it together with everything else. */
export class StateTransientStorage extends TransientStorage {
  readonly #adapter: StateAdapter;

  constructor(adapter: StateAdapter) {
    super();
    this.#adapter = adapter;
  }

  override get(address: EvmAddress, key: Uint8Array): Uint8Array {
    return this.#adapter.state.getTransient(textOf(address), toHex(key));
  }

  override put(address: EvmAddress, key: Uint8Array, value: Uint8Array): void {
    this.#adapter.state.setTransient(textOf(address), toHex(key), value);
  }

  override checkpoint(): void {}

  override commit(): void {}

  override revert(): void {}

  // The state empties it when the next transaction begins.
  override clear(): void {}
}
