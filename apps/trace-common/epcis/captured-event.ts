import type { Hex } from "viem";

/** A quantity as the chain keeps it: in millionths of its unit. */
export interface CapturedQuantity {
  readonly object: Hex;
  readonly amount: bigint;
  /** Three bytes of ASCII; zero = pieces. */
  readonly unit: Hex;
}

/** A business transaction by the digest of its identifier. */
export interface CapturedTransaction {
  readonly kind: number;
  readonly id: { readonly value: Hex; readonly algorithm: number };
}

/** Who hands over to whom; numbers of parties, 0 = not stated. */
export interface CapturedFlow {
  readonly fromOwner: number;
  readonly toOwner: number;
  readonly fromHolder: number;
  readonly toHolder: number;
  readonly carrier: number;
}

/** Master data of what an event commissions. */
export interface CapturedIlmd {
  readonly lot: Hex;
  readonly producedAt: bigint;
  readonly expiresAt: bigint;
  readonly certificate: Hex;
  readonly digest: Hex;
}

/** The struct `EpcisEvent` of the contracts; its fields are described there. */
export interface CapturedEvent {
  readonly kind: number;
  readonly action: number;
  readonly step: number;
  readonly disposition: number;
  readonly eventTime: bigint;
  readonly zoneOffset: number;
  readonly contentId: Hex;
  readonly readPoint: number;
  readonly location: number;
  readonly flow: CapturedFlow;
  readonly parent: Hex;
  readonly objects: readonly Hex[];
  readonly quantities: readonly CapturedQuantity[];
  readonly outputs: readonly Hex[];
  readonly outputQuantities: readonly CapturedQuantity[];
  readonly transformation: Hex;
  readonly transactions: readonly CapturedTransaction[];
  readonly set: bigint;
  readonly unset: bigint;
  readonly ilmd: CapturedIlmd;
  readonly sensors: Hex;
  readonly extensions: Hex;
}

/** What is said of an event that was captured in error (C-11). */
export interface CapturedDeclaration {
  readonly declarationTime: bigint;
  readonly reason: number;
  /** Content ids of the events that stand in its place. */
  readonly corrective: readonly Hex[];
}

/** A digest that is not there. */
export const NO_DIGEST: Hex = `0x${"00".repeat(32)}`;
/** Pieces. */
export const PIECES: Hex = "0x000000";
/** What a digest of SHA-256 says of itself on the chain. */
export const SHA256 = 2;
/** Millionths in a unit. */
export const MILLION = 1_000_000n;
