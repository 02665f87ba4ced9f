import type { Hash, Log } from "../../types.ts";
import type { Machine } from "./machine.ts";

/** The logs of the execution that just ended, copied out of the machine. Layout: `assembly/logs.ts`. */
export function readLogs(machine: Machine): readonly Log[] {
  const { exports } = machine;
  let at = exports.logArea.value >>> 0;
  const end = at + exports.logBytes.value;
  const logs: Log[] = [];
  while (at < end) {
    logs.push(readLog(machine, at));
    at += machine.readU32(at);
  }
  return logs;
}

/** One log, copied out of the machine. */
export function readLog(machine: Machine, at: number): Log {
  const topicCount = machine.readU32(at + 4);
  const size = machine.readU32(at + 8);
  const topics: Hash[] = [];
  for (let i = 0; i < topicCount; i++) topics.push(machine.readHash(at + 48 + 32 * i));
  const data = at + 48 + 32 * topicCount;
  return { address: machine.readAddress(at + 16), topics, data: machine.slice(data, size) };
}
