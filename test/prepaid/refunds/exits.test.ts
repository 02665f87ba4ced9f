import { expect } from "chai";
import { ascii, digestOf } from "../../fixtures/common.ts";
import { CLOSING, DAY, REFUSAL } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, END_CAUSE as CAUSE } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, REFUND, type RefundsFixture } from "../../fixtures/refunds.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";
import { normalise } from "../../helpers/normalise.ts";

const fixture = defineFixture(deployRefunds);
const ORDER = digestOf("order");

/** What stops a merchant, and must not stop its holders. */
const STOPS: Readonly<Record<string, (f: RefundsFixture) => Promise<unknown>>> = {
  "sales and payouts are paused": async (f) => {
    const emergency = { account: f.accounts.emergency };
    await f.custody.write.pause([ascii("PAYOUT"), ORDER], emergency);
    await f.sales.write.pause([ascii("SALE"), ORDER], emergency);
  },
  "the vault is frozen": (f) => f.custody.write.freeze([f.merchant, ORDER], { account: f.accounts.emergency }),
  "the merchant is not linked any more": (f) => f.register.write.unlink([f.merchant, ORDER], f.platform),
  "the merchant may not issue": (f) =>
    f.register.write.refuse([f.merchant, REFUSAL.SERIOUS_BREACH, ORDER], f.regulator),
  "the merchant is closing": async (f) =>
    f.register.write.announceClosing([f.merchant, CLOSING.CLOSING, (await f.now()) + 60n * DAY, ORDER], f.agent),
  "the merchant is leaving": (f) => f.register.write.requestExit([f.merchant, ORDER], f.agent),
  "the merchant is in default, before claims open": async (f) =>
    f.register.write.declareDefault([f.merchant, await f.now(), ORDER], f.regulator),
};

describe("Refunds are never stopped", () => {
  for (const [name, stop] of Object.entries(STOPS)) {
    it(`given that ${name}: request, acceptance, settlement and payment go on`, async () => {
      const f = await fixture();
      const asked = await f.sell({ custody: 30_000n });
      const waiting = await f.sell({ custody: 0n });
      const refund = await f.request(waiting, CAUSE.NEUTRAL);
      await stop(f);
      const atOnce = await f.request(asked, CAUSE.CONSUMER);
      expect((await f.refunds.read.refundOf([atOnce])).paidFromCustody).to.equal(30_000n);
      await f.refunds.write.accept([refund], f.agent);
      await f.fill(20_000n);
      await f.refunds.write.settle([atOnce], f.holder);
      await f.refunds.write.pay([atOnce], f.agent);
      await f.refunds.write.pay([refund], f.agent);
      for (const id of [atOnce, refund]) {
        expect((await f.refunds.read.refundOf([id])).status).to.equal(REFUND.PAID);
      }
      expect(await f.balances()).to.deep.equal({ vault: 0n, holder: 200_000n, book: 0n });
    });
  }

  it("given a merchant without a vault, the refund is fixed and the merchant owes it", async () => {
    const f = await fixture();
    const merchant = await f.fileMerchant({ agent: f.accounts.agent2.address });
    await f.register.write.link([merchant, ORDER], f.platform);
    const card = await f.sell({ merchant, terms: await f.fileTerms(merchant), custody: 0n });
    const refund = await f.request(card, CAUSE.CONSUMER);
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([100_000n, 0n]);
    await f.refunds.write.pay([refund], { account: f.accounts.agent2 });
    expect((await f.cards.read.cardOf([card])).status).to.equal(CARD_STATUS.ENDED);
  });

  it("A-47: given a lost card, the holder gets the refund after the loss is withdrawn or the card reissued", async () => {
    const f = await fixture();
    const found = await f.sell();
    await f.cards.write.reportLoss([found], f.holder);
    await f.cards.write.withdrawLoss([found], f.holder);
    await f.request(found, CAUSE.CONSUMER);
    const lost = await f.sell();
    await f.cards.write.reportLoss([lost], f.platform);
    const identity = digestOf(`identity of ${f.accounts.consumer.address}`);
    await f.cards.write.reissue([lost, f.accounts.consumer2.address, identity], f.platform);
    await expectRevert(f.request(lost, CAUSE.CONSUMER), f.refunds, "RefundsNotHolder", [
      lost,
      f.accounts.consumer.address,
    ]);
    await f.request(lost, CAUSE.CONSUMER, f.other);
    expect(await f.token.read.balanceOf([f.accounts.consumer2.address])).to.equal(100_000n);
  });

  it("A-43: given claims that open while a refund waits, what claims pay is no longer owed", async () => {
    const f = await fixture();
    const card = await f.sell({ custody: 40_000n });
    const refund = await f.request(card, CAUSE.CONSUMER);
    await f.register.write.declareDefault([f.merchant, await f.now(), ORDER], f.regulator);
    await f.fill(15_000n);
    await f.claims.write.openRound([f.merchant, ORDER], f.regulator);
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([60_000n, 0n]);
    await f.claims.write.claim([card], f.holder);
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([45_000n, 0n]);
    expect((await f.cards.read.cardOf([card])).cause).to.equal(CAUSE.CONSUMER);
  });

  it("A-43: given claims that open while a top-up waits, what claims pay is no longer owed", async () => {
    const f = await fixture();
    const card = await f.sell({ custody: 0n });
    await f.time.increaseTo((await f.now()) + 20n * DAY);
    await f.topUp(card, { custody: 0n });
    const refund = await f.request(card, CAUSE.COOLING_OFF);
    await f.register.write.declareDefault([f.merchant, await f.now(), ORDER], f.regulator);
    await f.fill(150_000n);
    await f.claims.write.openRound([f.merchant, ORDER], f.regulator);
    await f.claims.write.claim([card], f.holder);
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([0n, 0n]);
  });
});

