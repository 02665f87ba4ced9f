import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Played } from "./play.ts";
import { ReplayError } from "./replay-error.ts";
import type { SideName } from "./sides/side.ts";

/** What a worker does. */
export interface Task {
  readonly log: string;
  readonly side: SideName;
  /** Genesis time, milliseconds; absent: now. */
  readonly start?: number;
  /** File for every answer, a line of JSON per line of the log; absent: answers are not kept. */
  readonly results?: string;
}

/** What a worker tells. */
export type Message = { readonly done: number } | { readonly played: Played };

/**
 * Plays a log in a fresh process.
 * @param onProgress told how many lines are done
 * @throws ReplayError `SIDE_FAILED` if the process ends without a result
 */
export function runWorker(task: Task, onProgress: (done: number) => void): Promise<Played> {
  return new Promise((resolve, reject) => {
    let played: Played | undefined;
    let said = "";
    const worker = fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), [JSON.stringify(task)], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    worker.stderr?.on("data", (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-2000);
    });
    worker.on("message", (message: Message) => {
      if ("played" in message) played = message.played;
      else onProgress(message.done);
    });
    worker.on("error", reject);
    worker.on("exit", (code, signal) => {
      if (played !== undefined) return resolve(played);
      reject(
        new ReplayError(
          "SIDE_FAILED",
          `${task.side} ended in the middle of ${task.log} (${signal ?? `exit code ${code}`})${said === "" ? "" : `:\n${said.trim()}`}`,
          "This is a defect of that network: keep the log and report it.",
        ),
      );
    });
  });
}
