import type { Digest, Signature } from "@banyan/trace-common/client";
import type { DeviceContracts, DeviceVerifier } from "@banyan/trace-common/devices";
import type { Address, Hex } from "viem";
import type { NameBook } from "./names.ts";

/** What every event of a story works with. */
export interface Play {
  readonly contracts: DeviceContracts;
  readonly names: NameBook;
  /** The sender of a call: an office, a party or a rider, able to pay for gas. */
  as(party: string): Promise<{ readonly account: Address }>;
  /** The sender of a call, a party that a line above has filed. */
  asParty(party: string): Promise<{ readonly account: Address }>;
  address(party: string): Address;
  /** What the key inside a device signs. */
  sign(
    device: string,
    contract: DeviceVerifier,
    primaryType: string,
    message: Readonly<Record<string, unknown>>,
  ): Promise<Signature>;
  /** The salted digest of a document. */
  digest(document: string): Digest;
  /** Captures an EPCIS document that lies beside the story. */
  capture(by: string, file: string): Promise<void>;
  /** Applies another event in place. */
  apply(attempt: Readonly<Record<string, unknown>>): Promise<void>;
  /** The story's region. */
  readonly region: Hex;
}
