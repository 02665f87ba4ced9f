import { BanyanError } from "@banyan/app-common";
import { count, day, document, instant, money, NO_DIGEST, name, parseEnum } from "@banyan/app-common/story";
import { zeroHash } from "viem";
import { z } from "zod";
import { CardForm, CardKind, SignatureAlgorithm } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { party } from "../fields.ts";
import { saleOffer } from "../orders.ts";
import type { Play } from "../play-context.ts";

const DAY = 86_400n;

/** What every card of a sale says; the kind follows from which of bonus, visits or days is given. */
const cardShape = z.strictObject({
  card: name,
  form: parseEnum(CardForm).default("NAMED"),
  paid: money,
  bonus: money.optional(),
  visits: count.optional(),
  days: count.optional(),
  listUnitPrice: money.default("0.00"),
  starts: day.optional(),
  expires: day.optional(),
});

const saleShape = {
  merchant: name,
  terms: name,
  holder: party,
  /** The person, as far as the merchant tells people apart; the holder's own reference when left out. */
  person: z.string().optional(),
  anonymous: z.boolean().default(false),
  buyerId: document.optional(),
  contract: document,
  toCustody: money,
  organisation: z.boolean().default(false),
  cash: z.boolean().default(false),
  hadBefore: z.boolean().default(false),
  viaPlatform: z.boolean().default(false),
  cards: z.array(cardShape).min(1),
};

type CardFields = z.output<typeof cardShape>;
type SaleFields = z.output<z.ZodObject<typeof saleShape, "strict">>;

/** The face of a card in its unit, and its kind: fen, visits, or seconds. */
function faceOf(card: {
  paid: bigint;
  bonus?: bigint | undefined;
  visits?: number | undefined;
  days?: number | undefined;
}): {
  kind: CardKind;
  face: bigint;
} {
  if (card.visits !== undefined && card.days !== undefined) {
    throw new BanyanError(
      "CARD_KIND_UNCLEAR",
      { en: "a card counts visits or days, not both", zh: "一张卡按次或按天计，不能两者兼有" },
      {
        cure: { en: "Leave one of visits and days out.", zh: "visits 与 days 请只写其一。" },
      },
    );
  }
  if (card.visits !== undefined) return { kind: CardKind.VISITS, face: BigInt(card.visits) };
  if (card.days !== undefined) return { kind: CardKind.PERIOD, face: BigInt(card.days) * DAY };
  return { kind: CardKind.STORED_VALUE, face: card.paid + (card.bonus ?? 0n) };
}

function orderOf(card: CardFields) {
  return {
    ...faceOf(card),
    form: card.form,
    paid: card.paid,
    listUnitPrice: card.listUnitPrice,
    startsAt: card.starts ?? 0n,
    expiresAt: card.expires ?? 0n,
  };
}

function saleOf(play: Play, sale: SaleFields) {
  return {
    merchant: play.names.id("merchant", sale.merchant),
    terms: play.names.id("terms", sale.terms),
    holder: play.address(sale.holder),
    consumerKey: sale.anonymous ? zeroHash : play.personKey(sale.merchant, sale.person ?? sale.holder),
    buyerId: sale.buyerId === undefined ? NO_DIGEST : play.digest(sale.buyerId),
    contractDigest: play.digest(sale.contract),
    toCustody: sale.toCustody,
    organisation: sale.organisation,
    cash: sale.cash,
    hadBefore: sale.hadBefore,
    viaPlatform: sale.viaPlatform,
  };
}

function requireFreeCards(play: Play, sale: SaleFields): void {
  const seen = new Set<string>();
  for (const { card } of sale.cards) {
    play.names.requireFree("card", card);
    if (seen.has(card))
      throw new BanyanError(
        "NAME_TAKEN",
        { en: `card "${card}" stands twice in the sale`, zh: `卡 "${card}" 在同一笔销售中出现两次` },
        {
          cure: { en: "Give each card its own name.", zh: "请给每张卡各自的名称。" },
        },
      );
    seen.add(card);
  }
}

function defineCards(play: Play, sale: SaleFields, first: bigint): void {
  for (const [index, { card }] of sale.cards.entries()) {
    play.names.define("card", card, first + BigInt(index), { merchant: sale.merchant, holder: sale.holder });
  }
}

const card = name;
const holderOf = (play: Play, ref: string): string => play.names.fact("card", ref, "holder");

