import { expect } from "chai";
import { RecordKind, SubjectKind } from "../../../apps/prepaid-code/client/index.ts";
import { PREPAID_ROLE_IDS } from "../../../apps/prepaid-code/deploy/roles.ts";
import { createActors, type Merchant, type PrepaidActors, TRADE } from "../../fixtures/prepaid-actors.ts";
import { DAY, expectRefusal, loadPrepaidApp, type PrepaidApp } from "../../fixtures/prepaid-app.ts";
import { system } from "../../helpers/system.ts";

/** The lender: an account without any role. */
const LENDER = "C900";
const PAGE = { cursor: 0n, limit: 50n } as const;

system("prepaid-card-mgmt", () => {
  let app: PrepaidApp;
  let actors: PrepaidActors;
  let brand: Merchant;
  let subject: `0x${string}`;
  let vouchers: Readonly<Record<"C001" | "C002", bigint>>;

  beforeEach(async () => {
    app = await loadPrepaidApp();
    actors = createActors(app);
    brand = await actors.openMerchant("M01", { trade: TRADE.RETAIL });
    vouchers = {
      C001: await actors.buyCard(brand, "C001", { paid: 1_000_00n }),
      C002: await actors.buyCard(brand, "C002", { paid: 2_500_00n }),
    };
    await actors.redeem(brand, "C002", vouchers.C002, 500_00n);

    const { credit } = app.contracts;
    subject = app.digest("did of the brand").value;
    await credit.writeAndWait.register(
      { subject, owner: app.address("M01"), kind: SubjectKind.OPERATOR },
      await app.as("platform"),
    );
    const facts = [
      ["M01", RecordKind.OPERATOR_FACT, "turnover of the year"],
      ["regulator", RecordKind.INSPECTION, "inspection of the spring"],
    ] as const;
    for (const [party, kind, document] of facts) {
      const record = { subject, kind, about: 0n, content: app.digest(document) };
      await credit.writeAndWait.append(record, await app.as(party));
    }
  });

  const creditRecords = async (party: string) => {
    const { records } = await app.contracts.credit.read.read({ subject, ...PAGE }, await app.as(party));
    return records.map(({ kind, content }) => [kind, content]);
  };

  const wholeRecord = () => [
    [RecordKind.OPERATOR_FACT, app.digest("turnover of the year")],
    [RecordKind.INSPECTION, app.digest("inspection of the spring")],
  ];

  it("shows the regulator what the brand owes on its vouchers, voucher by voucher, and its credit record", async () => {
    const { desk } = app.contracts;
    const [sheet] = await desk.read.audit({ from: brand.id, to: brand.id }, await app.as("regulator"));
    expect(sheet).to.include({ balance: 3_000_00n, paid: 3_500_00n, redeemed: 500_00n, liveCards: 2n });
    const { cards } = await desk.read.auditCards({ merchant: brand.id, ...PAGE }, await app.as("regulator"));
    expect(cards.map(({ principal }) => principal)).to.deep.equal([1_000_00n, 2_000_00n]);
    expect(await creditRecords("regulator")).to.deep.equal(wholeRecord());
  });

  it("shows the lender the balance, and the credit record while the brand lets it", async () => {
    const { credit, desk } = app.contracts;
    const refused = { subject, caller: app.address(LENDER) };
    expect(await desk.read.sheetOf({ merchant: brand.id }, await app.as(LENDER))).to.include({ balance: 3_000_00n });
    await expectRefusal(creditRecords(LENDER), "CreditFileNotReader", refused);

    const grant = { subject, reader: app.address(LENDER), until: (await app.now()) + 30n * DAY };
    await expectRefusal(credit.writeAndWait.grant(grant, await app.as(LENDER)), "CreditFileNotOwner", refused);
    await credit.writeAndWait.grant(grant, await app.as("M01"));
    expect(await creditRecords(LENDER)).to.deep.equal(wholeRecord());

    await app.pass(30n * DAY);
    await expectRefusal(creditRecords(LENDER), "CreditFileNotReader", refused);
  });

  it("refuses the lender the vouchers themselves, until the alliance admits it as an auditor", async () => {
    const { desk, authority } = app.contracts;
    const refused = { caller: app.address(LENDER) };
    const audit = async () => await desk.read.audit({ from: brand.id, to: brand.id }, await app.as(LENDER));
    await expectRefusal(audit(), "SupervisionDeskNotAllowed", refused);
    const page = { merchant: brand.id, ...PAGE };
    await expectRefusal(desk.read.auditCards(page, await app.as(LENDER)), "SupervisionDeskNotAllowed", refused);

    await authority.writeAndWait.grantRole(
      { roleId: PREPAID_ROLE_IDS.AUDITOR, account: app.address(LENDER), executionDelay: 0 },
      app.administrator,
    );
    expect((await audit()).map(({ balance }) => balance)).to.deep.equal([3_000_00n]);
    expect(await creditRecords(LENDER)).to.deep.equal(wholeRecord());
  });

  it("shows a consumer its own vouchers and refuses everybody else's, the lists and the credit record", async () => {
    const { desk } = app.contracts;
    const refused = { caller: app.address("C001") };
    const mine = await desk.read.myCards(PAGE, await app.as("C001"));
    expect(mine.ids).to.deep.equal([vouchers.C001]);
    expect(mine.cards.map(({ principal }) => principal)).to.deep.equal([1_000_00n]);
    expect(await desk.read.card({ id: vouchers.C001 }, await app.as("C001"))).to.include({ principal: 1_000_00n });

    await expectRefusal(
      desk.read.card({ id: vouchers.C002 }, await app.as("C001")),
      "SupervisionDeskNotAllowed",
      refused,
    );
    await expectRefusal(
      desk.read.auditCards({ merchant: brand.id, ...PAGE }, await app.as("C001")),
      "SupervisionDeskNotAllowed",
      refused,
    );
    await expectRefusal(
      desk.read.audit({ from: brand.id, to: brand.id }, await app.as("C001")),
      "SupervisionDeskNotAllowed",
      refused,
    );
    await expectRefusal(creditRecords("C001"), "CreditFileNotReader", { subject, caller: app.address("C001") });
  });

  it("moves the view of a voucher to the consumer who acquired it", async () => {
    const { cards, desk } = app.contracts;
    await cards.writeAndWait.transfer(
      {
        ...{ id: vouchers.C002, to: app.address("C001") },
        ...{ consumerKey: app.digest("C001 at M01").value, buyerId: app.digest("identity of C001") },
      },
      await app.as("C002"),
    );
    expect((await desk.read.myCards(PAGE, await app.as("C001"))).ids).to.deep.equal([vouchers.C001, vouchers.C002]);
    expect((await desk.read.myCards(PAGE, await app.as("C002"))).ids).to.deep.equal([]);
    await expectRefusal(desk.read.card({ id: vouchers.C002 }, await app.as("C002")), "SupervisionDeskNotAllowed", {
      caller: app.address("C002"),
    });
  });
});
