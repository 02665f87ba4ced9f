import { expect } from "chai";
import fc from "fast-check";
import { digestOf } from "../../fixtures/common.ts";
import { deployRefunds, type RefundsFixture } from "../../fixtures/refunds.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployRefunds);
const DECISION = digestOf("decision");

const principal = fc.oneof(fc.bigInt(1n, 20n), fc.bigInt(1n, 1_000_000n));

/** Principals, money by round, and for each round the order in which cards claim; a card left out claims later. */
const story = fc
  .record({
    principals: fc.array(principal, { minLength: 1, maxLength: 6 }),
    pots: fc.array(fc.bigInt(1n, 2_000_000n), { minLength: 1, maxLength: 3 }),
  })
  .chain(({ principals, pots }) =>
    fc.record({
      principals: fc.constant(principals),
      pots: fc.constant(pots),
      orders: fc.tuple(...pots.map(() => fc.shuffledSubarray(principals.map((_, i) => i)))),
      last: fc.shuffledSubarray(
        principals.map((_, i) => i),
        { minLength: principals.length },
      ),
    }),
  );

async function open(f: RefundsFixture) {
  await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
}

describe("DefaultClaims under random principals, pots and orders", () => {
  it("pays each pot exactly, nobody above the own principal, and each within a fen of the exact share", async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ principals, pots, orders, last }) => {
        const f = await fixture();
        const cards: bigint[] = [];
        for (const paid of principals) cards.push(await f.sell({ paid, custody: 0n }));
        await f.register.write.declareDefault([f.merchant, await f.now(), DECISION], f.regulator);

        const claim = async (index: number) => {
          const card = cards[index] ?? 0n;
          const rounds = await f.claims.read.roundsOf([f.merchant]);
          const from = await f.claims.read.claimedRoundsOf([card]);
          if (from === rounds || (await f.cards.read.principalOf([card])) === 0n) return;
          const before = await f.cards.read.principalOf([card]);
          let exactly = 0;
          let weight = Number(before);
          for (let i = from + 1n; i <= rounds; i++) {
            const { pot, base } = await f.claims.read.roundOf([f.merchant, i]);
            const share = (weight * Number(pot)) / Number(base);
            exactly += share;
            weight -= share;
          }
          const announced = await f.claims.read.shareOf([card]);
          const held = (await f.balances()).holder;
          await f.claims.write.claim([card], f.holder);
          const paid = (await f.balances()).holder - held;
          expect(paid).to.equal(announced);
          expect(paid <= before).to.equal(true);
          expect(await f.cards.read.principalOf([card])).to.equal(before - paid);
          expect(Math.abs(Number(paid) - exactly)).to.be.below(Number(rounds - from) + 1e-6);
        };

        let unpaid = principals.reduce((sum, paid) => sum + paid, 0n);
        let promised = 0n;
        for (const [i, money] of pots.entries()) {
          if (unpaid === 0n) break;
          await f.fill(money);
          const free = (await f.balances()).vault - promised + (await f.balances()).holder;
          await open(f);
          const { pot, base } = await f.claims.read.roundOf([f.merchant, await f.claims.read.roundsOf([f.merchant])]);
          expect([pot, base]).to.deep.equal([free < unpaid ? free : unpaid, unpaid]);
          unpaid -= pot;
          promised += pot;
          for (const index of orders[i] ?? []) await claim(index);
        }
        for (const index of last) await claim(index);

        const rounds = await f.claims.read.roundsOf([f.merchant]);
        let shared = 0n;
        for (let i = 1n; i <= rounds; i++) {
          const { pot, paid, claimed, base } = await f.claims.read.roundOf([f.merchant, i]);
          expect([paid, claimed]).to.deep.equal([pot, base]);
          shared += pot;
        }
        const { holder, book } = await f.balances();
        expect({ holder, book }).to.deep.equal({ holder: shared, book: unpaid });
        const principalsLeft = await Promise.all(cards.map((card) => f.cards.read.principalOf([card])));
        expect(principalsLeft.reduce((sum, left) => sum + left, 0n)).to.equal(unpaid);
      }),
      { numRuns: 20 },
    );
  });
});
