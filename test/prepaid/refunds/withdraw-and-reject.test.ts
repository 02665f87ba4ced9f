import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CARD_STATUS, END_CAUSE as CAUSE, NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, REFUND } from "../../fixtures/refunds.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployRefunds);
const RULING = digestOf("ruling");

describe("Refunds.withdrawRequest", () => {
  describe("refuses", () => {
    it("given a refund that does not exist", async () => {
      const { refunds, holder } = await fixture();
      await expectRevert(refunds.write.withdrawRequest([1n], holder), refunds, "RefundsUnknown", [1n]);
    });

    it("given a caller who does not hold the card", async () => {
      const { refunds, sell, request, agent, accounts } = await fixture();
      const card = await sell();
      const refund = await request(card, CAUSE.NEUTRAL);
      await expectRevert(refunds.write.withdrawRequest([refund], agent), refunds, "RefundsNotHolder", [
        card,
        accounts.agent.address,
      ]);
    });

    it("given a refund that is fixed but not paid", async () => {
      const { refunds, sell, request, holder } = await fixture();
      const refund = await request(await sell({ custody: 0n }), CAUSE.CONSUMER);
      await expectRevert(refunds.write.withdrawRequest([refund], holder), refunds, "RefundsWrongStatus", [
        refund,
        REFUND.APPROVED,
      ]);
    });

    it("A-43: given claims after a default", async () => {
      const f = await fixture();
      const refund = await f.request(await f.sell(), CAUSE.NEUTRAL);
      await f.register.write.declareDefault([f.merchant, await f.now(), digestOf("default")], f.regulator);
      await f.claims.write.openRound([f.merchant, digestOf("round")], f.regulator);
      await expectRevert(f.refunds.write.withdrawRequest([refund], f.holder), f.refunds, "RefundsClaimsOpen", [
        f.merchant,
      ]);
    });
  });

  it("given a request, puts the card back into use as it was", async () => {
    const f = await fixture();
    const card = await f.sell();
    await f.use(card, 10_000n);
    const before = await f.cards.read.cardOf([card]);
    const refund = await f.request(card, CAUSE.NEUTRAL);
    const events = await eventsOf(f.connection, f.refunds.write.withdrawRequest([refund], f.holder), f.refunds);
    expect(events).to.deep.equal([["RefundWithdrawn", { refund }]]);
    expect((await f.refunds.read.refundOf([refund])).status).to.equal(REFUND.WITHDRAWN);
    expect(await f.cards.read.cardOf([card])).to.deep.equal(before);
    await f.use(card, 90_000n);
  });

  it("given an entry that stood meanwhile, puts the card back with what is left", async () => {
    const f = await fixture();
    const card = await f.sell({ paid: 30_000n, face: 40_000n });
    await f.openEntry(card, 1_111n);
    const refund = await f.request(card, CAUSE.NEUTRAL);
    await f.entryStands(card, 1_111n);
    await f.refunds.write.withdrawRequest([refund], f.holder);
    const { status, principal } = await f.cards.read.cardOf([card]);
    expect([status, principal]).to.deep.equal([CARD_STATUS.ACTIVE, 30_000n - 833n]);
  });
});

describe("Refunds.reject", () => {
  describe("refuses", () => {
    it("given a caller who is no arbiter", async () => {
      const { refunds, sell, request, agent, accounts } = await fixture();
      const refund = await request(await sell(), CAUSE.NEUTRAL);
      await expectRevert(refunds.write.reject([refund, RULING], agent), refunds, "AccessManagedUnauthorized", [
        accounts.agent.address,
      ]);
    });

    it("given a refund that does not exist", async () => {
      const { refunds, arbiter } = await fixture();
      await expectRevert(refunds.write.reject([1n, RULING], arbiter), refunds, "RefundsUnknown", [1n]);
    });

    it("given a refund that is fixed", async () => {
      const { refunds, sell, request, arbiter } = await fixture();
      const refund = await request(await sell({ custody: 0n }), CAUSE.CONSUMER);
      await expectRevert(refunds.write.reject([refund, RULING], arbiter), refunds, "RefundsWrongStatus", [
        refund,
        REFUND.APPROVED,
      ]);
    });

    it("given a ruling without its digest", async () => {
      const { refunds, sell, request, arbiter } = await fixture();
      const refund = await request(await sell(), CAUSE.NEUTRAL);
      await expectRevert(refunds.write.reject([refund, NO_DIGEST], arbiter), refunds, "DigestsMissing", [
        NO_DIGEST.value,
        0,
      ]);
    });

    it("A-43: given claims after a default", async () => {
      const f = await fixture();
      const refund = await f.request(await f.sell(), CAUSE.NEUTRAL);
      await f.register.write.declareDefault([f.merchant, await f.now(), digestOf("default")], f.regulator);
      await f.claims.write.openRound([f.merchant, digestOf("round")], f.regulator);
      await expectRevert(f.refunds.write.reject([refund, RULING], f.arbiter), f.refunds, "RefundsClaimsOpen", [
        f.merchant,
      ]);
    });
  });

  it("given a request, keeps the ruling and puts the card back into use", async () => {
    const f = await fixture();
    const card = await f.sell();
    const refund = await f.request(card, CAUSE.OPERATOR);
    const events = await eventsOf(f.connection, f.refunds.write.reject([refund, RULING], f.arbiter), f.refunds);
    expect(events).to.deep.equal([["RefundRejected", { refund, ruling: RULING }]]);
    const entry = await f.refunds.read.refundOf([refund]);
    expect([entry.status, entry.ruling]).to.deep.equal([REFUND.REJECTED, RULING]);
    const { status, cause } = await f.cards.read.cardOf([card]);
    expect([status, cause]).to.deep.equal([CARD_STATUS.ACTIVE, CAUSE.NONE]);
    await f.use(card, 100_000n);
    expect(await f.refunds.read.owedOf([refund])).to.deep.equal([0n, 0n]);
  });
});
