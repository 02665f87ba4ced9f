import { ChainError } from "../errors.ts";

/** What of the clock a snapshot keeps. */
export interface ClockSnapshot {
  readonly offset: bigint;
  readonly next: bigint | undefined;
  /** Seconds by the clock when it was taken. */
  readonly takenAt: bigint;
}

/** The chain's time: the clock outside, shifted by an offset. All in seconds. */
export interface BlockClock {
  /** Timestamp a block on top of a parent would have now. */
  peek(parentTimestamp: bigint): bigint;
  /** A block was made with this timestamp: one that was set for it is used up, and later blocks go on from it. */
  settle(timestamp: bigint): void;
  /** @throws ChainError `TIMESTAMP_NOT_AFTER_PARENT` */
  setNext(timestamp: bigint, parentTimestamp: bigint): void;
  increase(seconds: bigint): bigint;
  snapshot(): ClockSnapshot;
  /** Time goes on from where it was when the snapshot was taken, as if nothing had passed outside. */
  restore(snapshot: ClockSnapshot): void;
  /** Forgets what was set since the snapshot; the time that passed stays passed. */
  rollBack(snapshot: ClockSnapshot): void;
}

/** Options of a block clock. */
export interface BlockClockOptions {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly clock: () => number;
  /** Offset at the start, seconds. */
  readonly offset: bigint;
  readonly allowBlocksWithSameTimestamp: boolean;
}

/** Makes the chain's clock. */
export function createBlockClock({
  clock,
  offset: initialOffset,
  allowBlocksWithSameTimestamp,
}: BlockClockOptions): BlockClock {
  let offset = initialOffset;
  let next: bigint | undefined;
  const now = (): bigint => BigInt(Math.floor(clock() / 1000));

  function peek(parentTimestamp: bigint): bigint {
    const wanted = next ?? now() + offset;
    const least = allowBlocksWithSameTimestamp ? parentTimestamp : parentTimestamp + 1n;
    return wanted < least ? least : wanted;
  }

  return {
    peek,
    settle(timestamp) {
      if (next === undefined) return;
      offset = timestamp - now();
      next = undefined;
    },
    setNext(timestamp, parentTimestamp) {
      if (timestamp < parentTimestamp || (timestamp === parentTimestamp && !allowBlocksWithSameTimestamp)) {
        throw new ChainError(
          "TIMESTAMP_NOT_AFTER_PARENT",
          `The timestamp ${timestamp} is not after the latest block's, ${parentTimestamp}`,
          {
            timestamp,
            parentTimestamp,
          },
        );
      }
      next = timestamp;
    },
    increase(seconds) {
      offset += seconds;
      return offset;
    },
    snapshot: () => ({ offset, next, takenAt: now() }),
    restore(snapshot) {
      offset = snapshot.offset + snapshot.takenAt - now();
      next = snapshot.next;
    },
    rollBack(snapshot) {
      offset = snapshot.offset;
      next = snapshot.next;
    },
  };
}
