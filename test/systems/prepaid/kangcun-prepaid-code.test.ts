import { expect } from "chai";
import {
  CardStatus,
  Colour,
  CoverForm,
  EndCause,
  RecordKind,
  SubjectKind,
} from "../../../apps/prepaid-code/client/index.ts";
import {
  createActors,
  type Merchant,
  NO_DIGEST,
  orderOf,
  type PrepaidActors,
  TRADE,
} from "../../fixtures/prepaid-actors.ts";
import { DAY, expectRefusal, loadPrepaidApp, type PrepaidApp } from "../../fixtures/prepaid-app.ts";
import { system } from "../../helpers/system.ts";

/** A bank that lends to merchants. */
const LENDER = "C900";

system("kangcun-prepaid-code", () => {
  let app: PrepaidApp;
  let actors: PrepaidActors;

  beforeEach(async () => {
    app = await loadPrepaidApp();
    actors = createActors(app);
  });

  /** What a consumer sees who scans the code. */
  const scan = async (merchant: Merchant, party = "C005") =>
    (await app.contracts.desk.read.sheetOf({ merchant: merchant.id }, await app.as(party))).colour;
  const deposit = async (merchant: Merchant, amount: bigint) => {
    await actors.fund(merchant.party, amount);
    const { custody } = app.contracts;
    return await custody.writeAndWait.deposit({ merchant: merchant.id, amount }, await app.as(merchant.party));
  };
  const cover = async (merchant: Merchant, form: CoverForm, amount: bigint, startsAt: bigint, expiresAt: bigint) =>
    await app.contracts.custody.writeAndWait.registerCover(
      { merchant: merchant.id, form, amount, startsAt, expiresAt, policy: app.digest(`policy ${app.nonce()}`) },
      await app.as("insurer"),
    );
  const changes = async (merchant: Merchant) => {
    const events = await app.contracts.code.events.ColourChanged.get({ args: { merchant: merchant.id } });
    return events.map(({ args: { from, to, balance, custody, cover: covered } }) => [
      from,
      to,
      balance,
      custody,
      covered,
    ]);
  };

  it("is grey without a link, and red once custody is opened with nothing in it", async () => {
    const salon = await actors.openMerchant("M01", { trade: TRADE.BEAUTY, linked: false, vault: false });
    expect(await scan(salon)).to.equal(Colour.GREY);
    await app.contracts.register.writeAndWait.link(
      { merchant: salon.id, mark: app.digest("mark") },
      await app.as("platform"),
    );
    await app.contracts.custody.writeAndWait.openVault({ merchant: salon.id }, await app.as("bank"));
    expect(await scan(salon)).to.equal(Colour.RED);
    await actors.sell(salon, "C001", { paid: 1_000_00n });
    expect(await scan(salon)).to.equal(Colour.RED);
    expect(await changes(salon)).to.deep.equal([[Colour.GREY, Colour.RED, 0n, 0n, 0n]]);
  });

  it("turns green with the last fen of the outstanding balance, in the transaction that brings it", async () => {
    const salon = await actors.openMerchant("M01", { trade: TRADE.BEAUTY });
    await actors.sell(salon, "C001", { paid: 1_000_00n });
    await actors.sell(salon, "C002", { paid: 2_000_00n });

    await deposit(salon, 2_999_99n);
    expect(await scan(salon)).to.equal(Colour.YELLOW);
    const { hash } = await deposit(salon, 1n);
    expect(await scan(salon)).to.equal(Colour.GREEN);
    const announced = await app.contracts.code.events.ColourChanged.get({ args: { merchant: salon.id } });
    expect(announced.at(-1)).to.include({ transactionHash: hash });
    // One more card that is not deposited for takes the green away again.
    await actors.sell(salon, "C003", { paid: 100_00n });
    expect(await scan(salon)).to.equal(Colour.YELLOW);

    expect(await changes(salon)).to.deep.equal([
      [Colour.GREY, Colour.RED, 0n, 0n, 0n],
      [Colour.RED, Colour.YELLOW, 3_000_00n, 2_999_99n, 0n],
      [Colour.YELLOW, Colour.GREEN, 3_000_00n, 3_000_00n, 0n],
      [Colour.GREEN, Colour.YELLOW, 3_100_00n, 3_000_00n, 0n],
    ]);
  });

  for (const [word, form] of [
    ["insurance", CoverForm.INSURANCE],
    ["a guarantee", CoverForm.GUARANTEE],
    ["a trust", CoverForm.TRUST],
  ] as const) {
    it(`counts ${word} only while it is in force, and at the full balance only`, async () => {
      const { code, custody } = app.contracts;
      const salon = await actors.openMerchant("M01", { trade: TRADE.BEAUTY });
      await actors.sell(salon, "C001", { paid: 1_000_00n });
      const from = (await app.now()) + 10n * DAY;
      await cover(salon, form, 999_99n, from, from + 30n * DAY);
      expect(await scan(salon)).to.equal(Colour.RED);

      await app.pass(10n * DAY);
      expect(await scan(salon)).to.equal(Colour.YELLOW);
      await cover(salon, form, 1n, from, from + 30n * DAY);
      expect(await scan(salon)).to.equal(Colour.GREEN);
      const [first] = await custody.read.coversOf({ merchant: salon.id });
      expect(await custody.read.coverById({ cover: first ?? 0n })).to.include({
        form,
        provider: app.address("insurer"),
      });

      // Time alone takes the cover away: the view says so at once, the oracle makes it an event.
      await app.pass(30n * DAY);
      expect(await scan(salon)).to.equal(Colour.RED);
      await code.writeAndWait.refresh({ merchant: salon.id }, await app.as("platform"));
      expect((await changes(salon)).at(-1)).to.deep.equal([Colour.GREEN, Colour.RED, 1_000_00n, 0n, 0n]);
    });
  }

  it("adds deposit, insurance and trust together", async () => {
    const salon = await actors.openMerchant("M01", { trade: TRADE.BEAUTY });
    await actors.sell(salon, "C001", { paid: 1_000_00n });
    const now = await app.now();
    await deposit(salon, 400_00n);
    await cover(salon, CoverForm.INSURANCE, 350_00n, now, now + 90n * DAY);
    expect(await scan(salon)).to.equal(Colour.YELLOW);
    await cover(salon, CoverForm.TRUST, 250_00n, now, now + 90n * DAY);
    expect(await scan(salon)).to.equal(Colour.GREEN);
  });

  it("takes its colour from nobody: strangers, the merchant and even the regulator cannot announce one", async () => {
    const { code } = app.contracts;
    const salon = await actors.openMerchant("M01", { trade: TRADE.BEAUTY });
    await actors.sell(salon, "C001", { paid: 1_000_00n });
    for (const party of ["C001", "M01", "regulator", "insurer"]) {
      await expectRefusal(
        code.writeAndWait.refresh({ merchant: salon.id }, await app.as(party)),
        "SupervisionCodeNotAllowed",
        { caller: app.address(party) },
      );
    }
    // And whoever may only announces what the chain's state says.
    await code.writeAndWait.refresh({ merchant: salon.id }, await app.as("platform"));
    expect(await scan(salon)).to.equal(Colour.RED);
    const now = await app.now();
    await expectRefusal(
      app.contracts.custody.writeAndWait.registerCover(
        {
          ...{ merchant: salon.id, form: CoverForm.INSURANCE, amount: 1_000_00n, startsAt: now, expiresAt: now + DAY },
          policy: app.digest("a policy of its own"),
        },
        await app.as("M01"),
      ),
      "AccessManagedUnauthorized",
      { caller: app.address("M01") },
    );
  });

  it("runs contract, redemption, settlement and refund of a card as calls, whose trail of money adds up", async () => {
    const { cards, custody, redemptions, refunds, sales } = app.contracts;
    const salon = await actors.openMerchant("M01", { trade: TRADE.BEAUTY });
    const merchant = salon.id;
    const unsigned = { ...actors.saleOf(salon, "C001", 0n), contractDigest: NO_DIGEST };
    await expectRefusal(
      sales.writeAndWait.sell({ sale: unsigned, orders: [orderOf({ paid: 1_000_00n })] }, await app.as("M01")),
      "SaleRulesContractMissing",
      { merchant },
    );

    const card = await actors.buyCard(salon, "C001", { paid: 1_000_00n });
    const other = await actors.buyCard(salon, "C002", { paid: 500_00n });
    await actors.redeem(salon, "C001", card, 150_00n);
    await actors.redeem(salon, "C001", card, 250_00n);
    await actors.redeem(salon, "C002", other, 50_00n);
    await actors.release(salon, 450_00n);
    const asked = await refunds.writeAndWait.request(
      { card, cause: EndCause.CONSUMER, reason: NO_DIGEST },
      await app.as("C001"),
    );
    const { refund } = asked.event("RefundRequested").args;

    const [sold] = await sales.events.CardsSold.get({ args: { first: card } });
    expect(sold?.args.sale.contractDigest).to.deep.equal(app.digest("contract of C001 with M01"));
    const used = await redemptions.events.RedemptionFinal.get({ args: { card } });
    expect(used.map(({ args }) => args.principal)).to.deep.equal([150_00n, 250_00n]);
    const paid = await refunds.events.RefundPaid.get({ args: { refund } });
    expect(paid.map(({ args }) => [args.payer, args.holder, args.principal])).to.deep.equal([
      [custody.address, app.address("C001"), 600_00n],
    ]);
    // The card's own trail: what was paid for it was consumed or paid back.
    expect(sold?.args.total).to.equal(150_00n + 250_00n + 600_00n);
    const kept = await cards.read.cardOf({ id: card });
    expect(kept).to.include({ status: CardStatus.ENDED, paidTotal: 1_000_00n, redeemed: 400_00n, refunded: 600_00n });
    // The merchant's trail: each fen that came into the vault, from whom, and where it went.
    const { Collected, HolderPaid, Released } = custody.events;
    const collected = (await Collected.get({ args: { merchant } })).map(({ args }) => [args.payer, args.amount]);
    const settled = (await Released.get({ args: { merchant } })).map(({ args }) => [args.to, args.amount]);
    const repaid = (await HolderPaid.get({ args: { merchant } })).map(({ args }) => [args.holder, args.amount]);
    expect({ collected, settled, repaid }).to.deep.equal({
      collected: [
        [app.address("C001"), 1_000_00n],
        [app.address("C002"), 500_00n],
      ],
      settled: [[salon.settlement, 450_00n]],
      repaid: [[app.address("C001"), 600_00n]],
    });
    expect(await custody.read.vaultBalanceOf({ merchant })).to.equal(1_500_00n - 450_00n - 600_00n);
    expect(await scan(salon)).to.equal(Colour.GREEN);
  });

  it("links the code to complaints and to the credit file that a lender asks for", async () => {
    const { credit } = app.contracts;
    const files = [
      { subject: app.digest("did of the salon").value, owner: app.address("M01"), kind: SubjectKind.OPERATOR },
      { subject: app.digest("did of C001").value, owner: app.address("C001"), kind: SubjectKind.CONSUMER },
    ];
    await actors.openMerchant("M01", { trade: TRADE.BEAUTY });
    for (const file of files) await credit.writeAndWait.register(file, await app.as("platform"));
    const subject = await credit.read.subjectOf({ owner: app.address("M01") });
    await credit.writeAndWait.append(
      {
        subject,
        kind: RecordKind.COMPLAINT,
        about: 0n,
        content: app.digest("closed on Sundays, says the shop; it is not"),
      },
      await app.as("C001"),
    );

    // How often a merchant was complained of, everybody may know; the file itself is for those whom it lets in.
    expect((await credit.read.summaryOf({ subject }))[RecordKind.COMPLAINT]).to.equal(1n);
    const page = { subject, cursor: 0n, limit: 50n };
    await expectRefusal(credit.read.read(page, await app.as(LENDER)), "CreditFileNotReader", {
      ...{ subject, caller: app.address(LENDER) },
    });
    const grant = { subject, reader: app.address(LENDER), until: (await app.now()) + DAY };
    await credit.writeAndWait.grant(grant, await app.as("M01"));
    const { records } = await credit.read.read(page, await app.as(LENDER));
    expect(records.map(({ kind, author }) => [kind, author])).to.deep.equal([
      [RecordKind.COMPLAINT, app.address("C001")],
    ]);
  });
});
