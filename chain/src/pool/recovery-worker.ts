// A thread that recovers senders. It loads nothing but the curve.
import { parentPort } from "node:worker_threads";
import { answerQuestions } from "./recovery-job.ts";

parentPort?.on("message", (packed: Uint8Array) => {
  const answers = answerQuestions(packed);
  parentPort?.postMessage(answers, [answers.buffer]);
});
parentPort?.postMessage("ready");
