import { BanyanError } from "@banyan/app-common";
import { plainYuan } from "@banyan/app-common/app";
import { money, name, parseEnum } from "@banyan/app-common/story";
import { z } from "zod";
import { Colour, MerchantStatus, RefundStatus } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { refusalOf } from "../refusal.ts";

/** Compares what is with what the line says must be; amounts in fen. */
function compare(
  what: string,
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): void {
  for (const [key, value] of Object.entries(expected)) {
    if (value === undefined || found[key] === value) continue;
    throw new BanyanError(
      "EXPECTATION_MISSED",
      {
        en: `${what}: ${key} is ${show(found[key])}, not ${show(value)}`,
        zh: `${what}：${key} 为 ${show(found[key])}，而非 ${show(value)}`,
      },
      { cure: CORRECT },
    );
  }
}

const CORRECT = {
  en: "Correct the expectation, or the events above that lead to it.",
  zh: "请更正预期结果，或更正导致该结果的前述事件。",
};

const show = (value: unknown): string => (typeof value === "bigint" ? plainYuan(value) : String(value));

/** Events that send nothing: they look whether the chain agrees with the file. */
export const expectationEvents: readonly EventKind[] = [
  defineEvent(
    "expectRefund",
    { en: "Compares a refund with what must be; sends nothing.", zh: "核对退款与预期结果；不发送交易。" },
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
    { en: "Compares a card with what must be; sends nothing.", zh: "核对卡与预期结果；不发送交易。" },
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
    { en: "Compares a merchant's sheet with what must be; sends nothing.", zh: "核对商户数据与预期结果；不发送交易。" },
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
    { en: "Tries an event that must be refused, and compares the error.", zh: "尝试一个应被拒绝的事件，并核对错误。" },
    z.strictObject({ attempt: z.record(z.unknown()), error: z.string() }),
    async (play, { attempt, error: expected }) => {
      try {
        await play.apply(attempt);
      } catch (error) {
        const refusal = refusalOf(error);
        const found = refusal?.errorName ?? (error instanceof BanyanError ? error.code : undefined);
        if (found === undefined) throw error;
        if (found === expected) return;
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
  ),
];
