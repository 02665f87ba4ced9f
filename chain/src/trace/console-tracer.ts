import type { Tracer } from "../engine/tracer.ts";

/** Prints what contracts say through `hardhat/console.sol`. */
export interface ConsoleTracer {
  /** What the chain has to call. */
  readonly tracer: Tracer;
  /** Prints what was collected, in order. Costs nothing if there is nothing. */
  flush(): Promise<void> | undefined;
  /** Forgets what was collected, as after an estimate. */
  discard(): void;
}

/**
 * Makes a console tracer. The decoder is loaded with the first line.
 * @param print receives each line, without a line break
 */
export function createConsoleTracer(print: (line: string) => void): ConsoleTracer {
  let collected: Uint8Array[] = [];
  /** Lines there were when the present execution began. */
  let before = 0;
  async function printCollected(): Promise<void> {
    const calls = collected;
    collected = [];
    before = 0;
    const { consoleLine } = await import("./console-log.ts");
    for (const callData of calls) {
      const line = consoleLine(callData);
      if (line !== undefined) print(line);
    }
  }
  return {
    tracer: {
      onConsole(callData) {
        collected.push(callData.slice());
      },
      onBegin() {
        before = collected.length;
      },
      onRestart() {
        if (collected.length > before) collected.length = before;
      },
    },
    flush: () => (collected.length === 0 ? undefined : printCollected()),
    discard() {
      collected = [];
    },
  };
}
