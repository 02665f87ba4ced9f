import { setImmediate } from "node:timers/promises";
import { toHex } from "../codec/hex.ts";
import { recoverAddressBytes } from "../crypto/secp256k1.ts";
import { ChainError } from "../errors.ts";
import { lazily } from "../lazily.ts";
import { packQuestions, unpackAnswers } from "./recovery-job.ts";
import { type RecoveryThreads, startRecoveryThreads, threadCount } from "./recovery-threads.ts";
import { keepSender, knownSender } from "./sender-cache.ts";
import { type SignedDigest, signedDigestOf } from "./signed-digest.ts";

/** Signatures of one job of a thread: some milliseconds, far more than handing it over costs. */
const JOB_SIZE = 32;
/** Of the first job of a batch: nothing can go on before it is done. */
const FIRST_JOB_SIZE = 12;
/** Signatures the main thread recovers before it lets others work: about a millisecond. */
const SLICE_SIZE = 16;
/** A thread takes as long to start as a thousand recoveries: not for a few. */
const LEAST_FOR_THREADS = 64;

const sharedThreads = lazily(() => startRecoveryThreads(threadCount()));
let hasThreads = false;

/**
 * Recovers the senders of signed transactions before each is decoded by itself, beside the main thread if there are many and cores are free.
 * {@link decodeTransaction} then finds them. What is no transaction, or signed by nobody, is left for it to refuse.
 * @param transactions raw bytes, as `eth_sendRawTransaction` takes them
 */
export async function recoverSenders(transactions: readonly Uint8Array[]): Promise<void> {
  if (transactions.length < 2) return;
  const unknown = unknownOf(transactions);
  if (unknown.length < 2) return;
  if (!hasThreads && unknown.length >= LEAST_FOR_THREADS && threadCount() > 0) hasThreads = true;
  await recoverAll(unknown, hasThreads ? sharedThreads() : undefined);
}

/**
 * The same without waiting for all: whoever needs the sender of one waits for its part, while later ones are still being recovered.
 * @returns by the position of a transaction: resolves when its sender is known, if it has one
 */
export function recoverSendersAhead(transactions: readonly Uint8Array[]): (position: number) => Promise<void> {
  // A single job has nothing to run ahead of.
  if (transactions.length < LEAST_FOR_THREADS || threadCount() === 0) {
    const all = recoverSenders(transactions);
    return () => all;
  }
  hasThreads = true;
  const threads = sharedThreads();
  const jobs: { readonly end: number; readonly done: Promise<void> }[] = [];
  // All are handed over at once: the main thread is busy with the first ones when a thread is ready for the next.
  for (let at = 0, size = FIRST_JOB_SIZE; at < transactions.length; size = JOB_SIZE) {
    const end = Math.min(at + size, transactions.length);
    const unknown = unknownOf(transactions.slice(at, end));
    const answers = unknown.length === 0 ? undefined : threads.queue(packQuestions(unknown));
    jobs.push({ end, done: answers === undefined ? recoverAll(unknown, threads) : settleJob(unknown, answers) });
    at = end;
  }
  return (position) => jobs.find(({ end }) => position < end)?.done ?? Promise.resolve();
}

/**
 * Recovers on threads, and on the main one for as long as none is idle yet; keeps what is found.
 * @param threads `undefined`: on the main thread alone
 */
export async function recoverAll(signed: readonly SignedDigest[], threads: RecoveryThreads | undefined): Promise<void> {
  const jobs: Promise<void>[] = [];
  let next = 0;
  while (next < signed.length) {
    const job = signed.slice(next, next + JOB_SIZE);
    const answers = threads?.tryRun(packQuestions(job));
    if (answers !== undefined) {
      next += job.length;
      jobs.push(settleJob(job, answers));
    } else if (threads !== undefined && threads.busy > 0) {
      await threads.idle();
    } else {
      recoverHere(signed.slice(next, next + SLICE_SIZE));
      next += SLICE_SIZE;
      await setImmediate();
    }
  }
  await Promise.all(jobs);
}

function unknownOf(transactions: readonly Uint8Array[]): SignedDigest[] {
  const unknown: SignedDigest[] = [];
  for (const raw of transactions) {
    const signed = tryDecode(raw);
    if (signed !== undefined && knownSender(signed.hash) === undefined) unknown.push(signed);
  }
  return unknown;
}

/** Keeps what a thread finds, or does its work if it died. */
function settleJob(job: readonly SignedDigest[], answers: Promise<Uint8Array>): Promise<void> {
  return answers.then(
    (packed) => keepAll(job, packed),
    () => recoverHere(job),
  );
}

function keepAll(job: readonly SignedDigest[], packed: Uint8Array): void {
  unpackAnswers(packed).forEach((sender, index) => {
    const hash = job[index]?.hash;
    if (sender !== undefined && hash !== undefined) keepSender(hash, sender);
  });
}

function recoverHere(job: readonly SignedDigest[]): void {
  for (const { hash, digest, signature, yParity } of job) {
    const sender = recoverAddressBytes(digest, signature, yParity);
    if (sender !== undefined) keepSender(hash, toHex(sender));
  }
}

function tryDecode(raw: Uint8Array): SignedDigest | undefined {
  try {
    const signed = signedDigestOf(raw);
    return signed.yParity > 1 ? undefined : signed;
  } catch (error) {
    if (error instanceof ChainError) return undefined;
    throw error;
  }
}
