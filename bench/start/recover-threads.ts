import { recoverAll } from "../../chain/src/pool/recover-senders.ts";
import { startRecoveryThreads, threadCount } from "../../chain/src/pool/recovery-threads.ts";
import { measure } from "../lib/measure.ts";
import { BATCH_SIZE, signedBatch } from "./batch.ts";

const batch = signedBatch();
const threads = startRecoveryThreads(Math.max(threadCount(), 1));
// Idle threads do not keep a process alive.
const keepAlive = setInterval(() => {}, 1_000);
await threads.idle();
clearInterval(keepAlive);
console.log(((await measure(() => recoverAll(batch, threads), { warmUp: 2, steps: 7 })) * 1_000) / BATCH_SIZE);
