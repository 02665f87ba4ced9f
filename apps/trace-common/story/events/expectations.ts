import { BanyanError } from "@banyan/app-common";
import { z } from "zod";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { refusalOf } from "../refusal.ts";

const CORRECT = {
  en: "Correct the expectation, or the events above that lead to it.",
  zh: "请更正预期结果，或更正导致该结果的前述事件。",
};

/**
 * Compares what is with what the line says must be.
 *
 * @param what - what is compared, such as the code
 * @param expected - only the fields that the line states
 * @param found - what the chain says
 * @throws BanyanError `EXPECTATION_MISSED`
 */
export function compare(
  what: string,
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): void {
  for (const [key, value] of Object.entries(expected)) {
    if (value === undefined || JSON.stringify(found[key]) === JSON.stringify(value)) continue;
    throw new BanyanError(
      "EXPECTATION_MISSED",
      {
        en: `${what}: ${key} is ${String(found[key])}, not ${String(value)}`,
        zh: `${what}：${key} 为 ${String(found[key])}，而非 ${String(value)}`,
      },
      { cure: CORRECT },
    );
  }
}

/** An event that must be refused. */
export const refusedEvent: EventKind = defineEvent(
  "refused",
  { en: "Tries an event that must be refused, and compares the error.", zh: "尝试一个应被拒绝的事件，并核对错误。" },
  z.strictObject({ attempt: z.record(z.unknown()), error: z.string() }),
  async (play, { attempt, error: expected }) => {
    try {
      await play.apply(attempt);
    } catch (error) {
      const found = refusalOf(error)?.errorName ?? (error instanceof BanyanError ? codeOf(error) : undefined);
      if (found === undefined) throw error;
      if (found === expected || found === constantCase(expected)) return;
      throw new BanyanError(
        "EXPECTATION_MISSED",
        {
          en: `the attempt was refused with ${found}, not ${expected}`,
          zh: `该尝试被拒绝的原因是 ${found}，而非 ${expected}`,
        },
        { cure: CORRECT, cause: error },
      );
    }
    throw new BanyanError(
      "EXPECTATION_MISSED",
      {
        en: `the attempt succeeded, it should be refused with ${expected}`,
        zh: `该尝试成功了，而它本应因 ${expected} 被拒绝`,
      },
      {
        cure: {
          en: "Correct the attempt; what it did stays done on this chain.",
          zh: "请更正该尝试；它在这条链上所做的已经生效。",
        },
      },
    );
  },
);

/** How an import writes the name of a contract's error. */
function constantCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase();
}

/** The contract's error that an error of ours tells of, or its own code. */
function codeOf(error: BanyanError): string {
  return refusalOf(error.cause)?.errorName ?? error.code;
}
