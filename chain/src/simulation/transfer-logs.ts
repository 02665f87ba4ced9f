import { bigIntToWord, fromHex } from "../codec/hex.ts";
import type { FrameEnd, FrameStart, Tracer } from "../engine/tracer.ts";
import type { Address, Hash, Log } from "../types.ts";

/** Who tells of transfers of ether. */
const ETHER: Address = `0x${"ee".repeat(20)}`;
/** keccak256 of `Transfer(address,address,uint256)`. */
const TRANSFER: Hash = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

/** A log with its number in the block, counted when it was written. */
export interface NumberedLog extends Log {
  readonly logIndex: number;
}

/** Collects the logs of the executions of one block, with those of transfers if wanted. */
export interface TransferLogs {
  readonly tracer: Tracer;
  /** The logs of the execution that ended, none of frames that failed; the next one begins. */
  take(): readonly NumberedLog[];
}

/** Makes a collector for one block. */
export function createTransferLogs(tellsTransfers: boolean): TransferLogs {
  let count = 0;
  let began = 0;
  let frames: NumberedLog[][] = [];
  let kept: readonly NumberedLog[] = [];
  /** The transfer to a contract whose address is not known before it stands. */
  let creations: (number | undefined)[] = [];

  function add(log: Log): void {
    frames.at(-1)?.push({ ...log, logIndex: count++ });
  }

  function transfer(from: Address, to: Address, value: bigint): Log {
    return { address: ETHER, topics: [TRANSFER, wordOf(from), wordOf(to)], data: fromHex(bigIntToWord(value)) };
  }

  function onEnter({ kind, from, to, value }: FrameStart): void {
    frames.push([]);
    const moves = tellsTransfers && value > 0n && kind !== "delegatecall" && kind !== "callcode";
    creations.push(moves && to === undefined ? frames.at(-1)?.length : undefined);
    if (moves) add(transfer(from, to ?? from, value));
  }

  function onExit({ success, createdAddress }: FrameEnd): void {
    const logs = frames.pop() ?? [];
    const creation = creations.pop();
    const log = creation === undefined ? undefined : logs[creation];
    if (creation !== undefined && log !== undefined && createdAddress !== undefined)
      logs[creation] = { ...log, topics: [...log.topics.slice(0, 2), wordOf(createdAddress)] };
    if (frames.length === 0) kept = success ? logs : [];
    else if (success) frames.at(-1)?.push(...logs);
  }

  return {
    tracer: {
      onEnter,
      onExit,
      onLog: (log) => add({ address: log.address, topics: log.topics, data: log.data }),
      onDestruction({ address, heir, balance }) {
        if (tellsTransfers && balance > 0n) add(transfer(address, heir, balance));
      },
      onRestart() {
        count = began;
        frames = [];
        creations = [];
      },
    },
    take() {
      began = count;
      const logs = kept;
      kept = [];
      return logs;
    },
  };
}

function wordOf(address: Address): Hash {
  return `0x${address.slice(2).padStart(64, "0")}`;
}
