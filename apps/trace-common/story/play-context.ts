import type { Digest } from "@banyan/app-common/client";
import type { Address, Hex, LocalAccount } from "viem";
import type { TraceContracts } from "../deploy/index.ts";
import type { Archive } from "../trace/archive.ts";
import type { NameBook } from "./names.ts";

/** What every event works with. */
export interface Play {
  readonly contracts: TraceContracts;
  readonly names: NameBook;
  /** An office, a party or a device as the sender of a transaction: its key is known and it has gas. */
  as(party: string): Promise<{ readonly account: Address }>;
  /** The agent of a party as the sender. Throws `NAME_UNKNOWN` for a party that was not filed. */
  asAgent(party: string): Promise<{ readonly account: Address }>;
  /** The number of a party. Throws `NAME_UNKNOWN`. */
  party(name: string): number;
  /** The address of a party, whether it sends or not. */
  address(party: string): Address;
  /** The account of a party: for whoever signs something else than a transaction. */
  account(party: string): LocalAccount;
  /** The salted digest of a document of the story. */
  digest(document: string): Digest;
  /** Where originals of captured events are kept. */
  readonly archive: Archive;
  /** The text of a file that the story names, by its path from the story's folder. Throws `INPUT_MISSING`. */
  read(path: string): string;
  /** Applies another event in place: for events that hold one. */
  apply(event: Readonly<Record<string, unknown>>): Promise<void>;
  /** To be called by an event that itself finds out what of it an earlier run had done. */
  forgetSent(): void;
  /** The region of the story, as the contracts write it. */
  readonly region: Hex;
}
