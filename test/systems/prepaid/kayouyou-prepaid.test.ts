import { expect } from "chai";
import { CardStatus, EndCause, MerchantStatus } from "../../../apps/prepaid-code/client/index.ts";
import { createActors, NO_DIGEST, orderOf, type PrepaidActors, TRADE } from "../../fixtures/prepaid-actors.ts";
import { expectRefusal, loadPrepaidApp, type PrepaidApp } from "../../fixtures/prepaid-app.ts";
import { system } from "../../helpers/system.ts";

system("kayouyou-prepaid", () => {
  let app: PrepaidApp;
  let actors: PrepaidActors;

  beforeEach(async () => {
    app = await loadPrepaidApp();
    actors = createActors(app);
  });

  it("refuses to let anybody but a filed and linked merchant issue cards", async () => {
    const { sales, register, cards } = app.contracts;
    const canteen = await actors.openMerchant("M01", { trade: TRADE.CATERING, linked: false });
    const order = orderOf({ paid: 100_00n });
    const sale = actors.saleOf(canteen, "C001", 0n);

    await expectRefusal(
      sales.writeAndWait.sell({ sale: { ...sale, merchant: 99n }, orders: [order] }, await app.as("M09")),
      "MerchantRegisterUnknown",
      { merchant: 99n },
    );
    await expectRefusal(
      sales.writeAndWait.sell({ sale, orders: [order] }, await app.as("M09")),
      "PrepaidSalesNotAgent",
      { merchant: canteen.id, caller: app.address("M09") },
    );
    await expectRefusal(
      sales.writeAndWait.sell({ sale, orders: [order] }, await app.as("M01")),
      "MerchantRegisterMayNotIssue",
      { merchant: canteen.id, status: MerchantStatus.FILED },
    );
    // Filing is the platform's: a merchant cannot file or link itself.
    await expectRefusal(
      register.writeAndWait.link({ merchant: canteen.id, mark: app.digest("mark") }, await app.as("M01")),
      "AccessManagedUnauthorized",
      { caller: app.address("M01") },
    );
    expect(await cards.read.count()).to.equal(0n);

    await register.writeAndWait.link({ merchant: canteen.id, mark: app.digest("mark") }, await app.as("platform"));
    const card = await actors.sell(canteen, "C001", { paid: 100_00n });
    expect(await cards.read.cardOf({ id: card })).to.include({ merchant: canteen.id, status: CardStatus.ACTIVE });
  });

  it("holds what was paid until it is consumed, and lets the merchant draw exactly what was", async () => {
    const { custody } = app.contracts;
    const canteen = await actors.openMerchant("M01", { trade: TRADE.CATERING });
    const salon = await actors.openMerchant("M02", { trade: TRADE.BEAUTY });
    const meals = await actors.buyCard(canteen, "C001", { paid: 1_000_00n });
    await actors.buyCard(salon, "C002", { paid: 2_000_00n });
    const vault = (await custody.read.accountOf({ merchant: canteen.id })).vault;
    const inVault = async () => await app.contracts.token.read.balanceOf({ account: vault });
    expect(await inVault()).to.equal(1_000_00n);
    expect(await actors.depositOf("M01:settlement")).to.equal(0n);

    await expectRefusal(actors.release(canteen, 1n), "CustodyExceedsRedeemed", {
      ...{ merchant: canteen.id, releasable: 0n, amount: 1n },
    });
    await actors.redeem(canteen, "C001", meals, 300_00n);
    await expectRefusal(actors.release(canteen, 300_01n), "CustodyExceedsRedeemed", {
      ...{ merchant: canteen.id, releasable: 300_00n, amount: 300_01n },
    });
    const drawn = await actors.release(canteen, 300_00n);

    expect(drawn.event("Released").args).to.include({ merchant: canteen.id, amount: 300_00n, payout: 0n });
    expect(await actors.depositOf("M01:settlement")).to.equal(300_00n);
    expect(await inVault()).to.equal(700_00n);
    await expectRefusal(actors.release(canteen, 1n), "CustodyExceedsRedeemed", {
      ...{ merchant: canteen.id, releasable: 0n, amount: 1n },
    });
    // What one merchant's customers consumed opens nobody else's vault.
    await expectRefusal(actors.release(salon, 1n), "CustodyExceedsRedeemed", {
      ...{ merchant: salon.id, releasable: 0n, amount: 1n },
    });
    await expectRefusal(
      custody.writeAndWait.release({ merchant: salon.id, amount: 1n }, await app.as("M01")),
      "CustodyNotAgent",
      { merchant: salon.id, caller: app.address("M01") },
    );
  });

  it("does not let the merchant draw what the consumer has not confirmed yet", async () => {
    const { redemptions } = app.contracts;
    const canteen = await actors.openMerchant("M01", { trade: TRADE.CATERING });
    const card = await actors.buyCard(canteen, "C001", { paid: 500_00n });
    const evidence = app.digest("receipt");
    const recorded = await redemptions.writeAndWait.record(
      { card, face: 80_00n, listValue: 80_00n, evidence },
      await app.as("M01"),
    );
    await expectRefusal(actors.release(canteen, 80_00n), "CustodyExceedsRedeemed", {
      ...{ merchant: canteen.id, releasable: 0n, amount: 80_00n },
    });

    const { redemption } = recorded.event("RedemptionRecorded").args;
    await redemptions.writeAndWait.confirm({ id: redemption }, await app.as("C001"));
    await actors.release(canteen, 80_00n);
    expect(await actors.depositOf("M01:settlement")).to.equal(80_00n);
  });

  it("pays the unused balance back from custody when the consumer asks", async () => {
    const { refunds, cards } = app.contracts;
    const canteen = await actors.openMerchant("M01", { trade: TRADE.CATERING });
    const card = await actors.buyCard(canteen, "C001", { paid: 1_000_00n });
    await actors.redeem(canteen, "C001", card, 300_00n);
    const request = { card, cause: EndCause.CONSUMER, reason: NO_DIGEST };
    await expectRefusal(refunds.writeAndWait.request(request, await app.as("C002")), "RefundsNotHolder", {
      ...{ card, caller: app.address("C002") },
    });
    const outcome = await refunds.writeAndWait.request(request, await app.as("C001"));

    const { refund } = outcome.event("RefundRequested").args;
    expect(outcome.event("RefundCompleted").args).to.deep.equal({ refund, principal: 700_00n, interest: 0n });
    expect(await actors.depositOf("C001")).to.equal(700_00n);
    expect(await cards.read.cardOf({ id: card })).to.include({
      ...{ status: CardStatus.ENDED, cause: EndCause.CONSUMER, principal: 0n, redeemed: 300_00n, refunded: 700_00n },
    });
    await expectRefusal(refunds.writeAndWait.request(request, await app.as("C001")), "RefundsCardNotActive", {
      ...{ card, status: CardStatus.ENDED },
    });
    // What was consumed is still the merchant's to draw, and then the vault is empty.
    await actors.release(canteen, 300_00n);
    expect(await app.contracts.custody.read.vaultBalanceOf({ merchant: canteen.id })).to.equal(0n);
  });

  it("lets the regulator follow merchants of every trade, card by card", async () => {
    const { desk, redemptions } = app.contracts;
    const canteen = await actors.openMerchant("M01", { trade: TRADE.CATERING });
    const salon = await actors.openMerchant("M02", { trade: TRADE.BEAUTY });
    const meals = await actors.buyCard(canteen, "C001", { paid: 1_000_00n });
    await actors.buyCard(salon, "C001", { paid: 2_000_00n });
    const redemption = await actors.redeem(canteen, "C001", meals, 300_00n);

    const sheets = await desk.read.audit({ from: canteen.id, to: salon.id }, await app.as("regulator"));
    expect(sheets.map(({ balance, custody, redeemed }) => [balance, custody, redeemed])).to.deep.equal([
      [700_00n, 1_000_00n, 300_00n],
      [2_000_00n, 2_000_00n, 0n],
    ]);
    const seen = await redemptions.events.RedemptionRecorded.get({ args: { card: meals } });
    expect(seen.map(({ args }) => [args.redemption, args.face, args.evidence])).to.deep.equal([
      [redemption, 300_00n, app.digest(`receipt for 30000 of card ${meals}`)],
    ]);
  });
});
