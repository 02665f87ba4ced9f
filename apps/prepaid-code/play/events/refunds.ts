import { z } from "zod";
import { EndCause, Mark, RecordKind, SubjectKind } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { document, instant, money, name } from "../fields.ts";
import { parseEnum } from "../parse-enum.ts";
import type { Play } from "../play-context.ts";

const refund = name;
const card = name;

const asHolder = (play: Play, ref: string) => play.as(play.names.fact("card", ref, "holder"));
const asHolderOf = (play: Play, ref: string) => asHolder(play, play.names.fact("refund", ref, "card"));
const asMerchantOf = (play: Play, ref: string) => play.asAgent(play.names.fact("refund", ref, "merchant"));

/** Events of refunds, of claims after a default, and of the credit file. */
export const refundEvents: readonly EventKind[] = [
  defineEvent(
    "refund",
    z.strictObject({ refund, card, cause: parseEnum(EndCause), reason: document }),
    async (play, event) => {
      play.names.requireFree("refund", event.refund);
      const outcome = await play.contracts.refunds.writeAndWait.request(
        { card: play.names.id("card", event.card), cause: event.cause, reason: play.digest(event.reason) },
        await asHolder(play, event.card),
      );
      play.names.define("refund", event.refund, outcome.event("RefundRequested").args.refund, {
        card: event.card,
        merchant: play.names.fact("card", event.card, "merchant"),
      });
    },
  ),
  defineEvent("accept", z.strictObject({ refund }), async (play, event) => {
    await play.contracts.refunds.writeAndWait.accept(
      { refund: play.names.id("refund", event.refund) },
      await asMerchantOf(play, event.refund),
    );
  }),
  defineEvent("enforce", z.strictObject({ refund }), async (play, event) => {
    await play.contracts.refunds.writeAndWait.enforce(
      { refund: play.names.id("refund", event.refund) },
      await asHolderOf(play, event.refund),
    );
  }),
  defineEvent("withdrawRefund", z.strictObject({ refund }), async (play, event) => {
    await play.contracts.refunds.writeAndWait.withdrawRequest(
      { refund: play.names.id("refund", event.refund) },
      await asHolderOf(play, event.refund),
    );
  }),
  defineEvent(
    "rule",
    z.strictObject({
      refund,
      cause: parseEnum(EndCause),
      redeemedValue: money.optional(),
      giftDeduction: money.default("0.00"),
      terminated: instant.optional(),
      jointDebtor: name.optional(),
      ruling: document,
    }),
    async (play, event) => {
      await play.contracts.refunds.writeAndWait.rule(
        {
          refund: play.names.id("refund", event.refund),
          ruling: {
            cause: event.cause,
            overrideValue: event.redeemedValue !== undefined,
            redeemedValue: event.redeemedValue ?? 0n,
            giftDeduction: event.giftDeduction,
            terminatedAt: event.terminated ?? 0n,
            jointDebtor: event.jointDebtor === undefined ? 0n : play.names.id("merchant", event.jointDebtor),
            digest: play.digest(event.ruling),
          },
        },
        await play.as("arbiter"),
      );
    },
  ),
  defineEvent("reject", z.strictObject({ refund, ruling: document }), async (play, event) => {
    await play.contracts.refunds.writeAndWait.reject(
      { refund: play.names.id("refund", event.refund), ruling: play.digest(event.ruling) },
      await play.as("arbiter"),
    );
  }),
  defineEvent("joinDebtor", z.strictObject({ refund, merchant: name, ruling: document }), async (play, event) => {
    await play.contracts.refunds.writeAndWait.joinDebtor(
      {
        refund: play.names.id("refund", event.refund),
        debtor: play.names.id("merchant", event.merchant),
        ruling: play.digest(event.ruling),
      },
      await play.as("arbiter"),
    );
  }),
  defineEvent(
    "settle",
    z.strictObject({ refund, by: z.enum(["holder", "merchant"]).default("holder") }),
    async (play, event) => {
      await play.contracts.refunds.writeAndWait.settle(
        { refund: play.names.id("refund", event.refund) },
        await (event.by === "holder" ? asHolderOf : asMerchantOf)(play, event.refund),
      );
    },
  ),
  defineEvent("pay", z.strictObject({ refund, by: name.optional() }), async (play, event) => {
    await play.contracts.refunds.writeAndWait.pay(
      { refund: play.names.id("refund", event.refund) },
      await (event.by === undefined ? asMerchantOf(play, event.refund) : play.asAgent(event.by)),
    );
  }),
  defineEvent("openRound", z.strictObject({ merchant: name, decision: document }), async (play, event) => {
    await play.contracts.claims.writeAndWait.openRound(
      { merchant: play.names.id("merchant", event.merchant), decision: play.digest(event.decision) },
      await play.as("regulator"),
    );
  }),
  defineEvent("claim", z.strictObject({ card }), async (play, event) => {
    await play.contracts.claims.writeAndWait.claim(
      { card: play.names.id("card", event.card) },
      await asHolder(play, event.card),
    );
  }),
  defineEvent("claimFor", z.strictObject({ cards: z.array(card).min(1) }), async (play, event) => {
    await play.contracts.claims.writeAndWait.claimFor(
      { cards_: event.cards.map((ref) => play.names.id("card", ref)) },
      await play.as("platform"),
    );
  }),
  defineEvent(
    "creditSubject",
    z.strictObject({ owner: name, subject: document, kind: parseEnum(SubjectKind) }),
    async (play, event) => {
      await play.contracts.credit.writeAndWait.register(
        { subject: play.digest(event.subject).value, owner: play.address(event.owner), kind: event.kind },
        await play.as("platform"),
      );
    },
  ),
  defineEvent(
    "credit",
    z.strictObject({
      record: name,
      by: name,
      subject: document,
      kind: parseEnum(RecordKind),
      about: name.optional(),
      content: document,
    }),
    async (play, event) => {
      play.names.requireFree("record", event.record);
      const outcome = await play.contracts.credit.writeAndWait.append(
        {
          subject: play.digest(event.subject).value,
          kind: event.kind,
          about: event.about === undefined ? 0n : play.names.id("record", event.about),
          content: play.digest(event.content),
        },
        await play.as(event.by),
      );
      play.names.define("record", event.record, outcome.event("CreditRecordAppended").args.record);
    },
  ),
  defineEvent(
    "mark",
    z.strictObject({ record: name, mark: parseEnum(Mark), reason: document }),
    async (play, event) => {
      await play.contracts.credit.writeAndWait.mark(
        { record: play.names.id("record", event.record), value: event.mark, reason: play.digest(event.reason) },
        await play.as("regulator"),
      );
    },
  ),
];
