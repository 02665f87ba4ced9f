import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { STATUS } from "../../fixtures/prepaid.ts";
import { NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, type RefundsFixture } from "../../fixtures/refunds.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployRefunds);
const DECISION = digestOf("decision");

/** Declares the sample merchant in default. */
async function declare(f: RefundsFixture) {
  await f.register.write.declareDefault([f.merchant, await f.now(), DECISION], f.regulator);
}

describe("DefaultClaims.openRound", () => {
  describe("refuses", () => {
    it("given a caller other than the regulator", async () => {
      const f = await fixture();
      await f.sell();
      await declare(f);
      for (const account of [f.accounts.agent, f.accounts.platform]) {
        await expectRevert(
          f.claims.write.openRound([f.merchant, DECISION], { account }),
          f.claims,
          "AccessManagedUnauthorized",
          [account.address],
        );
      }
    });

    it("given a merchant that is not in default", async () => {
      const f = await fixture();
      await f.sell();
      for (const [merchant, status] of [
        [f.merchant, STATUS.LINKED],
        [99n, STATUS.NONE],
      ] as const) {
        await expectRevert(
          f.claims.write.openRound([merchant, DECISION], f.regulator),
          f.claims,
          "DefaultClaimsNotDefaulted",
          [merchant, status],
        );
      }
    });

    it("given a decision without its digest", async () => {
      const f = await fixture();
      await f.sell();
      await declare(f);
      await expectRevert(f.claims.write.openRound([f.merchant, NO_DIGEST], f.regulator), f.claims, "DigestsMissing", [
        NO_DIGEST.value,
        0,
      ]);
    });

    it("given an empty vault, and cards are not frozen for nothing", async () => {
      const f = await fixture();
      await f.sell({ custody: 0n });
      await declare(f);
      await expectRevert(
        f.claims.write.openRound([f.merchant, DECISION], f.regulator),
        f.claims,
        "DefaultClaimsNothingToShare",
        [f.merchant, 100_000n, 0n],
      );
      expect(await f.register.read.claimsOpenedAt([f.merchant])).to.equal(0n);
    });

    it("given no principal that is unpaid", async () => {
      const f = await fixture();
      const card = await f.sell();
      await f.use(card, 100_000n);
      await declare(f);
      await expectRevert(
        f.claims.write.openRound([f.merchant, DECISION], f.regulator),
        f.claims,
        "DefaultClaimsNothingToShare",
        [f.merchant, 0n, 100_000n],
      );
    });

    it("given money that an earlier round promised, though nobody has claimed it", async () => {
      const f = await fixture();
      await f.sell({ custody: 30_000n });
      await declare(f);
      await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
      await expectRevert(
        f.claims.write.openRound([f.merchant, DECISION], f.regulator),
        f.claims,
        "DefaultClaimsNothingToShare",
        [f.merchant, 70_000n, 0n],
      );
    });

    it("given everything shared already", async () => {
      const f = await fixture();
      await f.sell();
      await declare(f);
      await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
      await f.fill(5_000n);
      await expectRevert(
        f.claims.write.openRound([f.merchant, DECISION], f.regulator),
        f.claims,
        "DefaultClaimsNothingToShare",
        [f.merchant, 0n, 5_000n],
      );
    });

    it("given a thirteenth round", async () => {
      const f = await fixture();
      await f.sell({ custody: 0n });
      await declare(f);
      for (let i = 0; i < 12; i++) {
        await f.fill(1n);
        await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
      }
      expect(await f.claims.read.roundsOf([f.merchant])).to.equal(12n);
      await f.fill(1n);
      await expectRevert(
        f.claims.write.openRound([f.merchant, DECISION], f.regulator),
        f.claims,
        "DefaultClaimsTooManyRounds",
        [f.merchant, 12n],
      );
    });
  });

  it("A-43, A-44: given less in the vault than is unpaid, shares the vault over the principal, bonus left out", async () => {
    const f = await fixture();
    const card = await f.sell({ paid: 300_000n, face: 400_000n, custody: 100_000n });
    await f.use(card, 100_000n);
    await declare(f);
    const action = f.claims.write.openRound([f.merchant, DECISION], f.regulator);
    const events = await eventsOf(f.connection, action, f.claims);
    expect(events).to.deep.equal([
      ["RoundOpened", { merchant: f.merchant, round: 1n, pot: 100_000n, base: 225_000n, decision: DECISION }],
    ]);
    const openedAt = await f.now();
    expect(await f.claims.read.roundOf([f.merchant, 1n])).to.deep.equal({
      pot: 100_000n,
      base: 225_000n,
      claimed: 0n,
      paid: 0n,
      openedAt,
    });
    expect(await f.register.read.claimsOpenedAt([f.merchant])).to.equal(openedAt);
    expect(await f.claims.read.roundsOf([f.merchant])).to.equal(1n);
    await expectRevert(f.use(card, 1n), f.cards, "CardLedgerClaimsOpen", [card, f.merchant]);
  });

  it("A-44: given more in the vault than is unpaid, shares what is unpaid", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.use(card, 40_000n);
    await declare(f);
    await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
    const { pot, base } = await f.claims.read.roundOf([f.merchant, 1n]);
    expect([pot, base]).to.deep.equal([60_000n, 60_000n]);
  });

  it("A-43: given money that comes in later, shares it over what the first round leaves unpaid", async () => {
    const f = await fixture();
    await f.sell({ custody: 30_000n });
    await declare(f);
    await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
    const first = await f.now();
    await f.fill(20_000n);
    await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
    const { pot, base } = await f.claims.read.roundOf([f.merchant, 2n]);
    expect([pot, base]).to.deep.equal([20_000n, 70_000n]);
    expect(await f.register.read.claimsOpenedAt([f.merchant])).to.equal(first);
    await f.fill(90_000n);
    await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
    const third = await f.claims.read.roundOf([f.merchant, 3n]);
    expect([third.pot, third.base]).to.deep.equal([50_000n, 50_000n]);
  });

  it("A-17, A-44: given a cover that is paid into the vault, shares it too", async () => {
    const f = await fixture();
    await f.sell({ custody: 30_000n });
    const insurer = { account: f.accounts.insurer };
    const from = await f.now();
    const cover = [f.merchant, 0, 50_000n, from, from + 86_400n * 365n, digestOf("policy")] as const;
    await f.custody.write.registerCover(cover, insurer);
    await declare(f);
    await f.fund(f.accounts.insurer.address, 50_000n);
    await f.token.write.approve([f.custody.address, 50_000n], insurer);
    await f.custody.write.payClaim([1n, 50_000n, digestOf("claim")], insurer);
    await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
    expect((await f.claims.read.roundOf([f.merchant, 1n])).pot).to.equal(80_000n);
  });

  it("given rounds that there are not, reads zeros", async () => {
    const f = await fixture();
    await f.sell();
    await declare(f);
    await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
    const none = { pot: 0n, base: 0n, claimed: 0n, paid: 0n, openedAt: 0n };
    expect(await f.claims.read.roundOf([f.merchant, 0n])).to.deep.equal(none);
    expect(await f.claims.read.roundOf([f.merchant, 2n])).to.deep.equal(none);
    expect(await f.claims.read.roundsOf([2n])).to.equal(0n);
  });
});
