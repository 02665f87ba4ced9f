import { toHex } from "../codec/hex.ts";
import { recoverAddressBytes } from "../crypto/secp256k1.ts";
import type { Address } from "../types.ts";

/** What a sender is recovered from. */
export interface Signed {
  readonly digest: Uint8Array;
  /** r and s, 32 bytes each. */
  readonly signature: Uint8Array;
  readonly yParity: number;
}

// Digest, r, s, parity; then a mark and an address. Plain bytes cross between threads without being copied.
const QUESTION_LENGTH = 97;
const ANSWER_LENGTH = 21;

/** Several signatures as one row of bytes. */
export function packQuestions(signed: readonly Signed[]): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(signed.length * QUESTION_LENGTH);
  signed.forEach(({ digest, signature, yParity }, index) => {
    const at = index * QUESTION_LENGTH;
    packed.set(digest, at);
    packed.set(signature, at + 32);
    packed[at + 96] = yParity;
  });
  return packed;
}

/** Recovers the senders of packed signatures. */
export function answerQuestions(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const count = packed.length / QUESTION_LENGTH;
  const answers = new Uint8Array(count * ANSWER_LENGTH);
  for (let index = 0; index < count; index++) {
    const at = index * QUESTION_LENGTH;
    const sender = recoverAddressBytes(packed.slice(at, at + 32), packed.slice(at + 32, at + 96), packed[at + 96] ?? 0);
    if (sender === undefined) continue;
    answers[index * ANSWER_LENGTH] = 1;
    answers.set(sender, index * ANSWER_LENGTH + 1);
  }
  return answers;
}

/** The senders by the place of their signature; `undefined` where no key can have made it. */
export function unpackAnswers(answers: Uint8Array): (Address | undefined)[] {
  return Array.from({ length: answers.length / ANSWER_LENGTH }, (_, index) => {
    const at = index * ANSWER_LENGTH;
    return answers[at] === 1 ? toHex(answers.subarray(at + 1, at + ANSWER_LENGTH)) : undefined;
  });
}
