import { expect } from "chai";
import fc from "fast-check";
import { digestOf } from "../../fixtures/common.ts";
import { COVER, deployCustody, type Sender, YUAN } from "../../fixtures/custody.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";
import { requiredReference } from "../custody-rules/required.reference.ts";

const THRESHOLD = 50_000n * YUAN;
// Waits are two thirds of a term and steps take seconds, so that no cover lapses between a look and a transaction.
const TERM = 3_000n;
const REASON = digestOf("grounds");

const fixture = defineFixture(async (connection) => {
  const deployed = await deployCustody(connection);
  const { people, accounts, fileMerchant, give } = deployed;
  const rich = 10n ** 12n;
  const merchants: { id: bigint; agent: Sender }[] = [];
  for (const agent of [people.agent, people.otherAgent]) {
    merchants.push({ id: await fileMerchant(agent), agent });
    await give(agent, rich);
  }
  await give(accounts.insurer, rich);
  return { ...deployed, merchants };
});

type Context = Awaited<ReturnType<typeof fixture>>;

/** What a merchant's custody should be, kept beside the contracts. */
interface Model {
  readonly id: bigint;
  readonly agent: Sender;
  paid: bigint;
  redeemed: bigint;
  refunded: bigint;
  paidIn: bigint;
  released: bigint;
  paidToHolders: bigint;
  /** Released below the threshold on the day of the run, which has one. */
  today: bigint;
  readonly covers: { readonly id: bigint; amount: bigint; readonly expiresAt: bigint }[];
}

/** How much a step takes: a share of the most that can be taken, or the most itself, one fen less or one more. */
type Size = { readonly share: bigint } | { readonly off: bigint };
const size: fc.Arbitrary<Size> = fc.oneof(
  fc.record({ share: fc.bigInt({ min: 0n, max: 1_300_000n }) }),
  fc.record({ off: fc.constantFrom(-1n, 0n, 1n) }),
);
const step = fc.record({
  merchant: fc.nat({ max: 1 }),
  action: fc.constantFrom(
    "sell",
    "sell",
    "deposit",
    "redeem",
    "redeem",
    "refund",
    "release",
    "release",
    "payout",
    "cover",
    "reduce",
    "claim",
    "wait",
  ),
  size,
  other: fc.bigInt({ min: 1n, max: 400_000n * YUAN }),
} as const);

function sized(most: bigint, how: Size): bigint {
  const amount = "share" in how ? (most * how.share) / 1_000_000n : most + how.off;
  return amount > 0n ? amount : 1n;
}

const balanceOf = (model: Model) => model.paid - model.redeemed - model.refunded;
const vaultOf = (model: Model) => model.paidIn - model.released - model.paidToHolders;
const smallest = (...values: bigint[]) => values.reduce((least, next) => (next < least ? next : least));

describe("Custody, any sequence of sales, deposits, redemptions, refunds, payouts and covers", () => {
  it("keeps paidIn = vault + released + refunded, released <= redeemed, and no payout below the requirement", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 24 }), async (steps) => {
        const context = await fixture();
        const models = context.merchants.map(
          ({ id, agent }): Model => ({
            id,
            agent,
            paid: 0n,
            redeemed: 0n,
            refunded: 0n,
            paidIn: 0n,
            released: 0n,
            paidToHolders: 0n,
            today: 0n,
            covers: [],
          }),
        );
        for (const [index, { merchant, action, size: how, other }] of steps.entries()) {
          const model = models[merchant];
          if (model === undefined) throw new Error("two merchants");
          await play(context, model, action, how, other, index);
          for (const each of models) await check(context, each);
        }
      }),
      { numRuns: 8, verbose: 1 },
    );
  }).timeout(300_000);
});

async function required({ now }: Context, model: Model): Promise<bigint> {
  return requiredReference(
    {
      general: 200_000n * YUAN,
      generalRatio: 400_000n,
      specialShare: 200_000n,
      specialCap: 50_000_000n * YUAN,
      specialRatio: 1_000_000n,
      youngDays: 365n,
    },
    {
      balance: balanceOf(model),
      quarterEnd: 0n,
      scale: 0,
      revenue: 5_000_000n * YUAN,
      licensedAt: 0n,
      now: await now(),
    },
  );
}

async function coverOf({ now }: Context, model: Model): Promise<bigint> {
  const time = await now();
  return model.covers.reduce((sum, { amount, expiresAt }) => (time < expiresAt ? sum + amount : sum), 0n);
}

