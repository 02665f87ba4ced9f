import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { siblingModule } from "../sibling-module.ts";

/** Threads that recover senders beside the main one. */
export interface RecoveryThreads {
  /** Hands a packed job to an idle thread; `undefined` if none is idle (or still starting). The promise fails if the thread dies. */
  tryRun(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> | undefined;
  /** The same, but behind what the least busy thread has to do already; `undefined` if none has started. */
  queue(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> | undefined;
  /** Resolves when a thread may have become idle. */
  idle(): Promise<void>;
  /** Threads at work. */
  readonly busy: number;
}

interface Job {
  resolve(answers: Uint8Array): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  /** In the order in which they were handed over, which is that of the answers. */
  readonly jobs: Job[];
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
  const ready: Thread[] = [];
  let waiting: (() => void)[] = [];

  function wake(): void {
    const due = waiting;
    waiting = [];
    for (const resume of due) resume();
  }

  for (let i = 0; i < count; i++) {
    const worker = new Worker(siblingModule("./recovery-worker", import.meta.url), { execArgv: [] });
    const thread: Thread = { worker, jobs: [] };
    worker.on("message", (message: unknown) => {
      if (message instanceof Uint8Array) thread.jobs.shift()?.resolve(message);
      else ready.push(thread);
      if (thread.jobs.length > 0) return;
      worker.unref();
      wake();
    });
    // A thread that cannot start or dies is not missed: the main thread does what is left.
    worker.on("error", (error) => {
      const at = ready.indexOf(thread);
      if (at >= 0) ready.splice(at, 1);
      for (const job of thread.jobs.splice(0)) job.reject(error);
      wake();
    });
    worker.unref();
  }

  function leastBusy(): Thread | undefined {
    let best = ready[0];
    for (const thread of ready) if (thread.jobs.length < (best?.jobs.length ?? 0)) best = thread;
    return best;
  }

  function hand(thread: Thread, packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    // A promise alone does not keep a process alive.
    thread.worker.ref();
    return new Promise((resolve, reject) => {
      thread.jobs.push({ resolve, reject });
      thread.worker.postMessage(packed, [packed.buffer]);
    });
  }

  return {
    get busy() {
      return ready.filter(({ jobs }) => jobs.length > 0).length;
    },
    tryRun(packed) {
      const thread = leastBusy();
      return thread === undefined || thread.jobs.length > 0 ? undefined : hand(thread, packed);
    },
    queue(packed) {
      const thread = leastBusy();
      return thread === undefined ? undefined : hand(thread, packed);
    },
    idle: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
  };
}
