import { expect } from "chai";
import fc from "fast-check";
import { CARD_STATUS, END_CAUSE as CAUSE } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, REFUND, type RefundsFixture } from "../../fixtures/refunds.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";
import { leftAtListPrice, valueAtRatio } from "../../helpers/refund-reference.ts";

const fixture = defineFixture(deployRefunds);

const entry = fc.record({
  share: fc.integer({ min: 1, max: 400 }),
  markUp: fc.integer({ min: 100, max: 180 }),
  stands: fc.boolean(),
  settles: fc.boolean(),
});

const life = fc.record({
  paid: fc.bigInt(1_000n, 500_000n),
  bonus: fc.bigInt(0n, 200_000n),
  custodyShare: fc.bigInt(0n, 100n),
  uses: fc.array(fc.record({ share: fc.integer({ min: 1, max: 300 }), markUp: fc.integer({ min: 100, max: 180 }) }), {
    maxLength: 3,
  }),
  open: fc.array(entry, { maxLength: 3 }),
  cause: fc.constantFrom(CAUSE.OPERATOR, CAUSE.CONSUMER, CAUSE.NEUTRAL, CAUSE.MINOR),
});

/** So many thousandths of what is left, at least 1. */
function part(left: bigint, thousandths: number): bigint {
  const amount = (left * BigInt(thousandths)) / 1_000n;
  return amount === 0n ? 1n : amount;
}

/** Settles a refund that is not paid yet; that nothing changed is the only refusal that may come. */
async function settle({ refunds, agent }: RefundsFixture, refund: bigint): Promise<void> {
  if ((await refunds.read.refundOf([refund])).status === REFUND.PAID) return;
  const action = refunds.write.settle([refund], agent);
  await action.catch(() => expectRevert(action, refunds, "RefundsNothingToSettle", [refund]));
}

describe("Refunds of random lives of a card", () => {
  it("pay what the statute leaves, whatever was used, open and decided, and whoever had the money", async () => {
    await fc.assert(
      fc.asyncProperty(life, async ({ paid, bonus, custodyShare, uses, open, cause }) => {
        const f = await fixture();
        const face = paid + bonus;
        const card = await f.sell({ paid, face, custody: (paid * custodyShare) / 100n });
        let left = face;
        let used = 0n;
        let listUsed = 0n;
        for (const { share, markUp } of uses) {
          const amount = part(left, share);
          const listValue = (amount * BigInt(markUp)) / 100n;
          await f.use(card, amount, listValue);
          left -= amount;
          used += amount;
          listUsed += listValue;
        }
        const entries = [];
        for (const item of open) {
          const amount = part(left, item.share);
          await f.openEntry(card, amount);
          entries.push({ ...item, amount, listValue: (amount * BigInt(item.markUp)) / 100n });
          left -= amount;
        }

        const refund = await f.request(card, cause);
        if (cause !== CAUSE.CONSUMER) await f.refunds.write.accept([refund], f.agent);
        for (const { amount, listValue, stands, settles } of entries) {
          if (stands) {
            await f.entryStands(card, amount, listValue);
            used += amount;
            listUsed += listValue;
          } else {
            await f.entryFalls(card, amount);
          }
          // Whether it is settled at each step or at the end must not matter.
          if (settles) await settle(f, refund);
        }
        await settle(f, refund);
        const [owed] = await f.refunds.read.owedOf([refund]);
        if (owed !== 0n) await f.refunds.write.pay([refund], f.agent);

        const atPaid = paid - valueAtRatio(paid, face, used);
        const expected = cause === CAUSE.CONSUMER ? leftAtListPrice(paid, listUsed, atPaid) : atPaid;
        const { status, principal, paidFromCustody, paidByMerchant } = await f.refunds.read.refundOf([refund]);
        expect({ status, principal }).to.deep.equal({ status: REFUND.PAID, principal: expected });
        expect(paidFromCustody + paidByMerchant).to.equal(expected);
        const ended = await f.cards.read.cardOf([card]);
        expect([ended.status, ended.cause, ended.principal]).to.deep.equal([CARD_STATUS.ENDED, cause, 0n]);
        expect([ended.refunded, ended.redeemed]).to.deep.equal([expected, paid - expected]);
        const { vault, holder, book } = await f.balances();
        expect({ holder, book }).to.deep.equal({ holder: expected, book: 0n });
        expect(vault).to.equal((paid * custodyShare) / 100n - paidFromCustody);
        const totals = await f.book.read.totalsOf([f.merchant]);
        expect([totals.paid, totals.refunded, totals.redeemed, totals.live]).to.deep.equal([
          paid,
          expected,
          paid - expected,
          0n,
        ]);
      }),
      { numRuns: 25 },
    );
  });
});
