import { digestOf } from "../../fixtures/common.ts";
import { COVER, DAY } from "../../fixtures/custody.ts";
import { CARD_KIND } from "../../fixtures/prepaid.ts";
import {
  bearerOrder,
  CARD_FORM,
  periodOrder,
  type SampleOrder,
  storedOrder,
  visitsOrder,
} from "../../fixtures/prepaid-cards.ts";
import type { Buyer, Trader, World } from "./world.ts";

/** Four random numbers of a step, 0 to 999,999. */
export type Dice = readonly [number, number, number, number];

/** Something that happens, done by whoever may do it; `undefined` where there is nothing to do it to. */
export type Action = (world: World, dice: Dice, index: number) => Promise<unknown>;

const DOCUMENT = digestOf("document");
const pick = <T>(list: readonly T[], die: number): T => {
  const item = list[die % list.length];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
};
const part = (whole: bigint, die: number) => (whole * BigInt(die)) / 999_999n;

/** A card that was sold, its merchant and its holder. */
async function someCard(world: World, die: number) {
  const count = Number(await world.cards.read.count());
  if (count === 0) return undefined;
  const id = BigInt((die % count) + 1);
  const card = await world.cards.read.cardOf([id]);
  return { id, card, trader: traderOf(world, card.merchant), holder: buyerOf(world, card.holder) };
}

function traderOf({ traders }: World, id: bigint): Trader {
  const trader = traders.find((each) => each.id === id);
  if (trader === undefined) throw new Error(`no merchant ${id}`);
  return trader;
}

function buyerOf({ buyers }: World, address: string): Buyer {
  const buyer = buyers.find(({ account }) => account.address.toLowerCase() === address.toLowerCase());
  if (buyer === undefined) throw new Error(`no consumer ${address}`);
  return buyer;
}

async function someEntry(world: World, die: number) {
  const count = Number(await world.redemptions.read.count());
  if (count === 0) return undefined;
  const id = BigInt((die % count) + 1);
  const entry = await world.redemptions.read.redemptionOf([id]);
  const { holder, merchant } = await world.cards.read.cardOf([entry.card]);
  return { id, entry, agent: traderOf(world, merchant).agent, holder: buyerOf(world, holder).account };
}

async function someRefund(world: World, die: number) {
  const count = Number(await world.refunds.read.count());
  if (count === 0) return undefined;
  const id = BigInt((die % count) + 1);
  const refund = await world.refunds.read.refundOf([id]);
  const { holder } = await world.cards.read.cardOf([refund.card]);
  return { id, refund, agent: traderOf(world, refund.merchant).agent, holder: buyerOf(world, holder).account };
}

function someOrder(die: number, size: number): SampleOrder {
  const paid = 1_000n + part(90_000n, size);
  const bonus = part(30_000n, (size * 7) % 1_000_000);
  const visits = BigInt((size % 9) + 1);
  return pick(
    [
      storedOrder({ paid, face: paid + bonus }),
      storedOrder({ paid, face: paid }),
      bearerOrder({ paid, face: paid + bonus }),
      visitsOrder({ paid, face: visits, listUnitPrice: (paid * 13n) / (visits * 10n) + 1n }),
      periodOrder({ paid, face: (BigInt(size % 60) + 1n) * DAY, listUnitPrice: 3_000n }),
    ],
    die,
  );
}

