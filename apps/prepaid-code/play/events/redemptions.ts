import { BanyanError } from "@banyan/app-common";
import { count, document, instant, money, name, refuseField } from "@banyan/app-common/story";
import { isHex } from "viem";
import { z } from "zod";
import { SignatureAlgorithm } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { party } from "../fields.ts";
import { authorisationOrder, redemptionOrder } from "../orders.ts";
import type { Play } from "../play-context.ts";

const redemption = name;
const authorisation = name;

/** A signature in hexadecimal, made by the holder's own wallet for this deployment. */
const signature = z.string().superRefine((text, context) => {
  if (!isHex(text)) refuseField(context, { en: "must be a signature in hexadecimal", zh: "应为十六进制的签名" });
});

/** What is redeemed: money of a stored-value card, or visits. */
const faceShape = { amount: money.optional(), visits: count.optional() };

function faceOf({ amount, visits }: { amount?: bigint | undefined; visits?: number | undefined }): bigint {
  if ((amount === undefined) === (visits === undefined)) {
    throw new BanyanError(
      "FACE_UNCLEAR",
      { en: "one of amount and visits says what is redeemed", zh: "兑付内容须由 amount 或 visits 之一写明" },
      {
        cure: { en: "Write amount or visits.", zh: "请写 amount 或 visits。" },
      },
    );
  }
  return amount ?? BigInt(visits ?? 0);
}

const merchantOf = (play: Play, kind: "card" | "redemption" | "authorisation", ref: string): string =>
  play.names.fact(kind, ref, "merchant");
const holderOf = (play: Play, card: string): string => play.names.fact("card", card, "holder");

/** Keeps a new entry under its name. */
function keep(play: Play, ref: string, id: bigint, card: string): void {
  play.names.define("redemption", ref, id, { card, merchant: merchantOf(play, "card", card) });
}

/** The terms that a holder signs, and the signature. */
async function signed(play: Play, by: string, given: string | undefined, data: Parameters<Play["sign"]>[1]) {
  const bytes = given === undefined ? await play.sign(by, data) : given;
  if (!isHex(bytes))
    throw new BanyanError("SIGNATURE_INVALID", { en: "the signature is not hexadecimal", zh: "签名不是十六进制" });
  return { algorithm: SignatureAlgorithm.ECDSA_SECP256K1, data: bytes };
}

