import type { Address, Word } from "@banyan/chain";
import { toHex } from "../../../chain/src/codec/hex.ts";
import type { AccountTrie } from "../../../chain/src/state/account-leaf.ts";
import { createState, type State } from "../../../chain/src/state/state.ts";
import { word } from "../support.ts";

export const ADDRESSES: readonly Address[] = [1, 2, 3].map((i): Address => `0x${i.toString(16).padStart(40, "b")}`);
export const SLOTS: readonly Word[] = [0, 1, 2].map(word);

/** One change of a state. */
export type Edit =
  | { readonly do: "balance" | "nonce"; readonly address: Address; readonly amount: bigint }
  | { readonly do: "code"; readonly address: Address; readonly value: Uint8Array }
  | {
      readonly do: "storage" | "transient";
      readonly address: Address;
      readonly slot: Word;
      readonly value: Uint8Array;
    }
  | { readonly do: "warm" | "clear" | "delete"; readonly address: Address }
  | { readonly do: "warmSlot"; readonly address: Address; readonly slot: Word };

/** Makes an edit. */
export function perform(state: State, edit: Edit): void {
  switch (edit.do) {
    case "balance":
      state.setBalance(edit.address, edit.amount);
      break;
    case "nonce":
      state.setNonce(edit.address, edit.amount);
      break;
    case "code":
      state.setCode(edit.address, edit.value);
      break;
    case "storage":
      state.setStorage(edit.address, edit.slot, edit.value);
      break;
    case "transient":
      state.setTransient(edit.address, edit.slot, edit.value);
      break;
    case "warm":
      state.warm(edit.address);
      break;
    case "warmSlot":
      state.warmSlot(edit.address, edit.slot);
      break;
    case "clear":
      state.clearStorage(edit.address);
      break;
    case "delete":
      state.deleteAccount(edit.address);
      break;
  }
}

/** Everything a state can be asked about the addresses and slots above, by question. */
export type Picture = Readonly<Record<string, string>>;

/** Asks a state everything. */
export function look(state: State): Picture {
  const seen: Record<string, string> = {};
  for (const address of ADDRESSES) {
    seen[`${address} balance`] = String(state.getBalance(address));
    seen[`${address} nonce`] = String(state.getNonce(address));
    seen[`${address} code`] = toHex(state.getCode(address));
    seen[`${address} exists`] = String(state.exists(address));
    seen[`${address} warm`] = String(state.isWarm(address));
    for (const slot of SLOTS) {
      seen[`${address} ${slot}`] = toHex(state.getStorage(address, slot));
      seen[`${address} ${slot} original`] = toHex(state.getOriginalStorage(address, slot));
      seen[`${address} ${slot} transient`] = toHex(state.getTransient(address, slot));
      seen[`${address} ${slot} warm`] = String(state.isWarmSlot(address, slot));
    }
  }
  return seen;
}

/** What lasts beyond a transaction, by question. */
type World = ReadonlyMap<string, string>;

/** The plainest model of a state there is: maps from question to answer, copied whole whenever a copy may be wanted. */
export class Model {
  #world = new Map<string, string>();
  #transaction = new Map<string, string>();
  #originals = new Map<string, string>();

  begin(): void {
    this.#transaction = new Map();
    this.#originals = new Map(this.#world);
  }

  copy(): Model {
    const copy = new Model();
    copy.#world = new Map(this.#world);
    copy.#transaction = new Map(this.#transaction);
    copy.#originals = new Map(this.#originals);
    return copy;
  }

  get world(): World {
    return new Map(this.#world);
  }

  returnTo(world: World): void {
    this.#world = new Map(world);
    this.begin();
  }

  perform(edit: Edit): void {
    const { address } = edit;
    switch (edit.do) {
      case "balance":
      case "nonce":
        this.#world.set(`${address} ${edit.do}`, String(edit.amount));
        break;
      case "code":
        this.#world.set(`${address} code`, toHex(edit.value));
        break;
      case "storage":
        this.#world.set(`${address} ${edit.slot}`, toHex(edit.value));
        break;
      case "transient":
        this.#transaction.set(`${address} ${edit.slot} transient`, toHex(edit.value));
        break;
      case "warm":
        this.#transaction.set(`${address} warm`, "true");
        break;
      case "warmSlot":
        this.#transaction.set(`${address} ${edit.slot} warm`, "true");
        break;
      case "delete":
        for (const field of ["balance", "nonce", "code"]) this.#world.delete(`${address} ${field}`);
        this.#forgetStorage(address);
        break;
      case "clear":
        this.#forgetStorage(address);
    }
  }

  #forgetStorage(address: Address): void {
    for (const slot of SLOTS) {
      this.#world.delete(`${address} ${slot}`);
      this.#originals.delete(`${address} ${slot}`);
    }
  }

  look(): Picture {
    const seen: Record<string, string> = {};
    for (const address of ADDRESSES) {
      const balance = this.#world.get(`${address} balance`) ?? "0";
      const nonce = this.#world.get(`${address} nonce`) ?? "0";
      const code = this.#world.get(`${address} code`) ?? "0x";
      seen[`${address} balance`] = balance;
      seen[`${address} nonce`] = nonce;
      seen[`${address} code`] = code;
      seen[`${address} exists`] = String(balance !== "0" || nonce !== "0" || code !== "0x");
      seen[`${address} warm`] = this.#transaction.get(`${address} warm`) ?? "false";
      for (const slot of SLOTS) {
        seen[`${address} ${slot}`] = this.#world.get(`${address} ${slot}`) ?? "0x";
        seen[`${address} ${slot} original`] = this.#originals.get(`${address} ${slot}`) ?? "0x";
        seen[`${address} ${slot} transient`] = this.#transaction.get(`${address} ${slot} transient`) ?? "0x";
        seen[`${address} ${slot} warm`] = this.#transaction.get(`${address} ${slot} warm`) ?? "false";
      }
    }
    return seen;
  }

  /** Root of a state that never held anything else. */
  root(): AccountTrie | undefined {
    const state = createState();
    const seen = this.look();
    const answer = (question: string): string => seen[question] ?? "";
    for (const address of ADDRESSES) {
      state.setBalance(address, BigInt(answer(`${address} balance`)));
      state.setNonce(address, BigInt(answer(`${address} nonce`)));
      state.setCode(address, bytesOf(answer(`${address} code`)));
      for (const slot of SLOTS) state.setStorage(address, slot, bytesOf(answer(`${address} ${slot}`)));
    }
    return state.seal();
  }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.slice(2), "hex"));
}