/** Events in the life of a card. */
export const cardEvents: readonly EventKind[] = [
  defineEvent(
    "sell",
    { en: "The merchant sells cards and pays the custody share.", zh: "商户售卡并缴存存管部分。" },
    z.strictObject(saleShape),
    async (play, sale) => {
      requireFreeCards(play, sale);
      const outcome = await play.contracts.sales.writeAndWait.sell(
        { sale: saleOf(play, sale), orders: sale.cards.map(orderOf) },
        await play.asAgent(sale.merchant),
      );
      defineCards(play, sale, outcome.event("CardsSold").args.first);
    },
  ),
  defineEvent(
    "purchase",
    {
      en: "A consumer buys cards under the merchant's signed offer and pays on the chain.",
      zh: "消费者依商户签署的要约购卡并在链上付款。",
    },
    z.strictObject({ ...saleShape, offerUntil: instant, signedBy: party.optional() }),
    async (play, { offerUntil, signedBy, ...sale }) => {
      requireFreeCards(play, sale);
      const offer = {
        sale: saleOf(play, sale),
        orders: sale.cards.map(orderOf),
        nonce: play.nonce(),
        deadline: offerUntil,
      };
      const data = await play.sign(signedBy ?? sale.merchant, saleOffer(play.contracts.salesDomain, offer));
      const outcome = await play.contracts.sales.writeAndWait.purchase(
        { ...offer, signature: { algorithm: SignatureAlgorithm.ECDSA_SECP256K1, data } },
        await play.as(sale.holder),
      );
      defineCards(play, sale, outcome.event("CardsSold").args.first);
    },
  ),
  defineEvent(
    "topUp",
    { en: "The merchant tops a card up.", zh: "商户为卡充值。" },
    z.strictObject({
      card,
      paid: money,
      bonus: money.optional(),
      visits: count.optional(),
      days: count.optional(),
      toCustody: money,
      contract: document,
      organisation: z.boolean().default(false),
      cash: z.boolean().default(false),
      viaPlatform: z.boolean().default(false),
    }),
    async (play, event) => {
      await play.contracts.sales.writeAndWait.topUp(
        {
          order: {
            card: play.names.id("card", event.card),
            paid: event.paid,
            face: faceOf(event).face,
            toCustody: event.toCustody,
            contractDigest: play.digest(event.contract),
            organisation: event.organisation,
            cash: event.cash,
            viaPlatform: event.viaPlatform,
          },
        },
        await play.asAgent(play.names.fact("card", event.card, "merchant")),
      );
    },
  ),
  defineEvent(
    "transfer",
    {
      en: "The holder transfers the card; the notice binds the merchant.",
      zh: "持卡人转让卡，通知到达后对商户发生效力。",
    },
    z.strictObject({ card, to: party, person: z.string().optional(), buyerId: document.optional() }),
    async (play, event) => {
      const merchant = play.names.fact("card", event.card, "merchant");
      await play.contracts.cards.writeAndWait.transfer(
        {
          id: play.names.id("card", event.card),
          to: play.address(event.to),
          consumerKey: event.buyerId === undefined ? zeroHash : play.personKey(merchant, event.person ?? event.to),
          buyerId: event.buyerId === undefined ? NO_DIGEST : play.digest(event.buyerId),
        },
        await play.as(holderOf(play, event.card)),
      );
      play.names.setFact("card", event.card, "holder", event.to);
    },
  ),
  defineEvent(
    "annulTransfer",
    { en: "The arbiter annuls the last transfer of a period pass.", zh: "裁决机构撤销计时卡的最近一次转让。" },
    z.strictObject({ card, backTo: party, ruling: document }),
    async (play, event) => {
      await play.contracts.cards.writeAndWait.annulTransfer(
        { id: play.names.id("card", event.card), ruling: play.digest(event.ruling) },
        await play.as("arbiter"),
      );
      play.names.setFact("card", event.card, "holder", event.backTo);
    },
  ),
  defineEvent(
    "loss",
    {
      en: "The holder, or the platform after an identity check, reports a named card lost.",
      zh: "持卡人挂失记名卡，或由平台核验身份后挂失。",
    },
    z.strictObject({ card, by: z.enum(["holder", "platform"]).default("holder") }),
    async (play, event) => {
      await play.contracts.cards.writeAndWait.reportLoss(
        { id: play.names.id("card", event.card) },
        await play.as(event.by === "platform" ? "platform" : holderOf(play, event.card)),
      );
    },
  ),
  defineEvent(
    "withdrawLoss",
    { en: "The holder takes a report of loss back.", zh: "持卡人撤销挂失。" },
    z.strictObject({ card }),
    async (play, event) => {
      await play.contracts.cards.writeAndWait.withdrawLoss(
        { id: play.names.id("card", event.card) },
        await play.as(holderOf(play, event.card)),
      );
    },
  ),
  defineEvent(
    "reissue",
    { en: "The platform reissues a lost card to its owner's new account.", zh: "平台将挂失的卡补发至权利人的新账户。" },
    z.strictObject({ card, to: party, buyerId: document }),
    async (play, event) => {
      await play.contracts.cards.writeAndWait.reissue(
        {
          id: play.names.id("card", event.card),
          newHolder: play.address(event.to),
          buyerId: play.digest(event.buyerId),
        },
        await play.as("platform"),
      );
      play.names.setFact("card", event.card, "holder", event.to);
    },
  ),
  defineEvent(
    "reactivate",
    { en: "The holder activates an expired bearer card again.", zh: "持卡人激活已过有效期的不记名卡。" },
    z.strictObject({ card }),
    async (play, event) => {
      await play.contracts.cards.writeAndWait.reactivate(
        { id: play.names.id("card", event.card) },
        await play.as(holderOf(play, event.card)),
      );
    },
  ),
  defineEvent(
    "changeTerms",
    { en: "The holder agrees to newer terms.", zh: "持卡人同意适用新条款。" },
    z.strictObject({ card, terms: name }),
    async (play, event) => {
      await play.contracts.cards.writeAndWait.changeTerms(
        { id: play.names.id("card", event.card), terms: play.names.id("terms", event.terms) },
        await play.as(holderOf(play, event.card)),
      );
    },
  ),
  defineEvent(
    "retire",
    { en: "The merchant ends cards on which nothing is left.", zh: "商户注销已无余额的卡。" },
    z.strictObject({ cards: z.array(card).min(1) }),
    async (play, event) => {
      const [first = ""] = event.cards;
      await play.contracts.cards.writeAndWait.retire(
        { cards: event.cards.map((ref) => play.names.id("card", ref)) },
        await play.asAgent(play.names.fact("card", first, "merchant")),
      );
    },
  ),
];
