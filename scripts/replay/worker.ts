// Plays one log on one network, in a process of its own; told what by its arguments, tells its parent how it went.

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readLog } from "./log.ts";
import { playLog } from "./play.ts";
import type { Message, Task } from "./run-worker.ts";
import { createBanyanSide } from "./sides/banyan.ts";
import { createEdrSide } from "./sides/edr.ts";

const task = JSON.parse(process.argv[2] ?? "") as Task;
const tell = (message: Message): void => {
  process.send?.(message);
};
const { config, lines } = readLog(task.log);
const makeSide = task.side === "edr" ? createEdrSide : createBanyanSide;
const results = task.results === undefined ? undefined : createWriteStream(task.results);
const played = await playLog(() => makeSide(config, task.start), lines, {
  onProgress: (done) => tell({ done }),
  ...(results === undefined ? {} : { onOutcome: (outcomes) => void results.write(`${JSON.stringify(outcomes)}\n`) }),
});
if (results !== undefined) {
  results.end();
  await once(results, "finish");
}
process.send?.({ played } satisfies Message, () => process.exit(0));
