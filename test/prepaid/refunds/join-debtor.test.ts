import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { END_CAUSE as CAUSE, NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRefunds, REFUND, type RefundsFixture } from "../../fixtures/refunds.ts";
import { eventsOf } from "../../helpers/events-of.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployRefunds);
const RULING = digestOf("ruling");

/** A refund that custody could not pay, and a franchisor. */
async function withFranchisor(f: RefundsFixture) {
  const franchisor = await f.fileMerchant({ agent: f.accounts.agent2.address });
  const refund = await f.request(await f.sell({ custody: 0n }), CAUSE.CONSUMER);
  return { franchisor, refund };
}

describe("Refunds.joinDebtor", () => {
  describe("refuses", () => {
    it("given a caller who is no arbiter", async () => {
      const f = await fixture();
      const { franchisor, refund } = await withFranchisor(f);
      await expectRevert(
        f.refunds.write.joinDebtor([refund, franchisor, RULING], f.holder),
        f.refunds,
        "AccessManagedUnauthorized",
        [f.accounts.consumer.address],
      );
    });

    it("given a refund that does not exist, or is not approved", async () => {
      const f = await fixture();
      const { franchisor } = await withFranchisor(f);
      await expectRevert(f.refunds.write.joinDebtor([9n, franchisor, RULING], f.arbiter), f.refunds, "RefundsUnknown", [
        9n,
      ]);
      const waiting = await f.request(await f.sell(), CAUSE.NEUTRAL);
      await expectRevert(
        f.refunds.write.joinDebtor([waiting, franchisor, RULING], f.arbiter),
        f.refunds,
        "RefundsWrongStatus",
        [waiting, REFUND.REQUESTED],
      );
    });

    it("given a debtor that is not registered, or is the merchant", async () => {
      const f = await fixture();
      const { refund } = await withFranchisor(f);
      for (const debtor of [0n, 77n, f.merchant]) {
        await expectRevert(
          f.refunds.write.joinDebtor([refund, debtor, RULING], f.arbiter),
          f.refunds,
          "RefundsInvalidDebtor",
          [debtor],
        );
      }
    });

    it("given a ruling without its digest", async () => {
      const f = await fixture();
      const { franchisor, refund } = await withFranchisor(f);
      await expectRevert(
        f.refunds.write.joinDebtor([refund, franchisor, NO_DIGEST], f.arbiter),
        f.refunds,
        "DigestsMissing",
        [NO_DIGEST.value, 0],
      );
    });
  });

  it("A-52: given a franchisor that answers too, lets it pay", async () => {
    const f = await fixture();
    const { franchisor, refund } = await withFranchisor(f);
    const payer = { account: f.accounts.agent2 };
    await expectRevert(f.refunds.write.pay([refund], payer), f.refunds, "RefundsNotDebtor", [
      refund,
      f.accounts.agent2.address,
    ]);
    const action = f.refunds.write.joinDebtor([refund, franchisor, RULING], f.arbiter);
    const events = await eventsOf(f.connection, action, f.refunds);
    expect(events).to.deep.equal([["RefundDebtorJoined", { refund, debtor: franchisor, ruling: RULING }]]);
    const { jointDebtor, ruling } = await f.refunds.read.refundOf([refund]);
    expect([jointDebtor, ruling]).to.deep.equal([franchisor, RULING]);
    const before = await f.token.read.balanceOf([f.accounts.agent2.address]);
    await f.refunds.write.pay([refund], payer);
    expect(before - (await f.token.read.balanceOf([f.accounts.agent2.address]))).to.equal(100_000n);
    expect((await f.refunds.read.refundOf([refund])).status).to.equal(REFUND.PAID);
  });
});
