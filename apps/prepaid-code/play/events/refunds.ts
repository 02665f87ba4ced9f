import { document, instant, money, name, parseEnum } from "@banyan/app-common/story";
import { z } from "zod";
import { EndCause, Mark, RecordKind, SubjectKind } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
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
    { en: "The holder asks for a refund, naming the cause.", zh: "持卡人申请退款并写明事由。" },
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
  defineEvent(
    "accept",
    { en: "The merchant accepts a refund; custody pays first.", zh: "商户同意退款；先由存管账户支付。" },
    z.strictObject({ refund }),
    async (play, event) => {
      await play.contracts.refunds.writeAndWait.accept(
        { refund: play.names.id("refund", event.refund) },
        await asMerchantOf(play, event.refund),
      );
    },
  ),
  defineEvent(
    "enforce",
    {
      en: "The holder has a refund carried out that the merchant did not answer in time.",
      zh: "商户逾期不答复的，持卡人要求执行退款。",
    },
    z.strictObject({ refund }),
    async (play, event) => {
      await play.contracts.refunds.writeAndWait.enforce(
        { refund: play.names.id("refund", event.refund) },
        await asHolderOf(play, event.refund),
      );
    },
  ),
  defineEvent(
    "withdrawRefund",
    { en: "The holder takes the request back.", zh: "持卡人撤回退款申请。" },
    z.strictObject({ refund }),
    async (play, event) => {
      await play.contracts.refunds.writeAndWait.withdrawRequest(
        { refund: play.names.id("refund", event.refund) },
        await asHolderOf(play, event.refund),
      );
    },
  ),
  defineEvent(
    "rule",
    {
      en: "The arbiter rules on a refund: cause, value redeemed, gifts, end of the contract.",
      zh: "裁决机构对退款作出裁决：事由、已兑付价值、赠品扣减、合同终止时间。",
    },
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
  defineEvent(
    "reject",
    { en: "The arbiter rejects a refund.", zh: "裁决机构驳回退款申请。" },
    z.strictObject({ refund, ruling: document }),
    async (play, event) => {
      await play.contracts.refunds.writeAndWait.reject(
        { refund: play.names.id("refund", event.refund), ruling: play.digest(event.ruling) },
        await play.as("arbiter"),
      );
    },
  ),
  defineEvent(
    "joinDebtor",
    { en: "The arbiter makes a franchisor answer for a refund too.", zh: "裁决机构认定特许人对退款承担连带责任。" },
    z.strictObject({ refund, merchant: name, ruling: document }),
    async (play, event) => {
      await play.contracts.refunds.writeAndWait.joinDebtor(
        {
          refund: play.names.id("refund", event.refund),
          debtor: play.names.id("merchant", event.merchant),
          ruling: play.digest(event.ruling),
        },
        await play.as("arbiter"),
      );
    },
  ),
  defineEvent(
    "settle",
    { en: "The holder or the merchant pays out what became due since.", zh: "持卡人或商户结清其后到期的部分。" },
    z.strictObject({ refund, by: z.enum(["holder", "merchant"]).default("holder") }),
    async (play, event) => {
      await play.contracts.refunds.writeAndWait.settle(
        { refund: play.names.id("refund", event.refund) },
        await (event.by === "holder" ? asHolderOf : asMerchantOf)(play, event.refund),
      );
    },
  ),
  defineEvent(
    "pay",
    {
      en: "The merchant, or a joint debtor, pays what custody could not.",
      zh: "商户或连带债务人支付存管账户不足的部分。",
    },
    z.strictObject({ refund, by: name.optional() }),
    async (play, event) => {
      await play.contracts.refunds.writeAndWait.pay(
        { refund: play.names.id("refund", event.refund) },
        await (event.by === undefined ? asMerchantOf(play, event.refund) : play.asAgent(event.by)),
      );
    },
  ),
  defineEvent(
    "openRound",
    { en: "The regulator opens a round of claims after a default.", zh: "违约后，监管部门开启一轮受偿。" },
    z.strictObject({ merchant: name, decision: document }),
    async (play, event) => {
      await play.contracts.claims.writeAndWait.openRound(
        { merchant: play.names.id("merchant", event.merchant), decision: play.digest(event.decision) },
        await play.as("regulator"),
      );
    },
  ),
  defineEvent(
    "claim",
    { en: "The holder takes the card's share.", zh: "持卡人领取该卡应得份额。" },
    z.strictObject({ card }),
    async (play, event) => {
      await play.contracts.claims.writeAndWait.claim(
        { card: play.names.id("card", event.card) },
        await asHolder(play, event.card),
      );
    },
  ),
  defineEvent(
    "claimFor",
    { en: "The platform has shares paid to the holders of several cards.", zh: "平台代为向多张卡的持卡人发放份额。" },
    z.strictObject({ cards: z.array(card).min(1) }),
    async (play, event) => {
      await play.contracts.claims.writeAndWait.claimFor(
        { cards_: event.cards.map((ref) => play.names.id("card", ref)) },
        await play.as("platform"),
      );
    },
  ),
  defineEvent(
    "creditSubject",
    { en: "The platform opens a credit file.", zh: "平台建立信用档案。" },
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
    { en: "A party appends a record to a credit file.", zh: "参与方在信用档案中追加一条记录。" },
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
    { en: "The regulator marks a credit record as checked or invalid.", zh: "监管部门将信用记录标为已核验或无效。" },
    z.strictObject({ record: name, mark: parseEnum(Mark), reason: document }),
    async (play, event) => {
      await play.contracts.credit.writeAndWait.mark(
        { record: play.names.id("record", event.record), value: event.mark, reason: play.digest(event.reason) },
        await play.as("regulator"),
      );
    },
  ),
];