/** What can happen, and how often it is tried. */
export const ACTIONS: Readonly<Record<string, { readonly weight: number; readonly run: Action }>> = {
  sell: {
    weight: 5,
    run: async (world, [a, b, c, d]) => {
      const { id: merchant, terms, agent } = pick(world.traders, a);
      const { account, key, identity } = pick(world.buyers, b);
      const order = someOrder(c, d);
      const named = order.form === CARD_FORM.NAMED;
      const sale = world.sale({
        merchant,
        terms,
        holder: account.address,
        consumerKey: key,
        buyerId: named ? identity : world.sale().buyerId,
        toCustody: part(order.paid, Math.min(999_999, (a * 31) % 2_000_000)),
        hadBefore: d % 10 === 0,
      });
      return world.sales.write.sell([sale, [order]], { account: agent });
    },
  },
  topUp: {
    weight: 2,
    run: async (world, [a, b]) => {
      const found = await someCard(world, a);
      if (!found) return;
      const paid = 500n + part(20_000n, b);
      const face =
        pick([paid, 2n, 3n * DAY], found.card.kind) +
        (found.card.kind === CARD_KIND.STORED_VALUE ? part(3_000n, b) : 0n);
      const order = world.topUp(found.id, { paid, face, toCustody: part(paid, (b * 3) % 1_000_000) });
      return world.sales.write.topUp([order], { account: found.trader.agent });
    },
  },
  redeem: {
    weight: 6,
    run: async (world, [a, b, c]) => {
      const found = await someCard(world, a);
      if (!found) return;
      const { id, card, trader } = found;
      const account = trader.agent;
      if (card.kind === CARD_KIND.PERIOD) return world.redemptions.write.accrue([id], { account });
      const left = card.trancheFace - card.trancheUsed - card.reserved;
      const face = b % 3 === 0 ? left : part(left, b) / 2n + 1n;
      const listValue =
        card.kind === CARD_KIND.VISITS ? face * card.listUnitPrice : (face * BigInt(10 + (c % 5))) / 10n;
      if (c % 2 === 0) return world.redemptions.write.record([id, face, listValue, DOCUMENT], { account });
      const nonce = await world.redemptions.read.nonces([card.holder]);
      const deadline = (await world.now()) + DAY;
      const order = { card: id, face, listValue, evidence: DOCUMENT, nonce, deadline };
      const signature = await world.signRedemption(found.holder.account, order);
      return world.redemptions.write.recordSigned([id, face, listValue, DOCUMENT, nonce, deadline, signature], {
        account,
      });
    },
  },
  decideEntry: {
    weight: 6,
    run: async (world, [a, b, c]) => {
      const found = await someEntry(world, a);
      if (!found) return;
      const { id, entry, agent, holder } = found;
      const { write } = world.redemptions;
      const face = part(entry.face, c);
      const listValue = face === 0n ? 0n : part(entry.listValue, c);
      return pick(
        [
          () => write.confirm([id], { account: holder }),
          () => write.contest([id, DOCUMENT], { account: holder }),
          () => write.answer([id, DOCUMENT], { account: agent }),
          () => write.claimUnanswered([id], { account: holder }),
          () => write.withdraw([id], { account: agent }),
          () => write.decide([id, face, listValue, DOCUMENT], world.asArbiter),
          () => write.finalise([[id]], { account: agent }),
        ],
        b,
      )();
    },
  },
  authorise: {
    weight: 2,
    run: async (world, [a, b]) => {
      const found = await someCard(world, a);
      if (!found) return;
      const { id, card } = found;
      const face = part(card.trancheFace - card.trancheUsed, b) / 3n + 1n;
      const expiresAt = (await world.now()) + DAY;
      const nonce = await world.redemptions.read.nonces([card.holder]);
      const signature = await world.signAuthorisation(found.holder.account, { card: id, face, expiresAt, nonce });
      return world.redemptions.write.authorise([id, face, expiresAt, nonce, signature], {
        account: found.trader.agent,
      });
    },
  },
  endAuthorisation: {
    weight: 2,
    run: async (world, [a, b]) => {
      const { read, write } = world.redemptions;
      const held = await world.redemptions.getEvents.CardAuthorised({}, { fromBlock: 0n });
      if (held.length === 0) return;
      const id = BigInt((a % held.length) + 1);
      const authorisation = await read.authorisationOf([id]);
      const { holder, merchant, kind, listUnitPrice } = await world.cards.read.cardOf([authorisation.card]);
      const account = traderOf(world, merchant).agent;
      const face = part(authorisation.face, b) + 1n;
      const listValue = kind === CARD_KIND.VISITS ? face * listUnitPrice : face;
      return pick(
        [
          () => write.capture([id, face, listValue, DOCUMENT], { account }),
          () => write.void_([id], { account }),
          () => write.reclaim([id], { account: buyerOf(world, holder).account }),
        ],
        b,
      )();
    },
  },
  moveCard: {
    weight: 2,
    run: async (world, [a, b, c]) => {
      const found = await someCard(world, a);
      if (!found) return;
      const { id, holder } = found;
      const to = pick(world.buyers, b);
      const { write } = world.cards;
      const account = holder.account;
      return pick(
        [
          () => write.transfer([id, to.account.address, to.key, to.identity], { account }),
          () => write.reportLoss([id], { account }),
          () => write.withdrawLoss([id], { account }),
          () => write.reissue([id, to.account.address, found.card.buyerId], world.asPlatform),
        ],
        c,
      )();
    },
  },
  requestRefund: {
    weight: 4,
    run: async (world, [a, b]) => {
      const found = await someCard(world, a);
      if (!found) return;
      return world.refunds.write.request([found.id, (b % 6) + 1, DOCUMENT], { account: found.holder.account });
    },
  },
  settleRefund: {
    weight: 5,
    run: async (world, [a, b, c]) => {
      const found = await someRefund(world, a);
      if (!found) return;
      const { id, refund, agent, holder } = found;
      const { write } = world.refunds;
      const ruling = {
        cause: (c % 5) + 1,
        overrideValue: c % 2 === 0,
        redeemedValue: part(40_000n, c),
        giftDeduction: c % 3 === 0 ? part(2_000n, c) : 0n,
        terminatedAt: 0n,
        jointDebtor: 0n,
        digest: DOCUMENT,
      };
      return pick(
        [
          () => write.accept([id], { account: agent }),
          () => write.enforce([id], { account: holder }),
          () => write.withdrawRequest([id], { account: holder }),
          () => write.rule([id, ruling], world.asArbiter),
          () => write.reject([id, DOCUMENT], world.asArbiter),
          () => write.settle([id], { account: holder }),
          () => write.pay([id], { account: agent }),
        ],
        b + refund.status,
      )();
    },
  },
  deposit: {
    weight: 3,
    run: async (world, [a, b]) => {
      const { id, agent } = pick(world.traders, a);
      return world.custody.write.deposit([id, part(50_000n, b) + 1n], { account: agent });
    },
  },
  release: {
    weight: 3,
    run: async (world, [a, b, c]) => {
      const { id, agent } = pick(world.traders, a);
      const most = await world.custody.read.releasableOf([id]);
      if (c % 7 === 0) return world.custody.write.returnSurplus([id], { account: agent });
      const amount = c % 3 === 0 ? most : part(most + 10n, b);
      if (c % 5 !== 0) return world.custody.write.release([id, amount], { account: agent });
      await world.custody.write.requestPayout([id, amount, DOCUMENT], { account: agent });
      const payout = await world.custody.read.payoutCount();
      return world.custody.write.approvePayout([payout, DOCUMENT], { account: world.accounts.regulator });
    },
  },
  cover: {
    weight: 2,
    run: async (world, [a, b, c], index) => {
      const { id } = pick(world.traders, a);
      const account = world.accounts.insurer;
      const covers = await world.custody.read.coversOf([id]);
      const start = await world.now();
      if (c % 3 === 0 || covers.length === 0) {
        const policy = digestOf(`policy ${index}`);
        const term = BigInt((b % 20) + 1) * DAY;
        const args = [id, COVER.INSURANCE, part(60_000n, b) + 1n, start, start + term, policy] as const;
        return world.custody.write.registerCover(args, { account });
      }
      const cover = pick(covers, b);
      const amount = part((await world.custody.read.coverById([cover])).amount, c) + 1n;
      if (c % 3 === 1) return world.custody.write.reduceCover([cover, amount], { account });
      return world.custody.write.payClaim([cover, amount, DOCUMENT], { account });
    },
  },
  wait: {
    weight: 3,
    run: async (world, [a]) => {
      await world.time.increase(BigInt(pick([3_600, 86_400, 8 * 86_400, 20 * 86_400], a)));
      for (const { id } of world.traders) await world.code.write.refresh([id], world.asPlatform);
    },
  },
  fail: {
    weight: 1,
    run: async (world, [a, b, c]) => {
      const { id, agent } = pick(world.traders, a);
      const account = world.accounts.regulator;
      if (b % 2 === 0) {
        const lastDay = (await world.now()) + 31n * DAY;
        return world.register.write.announceClosing([id, c % 3, lastDay, DOCUMENT], { account: agent });
      }
      if (c % 3 === 0) return world.register.write.declareDefault([id, await world.now(), DOCUMENT], { account });
      return world.claims.write.openRound([id, DOCUMENT], { account });
    },
  },
  claim: {
    weight: 3,
    run: async (world, [a]) => {
      const found = await someCard(world, a);
      if (!found) return;
      return world.claims.write.claim([found.id], { account: found.holder.account });
    },
  },
};
