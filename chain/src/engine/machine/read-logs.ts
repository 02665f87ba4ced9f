import type { Hash, Log } from "../../types.ts";
import type { Machine } from "./machine.ts";

/** The logs of the execution that just ended, copied out of the machine. Layout: `assembly/logs.ts`. */
export function readLogs(machine: Machine): readonly Log[] {
  const { exports } = machine;
  const end = exports.logArea.value + exports.logBytes.value;
  let at = exports.logArea.value;
  const logs: Log[] = [];
  const view = machine.view();
  while (at < end) {
    logs.push(readLog(machine, at));
    at += view.getUint32(at, true);
  }
  return logs;
}

/** One log, copied out of the machine. */
export function readLog(machine: Machine, at: number): Log {
  const view = machine.view();
  const topicCount = view.getUint32(at + 4, true);
  const size = view.getUint32(at + 8, true);
  const topics: Hash[] = [];
  for (let i = 0; i < topicCount; i++) topics.push(machine.readHash(at + 48 + 32 * i));
  const data = at + 48 + 32 * topicCount;
  return { address: machine.readAddress(at + 16), topics, data: machine.bytes().slice(data, data + size) };
}
