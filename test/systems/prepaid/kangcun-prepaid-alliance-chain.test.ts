import { expect } from "chai";
import type { Hex } from "viem";
import { Mark, RecordKind, SubjectKind } from "../../../apps/prepaid-code/client/index.ts";
import { PREPAID_ROLE_IDS } from "../../../apps/prepaid-code/deploy/roles.ts";
import { createActors, type Merchant, type PrepaidActors, TRADE } from "../../fixtures/prepaid-actors.ts";
import { DAY, expectRefusal, loadPrepaidApp, type PrepaidApp } from "../../fixtures/prepaid-app.ts";
import { system } from "../../helpers/system.ts";

/** The department that inspects and enforces: a second account of the supervising office, of another level. */
const ENFORCEMENT = "C800";
/** A bank that lends to operators. */
const LENDER = "C900";
const PAGE = { cursor: 0n, limit: 50n } as const;

system("kangcun-prepaid-alliance-chain", () => {
  let app: PrepaidApp;
  let actors: PrepaidActors;
  let operator: Merchant;
  /** Digests of the DIDs: nobody reads a name from the chain. */
  let operatorDid: Hex;
  let consumerDid: Hex;

  beforeEach(async () => {
    app = await loadPrepaidApp();
    actors = createActors(app);
    operator = await actors.openMerchant("M01", { trade: TRADE.CATERING });
    operatorDid = app.digest("did of the operator").value;
    consumerDid = app.digest("did of the consumer").value;
    const { authority, credit } = app.contracts;
    await authority.writeAndWait.grantRole(
      { roleId: PREPAID_ROLE_IDS.REGULATOR, account: app.address(ENFORCEMENT), executionDelay: 0 },
      app.administrator,
    );
    const files = [
      { subject: operatorDid, owner: app.address("M01"), kind: SubjectKind.OPERATOR },
      { subject: consumerDid, owner: app.address("C001"), kind: SubjectKind.CONSUMER },
    ];
    for (const file of files) await credit.writeAndWait.register(file, await app.as("platform"));
  });

  const append = async (party: string, kind: RecordKind, document: string, about = 0n, subject = operatorDid) => {
    const outcome = await app.contracts.credit.writeAndWait.append(
      { subject, kind, about, content: app.digest(document) },
      await app.as(party),
    );
    return outcome.event("CreditRecordAppended").args.record;
  };
  const mark = async (party: string, record: bigint, value: Mark, finding: string) =>
    await app.contracts.credit.writeAndWait.mark({ record, value, reason: app.digest(finding) }, await app.as(party));
  const read = async (party: string, subject = operatorDid) =>
    (await app.contracts.credit.read.read({ subject, ...PAGE }, await app.as(party))).records;

  it("keeps the regulators' records beside the operator's own under one DID, in the order they were written", async () => {
    await append("M01", RecordKind.OPERATOR_FACT, "turnover of the quarter");
    await append("regulator", RecordKind.ADMISSION, "admitted to the scheme");
    const inspection = await append(ENFORCEMENT, RecordKind.INSPECTION, "price list not on display");
    await append(ENFORCEMENT, RecordKind.ENFORCEMENT, "fined", inspection);
    await append("M01", RecordKind.OPERATOR_FACT, "price list on display", inspection);

    expect(
      (await read("regulator")).map(({ kind, author, about, content }) => [kind, author, about, content]),
    ).to.deep.equal([
      [RecordKind.OPERATOR_FACT, app.address("M01"), 0n, app.digest("turnover of the quarter")],
      [RecordKind.ADMISSION, app.address("regulator"), 0n, app.digest("admitted to the scheme")],
      [RecordKind.INSPECTION, app.address(ENFORCEMENT), 0n, app.digest("price list not on display")],
      [RecordKind.ENFORCEMENT, app.address(ENFORCEMENT), inspection, app.digest("fined")],
      [RecordKind.OPERATOR_FACT, app.address("M01"), inspection, app.digest("price list on display")],
    ]);
  });

  it("refuses regulators' records to everybody else, and a foreign hand in the operator's own", async () => {
    const { authority, credit } = app.contracts;
    for (const kind of [RecordKind.ADMISSION, RecordKind.INSPECTION, RecordKind.ENFORCEMENT]) {
      for (const party of ["M01", "C001", "platform", LENDER]) {
        await expectRefusal(append(party, kind, "forged"), "CreditFileNotAllowed", {
          ...{ subject: operatorDid, kind, caller: app.address(party) },
        });
      }
    }
    for (const party of ["regulator", "C001", "platform"]) {
      await expectRefusal(append(party, RecordKind.OPERATOR_FACT, "forged"), "CreditFileNotAllowed", {
        ...{ subject: operatorDid, kind: RecordKind.OPERATOR_FACT, caller: app.address(party) },
      });
    }
    // A department that lost its office writes no more.
    await authority.writeAndWait.revokeRole(
      { roleId: PREPAID_ROLE_IDS.REGULATOR, account: app.address(ENFORCEMENT) },
      app.administrator,
    );
    await expectRefusal(append(ENFORCEMENT, RecordKind.INSPECTION, "late"), "CreditFileNotAllowed", {
      ...{ subject: operatorDid, kind: RecordKind.INSPECTION, caller: app.address(ENFORCEMENT) },
    });
    expect(await credit.read.count()).to.equal(0n);
  });

  it("binds one DID to one file and one account", async () => {
    const { credit } = app.contracts;
    const again = { subject: operatorDid, owner: app.address("M02"), kind: SubjectKind.OPERATOR };
    await expectRefusal(credit.writeAndWait.register(again, await app.as("platform")), "CreditFileExists", {
      subject: operatorDid,
    });
    const second = { ...again, subject: app.digest("a second did").value, owner: app.address("M01") };
    await expectRefusal(credit.writeAndWait.register(second, await app.as("platform")), "CreditFileOwnerTaken", {
      ...{ owner: app.address("M01"), subject: operatorDid },
    });
  });

  it("lets a regulator mark any record checked or invalid, and erases none", async () => {
    const { credit } = app.contracts;
    const turnover = await append("M01", RecordKind.OPERATOR_FACT, "turnover of the quarter");
    const staff = await append("M01", RecordKind.OPERATOR_FACT, "staff");
    const inspection = await append(ENFORCEMENT, RecordKind.INSPECTION, "kitchen closed");
    for (const party of ["M01", "platform", LENDER]) {
      await expectRefusal(mark(party, turnover, Mark.CHECKED, "mine"), "AccessManagedUnauthorized", {
        caller: app.address(party),
      });
    }
    await mark("regulator", turnover, Mark.CHECKED, "books agree");
    await mark("regulator", staff, Mark.INVALID, "nobody of them is insured");
    await mark("regulator", inspection, Mark.INVALID, "wrong address");
    await expectRefusal(mark("regulator", staff, Mark.INVALID, "again"), "CreditFileMarkUnchanged", {
      ...{ record: staff, value: Mark.INVALID },
    });
    await expectRefusal(mark("regulator", 99n, Mark.CHECKED, "which?"), "CreditFileUnknownRecord", { record: 99n });

    expect((await read("regulator")).map((record) => [record.content, record.mark, record.markReason])).to.deep.equal([
      [app.digest("turnover of the quarter"), Mark.CHECKED, app.digest("books agree")],
      [app.digest("staff"), Mark.INVALID, app.digest("nobody of them is insured")],
      [app.digest("kitchen closed"), Mark.INVALID, app.digest("wrong address")],
    ]);
    // What is invalid stays readable and counts no more; by kind, in the order of the kinds.
    expect(await credit.read.summaryOf({ subject: operatorDid })).to.deep.equal([1n, 0n, 0n, 0n, 0n, 0n]);
    await mark(ENFORCEMENT, inspection, Mark.CHECKED, "right address after all");
    expect(await credit.read.summaryOf({ subject: operatorDid })).to.deep.equal([1n, 0n, 1n, 0n, 0n, 0n]);
    const marks = await credit.events.CreditRecordMarked.get({ args: { record: inspection } });
    expect(marks.map(({ args }) => [args.from, args.to])).to.deep.equal([
      [Mark.NONE, Mark.INVALID],
      [Mark.INVALID, Mark.CHECKED],
    ]);
  });

  it("shows every regulator the credit file of the merchant and of the consumer, and nobody who was not let in", async () => {
    const { credit } = app.contracts;
    await append("C001", RecordKind.COMPLAINT, "the course never began");
    await append("C001", RecordKind.CONSUMER_FACT, "three cards used up", 0n, consumerDid);
    await append("regulator", RecordKind.INSPECTION, "complained without ground", 0n, consumerDid);

    for (const regulator of ["regulator", ENFORCEMENT]) {
      expect((await read(regulator)).map(({ kind }) => kind)).to.deep.equal([RecordKind.COMPLAINT]);
      expect((await read(regulator, consumerDid)).map(({ kind }) => kind)).to.deep.equal([
        RecordKind.CONSUMER_FACT,
        RecordKind.INSPECTION,
      ]);
    }
    const cannotRead: readonly (readonly [party: string, subject: Hex])[] = [
      ["C001", operatorDid],
      ["M01", consumerDid],
      ["platform", consumerDid],
      [LENDER, operatorDid],
      [LENDER, consumerDid],
    ];
    for (const [party, subject] of cannotRead) {
      await expectRefusal(read(party, subject), "CreditFileNotReader", { subject, caller: app.address(party) });
    }
    const until = (await app.now()) + 30n * DAY;
    await credit.writeAndWait.grant({ subject: operatorDid, reader: app.address(LENDER), until }, await app.as("M01"));
    expect(await read(LENDER)).to.have.length(1);
    await credit.writeAndWait.revoke({ subject: operatorDid, reader: app.address(LENDER) }, await app.as("M01"));
    await expectRefusal(read(LENDER), "CreditFileNotReader", { subject: operatorDid, caller: app.address(LENDER) });
  });

  it("lets a consumer complain in an operator's file, and nobody without a file of its own", async () => {
    const complaint = await append("C001", RecordKind.COMPLAINT, "the course never began");
    await append("M01", RecordKind.OPERATOR_FACT, "begins on Monday", complaint);
    await expectRefusal(append("C002", RecordKind.COMPLAINT, "me too"), "CreditFileNotAllowed", {
      ...{ subject: operatorDid, kind: RecordKind.COMPLAINT, caller: app.address("C002") },
    });
    expect((await read("regulator")).map(({ kind, about }) => [kind, about])).to.deep.equal([
      [RecordKind.COMPLAINT, 0n],
      [RecordKind.OPERATOR_FACT, complaint],
    ]);
  });

  it("writes every movement of prepaid money as an entry of the ledger, which no party writes by hand", async () => {
    const { book, custody } = app.contracts;
    const card = await actors.buyCard(operator, "C001", { paid: 1_000_00n });
    await actors.redeem(operator, "C001", card, 250_00n);
    await actors.release(operator, 200_00n);

    const merchant = operator.id;
    const paid = await book.events.BookPaid.get({ args: { merchant } });
    const redeemed = await book.events.BookRedeemed.get({ args: { merchant } });
    expect([...paid, ...redeemed].map(({ eventName, args }) => [eventName, args.amount, args.balance])).to.deep.equal([
      ["BookPaid", 1_000_00n, 1_000_00n],
      ["BookRedeemed", 250_00n, 750_00n],
    ]);
    const [collected] = await custody.events.Collected.get({ args: { merchant } });
    const [released] = await custody.events.Released.get({ args: { merchant } });
    expect([collected?.args.amount, released?.args.amount]).to.deep.equal([1_000_00n, 200_00n]);
    for (const party of ["regulator", "platform", "M01"]) {
      await expectRefusal(
        book.writeAndWait.recordRedemption({ merchant, amount: 1n }, await app.as(party)),
        "AccessManagedUnauthorized",
        { caller: app.address(party) },
      );
    }
  });
});
