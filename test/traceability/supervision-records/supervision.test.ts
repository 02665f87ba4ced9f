import { PartyRole, SupervisionKind } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";

const SUBJECT = lotOf(gtinOf(76), "L1");
const COUNTY = "CN-SX-140900-140902";

async function offices() {
  const books = await loadTraceBooks();
  const county = await books.file("county", { roles: [PartyRole.OFFICE], region: COUNTY });
  return { books, county, supervision: books.contracts.supervision };
}

describe("SupervisionRecords.place", () => {
  it("given a stranger, a malformed or too deep region, or one outside: refuses", async () => {
    const { books, county, supervision } = await offices();
    const place = async (region: string, who = "county") =>
      await supervision.writeAndWait.place(
        { office: county, subject: SUBJECT, region: ascii(region) },
        await books.as(who),
      );
    await expectRefusal(place(COUNTY, "stranger"), "PartyUserNotAgent", {
      ...{ party: county, caller: books.address("stranger") },
    });
    for (const region of ["", "cn", "CN-", "CN-SX-1-2-3-4"]) {
      await expectRefusal(place(region), "SupervisionRecordsInvalidRegion", { region: ascii(region), max: 5 });
    }
    for (const region of ["CN", "CN-SX-140900", "CN-SX-140900-140903"]) {
      await expectRefusal(place(region), "SupervisionRecordsOutsideRegion", { office: county, region: ascii(region) });
    }
  });

  it("given a region of one's own: places the subject, and tells from where", async () => {
    const { books, county, supervision } = await offices();
    for (const [from, to] of [
      ["", COUNTY],
      [COUNTY, `${COUNTY}-140902100`],
    ] as const) {
      const placed = await supervision.writeAndWait.place(
        { office: county, subject: SUBJECT, region: ascii(to) },
        await books.as("county"),
      );
      expect(placed.event("SubjectPlaced").args).to.deep.equal({
        ...{ subject: SUBJECT, from: ascii(from), to: ascii(to), office: county },
      });
      expect(await supervision.read.regionOf({ subject: SUBJECT })).to.equal(ascii(to));
    }
  });
});

describe("SupervisionRecords.add and read", () => {
  it("given a subject that is placed nowhere, no kind or no content: refuse", async () => {
    const { books, county, supervision } = await offices();
    const add = async (kind: SupervisionKind, content = digest("report")) =>
      await supervision.writeAndWait.add({ office: county, subject: SUBJECT, kind, content }, await books.as("county"));
    await expectRefusal(add(SupervisionKind.INSPECTION), "SupervisionRecordsOutsideRegion", {
      ...{ office: county, region: ascii("") },
    });
    await supervision.writeAndWait.place(
      { office: county, subject: SUBJECT, region: ascii(COUNTY) },
      await books.as("county"),
    );
    await expectRefusal(add(SupervisionKind.NONE), "SupervisionRecordsKindMissing", {});
    await expectRefusal(add(SupervisionKind.ORDER, NO_DIGEST), "DigestsMissing", MISSING);
    await add(SupervisionKind.ORDER);
    const read = async (level: number, cursor = 0n) =>
      await supervision.read.read(
        { office: county, subject: SUBJECT, level, cursor, limit: 10n },
        await books.as("county"),
      );
    expect((await read(4)).records).to.deep.equal([
      {
        ...{ subject: SUBJECT, office: county, level: 4, kind: SupervisionKind.ORDER, recordedAt: await books.now() },
        content: digest("report"),
      },
    ]);
    expect((await read(5)).records).to.deep.equal([]);
    for (const level of [3, 6]) {
      await expectRefusal(read(level), "SupervisionRecordsAboveLevel", { office: county, level, own: 4 });
    }
    await expectRefusal(read(4, 2n), "PagingOffsetOutOfRange", { offset: 2n, length: 1n });
    await expectRefusal(
      supervision.read.read(
        { office: county, subject: SUBJECT, level: 4, cursor: 0n, limit: 10n },
        await books.as("stranger"),
      ),
      "PartyUserNotAgent",
      { party: county, caller: books.address("stranger") },
    );
    expect([await supervision.read.count(), await supervision.read.levelOf({ office: county })]).to.deep.equal([1n, 4]);
  });

  it("given a party that is no office: has no level for it", async () => {
    const { books, supervision } = await offices();
    const farm = await books.file("farm");
    await expectRefusal(supervision.read.levelOf({ office: farm }), "SupervisionRecordsNotOffice", { party: farm });
  });
});
