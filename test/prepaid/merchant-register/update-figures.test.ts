import { expect } from "chai";
import { filedMerchant, linkedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { DAY, SCALE, START } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("MerchantRegister.updateFigures", () => {
  it("refuses everyone but the platform", async () => {
    const { register, merchant, accounts } = await filedMerchant();
    for (const account of [accounts.admin, accounts.regulator, accounts.agent]) {
      const call = register.write.updateFigures([merchant, SCALE.BRAND, 1n, 1n, 0n, PAPER], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed, or has left", async () => {
    const { register, merchant, asAgent, asPlatform, time } = await filedMerchant();
    const update = (id: bigint) => register.write.updateFigures([id, SCALE.BRAND, 1n, 1n, 0n, PAPER], asPlatform);
    await expectRevert(update(NOBODY), register, "MerchantRegisterUnknown", [NOBODY]);
    await register.write.requestExit([merchant, PAPER], asAgent);
    await time.increase(31n * DAY);
    await register.write.completeExit([merchant], asPlatform);
    await expectRevert(update(merchant), register, "MerchantRegisterWrongStatus", [merchant, 6]);
  });

  it("refuses a lease that is over, and figures without evidence", async () => {
    const { register, merchant, asPlatform, time } = await filedMerchant();
    await time.setNextBlockTimestamp(START + 100n);
    await expectRevert(
      register.write.updateFigures([merchant, SCALE.OTHER, 1n, 1n, START + 100n, PAPER], asPlatform),
      register,
      "MerchantRegisterLeaseOver",
      [START + 100n, START + 100n],
    );
    await expectRevert(
      register.write.updateFigures([merchant, SCALE.OTHER, 1n, 1n, 0n, NO_DIGEST], asPlatform),
      register,
      "DigestsMissing",
      MISSING,
    );
  });

  it("takes the figures over and announces them", async () => {
    const { register, merchant, asPlatform, connection } = await filedMerchant();
    const leaseEndsAt = START + 400n * DAY;
    await expectEvents(
      connection,
      register.write.updateFigures([merchant, SCALE.GROUP, 7n, 8n, leaseEndsAt, PAPER], asPlatform),
      [
        event(register, "MerchantFiguresUpdated", {
          merchant,
          scale: SCALE.GROUP,
          lastYearRevenue: 7n,
          paidInCapital: 8n,
          leaseEndsAt,
          evidence: PAPER,
        }),
      ],
    );
    const { filing } = await register.read.merchantOf([merchant]);
    expect(filing.scale).to.equal(SCALE.GROUP);
    expect(filing.lastYearRevenue).to.equal(7n);
    expect(filing.paidInCapital).to.equal(8n);
    expect(filing.leaseEndsAt).to.equal(leaseEndsAt);
  });

  it("A-16: has the code announced anew, since a mall-type issuer must hold all of its balance", async () => {
    const { authority, accounts, asAdmin, ...rest } = await linkedMerchant();
    const { register, merchant, book, code, custody, token, fund, asAgent, asPlatform, connection, time } = rest;
    // The test keeps the cards: 300,000 yuan were paid, 40% of them must be in custody and are.
    await authority.write.grantRole([100n, accounts.alice.address, 0], asAdmin);
    const asLedger = { account: accounts.alice };
    await book.write.recordPayment([merchant, 30_000_000n, 60n], asLedger);
    await fund(accounts.agent.address, 12_000_000n);
    await token.write.approve([custody.address, 12_000_000n], asAgent);
    await custody.write.deposit([merchant, 12_000_000n], asAgent);
    expect(await code.read.compliantOf([merchant])).to.equal(true);
    await time.setNextBlockTimestamp(START + DAY);
    await expectEvents(
      connection,
      register.write.updateFigures([merchant, SCALE.MALL, 10n ** 12n, 1n, 0n, PAPER], asPlatform),
      [
        event(register, "MerchantFiguresUpdated", {
          merchant,
          scale: SCALE.MALL,
          lastYearRevenue: 10n ** 12n,
          paidInCapital: 1n,
          leaseEndsAt: 0n,
          evidence: PAPER,
        }),
        event(code, "ComplianceChanged", {
          merchant,
          compliant: false,
          required: 30_000_000n,
          custody: 12_000_000n,
          cover: 0n,
        }),
      ],
    );
    expect(await code.read.shortSince([merchant])).to.equal(START + DAY);
  });
});
