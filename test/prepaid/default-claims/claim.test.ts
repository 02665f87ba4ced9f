import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CARD_STATUS, END_CAUSE as CAUSE } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, type RefundsFixture } from "../../fixtures/refunds.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";
import { normalise } from "../../helpers/normalise.ts";

const fixture = defineFixture(deployRefunds);
const DECISION = digestOf("decision");

/** Opens a round, after the default where it is not declared yet. */
async function openRound(f: RefundsFixture) {
  if ((await f.register.read.merchantOf([f.merchant])).defaultedAt === 0n) {
    await f.register.write.declareDefault([f.merchant, await f.now(), DECISION], f.regulator);
  }
  await f.claims.write.openRound([f.merchant, DECISION], f.regulator);
}

describe("DefaultClaims.claim", () => {
  describe("refuses", () => {
    it("given a card that does not exist", async () => {
      const f = await fixture();
      await expectRevert(f.claims.write.claim([5n], f.holder), f.cards, "CardLedgerUnknownCard", [5n]);
    });

    it("given a caller who does not hold the card", async () => {
      const f = await fixture();
      const card = await f.sell();
      await openRound(f);
      await expectRevert(f.claims.write.claim([card], f.other), f.claims, "DefaultClaimsNotHolder", [
        card,
        f.accounts.consumer2.address,
      ]);
    });

    it("A-47: given a lost card, and pays the account that it is reissued to", async () => {
      const f = await fixture();
      const card = await f.sell({ custody: 40_000n });
      await f.cards.write.reportLoss([card], f.holder);
      await openRound(f);
      await expectRevert(f.claims.write.claim([card], f.holder), f.claims, "DefaultClaimsWrongStatus", [
        card,
        CARD_STATUS.LOST,
      ]);
      const to = f.accounts.consumer2.address;
      await f.cards.write.reissue([card, to, digestOf(`identity of ${f.accounts.consumer.address}`)], f.platform);
      await f.claims.write.claim([card], f.other);
      expect(await f.token.read.balanceOf([to])).to.equal(40_000n);
    });

    it("given a card that has ended", async () => {
      const f = await fixture();
      const card = await f.sell();
      await openRound(f);
      await f.claims.write.claim([card], f.holder);
      await expectRevert(f.claims.write.claim([card], f.holder), f.claims, "DefaultClaimsWrongStatus", [
        card,
        CARD_STATUS.ENDED,
      ]);
    });

    it("given no round, or none that the card has not claimed", async () => {
      const f = await fixture();
      const card = await f.sell({ custody: 40_000n });
      await expectRevert(f.claims.write.claim([card], f.holder), f.claims, "DefaultClaimsNoRound", [card, 0n]);
      await openRound(f);
      await f.claims.write.claim([card], f.holder);
      await expectRevert(f.claims.write.claim([card], f.holder), f.claims, "DefaultClaimsNoRound", [card, 1n]);
    });
  });

  it("A-43, A-44: given two cards, each gets its share of the pot by principal, not by face", async () => {
    const f = await fixture();
    const withBonus = await f.sell({ paid: 100_000n, face: 200_000n, custody: 0n });
    const plain = await f.sell({ paid: 50_000n, custody: 60_000n });
    await openRound(f);
    expect(await f.claims.read.shareOf([withBonus])).to.equal(40_000n);
    const before = await f.balances();
    const events = await eventsOf(f.connection, f.claims.write.claim([withBonus], f.holder), f.claims);
    expect(events).to.deep.equal([
      ["ShareClaimed", { merchant: f.merchant, round: 1n, card: withBonus, weight: 100_000n, share: 40_000n }],
    ]);
    expect(await f.balances()).to.deep.equal({
      vault: 20_000n,
      holder: before.holder + 40_000n,
      book: before.book - 40_000n,
    });
    const card = await f.cards.read.cardOf([withBonus]);
    expect([card.status, card.cause, card.principal, card.refunded]).to.deep.equal([
      CARD_STATUS.ENDING,
      CAUSE.DEFAULT,
      60_000n,
      40_000n,
    ]);
    expect((await f.claims.simulate.claim([plain], { account: f.holder.account.address })).result).to.equal(20_000n);
    await f.claims.write.claim([plain], f.holder);
    const round = await f.claims.read.roundOf([f.merchant, 1n]);
    expect([round.claimed, round.paid]).to.deep.equal([150_000n, 60_000n]);
    expect((await f.balances()).vault).to.equal(0n);
    expect(await f.claims.read.claimedRoundsOf([plain])).to.equal(1n);
    expect(await f.claims.read.shareOf([plain])).to.equal(0n);
  });

  it("given a remainder, the shares add up to the pot and the order moves a fen at most", async () => {
    const f = await fixture();
    const cards = [];
    for (let i = 0; i < 3; i++) cards.push(await f.sell({ paid: 1_000n, custody: 0n }));
    await f.fill(1_000n);
    await openRound(f);
    const shares = [];
    for (const card of cards) {
      shares.push(await f.claims.read.shareOf([card]));
      await f.claims.write.claim([card], f.holder);
    }
    expect(shares).to.deep.equal([333n, 333n, 334n]);
    expect((await f.balances()).vault).to.equal(0n);
  });

  it("A-43: given rounds missed, claims them all at once, each over what the one before left unpaid", async () => {
    const f = await fixture();
    const patient = await f.sell({ paid: 80_000n, custody: 0n });
    const quick = await f.sell({ paid: 20_000n, custody: 50_000n });
    await openRound(f);
    await f.claims.write.claim([quick], f.holder);
    await f.fill(25_000n);
    await openRound(f);
    expect(await f.claims.read.shareOf([patient])).to.equal(60_000n);
    const events = await eventsOf(f.connection, f.claims.write.claim([patient], f.holder), f.claims);
    const merchant = f.merchant;
    expect(events).to.deep.equal([
      ["ShareClaimed", { merchant, round: 1n, card: patient, weight: 80_000n, share: 40_000n }],
      ["ShareClaimed", { merchant, round: 2n, card: patient, weight: 40_000n, share: 20_000n }],
    ]);
    expect(await f.claims.read.claimedRoundsOf([patient])).to.equal(2n);
    await f.claims.write.claim([quick], f.holder);
    expect(await f.cards.read.principalOf([quick])).to.equal(5_000n);
    expect((await f.balances()).vault).to.equal(0n);
    await f.fill(30_000n);
    await openRound(f);
    await f.claims.write.claim([quick], f.holder);
    await f.claims.write.claim([patient], f.holder);
    for (const card of [quick, patient]) {
      expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
    }
    expect(await f.balances()).to.deep.equal({ vault: 5_000n, holder: 100_000n, book: 0n });
  });

  it("A-21, A-53: given entries that were never decided, they count as not redeemed", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.openEntry(card, 70_000n);
    await openRound(f);
    await f.claims.write.claim([card], f.holder);
    expect((await f.balances()).holder).to.equal(100_000n);
    expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
    await expectRevert(f.entryStands(card, 70_000n), f.cards, "CardLedgerClaimsOpen", [card, f.merchant]);
  });

  it("given a refund that waits or is not paid, its card claims, for the cause it is ending for", async () => {
    const f = await fixture();
    const waiting = await f.sell({ custody: 0n });
    await f.request(waiting, CAUSE.NEUTRAL);
    const unpaid = await f.sell({ custody: 0n });
    await f.use(unpaid, 10_000n, 30_000n);
    await f.request(unpaid, CAUSE.CONSUMER);
    await f.fill(85_000n);
    await openRound(f);
    // 100,000 and 70,000: what stays with the merchant at the list price does not share.
    await f.claims.write.claim([waiting], f.holder);
    await f.claims.write.claim([unpaid], f.holder);
    const first = await f.cards.read.cardOf([waiting]);
    const second = await f.cards.read.cardOf([unpaid]);
    expect([first.cause, first.refunded]).to.deep.equal([CAUSE.NEUTRAL, 50_000n]);
    expect([second.cause, second.refunded]).to.deep.equal([CAUSE.CONSUMER, 35_000n]);
  });

  it("given a card with nothing left, ends it with a share of nothing", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.use(card, 100_000n);
    await f.sell({ custody: 0n });
    await openRound(f);
    const before = await f.balances();
    const events = await eventsOf(f.connection, f.claims.write.claim([card], f.holder), f.claims);
    expect(events).to.deep.equal([["ShareClaimed", { merchant: f.merchant, round: 1n, card, weight: 0n, share: 0n }]]);
    expect(await f.balances()).to.deep.equal(before);
    const { status, cause } = await f.cards.read.cardOf([card]);
    expect([status, cause]).to.deep.equal([CARD_STATUS.ENDED, CAUSE.DEFAULT]);
  });

  it("given a share under a fen, claims nothing and keeps the principal for a later round", async () => {
    const f = await fixture();
    const small = await f.sell({ paid: 1n, custody: 0n });
    await f.sell({ paid: 99_999n, custody: 0n });
    await f.fill(10n);
    await openRound(f);
    expect((await f.claims.simulate.claim([small], { account: f.holder.account.address })).result).to.equal(0n);
    await f.claims.write.claim([small], f.holder);
    const { status, principal } = await f.cards.read.cardOf([small]);
    expect([status, principal]).to.deep.equal([CARD_STATUS.ENDING, 1n]);
  });

  it("A-45: given a card transferred after the round opened, pays who holds it", async () => {
    const f = await fixture();
    const card = await f.sell({ custody: 40_000n });
    await openRound(f);
    const to = f.accounts.consumer2.address;
    await f.cards.write.transfer([card, to, digestOf("key").value, digestOf("identity")], f.holder);
    await f.claims.write.claim([card], f.other);
    expect(await f.token.read.balanceOf([to])).to.equal(40_000n);
  });

  it("given a frozen vault, pays", async () => {
    const f = await fixture();
    const card = await f.sell({ custody: 40_000n });
    await f.custody.write.freeze([f.merchant, DECISION], { account: f.accounts.emergency });
    await openRound(f);
    await f.claims.write.claim([card], f.holder);
    expect((await f.balances()).holder).to.equal(40_000n);
  });

  it("given two merchants in default, keeps their money apart", async () => {
    const f = await fixture();
    const agent = f.accounts.agent2.address;
    const merchant = await f.fileMerchant({ agent });
    await f.linkMerchant(merchant);
    const terms = await f.fileTerms(merchant);
    const theirs = await f.sell({ merchant, terms, custody: 70_000n });
    const ours = await f.sell({ custody: 30_000n });
    await openRound(f);
    await f.register.write.declareDefault([merchant, await f.now(), DECISION], f.regulator);
    await f.claims.write.openRound([merchant, DECISION], f.regulator);
    await f.claims.write.claim([theirs], f.holder);
    expect(await f.custody.read.vaultBalanceOf([f.merchant])).to.equal(30_000n);
    await f.claims.write.claim([ours], f.holder);
    expect((await f.balances()).holder).to.equal(100_000n);
  });
});

describe("DefaultClaims, deployed", () => {
  it("refuses a part that is not a contract", async () => {
    const { viem, accounts, claims, authority, clock, register, book, cards, custody } = await fixture();
    const wrong = accounts.alice.address;
    const parts = [authority, clock, register, book, cards, custody].map(({ address }) => address);
    for (let i = 0; i < parts.length; i++) {
      const [a, b, c, d, e, g] = parts.map((part, j) => (i === j ? wrong : part));
      if (!a || !b || !c || !d || !e || !g) expect.fail("six parts");
      await expectRevert(viem.deployContract("DefaultClaims", [a, b, c, d, e, g]), claims, "GovernedNotAContract", [
        wrong,
      ]);
    }
  });

  it("says what it stands on", async () => {
    const { claims, clock, register, book, cards, custody } = await fixture();
    const { read } = claims;
    const parts = await Promise.all([read.clock(), read.register(), read.book(), read.cards(), read.custody()]);
    const expected = [clock, register, book, cards, custody].map(({ address }) => address);
    expect(normalise(parts)).to.deep.equal(normalise(expected));
  });
});
