import type {
  Common,
  EVMStateManagerInterface,
  Proof,
  StorageDump,
  StorageRange,
} from "@nomicfoundation/ethereumjs-common";
import { Account, type Address as EvmAddress, KECCAK256_NULL, KECCAK256_RLP } from "@nomicfoundation/ethereumjs-util";
import { fromHex, toHex } from "../../codec/hex.ts";
import { EMPTY_CODE_HASH } from "../../state/account-leaf.ts";
import type { Mark, State } from "../../state/state.ts";
import type { Address, Word } from "../../types.ts";

/** Address objects come again and again within a run; their text is made once. */
const addressText = new WeakMap<EvmAddress, Address>();

/** The text form of an ethereumjs address. */
export function textOf(address: EvmAddress): Address {
  const known = addressText.get(address);
  if (known !== undefined) return known;
  const text = toHex(address.bytes);
  addressText.set(address, text);
  return text;
}

/**
 * Our flat state in the clothes of an ethereumjs state manager. Checkpoints are marks in the state's one journal. What only stock tries or
 * clients use is refused.
 */
export class StateAdapter implements EVMStateManagerInterface {
  /** State the next execution runs on. */
  state: State;
  /** Read by the interpreter of ethereumjs through an untyped door. */
  common: Common | undefined;
  readonly originalStorageCache: EVMStateManagerInterface["originalStorageCache"];
  #marks: Mark[] = [];

  constructor(state: State) {
    this.state = state;
    this.originalStorageCache = {
      get: async (address, key) => this.state.getOriginalStorage(textOf(address), toHex(key)),
      clear: () => undefined,
    };
  }

  /** Starts on another state, at depth zero. */
  attach(state: State): void {
    this.state = state;
    this.#marks = [];
  }

  async getAccount(address: EvmAddress): Promise<Account | undefined> {
    const { state } = this;
    const text = textOf(address);
    if (!state.exists(text)) return undefined;
    const codeHash = state.getCodeHash(text);
    return new Account(
      state.getNonce(text),
      state.getBalance(text),
      KECCAK256_RLP,
      codeHash === EMPTY_CODE_HASH ? KECCAK256_NULL : fromHex(codeHash),
    );
  }

  async putAccount(address: EvmAddress, account?: Account): Promise<void> {
    const text = textOf(address);
    if (account === undefined) {
      this.state.deleteAccount(text);
      return;
    }
    // The code changes through putContractCode only; the storage root is the state's own business.
    this.state.setNonce(text, account.nonce);
    this.state.setBalance(text, account.balance);
  }

  async deleteAccount(address: EvmAddress): Promise<void> {
    this.state.deleteAccount(textOf(address));
  }

  async modifyAccountFields(address: EvmAddress, fields: Partial<Pick<Account, "nonce" | "balance">>): Promise<void> {
    const text = textOf(address);
    if (fields.nonce !== undefined) this.state.setNonce(text, fields.nonce);
    if (fields.balance !== undefined) this.state.setBalance(text, fields.balance);
  }

  async putContractCode(address: EvmAddress, code: Uint8Array): Promise<void> {
    this.state.setCode(textOf(address), code);
  }

  async getContractCode(address: EvmAddress): Promise<Uint8Array> {
    return this.state.getCode(textOf(address));
  }

  async getContractStorage(address: EvmAddress, key: Uint8Array): Promise<Uint8Array> {
    return this.state.getStorage(textOf(address), toHex(key) as Word);
  }

  async putContractStorage(address: EvmAddress, key: Uint8Array, value: Uint8Array): Promise<void> {
    this.state.setStorage(textOf(address), toHex(key) as Word, value);
  }

  async clearContractStorage(address: EvmAddress): Promise<void> {
    this.state.clearStorage(textOf(address));
  }

  async checkpoint(): Promise<void> {
    this.#marks.push(this.state.checkpoint());
  }

  async commit(): Promise<void> {
    this.#marks.pop();
  }

  async revert(): Promise<void> {
    const mark = this.#marks.pop();
    if (mark !== undefined) this.state.revert(mark);
  }

  async getStateRoot(): Promise<Uint8Array> {
    return refuse("getStateRoot");
  }

  async setStateRoot(): Promise<void> {
    return refuse("setStateRoot");
  }

  async hasStateRoot(): Promise<boolean> {
    return refuse("hasStateRoot");
  }

  async getProof(): Promise<Proof> {
    return refuse("getProof");
  }

  async dumpStorage(): Promise<StorageDump> {
    return refuse("dumpStorage");
  }

  async dumpStorageRange(): Promise<StorageRange> {
    return refuse("dumpStorageRange");
  }

  async generateCanonicalGenesis(): Promise<void> {
    return refuse("generateCanonicalGenesis");
  }

  shallowCopy(): EVMStateManagerInterface {
    return refuse("shallowCopy");
  }
}

function refuse(what: string): never {
  throw new Error(`The flat state does not offer ${what}`);
}
