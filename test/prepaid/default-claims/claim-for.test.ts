import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CARD_STATUS } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, type RefundsFixture } from "../../fixtures/refunds.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployRefunds);
const DECISION = digestOf("decision");

/** Sells so many cards and opens a round over half of what was paid. */
async function inDefault(f: RefundsFixture, count: number) {
  const cards: bigint[] = [];
  for (let i = 0; i < count; i++) cards.push(await f.sell({ custody: 50_000n }));
  await f.register.write.declareDefault([f.merchant, await f.now(), DECISION], f.regulator);
  await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
  return cards;
}

describe("DefaultClaims.claimFor", () => {
  describe("refuses", () => {
    it("given a caller other than the platform", async () => {
      const f = await fixture();
      const cards = await inDefault(f, 1);
      await expectRevert(f.claims.write.claimFor([cards], f.holder), f.claims, "AccessManagedUnauthorized", [
        f.accounts.consumer.address,
      ]);
    });

    it("given no card, or more than ten", async () => {
      const f = await fixture();
      const [card] = await inDefault(f, 1);
      await expectRevert(f.claims.write.claimFor([[]], f.platform), f.claims, "DefaultClaimsBatch", [0n, 10n]);
      const eleven = Array.from({ length: 11 }, () => card ?? 0n);
      await expectRevert(f.claims.write.claimFor([eleven], f.platform), f.claims, "DefaultClaimsBatch", [11n, 10n]);
    });

    it("given one card that cannot claim, pays none", async () => {
      const f = await fixture();
      const [first = 0n, second = 0n] = await inDefault(f, 2);
      await f.claims.write.claim([second], f.holder);
      const before = await f.balances();
      await expectRevert(f.claims.write.claimFor([[first, second]], f.platform), f.claims, "DefaultClaimsNoRound", [
        second,
        1n,
      ]);
      await expectRevert(f.claims.write.claimFor([[first, first]], f.platform), f.claims, "DefaultClaimsNoRound", [
        first,
        1n,
      ]);
      expect(await f.balances()).to.deep.equal(before);
    });

    it("A-47: given a lost card", async () => {
      const f = await fixture();
      const card = await f.sell();
      await f.cards.write.reportLoss([card], f.holder);
      await inDefault(f, 1);
      await expectRevert(f.claims.write.claimFor([[card]], f.platform), f.claims, "DefaultClaimsWrongStatus", [
        card,
        CARD_STATUS.LOST,
      ]);
    });
  });

  it("A-43: given cards of several holders, pays each of them", async () => {
    const f = await fixture();
    const other = await f.sell({ holder: f.accounts.consumer2.address, custody: 50_000n });
    const cards = await inDefault(f, 2);
    await f.claims.write.claimFor([[...cards, other]], f.platform);
    expect(await f.token.read.balanceOf([f.accounts.consumer2.address])).to.equal(50_000n);
    expect(await f.balances()).to.deep.equal({ vault: 0n, holder: 100_000n, book: 150_000n });
  });

  it("given ten cards that missed twelve rounds, stays under 5 M gas", async () => {
    const f = await fixture();
    const cards = await inDefault(f, 10);
    for (let i = 0; i < 11; i++) {
      await f.fill(10_000n);
      await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
    }
    const client = await f.viem.getPublicClient();
    const hash = await f.claims.write.claimFor([cards], f.platform);
    const { gasUsed } = await client.waitForTransactionReceipt({ hash });
    expect(Number(gasUsed)).to.be.below(5_000_000);
    expect((await f.balances()).vault).to.equal(0n);
    expect((await f.balances()).holder).to.equal(610_000n);
  });
});
