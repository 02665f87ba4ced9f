import type { Awaitable } from "./types.ts";

/** Lets one order through at a time, in the order they came. */
export interface Turnstile {
  /** Runs `work` when its turn comes: now, if nothing is going on; then a synchronous work's answer is synchronous too. */
  pass<T>(work: () => Awaitable<T>): Awaitable<T>;
}

/** Makes an open turnstile. */
export function createTurnstile(): Turnstile {
  let tail: Promise<unknown> | undefined;

  function enter<T>(promise: Promise<T>): Promise<T> {
    const settled = promise.then(leave, leave);
    const mine: Promise<unknown> = settled;
    tail = mine;
    function leave(): void {
      if (tail === mine) tail = undefined;
    }
    return promise;
  }

  return {
    pass(work) {
      if (tail !== undefined) return enter(tail.then(work));
      const answer = work();
      return answer instanceof Promise ? enter(answer) : answer;
    },
  };
}
