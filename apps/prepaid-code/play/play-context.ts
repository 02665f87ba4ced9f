import type { Digest } from "@banyan/app-common/client";
import type { Address, Hex } from "viem";
import type { PrepaidContracts } from "../deploy/contracts.ts";
import type { NameBook } from "./names.ts";

/** What every event works with. */
export interface Play {
  readonly contracts: PrepaidContracts;
  readonly names: NameBook;
  /** A party as the sender of a transaction: its key is known and it has gas. */
  as(party: string): Promise<{ readonly account: Address }>;
  /** The agent of a merchant as the sender. Throws `NAME_UNKNOWN` for a merchant that was not filed. */
  asAgent(merchant: string): Promise<{ readonly account: Address }>;
  /** The address of a party, whether it sends or not. */
  address(party: string): Address;
  /** Signs typed data as a party. */
  sign(party: string, data: TypedData): Promise<Hex>;
  /** The salted digest of a document of the story. */
  digest(document: string): Digest;
  /** The salted digest that names a person to a merchant, without saying who it is. */
  personKey(merchant: string, person: string): Hex;
  /** A number that no other signed order of the story carries; the same whenever the same line is played. */
  nonce(): bigint;
  /** Applies another event in place: for events that hold one. */
  apply(event: Readonly<Record<string, unknown>>): Promise<void>;
  /** The region of the story, as the contracts write it. */
  readonly region: Hex;
}

/** Typed data as viem's accounts sign it. */
export interface TypedData {
  readonly domain: Readonly<Record<string, unknown>>;
  readonly types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
}