/** Events of redemption: entries, signatures, disputes, authorisations. */
export const redemptionEvents: readonly EventKind[] = [
  defineEvent(
    "redeem",
    {
      en: "The merchant writes a redemption; with the holder's signature it is final at once, without it can be contested.",
      zh: "商户记录一次兑付；有持卡人签名的立即终局，没有的可在期限内提出异议。",
    },
    z.strictObject({
      redemption,
      card: name,
      ...faceShape,
      list: money.optional(),
      evidence: document,
      signedBy: party.optional(),
      signature: signature.optional(),
      signedUntil: instant.optional(),
    }),
    async (play, event, at) => {
      play.names.requireFree("redemption", event.redemption);
      const face = faceOf(event);
      const entry = {
        card: play.names.id("card", event.card),
        face,
        listValue: event.list ?? event.amount ?? 0n,
        evidence: play.digest(event.evidence),
      };
      const options = await play.asAgent(merchantOf(play, "card", event.card));
      const { redemptions, redemptionsDomain } = play.contracts;
      if (event.signedBy === undefined && event.signature === undefined) {
        const outcome = await redemptions.writeAndWait.record(entry, options);
        keep(play, event.redemption, outcome.event("RedemptionRecorded").args.redemption, event.card);
        return;
      }
      const order = { ...entry, nonce: play.nonce(), deadline: event.signedUntil ?? at + 600n };
      const by = event.signedBy ?? holderOf(play, event.card);
      const outcome = await redemptions.writeAndWait.recordSigned(
        { ...order, signature: await signed(play, by, event.signature, redemptionOrder(redemptionsDomain, order)) },
        options,
      );
      keep(play, event.redemption, outcome.event("RedemptionRecorded").args.redemption, event.card);
    },
  ),
  defineEvent(
    "accrue",
    { en: "The merchant books the served days of a period pass.", zh: "商户结转计时卡已服务的天数。" },
    z.strictObject({ redemption, card: name }),
    async (play, event) => {
      play.names.requireFree("redemption", event.redemption);
      const outcome = await play.contracts.redemptions.writeAndWait.accrue(
        { id: play.names.id("card", event.card) },
        await play.asAgent(merchantOf(play, "card", event.card)),
      );
      keep(play, event.redemption, outcome.event("RedemptionRecorded").args.redemption, event.card);
    },
  ),
  defineEvent(
    "confirm",
    { en: "The holder confirms an entry.", zh: "持卡人确认一笔兑付记录。" },
    z.strictObject({ redemption }),
    async (play, event) => {
      await play.contracts.redemptions.writeAndWait.confirm(
        { id: play.names.id("redemption", event.redemption) },
        await play.as(holderOf(play, play.names.fact("redemption", event.redemption, "card"))),
      );
    },
  ),
  defineEvent(
    "contest",
    { en: "The holder contests an entry.", zh: "持卡人对兑付记录提出异议。" },
    z.strictObject({ redemption, reason: document }),
    async (play, event) => {
      await play.contracts.redemptions.writeAndWait.contest(
        { id: play.names.id("redemption", event.redemption), reason: play.digest(event.reason) },
        await play.as(holderOf(play, play.names.fact("redemption", event.redemption, "card"))),
      );
    },
  ),
  defineEvent(
    "answer",
    { en: "The merchant answers a contested entry with its records.", zh: "商户对异议提交记录作为答复。" },
    z.strictObject({ redemption, records: document }),
    async (play, event) => {
      await play.contracts.redemptions.writeAndWait.answer(
        { id: play.names.id("redemption", event.redemption), records: play.digest(event.records) },
        await play.asAgent(merchantOf(play, "redemption", event.redemption)),
      );
    },
  ),
  defineEvent(
    "unanswered",
    {
      en: "The holder claims that the merchant did not answer in time; the entry falls.",
      zh: "商户逾期未答复的，持卡人主张该记录不成立。",
    },
    z.strictObject({ redemption }),
    async (play, event) => {
      await play.contracts.redemptions.writeAndWait.claimUnanswered(
        { id: play.names.id("redemption", event.redemption) },
        await play.as(holderOf(play, play.names.fact("redemption", event.redemption, "card"))),
      );
    },
  ),
  defineEvent(
    "withdrawEntry",
    { en: "The merchant takes an entry back.", zh: "商户撤回一笔兑付记录。" },
    z.strictObject({ redemption }),
    async (play, event) => {
      await play.contracts.redemptions.writeAndWait.withdraw(
        { id: play.names.id("redemption", event.redemption) },
        await play.asAgent(merchantOf(play, "redemption", event.redemption)),
      );
    },
  ),
  defineEvent(
    "decide",
    { en: "The arbiter decides how much of a contested entry stands.", zh: "裁决机构裁定有异议的记录成立多少。" },
    z.strictObject({ redemption, ...faceShape, list: money.optional(), ruling: document }),
    async (play, event) => {
      await play.contracts.redemptions.writeAndWait.decide(
        {
          id: play.names.id("redemption", event.redemption),
          face: faceOf(event),
          listValue: event.list ?? event.amount ?? 0n,
          ruling: play.digest(event.ruling),
        },
        await play.as("arbiter"),
      );
    },
  ),
  defineEvent(
    "finalise",
    {
      en: "The merchant makes entries final whose time to contest is over.",
      zh: "异议期满后，商户将兑付记录转为终局。",
    },
    z.strictObject({ redemptions: z.array(redemption).min(1) }),
    async (play, event) => {
      const [first = ""] = event.redemptions;
      await play.contracts.redemptions.writeAndWait.finalise(
        { redemptions: event.redemptions.map((ref) => play.names.id("redemption", ref)) },
        await play.asAgent(merchantOf(play, "redemption", first)),
      );
    },
  ),
  defineEvent(
    "authorise",
    {
      en: "The merchant holds part of a card for a service in progress, with the holder's signature.",
      zh: "经持卡人签名，商户为进行中的服务预授权卡内部分额度。",
    },
    z.strictObject({
      authorisation,
      card: name,
      ...faceShape,
      until: instant,
      signedBy: party.optional(),
      signature: signature.optional(),
    }),
    async (play, event) => {
      play.names.requireFree("authorisation", event.authorisation);
      const order = {
        card: play.names.id("card", event.card),
        face: faceOf(event),
        expiresAt: event.until,
        nonce: play.nonce(),
      };
      const by = event.signedBy ?? holderOf(play, event.card);
      const typed = authorisationOrder(play.contracts.redemptionsDomain, order);
      const outcome = await play.contracts.redemptions.writeAndWait.authorise(
        { ...order, signature: await signed(play, by, event.signature, typed) },
        await play.asAgent(merchantOf(play, "card", event.card)),
      );
      play.names.define("authorisation", event.authorisation, outcome.event("CardAuthorised").args.authorisation, {
        card: event.card,
        merchant: merchantOf(play, "card", event.card),
      });
    },
  ),
  defineEvent(
    "capture",
    { en: "The merchant turns what it holds into a redemption.", zh: "商户将预授权额度转为兑付。" },
    z.strictObject({ authorisation, redemption, ...faceShape, list: money.optional(), evidence: document }),
    async (play, event) => {
      play.names.requireFree("redemption", event.redemption);
      const outcome = await play.contracts.redemptions.writeAndWait.capture(
        {
          id: play.names.id("authorisation", event.authorisation),
          face: faceOf(event),
          listValue: event.list ?? event.amount ?? 0n,
          evidence: play.digest(event.evidence),
        },
        await play.asAgent(merchantOf(play, "authorisation", event.authorisation)),
      );
      keep(
        play,
        event.redemption,
        outcome.event("AuthorisationCaptured").args.redemption,
        play.names.fact("authorisation", event.authorisation, "card"),
      );
    },
  ),
  defineEvent(
    "void",
    { en: "The merchant gives back what it holds.", zh: "商户撤销预授权。" },
    z.strictObject({ authorisation }),
    async (play, event) => {
      await play.contracts.redemptions.writeAndWait.void_(
        { id: play.names.id("authorisation", event.authorisation) },
        await play.asAgent(merchantOf(play, "authorisation", event.authorisation)),
      );
    },
  ),
  defineEvent(
    "reclaim",
    {
      en: "The holder takes back what is held once the authorisation expired.",
      zh: "预授权到期后，持卡人取回被占用的额度。",
    },
    z.strictObject({ authorisation }),
    async (play, event) => {
      await play.contracts.redemptions.writeAndWait.reclaim(
        { id: play.names.id("authorisation", event.authorisation) },
        await play.as(holderOf(play, play.names.fact("authorisation", event.authorisation, "card"))),
      );
    },
  ),
];
