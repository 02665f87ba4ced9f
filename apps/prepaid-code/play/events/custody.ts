import { day, document, money, name, parseEnum } from "@banyan/app-common/story";
import { z } from "zod";
import { CoverForm } from "../../client/index.ts";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { party } from "../fields.ts";

const merchant = name;

/** Events of money: deposits, vaults, covers, payouts, freezes. */
export const custodyEvents: readonly EventKind[] = [
  defineEvent(
    "fund",
    {
      en: "The bank books a deposit for a party; on the first one the party lets the contracts collect what it pays.",
      zh: "银行为参与方记入一笔存款；首次入账时，参与方授权合约收取其应付款项。",
    },
    z.strictObject({ party, amount: money, entry: document }),
    async (play, event) => {
      const account = play.address(event.party);
      const { token, custody, sales, refunds } = play.contracts;
      await token.writeAndWait.mint(
        { to: account, amount: event.amount, bankEntry: play.digest(event.entry) },
        await play.as("bank"),
      );
      // Whoever pays lets the contracts that collect money do so, once. Custody is the last, so that a run that was cut off goes on here.
      if ((await token.read.allowance({ owner: account, spender: custody.address })) > 0n) return;
      const options = await play.as(event.party);
      for (const spender of [sales, refunds, custody]) {
        await token.writeAndWait.approve({ spender: spender.address, value: 2n ** 256n - 1n }, options);
      }
    },
  ),
  defineEvent(
    "openVault",
    { en: "The bank opens a merchant's custody account.", zh: "银行为商户开立存管账户。" },
    z.strictObject({ merchant }),
    async (play, event) => {
      await play.contracts.custody.writeAndWait.openVault(
        { merchant: play.names.id("merchant", event.merchant) },
        await play.as("bank"),
      );
    },
  ),
  defineEvent(
    "deposit",
    { en: "The merchant pays its own money into custody.", zh: "商户以自有资金存入存管账户。" },
    z.strictObject({ merchant, amount: money }),
    async (play, event) => {
      await play.contracts.custody.writeAndWait.deposit(
        { merchant: play.names.id("merchant", event.merchant), amount: event.amount },
        await play.asAgent(event.merchant),
      );
    },
  ),
  defineEvent(
    "cover",
    {
      en: "The insurer registers an insurance, a guarantee or a trust for a merchant.",
      zh: "保障机构为商户登记履约保证保险、保函或信托。",
    },
    z.strictObject({
      cover: name,
      merchant,
      form: parseEnum(CoverForm),
      amount: money,
      from: day,
      until: day,
      policy: document,
    }),
    async (play, event) => {
      play.names.requireFree("cover", event.cover);
      const outcome = await play.contracts.custody.writeAndWait.registerCover(
        {
          merchant: play.names.id("merchant", event.merchant),
          form: event.form,
          amount: event.amount,
          startsAt: event.from,
          expiresAt: event.until,
          policy: play.digest(event.policy),
        },
        await play.as("insurer"),
      );
      play.names.define("cover", event.cover, outcome.event("CoverRegistered").args.cover, {
        merchant: event.merchant,
      });
    },
  ),
  defineEvent(
    "reduceCover",
    { en: "The insurer reduces a cover.", zh: "保障机构调减保障金额。" },
    z.strictObject({ cover: name, amount: money }),
    async (play, event) => {
      await play.contracts.custody.writeAndWait.reduceCover(
        { cover: play.names.id("cover", event.cover), amount: event.amount },
        await play.as("insurer"),
      );
    },
  ),
  defineEvent(
    "payClaim",
    { en: "The insurer pays a claim out of a cover into custody.", zh: "保障机构将理赔款付入存管账户。" },
    z.strictObject({ cover: name, amount: money, claim: document }),
    async (play, event) => {
      await play.contracts.custody.writeAndWait.payClaim(
        { cover: play.names.id("cover", event.cover), amount: event.amount, claim: play.digest(event.claim) },
        await play.as("insurer"),
      );
    },
  ),
  defineEvent(
    "release",
    { en: "The merchant takes out of custody what was redeemed.", zh: "商户从存管账户提取已兑付的资金。" },
    z.strictObject({ merchant, amount: money }),
    async (play, event) => {
      await play.contracts.custody.writeAndWait.release(
        { merchant: play.names.id("merchant", event.merchant), amount: event.amount },
        await play.asAgent(event.merchant),
      );
    },
  ),
  defineEvent(
    "requestPayout",
    { en: "The merchant asks the regulator for a larger payout.", zh: "商户向监管部门申请较大额的拨付。" },
    z.strictObject({ payout: name, merchant, amount: money, reason: document }),
    async (play, event) => {
      play.names.requireFree("payout", event.payout);
      const outcome = await play.contracts.custody.writeAndWait.requestPayout(
        {
          merchant: play.names.id("merchant", event.merchant),
          amount: event.amount,
          reason: play.digest(event.reason),
        },
        await play.asAgent(event.merchant),
      );
      play.names.define("payout", event.payout, outcome.event("PayoutRequested").args.payout, {
        merchant: event.merchant,
      });
    },
  ),
  defineEvent(
    "approvePayout",
    { en: "The regulator approves a payout.", zh: "监管部门批准拨付。" },
    z.strictObject({ payout: name, reason: document }),
    async (play, event) => {
      await play.contracts.custody.writeAndWait.approvePayout(
        { payout: play.names.id("payout", event.payout), reason: play.digest(event.reason) },
        await play.as("regulator"),
      );
    },
  ),
  defineEvent(
    "refusePayout",
    { en: "The regulator refuses a payout.", zh: "监管部门不予批准拨付。" },
    z.strictObject({ payout: name, reason: document }),
    async (play, event) => {
      await play.contracts.custody.writeAndWait.refusePayout(
        { payout: play.names.id("payout", event.payout), reason: play.digest(event.reason) },
        await play.as("regulator"),
      );
    },
  ),
  defineEvent(
    "cancelPayout",
    { en: "The merchant takes back its request for a payout.", zh: "商户撤回拨付申请。" },
    z.strictObject({ payout: name }),
    async (play, event) => {
      await play.contracts.custody.writeAndWait.cancelPayout(
        { payout: play.names.id("payout", event.payout) },
        await play.asAgent(play.names.fact("payout", event.payout, "merchant")),
      );
    },
  ),
  defineEvent(
    "freeze",
    { en: "The emergency office stops payouts to a merchant.", zh: "应急机构冻结对商户的拨付。" },
    z.strictObject({ merchant, reason: document }),
    async (play, event) => {
      await play.contracts.custody.writeAndWait.freeze(
        { merchant: play.names.id("merchant", event.merchant), reason: play.digest(event.reason) },
        await play.as("emergency"),
      );
    },
  ),
  defineEvent(
    "unfreeze",
    { en: "The regulator lets payouts go on.", zh: "监管部门解除冻结。" },
    z.strictObject({ merchant, reason: document }),
    async (play, event) => {
      await play.contracts.custody.writeAndWait.unfreeze(
        { merchant: play.names.id("merchant", event.merchant), reason: play.digest(event.reason) },
        await play.as("regulator"),
      );
    },
  ),
  defineEvent(
    "returnSurplus",
    {
      en: "The merchant takes back what is left in custody once every card is settled.",
      zh: "全部卡结清后，商户取回存管余款。",
    },
    z.strictObject({ merchant }),
    async (play, event) => {
      await play.contracts.custody.writeAndWait.returnSurplus(
        { merchant: play.names.id("merchant", event.merchant) },
        await play.asAgent(event.merchant),
      );
    },
  ),
  defineEvent(
    "refresh",
    {
      en: "The platform has a merchant's code worked out anew, such as after a cover lapsed.",
      zh: "平台重新计算商户的预付码，例如保障到期之后。",
    },
    z.strictObject({ merchant }),
    async (play, event) => {
      await play.contracts.code.writeAndWait.refresh(
        { merchant: play.names.id("merchant", event.merchant) },
        await play.as("platform"),
      );
    },
  ),
  defineEvent(
    "escalate",
    {
      en: "The regulator suspends new prepayments of a merchant whose custody stayed short over the deadline.",
      zh: "存管不足逾期未补的，监管部门暂停该商户新增预收款。",
    },
    z.strictObject({ merchant }),
    async (play, event) => {
      await play.contracts.code.writeAndWait.escalate(
        { merchant: play.names.id("merchant", event.merchant) },
        await play.as("regulator"),
      );
    },
  ),
];
