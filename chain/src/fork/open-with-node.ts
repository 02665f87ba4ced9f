import { setTimeout as wait } from "node:timers/promises";
import type { ForkingOptions } from "../options.ts";
import { type OpenedFork, openFork } from "./open-fork.ts";
import { openRequestLog } from "./request-log.ts";

/** Opens a fork with what Node offers: its `fetch`, its timer, its disk. */
export function openWithNode(options: ForkingOptions): Promise<OpenedFork> {
  return openFork(options, {
    fetch: globalThis.fetch,
    now: () => performance.now(),
    wait: async (milliseconds) => {
      await wait(milliseconds);
    },
    openLog: openRequestLog,
  });
}
