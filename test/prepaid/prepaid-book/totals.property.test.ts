import { expect } from "chai";
import fc from "fast-check";
import { digestOf } from "../../fixtures/common.ts";
import { CARD_KIND } from "../../fixtures/prepaid.ts";
import { ledgerFixture } from "../../fixtures/prepaid-book.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const MERCHANTS = [1n, 2n] as const;
const KEY = digestOf("the consumer of the property test").value;
const QUARTER = 92n * 86_400n;

type Entry =
  | { readonly kind: "pay"; readonly amount: bigint; readonly cards: bigint }
  | { readonly kind: "redeem" | "refund"; readonly share: number }
  | { readonly kind: "overdraw" | "end" | "nextQuarter" };

type Model = Record<"paid" | "redeemed" | "refunded" | "cards" | "live" | "quarterEnd", bigint>;

const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({
    kind: fc.constant("pay" as const),
    amount: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    cards: fc.bigInt({ min: 0n, max: 3n }),
  }),
  fc.record({ kind: fc.constantFrom("redeem" as const, "refund" as const), share: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ kind: fc.constantFrom("overdraw" as const, "end" as const, "nextQuarter" as const) }),
);

describe("PrepaidBook", () => {
  it("given any sequence of entries, balances: paid = redeemed + refunded + balance, for every merchant", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...MERCHANTS), entry), { minLength: 5, maxLength: 25 }),
        async (entries) => {
          const { book, ledger, time } = await ledgerFixture();
          const model = new Map<bigint, Model>();
          for (const id of MERCHANTS) {
            model.set(id, { paid: 0n, redeemed: 0n, refunded: 0n, cards: 0n, live: 0n, quarterEnd: 0n });
          }
          const of = (id: bigint) => {
            const found = model.get(id);
            if (found === undefined) throw new Error(`No merchant ${id}`);
            return found;
          };
          const balanceOf = (id: bigint) => of(id).paid - of(id).redeemed - of(id).refunded;
          for (const [id, step] of entries) {
            const totals = of(id);
            const balance = balanceOf(id);
            if (step.kind === "pay") {
              await book.write.recordPayment([id, step.amount, step.cards], ledger);
              totals.paid += step.amount;
              totals.cards += step.cards;
              totals.live += step.cards;
            } else if (step.kind === "redeem") {
              const amount = (balance * BigInt(step.share)) / 100n;
              await book.write.recordRedemption([id, amount], ledger);
              totals.redeemed += amount;
            } else if (step.kind === "refund") {
              const amount = (balance * BigInt(step.share)) / 100n;
              await book.write.recordRefund([id, amount], ledger);
              totals.refunded += amount;
            } else if (step.kind === "overdraw") {
              const call = book.write.recordRefund([id, balance + 1n], ledger);
              await expectRevert(call, book, "PrepaidBookOverdrawn", [id, balance, balance + 1n]);
            } else if (step.kind === "end" && totals.live > 0n) {
              await book.write.recordCardEnded([id], ledger);
              totals.live -= 1n;
            } else if (step.kind === "nextQuarter") {
              await time.increase(QUARTER);
              for (const each of MERCHANTS) of(each).quarterEnd = balanceOf(each);
            }
          }
          for (const id of MERCHANTS) {
            const { quarterEnd, ...totals } = of(id);
            expect(await book.read.totalsOf([id])).to.deep.equal(totals);
            expect(await book.read.balanceOf([id])).to.equal(balanceOf(id));
            expect(totals.redeemed + totals.refunded + balanceOf(id)).to.equal(totals.paid);
            if (entries.some(([, { kind }]) => kind === "nextQuarter")) {
              expect(await book.read.quarterEndBalanceOf([id])).to.equal(quarterEnd);
            }
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it("given any sequence of changes, keeps an exposure that is what was added less what was taken", async () => {
    const change = fc.tuple(
      fc.constantFrom(...Object.values(CARD_KIND)),
      fc.bigInt({ min: -1_000n, max: 1_000n }),
      fc.bigInt({ min: -5n, max: 5n }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 3, maxLength: 20 }), async (changes) => {
        const { book, ledger } = await ledgerFixture();
        const held = [0n, 0n, 0n];
        let visitsLeft = 0n;
        for (const [kind, principal, visits] of changes) {
          const sum = (held[kind] ?? 0n) + principal;
          const left = visitsLeft + (kind === CARD_KIND.VISITS ? visits : 0n);
          const call = book.write.changeExposure([1n, KEY, kind, principal, visits, 0n], ledger);
          if (sum < 0n) {
            const args = [1n, KEY, held[kind] ?? 0n, principal] as const;
            await expectRevert(call, book, "PrepaidBookExposureOverdrawn", args);
          } else if (left < 0n) {
            await expectRevert(call, book, "PrepaidBookExposureOverdrawn", [1n, KEY, visitsLeft, visits]);
          } else {
            await call;
            held[kind] = sum;
            visitsLeft = left;
          }
        }
        const exposure = await book.read.exposureOf([1n, KEY]);
        expect([exposure.storedPrincipal, exposure.visitsPrincipal, exposure.periodPrincipal]).to.deep.equal(held);
        expect(exposure.visitsLeft).to.equal(visitsLeft);
      }),
      { numRuns: 20 },
    );
  });
});
