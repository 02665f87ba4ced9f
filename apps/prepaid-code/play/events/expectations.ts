import { BanyanError } from "@banyan/app-common";
import { plainYuan } from "@banyan/app-common/app";
import { z } from "zod";
import { Colour, MerchantStatus, RefundStatus } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { money, name } from "../fields.ts";
import { parseEnum } from "../parse-enum.ts";
import { refusalOf } from "../refusal.ts";

/** Compares what is with what the line says must be; amounts in fen. */
function compare(
  what: string,
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): void {
  for (const [key, value] of Object.entries(expected)) {
    if (value === undefined || found[key] === value) continue;
    throw new BanyanError("EXPECTATION_MISSED", `${what}: ${key} is ${show(found[key])}, not ${show(value)}`, {
      cure: "Correct the expectation, or the events above that lead to it.",
    });
  }
}

const show = (value: unknown): string => (typeof value === "bigint" ? plainYuan(value) : String(value));

/** Events that send nothing: they look whether the chain agrees with the file. */
export const expectationEvents: readonly EventKind[] = [
  defineEvent(
    "expectRefund",
    z.strictObject({
      refund: name,
      principal: money.optional(),
      fromCustody: money.optional(),
      fromMerchant: money.optional(),
      interest: money.optional(),
      owed: money.optional(),
      status: parseEnum(RefundStatus).optional(),
    }),
    async (play, { refund: ref, ...expected }) => {
      const refund = play.names.id("refund", ref);
      const { refunds } = play.contracts;
      const [found, owed] = [await refunds.read.refundOf({ refund }), await refunds.read.owedOf({ refund })];
      compare(`refund ${ref}`, expected, {
        principal: found.principal,
        fromCustody: found.paidFromCustody,
        fromMerchant: found.paidByMerchant,
        interest: found.interestPaid,
        owed: owed.principal,
        status: found.status,
      });
    },
  ),
  defineEvent(
    "expectCard",
    z.strictObject({ card: name, principal: money.optional(), redeemed: money.optional(), refunded: money.optional() }),
    async (play, { card: ref, ...expected }) => {
      const found = await play.contracts.cards.read.cardOf({ id: play.names.id("card", ref) });
      compare(`card ${ref}`, expected, {
        principal: found.principal,
        redeemed: found.redeemed,
        refunded: found.refunded,
      });
    },
  ),
  defineEvent(
    "expectMerchant",
    z.strictObject({
      merchant: name,
      status: parseEnum(MerchantStatus).optional(),
      colour: parseEnum(Colour).optional(),
      compliant: z.boolean().optional(),
      balance: money.optional(),
      custody: money.optional(),
      cover: money.optional(),
      required: money.optional(),
    }),
    async (play, { merchant: ref, ...expected }) => {
      const sheet = await play.contracts.desk.read.sheetOf({ merchant: play.names.id("merchant", ref) });
      compare(`merchant ${ref}`, expected, {
        status: sheet.status,
        colour: sheet.colour,
        compliant: sheet.compliant,
        balance: sheet.balance,
        custody: sheet.custody,
        cover: sheet.cover,
        required: sheet.required,
      });
    },
  ),
  defineEvent(
    "refused",
    z.strictObject({ attempt: z.record(z.unknown()), error: z.string() }),
    async (play, { attempt, error: expected }) => {
      try {
        await play.apply(attempt);
      } catch (error) {
        const refusal = refusalOf(error);
        const found = refusal?.errorName ?? (error instanceof BanyanError ? error.code : undefined);
        if (found === undefined) throw error;
        if (found === expected) return;
        throw new BanyanError("EXPECTATION_MISSED", `the attempt was refused with ${found}, not ${expected}`, {
          cure: "Correct the expectation, or the events above that lead to it.",
          cause: error,
        });
      }
      throw new BanyanError("EXPECTATION_MISSED", `the attempt succeeded, it should be refused with ${expected}`, {
        cure: "Correct the attempt; what it did stays done on this chain.",
      });
    },
  ),
];