async function play(context: Context, model: Model, action: string, how: Size, other: bigint, index: number) {
  const { custody, book, code, accounts, records, time, now, asInsurer, asLedger, asPayer } = context;
  const { id } = model;
  const asAgent = { account: model.agent };
  switch (action) {
    case "sell": {
      const toCustody = smallest(sized(other, how), other);
      await book.write.recordPayment([id, other, 1n], asLedger);
      await custody.write.collect([id, model.agent.address, toCustody], asLedger);
      model.paid += other;
      model.paidIn += toCustody;
      return;
    }
    case "deposit":
      await custody.write.deposit([id, other], asAgent);
      model.paidIn += other;
      return;
    case "redeem": {
      const amount = smallest(sized(balanceOf(model), how), balanceOf(model));
      await records.redeemed(id, amount);
      model.redeemed += amount;
      return;
    }
    case "refund": {
      const amount = smallest(sized(balanceOf(model), how), balanceOf(model));
      const paid = smallest(amount, vaultOf(model));
      await custody.write.payHolder([id, accounts.alice.address, amount], asPayer);
      await book.write.recordRefund([id, amount], asLedger);
      await code.write.refresh([id], asLedger);
      model.refunded += amount;
      model.paidToHolders += paid;
      return;
    }
    case "release":
    case "payout":
      return payOut(context, model, action === "payout", how);
    case "cover": {
      const start = await now();
      const live = model.covers.filter(({ amount, expiresAt }) => amount > 0n && start + 1n < expiresAt);
      const policy = digestOf(`policy ${id} ${index}`);
      const args = [id, COVER.INSURANCE, other, start, start + TERM, policy] as const;
      if (live.length === 8) {
        await expectRevert(custody.write.registerCover(args, asInsurer), custody, "CustodyTooManyCovers", [id, 8n]);
        return;
      }
      await custody.write.registerCover(args, asInsurer);
      model.covers.push({ id: await custody.read.coverCount(), amount: other, expiresAt: start + TERM });
      return;
    }
    case "reduce":
      return reduce(context, model, how);
    case "claim": {
      const cover = model.covers.at(-1);
      if (cover === undefined || cover.amount === 0n) return;
      const amount = sized(cover.amount, how);
      const pay = custody.write.payClaim([cover.id, amount, REASON], asInsurer);
      if (amount > cover.amount) {
        await expectRevert(pay, custody, "CustodyCoverTooSmall", [cover.id, cover.amount, amount]);
        return;
      }
      await pay;
      cover.amount -= amount;
      model.paidIn += amount;
      return;
    }
    default:
      await time.increase(2_000);
  }
}

async function payOut(context: Context, model: Model, approved: boolean, how: Size) {
  const { custody, asRegulator } = context;
  const { id } = model;
  const asAgent = { account: model.agent };
  const must = await required(context, model);
  const vault = vaultOf(model);
  const cover = await coverOf(context, model);
  const earned = model.redeemed - model.released;
  const spare = vault + cover > must ? vault + cover - must : 0n;
  const most = smallest(earned, vault, spare);
  const left = THRESHOLD - model.today;
  const releasable = smallest(most, left);
  expect(await custody.read.releasableOf([id]), "releasable").to.equal(releasable);

  const amount = sized(approved ? most : releasable, how);
  const pay = approved
    ? custody.write.requestPayout([id, amount, REASON], asAgent)
    : custody.write.release([id, amount], asAgent);
  if (amount > earned) return expectRevert(pay, custody, "CustodyExceedsRedeemed", [id, earned, amount]);
  if (amount > vault) return expectRevert(pay, custody, "CustodyVaultShort", [id, vault, amount]);
  if (vault - amount + cover < must) {
    return expectRevert(pay, custody, "CustodyBelowRequirement", [id, must, vault - amount + cover]);
  }
  if (!approved && amount > left) {
    return expectRevert(pay, custody, "CustodyNeedsApproval", [id, THRESHOLD, model.today + amount]);
  }
  await pay;
  if (approved) {
    await custody.write.approvePayout([await custody.read.payoutCount(), REASON], asRegulator);
  } else model.today += amount;
  model.released += amount;
  expect(vaultOf(model) + cover >= must, "cover after a payout").to.equal(true);
}

async function reduce(context: Context, model: Model, how: Size) {
  const { custody, now, asInsurer } = context;
  const cover = model.covers.at(-1);
  if (cover === undefined || cover.amount === 0n) return;
  const amount = sized(cover.amount, how);
  const must = await required(context, model);
  const counts = (await now()) < cover.expiresAt;
  const after = vaultOf(model) + (await coverOf(context, model)) - (counts ? amount : 0n);
  // Sent last: a refusal that nobody awaits yet would count as unhandled.
  const lower = custody.write.reduceCover([cover.id, amount], asInsurer);
  if (amount > cover.amount) {
    return expectRevert(lower, custody, "CustodyCoverTooSmall", [cover.id, cover.amount, amount]);
  }
  if (after < must) return expectRevert(lower, custody, "CustodyBelowRequirement", [model.id, must, after]);
  await lower;
  cover.amount -= amount;
}

async function check(context: Context, model: Model) {
  const { custody, book, code, token, rules } = context;
  const { id } = model;
  const account = await custody.read.accountOf([id]);
  const vault = await custody.read.vaultBalanceOf([id]);
  const totals = await book.read.totalsOf([id]);
  const cover = await coverOf(context, model);
  const must = await required(context, model);
  expect(account.paidIn).to.equal(vault + account.released + account.refunded + account.returned);
  expect(account.released <= totals.redeemed).to.equal(true);
  expect(await token.read.balanceOf([account.vault])).to.equal(vault);
  expect([account.paidIn, account.released, account.refunded, account.returned]).to.deep.equal([
    model.paidIn,
    model.released,
    model.paidToHolders,
    0n,
  ]);
  expect(await book.read.balanceOf([id])).to.equal(balanceOf(model));
  expect(await custody.read.coverOf([id])).to.equal(cover);
  expect(await rules.read.requiredOf([id])).to.equal(must);
  expect(await code.read.compliantOf([id])).to.equal(vault + cover >= must);
  const colour = vault + cover === 0n ? 1 : vault + cover >= balanceOf(model) ? 3 : 2;
  expect(await code.read.colourOf([id])).to.equal(colour);
}
