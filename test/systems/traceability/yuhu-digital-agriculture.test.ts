import { expect } from "chai";
import type { Hex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import { DAY, digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { system } from "../../helpers/system.ts";

const FIELD_WORK = ascii("FIELD-WORK");
const SENSORS = ascii("SENSORS");
const WAGES = ascii("WAGES");
const HOUR = 3_600;

system("yuhu-digital-agriculture", () => {
  let books: TraceBooks;
  let farm: number;
  let owner: Hex;

  beforeEach(async () => {
    books = await loadTraceBooks();
    farm = await books.file("farm");
    owner = await books.contracts.sealed.read.ownerOfParty({ party: farm });
    for (const [scope, document] of [
      [FIELD_WORK, "sown 40 mu"],
      [SENSORS, "soil moisture of March"],
      [FIELD_WORK, "sprayed 40 mu"],
      [WAGES, "wages of March"],
    ] as const) {
      await books.contracts.sealed.writeAndWait.sealFor(
        { by: farm, scope, content: digest(document) },
        await books.as("farm"),
      );
    }
  });

  const letIn = async (scope: Hex, days = 30n) => {
    const until = (await books.now()) + days * DAY;
    await books.contracts.sealed.writeAndWait.grantFor(
      { by: farm, scope, reader: books.address("lender"), until, window: HOUR, envelope: "0x1234" },
      await books.as("farm"),
    );
  };
  const ask = async (scope: Hex, purpose: string, who = "lender") => {
    const outcome = await books.contracts.sealed.writeAndWait.openQuery(
      { owner, scope, purpose: digest(purpose) },
      await books.as(who),
    );
    return outcome.event("QueryOpened").args.query;
  };
  const read = async (query: bigint, who = "lender") => {
    const page = await books.contracts.sealed.read.read({ query, cursor: 0n, limit: 100n }, await books.as(who));
    return page.records.map(({ content }) => content.value);
  };
  const of = (...documents: readonly string[]) => documents.map((document) => digest(document).value);

  it("lets an authorised lender read and audit the farm's records of each domain, and logs each query", async () => {
    await letIn(FIELD_WORK);
    await letIn(SENSORS);
    expect(await read(await ask(FIELD_WORK, "loan 12: before"))).to.deep.equal(of("sown 40 mu", "sprayed 40 mu"));
    expect(await read(await ask(SENSORS, "loan 12: before"))).to.deep.equal(of("soil moisture of March"));
    await ask(FIELD_WORK, "loan 12: after three months");

    const { queries } = await books.contracts.sealed.read.queriesOf({ owner, cursor: 0n, limit: 100n });
    expect(queries.map(({ reader, scope, purpose }) => [reader, scope, purpose])).to.deep.equal([
      [books.address("lender"), FIELD_WORK, digest("loan 12: before")],
      [books.address("lender"), SENSORS, digest("loan 12: before")],
      [books.address("lender"), FIELD_WORK, digest("loan 12: after three months")],
    ]);
  });

  it("gives nothing to a lender that was not let in, to a domain that was not granted, or without a query on record", async () => {
    const { sealed } = books.contracts;
    await expectRefusal(ask(FIELD_WORK, "curious"), "SealedRecordsNotGranted", {
      ...{ owner, scope: FIELD_WORK, reader: books.address("lender") },
    });
    await letIn(FIELD_WORK);
    await expectRefusal(ask(WAGES, "loan 12"), "SealedRecordsNotGranted", {
      ...{ owner, scope: WAGES, reader: books.address("lender") },
    });
    await expectRefusal(read(1n), "SealedRecordsQueryClosed", { query: 1n, caller: books.address("lender") });
    const query = await ask(FIELD_WORK, "loan 12");
    await expectRefusal(read(query, "other lender"), "SealedRecordsQueryClosed", {
      ...{ query, caller: books.address("other lender") },
    });
    await expectRefusal(
      sealed.read.readOne({ query, record: 4n }, await books.as("lender")),
      "SealedRecordsOutsideQuery",
      { query, record: 4n },
    );
    await books.pass(BigInt(HOUR));
    await expectRefusal(read(query), "SealedRecordsQueryClosed", { query, caller: books.address("lender") });
  });

  it("ends with the farm's grant: an open query closes when it is taken back", async () => {
    await letIn(FIELD_WORK);
    const query = await ask(FIELD_WORK, "loan 12");
    await books.contracts.sealed.writeAndWait.revokeFor(
      { by: farm, scope: FIELD_WORK, reader: books.address("lender") },
      await books.as("farm"),
    );
    await expectRefusal(read(query), "SealedRecordsQueryClosed", { query, caller: books.address("lender") });
    await expectRefusal(ask(FIELD_WORK, "loan 12"), "SealedRecordsNotGranted", {
      ...{ owner, scope: FIELD_WORK, reader: books.address("lender") },
    });
  });
});
