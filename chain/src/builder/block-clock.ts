import { ChainError } from "../errors.ts";

/** What of the clock a snapshot keeps. */
export interface ClockSnapshot {
  readonly offset: bigint;
  readonly next: bigint | undefined;
  readonly interval: bigint | undefined;
  /** Seconds by the clock when it was taken. */
  readonly takenAt: bigint;
}

/** The chain's time: the clock outside, shifted by an offset. All in seconds. */
export interface BlockClock {
  /** Timestamp a block on top of a parent would have now. */
  peek(parentTimestamp: bigint): bigint;
  /** A block was made with this timestamp: one that was set for it is used up, and later blocks go on from it. */
  settle(timestamp: bigint): void;
  /** @throws ChainError `TIMESTAMP_NOT_AFTER_PARENT`, `TIMESTAMP_TOO_HIGH` */
  setNext(timestamp: bigint, parentTimestamp: bigint): void;
  /** @throws ChainError `TIMESTAMP_TOO_HIGH` */
  increase(seconds: bigint): bigint;
  /** The time is this now. @returns how far that is ahead of what it was. @throws ChainError `TIMESTAMP_TOO_HIGH` */
  setTime(timestamp: bigint): bigint;
  /** Every timestamp to come is so far after its parent's; `undefined`: that of the clock again. @returns whether one was set */
  setInterval(seconds: bigint | undefined): boolean;
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

/** Highest time that a block can have: Ethereum's timestamps are numbers of 64 bits. */
const MAX_TIMESTAMP = 2n ** 64n - 1n;

/** @throws ChainError `TIMESTAMP_TOO_HIGH` */
export function checkTimestamp(timestamp: bigint): bigint {
  if (timestamp > MAX_TIMESTAMP) {
    throw new ChainError("TIMESTAMP_TOO_HIGH", `The timestamp ${timestamp} is beyond the 64 bits of a header`, {
      timestamp,
      limit: MAX_TIMESTAMP,
    });
  }
  return timestamp;
}

/** Makes the chain's clock. */
export function createBlockClock({
  clock,
  offset: initialOffset,
  allowBlocksWithSameTimestamp,
}: BlockClockOptions): BlockClock {
  let offset = initialOffset;
  let next: bigint | undefined;
  let interval: bigint | undefined;
  const now = (): bigint => BigInt(Math.floor(clock() / 1000));

  function peek(parentTimestamp: bigint): bigint {
    const wanted = next ?? (interval === undefined ? now() + offset : parentTimestamp + interval);
    const least = allowBlocksWithSameTimestamp ? parentTimestamp : parentTimestamp + 1n;
    return checkTimestamp(wanted < least ? least : wanted);
  }

  return {
    peek,
    settle(timestamp) {
      if (next === undefined && interval === undefined) return;
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
      next = checkTimestamp(timestamp);
    },
    increase(seconds) {
      checkTimestamp(now() + offset + seconds);
      offset += seconds;
      return offset;
    },
    setTime(timestamp) {
      const before = now() + offset;
      offset = checkTimestamp(timestamp) - now();
      return timestamp - before;
    },
    setInterval(seconds) {
      const wasSet = interval !== undefined;
      interval = seconds;
      return wasSet;
    },
    snapshot: () => ({ offset, next, interval, takenAt: now() }),
    restore(snapshot) {
      offset = snapshot.offset + snapshot.takenAt - now();
      next = snapshot.next;
      interval = snapshot.interval;
    },
    rollBack(snapshot) {
      offset = snapshot.offset;
      next = snapshot.next;
      interval = snapshot.interval;
    },
  };
}
