import { recoverAll } from "../../chain/src/pool/recover-senders.ts";
import { measure } from "../lib/measure.ts";
import { BATCH_SIZE, signedBatch } from "./batch.ts";

const batch = signedBatch();
console.log(((await measure(() => recoverAll(batch, undefined), { warmUp: 2, steps: 7 })) * 1_000) / BATCH_SIZE);
