import { expect } from "chai";
import { EndCause, VoidClause } from "../../../apps/prepaid-code/client/index.ts";
import { createActors, type Merchant, NO_DIGEST, type PrepaidActors, TRADE } from "../../fixtures/prepaid-actors.ts";
import { DAY, expectRefusal, loadPrepaidApp, type PrepaidApp } from "../../fixtures/prepaid-app.ts";
import { system } from "../../helpers/system.ts";

system("wuka-prepaid-platform", () => {
  let app: PrepaidApp;
  let actors: PrepaidActors;
  let salon: Merchant;
  let card: bigint;

  beforeEach(async () => {
    app = await loadPrepaidApp();
    actors = createActors(app);
    salon = await actors.openMerchant("M01", { trade: TRADE.BEAUTY });
    card = await actors.buyCard(salon, "C001", { paid: 3_000_00n, face: 4_000_00n });
  });

  const freeze = async (party: string) =>
    await app.contracts.custody.writeAndWait.freeze(
      { merchant: salon.id, reason: app.digest("signs of flight") },
      await app.as(party),
    );

  /** What came into the vault is in it or went one of the agreed ways. */
  const expectReconciled = async () => {
    const { custody, token } = app.contracts;
    const { vault, paidIn, released, refunded, returned } = await custody.read.accountOf({ merchant: salon.id });
    expect(await token.read.balanceOf({ account: vault })).to.equal(paidIn - released - refunded - returned);
  };

  it("lets money leave custody by the agreed rule: in the proportion in which the consumed face was paid for", async () => {
    await actors.redeem(salon, "C001", card, 1_000_00n);
    // 3,000 bought a face of 4,000: 1,000 of it released 750.
    await expectRefusal(actors.release(salon, 750_01n), "CustodyExceedsRedeemed", {
      ...{ merchant: salon.id, releasable: 750_00n, amount: 750_01n },
    });
    await actors.release(salon, 750_00n);
    expect(await actors.depositOf("M01:settlement")).to.equal(750_00n);
    await expectReconciled();
  });

  it("refuses every other way out of custody, to every party", async () => {
    const { custody } = app.contracts;
    await actors.redeem(salon, "C001", card, 1_000_00n);
    const { vault } = await custody.read.accountOf({ merchant: salon.id });

    for (const party of ["bank", "regulator", "platform"]) {
      await expectRefusal(
        custody.writeAndWait.release({ merchant: salon.id, amount: 1n }, await app.as(party)),
        "CustodyNotAgent",
        { merchant: salon.id, caller: app.address(party) },
      );
    }
    for (const party of ["M01", "bank", "regulator", "platform", "emergency"]) {
      await expectRefusal(
        custody.writeAndWait.payHolder(
          { merchant: salon.id, holder: app.address(party), amount: 1n },
          await app.as(party),
        ),
        "AccessManagedUnauthorized",
        { caller: app.address(party) },
      );
      await expectRefusal(
        app.vaultAt(vault).writeAndWait.pay({ to: app.address(party), amount: 1n }, await app.as(party)),
        "MerchantVaultNotCustody",
        { caller: app.address(party) },
      );
    }
    await expectRefusal(
      custody.writeAndWait.returnSurplus({ merchant: salon.id }, await app.as("M01")),
      "CustodyNotSettled",
      { merchant: salon.id, balance: 2_250_00n, liveCards: 1n },
    );
    expect(await custody.read.vaultBalanceOf({ merchant: salon.id })).to.equal(3_000_00n);
  });

  it("keeps collecting and releasing by the terms both sides agreed, whatever the merchant files later", async () => {
    const { cards, terms } = app.contracts;
    expect((await cards.read.cardOf({ id: card })).terms).to.equal(salon.terms);
    const agreed = await terms.read.termsOf({ terms: salon.terms });
    expect(agreed).to.deep.include({ merchant: salon.id, text: app.digest("terms of M01") });
    // The platform's template carries no switch for terms that the law voids.
    await expectRefusal(
      terms.writeAndWait.fileTerms(
        { terms: { ...agreed, clauses: 1, text: app.digest("no refund") } },
        await app.as("M01"),
      ),
      "TermsRegisterVoidClause",
      { merchant: salon.id, clause: VoidClause.REFUND_BANNED },
    );
    await terms.writeAndWait.fileTerms({ terms: { ...agreed, text: app.digest("new terms") } }, await app.as("M01"));
    expect((await cards.read.cardOf({ id: card })).terms).to.equal(salon.terms);
  });

  it("withholds what the consumer contests", async () => {
    const { redemptions } = app.contracts;
    const recorded = await redemptions.writeAndWait.record(
      { card, face: 400_00n, listValue: 400_00n, evidence: app.digest("receipt") },
      await app.as("M01"),
    );
    const { redemption } = recorded.event("RedemptionRecorded").args;
    await redemptions.writeAndWait.contest(
      { id: redemption, reason: app.digest("I was not there") },
      await app.as("C001"),
    );
    await app.pass(60n * DAY);
    await expectRefusal(actors.release(salon, 1n), "CustodyExceedsRedeemed", {
      ...{ merchant: salon.id, releasable: 0n, amount: 1n },
    });
  });

  it("tells any consumer what the merchant owes in all, and what became of the money", async () => {
    const { desk } = app.contracts;
    await actors.buyCard(salon, "C002", { paid: 500_00n });
    await actors.redeem(salon, "C001", card, 1_000_00n);
    await actors.release(salon, 600_00n);
    // C003 holds no card: it looks before it buys.
    expect(await desk.read.sheetOf({ merchant: salon.id }, await app.as("C003"))).to.include({
      ...{ paid: 3_500_00n, redeemed: 750_00n, balance: 2_750_00n, released: 600_00n, custody: 2_900_00n },
    });
  });

  it("lets the regulator audit a part of the accounts or all, and nobody without the office", async () => {
    const { desk } = app.contracts;
    const spa = await actors.openMerchant("M02");
    const shop = await actors.openMerchant("M03");
    await actors.buyCard(spa, "C002", { paid: 800_00n });
    const audit = async (from: bigint, to: bigint, party = "regulator") => {
      const sheets = await desk.read.audit({ from, to }, await app.as(party));
      return sheets.map(({ merchant, balance }) => [merchant, balance]);
    };

    expect(await audit(spa.id, spa.id)).to.deep.equal([[spa.id, 800_00n]]);
    expect(await audit(salon.id, shop.id)).to.deep.equal([
      [salon.id, 3_000_00n],
      [spa.id, 800_00n],
      [shop.id, 0n],
    ]);
    await expectRefusal(audit(shop.id, shop.id + 1n), "SupervisionDeskInvalidRange", {
      ...{ from: shop.id, to: shop.id + 1n, max: 20n, count: shop.id },
    });
    for (const party of ["C001", "M01", "platform"]) {
      await expectRefusal(audit(salon.id, salon.id, party), "SupervisionDeskNotAllowed", {
        caller: app.address(party),
      });
    }
  });

  it("stops a merchant's payouts in an emergency, but not a refund, until the regulator lets them go on", async () => {
    const { custody, refunds } = app.contracts;
    await actors.redeem(salon, "C001", card, 1_000_00n);
    await expectRefusal(freeze("platform"), "AccessManagedUnauthorized", { caller: app.address("platform") });
    await freeze("emergency");

    await expectRefusal(actors.release(salon, 1n), "CustodyFrozen", { merchant: salon.id });
    await expectRefusal(
      custody.writeAndWait.requestPayout(
        { merchant: salon.id, amount: 1n, reason: app.digest("wages") },
        await app.as("M01"),
      ),
      "CustodyFrozen",
      { merchant: salon.id },
    );
    const [order] = await custody.events.PayoutsFrozen.get({ args: { merchant: salon.id } });
    expect(order?.args).to.deep.equal({
      ...{ merchant: salon.id, account: app.address("emergency"), reason: app.digest("signs of flight") },
    });
    await refunds.writeAndWait.request({ card, cause: EndCause.CONSUMER, reason: NO_DIGEST }, await app.as("C001"));
    // At the price without the bonus: 3,000 paid, 1,000 consumed.
    expect(await actors.depositOf("C001")).to.equal(2_000_00n);

    const unfreeze = { merchant: salon.id, reason: app.digest("books seen") };
    await expectRefusal(
      custody.writeAndWait.unfreeze(unfreeze, await app.as("emergency")),
      "AccessManagedUnauthorized",
      {
        caller: app.address("emergency"),
      },
    );
    await custody.writeAndWait.unfreeze(unfreeze, await app.as("regulator"));
    await actors.release(salon, 1_000_00n);
    expect(await actors.depositOf("M01:settlement")).to.equal(1_000_00n);
    await expectReconciled();
  });
});
