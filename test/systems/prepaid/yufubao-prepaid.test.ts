import { expect } from "chai";
import { PayoutStatus } from "../../../apps/prepaid-code/client/index.ts";
import { createActors, type Merchant, type PrepaidActors, TRADE } from "../../fixtures/prepaid-actors.ts";
import { DAY, expectRefusal, loadPrepaidApp, type PrepaidApp } from "../../fixtures/prepaid-app.ts";
import { system } from "../../helpers/system.ts";

/** What the region's policy lets a merchant draw in a day without asking: CNY 50,000. */
const THRESHOLD = 50_000_00n;
/** Sixty lessons, and what a fitness club may take for them from one consumer at most. */
const LESSONS = { paid: 20_000_00n, face: 60n, listUnitPrice: 400_00n } as const;

system("yufubao-prepaid", () => {
  let app: PrepaidApp;
  let actors: PrepaidActors;
  let club: Merchant;

  /** Four members paid for all their lessons and had them: CNY 80,000 are earned and in the vault. */
  beforeEach(async () => {
    app = await loadPrepaidApp();
    actors = createActors(app);
    club = await actors.openMerchant("M01", { trade: TRADE.FITNESS });
    for (const member of ["C001", "C002", "C003", "C004"]) {
      const card = await actors.buyCard(club, member, LESSONS);
      await actors.redeem(club, member, card, LESSONS.face, LESSONS.face * LESSONS.listUnitPrice);
    }
  });

  const request = async (amount: bigint) => {
    const outcome = await app.contracts.custody.writeAndWait.requestPayout(
      { merchant: club.id, amount, reason: app.digest("wages and rent") },
      await app.as("M01"),
    );
    return outcome.event("PayoutRequested").args.payout;
  };

  it("pays up to the rule's sum without asking the supervising node", async () => {
    const { custody } = app.contracts;
    await actors.release(club, THRESHOLD);
    expect(await actors.depositOf("M01:settlement")).to.equal(THRESHOLD);
    expect(await custody.events.PayoutRequested.get()).to.deep.equal([]);
  });

  it("refuses a payout above the rule's sum, in one piece and in many of one day", async () => {
    const above = { merchant: club.id, threshold: THRESHOLD, dayTotal: THRESHOLD + 1n };
    await expectRefusal(actors.release(club, THRESHOLD + 1n), "CustodyNeedsApproval", above);
    await actors.release(club, 30_000_00n);
    await actors.release(club, 20_000_00n);
    await expectRefusal(actors.release(club, 1n), "CustodyNeedsApproval", above);
    expect(await actors.depositOf("M01:settlement")).to.equal(THRESHOLD);

    await app.pass(DAY);
    await actors.release(club, 1n);
    expect(await actors.depositOf("M01:settlement")).to.equal(THRESHOLD + 1n);
  });

  it("pays above the rule's sum once the supervising node approves, and shows who approved what and why", async () => {
    const { custody } = app.contracts;
    const payout = await request(80_000_00n);
    expect(await actors.depositOf("M01:settlement")).to.equal(0n);
    const approve = async (party: string) =>
      await custody.writeAndWait.approvePayout({ payout, reason: app.digest("invoices seen") }, await app.as(party));

    // No other party of the joint management can stand in for the supervising node.
    for (const party of ["M01", "bank", "platform", "emergency", "C001"]) {
      await expectRefusal(approve(party), "AccessManagedUnauthorized", { caller: app.address(party) });
    }
    await approve("regulator");

    expect(await actors.depositOf("M01:settlement")).to.equal(80_000_00n);
    expect(await custody.read.payoutOf({ payout })).to.include({ status: PayoutStatus.APPROVED, amount: 80_000_00n });
    const [requested] = await custody.events.PayoutRequested.get({ args: { merchant: club.id } });
    expect(requested?.args).to.deep.equal({
      ...{ payout, merchant: club.id, amount: 80_000_00n, reason: app.digest("wages and rent") },
    });
    const approved = await custody.events.PayoutApproved.get({ args: { merchant: club.id } });
    expect(approved.map(({ args }) => args)).to.deep.equal([
      {
        ...{ payout, merchant: club.id, approver: app.address("regulator") },
        ...{ amount: 80_000_00n, reason: app.digest("invoices seen") },
      },
    ]);
    const [released] = await custody.events.Released.get({ args: { payout } });
    expect(released?.args).to.include({ merchant: club.id, amount: 80_000_00n, to: club.settlement });
  });

  it("leaves the money in custody when the supervising node refuses, and shows the refusal", async () => {
    const { custody } = app.contracts;
    const payout = await request(60_000_00n);
    const refuse = { payout, reason: app.digest("no invoices") };
    await expectRefusal(custody.writeAndWait.refusePayout(refuse, await app.as("bank")), "AccessManagedUnauthorized", {
      caller: app.address("bank"),
    });
    await custody.writeAndWait.refusePayout(refuse, await app.as("regulator"));

    expect(await actors.depositOf("M01:settlement")).to.equal(0n);
    expect(await custody.read.vaultBalanceOf({ merchant: club.id })).to.equal(80_000_00n);
    expect((await custody.read.payoutOf({ payout })).status).to.equal(PayoutStatus.REFUSED);
    const refused = await custody.events.PayoutRefused.get({ args: { merchant: club.id } });
    expect(refused.map(({ args }) => args)).to.deep.equal([
      {
        ...{ payout, merchant: club.id, approver: app.address("regulator") },
        ...{ amount: 60_000_00n, reason: app.digest("no invoices") },
      },
    ]);
    // What was decided stays decided; the merchant asks anew.
    await expectRefusal(
      custody.writeAndWait.approvePayout({ payout, reason: app.digest("after all") }, await app.as("regulator")),
      "CustodyPayoutClosed",
      { payout, status: PayoutStatus.REFUSED },
    );
  });

  it("checks an approved payout again: no approval pays what was not consumed", async () => {
    const { custody } = app.contracts;
    await expectRefusal(request(80_000_01n), "CustodyExceedsRedeemed", {
      ...{ merchant: club.id, releasable: 80_000_00n, amount: 80_000_01n },
    });
    const payout = await request(80_000_00n);
    await actors.release(club, 10_000_00n);
    await expectRefusal(
      custody.writeAndWait.approvePayout({ payout, reason: app.digest("invoices seen") }, await app.as("regulator")),
      "CustodyExceedsRedeemed",
      { merchant: club.id, releasable: 70_000_00n, amount: 80_000_00n },
    );
  });
});