describe("Refunds, deployed", () => {
  it("refuses a part that is not a contract", async () => {
    const { viem, accounts, refunds, refundRules, ...f } = await fixture();
    const wrong = accounts.alice.address;
    const parts = [f.authority, f.clock, f.token, f.register, refundRules, f.cards, f.custody].map((c) => c.address);
    const ruleParts = [f.authority, f.clock, f.policy, f.calendar, f.register, f.terms, f.cards].map((c) => c.address);
    for (let i = 0; i < 7; i++) {
      const [a, b, c, d, e, g, h] = parts.map((part, j) => (i === j ? wrong : part));
      const [k, l, m, n, o, p, q] = ruleParts.map((part, j) => (i === j ? wrong : part));
      if (!a || !b || !c || !d || !e || !g || !h || !k || !l || !m || !n || !o || !p || !q) expect.fail("seven parts");
      const args = [a, b, c, d, e, g, h] as const;
      await expectRevert(viem.deployContract("Refunds", args), refunds, "GovernedNotAContract", [wrong]);
      const ruleArgs = [k, l, m, n, o, p, q] as const;
      await expectRevert(viem.deployContract("RefundRules", ruleArgs), refundRules, "GovernedNotAContract", [wrong]);
    }
  });

  it("says what it stands on", async () => {
    const { refunds, refundRules, ...f } = await fixture();
    const parts = await Promise.all([
      refunds.read.clock(),
      refunds.read.token(),
      refunds.read.register(),
      refunds.read.rules(),
      refunds.read.cards(),
      refunds.read.custody(),
      refundRules.read.clock(),
      refundRules.read.policies(),
      refundRules.read.calendar(),
      refundRules.read.register(),
      refundRules.read.termsRegister(),
      refundRules.read.cards(),
    ]);
    const expected = [
      f.clock,
      f.token,
      f.register,
      refundRules,
      f.cards,
      f.custody,
      f.clock,
      f.policy,
      f.calendar,
      f.register,
      f.terms,
      f.cards,
    ].map((contract) => contract.address);
    expect(normalise(parts)).to.deep.equal(normalise(expected));
  });

  it("lets anyone check a cause", async () => {
    const { refundRules } = await fixture();
    for (const cause of [
      CAUSE.COOLING_OFF,
      CAUSE.OPERATOR,
      CAUSE.CONSUMER,
      CAUSE.NEUTRAL,
      CAUSE.MINOR,
      CAUSE.RESIDUE,
    ]) {
      await refundRules.read.requireCause([cause]);
    }
    for (const cause of [CAUSE.NONE, CAUSE.DEFAULT, CAUSE.USED_UP]) {
      await expectRevert(refundRules.read.requireCause([cause]), refundRules, "RefundRulesCauseNotAllowed", [cause]);
    }
  });
});
