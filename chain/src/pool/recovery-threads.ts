import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { siblingModule } from "../sibling-module.ts";

/** Threads that recover senders beside the main one. */
export interface RecoveryThreads {
  /** Hands a packed job to an idle thread; `undefined` if none is idle (or still starting). The promise fails if the thread dies. */
  tryRun(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> | undefined;
  /** Resolves when a thread may have become idle. */
  idle(): Promise<void>;
  /** Threads at work. */
  readonly busy: number;
}

interface Thread {
  readonly worker: Worker;
  job: { resolve(answers: Uint8Array): void; reject(error: Error): void } | undefined;
}

/** How many threads a machine gives: one core is left to the main thread. */
export function threadCount(cores: number = availableParallelism()): number {
  return Math.min(cores - 1, 4);
}

/**
 * Starts threads. They never keep the process alive, except while they work.
 * @param count how many; see {@link threadCount}
 */
export function startRecoveryThreads(count: number): RecoveryThreads {
  const idleThreads: Thread[] = [];
  let waiting: (() => void)[] = [];
  let busy = 0;

  function release(thread: Thread): void {
    idleThreads.push(thread);
    wake();
  }

  function wake(): void {
    const due = waiting;
    waiting = [];
    for (const resume of due) resume();
  }

  for (let i = 0; i < count; i++) {
    const worker = new Worker(siblingModule("./recovery-worker", import.meta.url), { execArgv: [] });
    const thread: Thread = { worker, job: undefined };
    worker.on("message", (message: unknown) => {
      const { job } = thread;
      thread.job = undefined;
      if (job !== undefined && message instanceof Uint8Array) {
        busy--;
        worker.unref();
        job.resolve(message);
      }
      release(thread);
    });
    // A thread that cannot start or dies is not missed: the main thread does what is left.
    worker.on("error", (error) => {
      const { job } = thread;
      thread.job = undefined;
      const at = idleThreads.indexOf(thread);
      if (at >= 0) idleThreads.splice(at, 1);
      if (job !== undefined) {
        busy--;
        job.reject(error);
      }
      wake();
    });
    worker.unref();
  }

  return {
    get busy() {
      return busy;
    },
    tryRun(packed) {
      const thread = idleThreads.pop();
      if (thread === undefined) return undefined;
      busy++;
      // A promise alone does not keep a process alive.
      thread.worker.ref();
      return new Promise((resolve, reject) => {
        thread.job = { resolve, reject };
        thread.worker.postMessage(packed, [packed.buffer]);
      });
    },
    idle: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
  };
}
