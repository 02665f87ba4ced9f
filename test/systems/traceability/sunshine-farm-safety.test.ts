import { PartyRole, SupervisionKind } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const CABBAGE = lotOf(gtinOf(76), "CABBAGE-0304");
const TOWNSHIP = "CN-SX-140900-140902-140902100";
const LEVELS = {
  ministry: "CN",
  province: "CN-SX",
  city: "CN-SX-140900",
  county: "CN-SX-140900-140902",
  township: TOWNSHIP,
} as const;
type Level = keyof typeof LEVELS;

system("sunshine-farm-safety", () => {
  let books: TraceBooks;
  let offices: Readonly<Record<Level | "neighbour", number>>;

  beforeEach(async () => {
    books = await loadTraceBooks();
    const office = async (name: string, region: string) =>
      await books.file(name, { roles: [PartyRole.OFFICE], region });
    offices = {
      ministry: await office("ministry", LEVELS.ministry),
      province: await office("province", LEVELS.province),
      city: await office("city", LEVELS.city),
      county: await office("county", LEVELS.county),
      township: await office("township", LEVELS.township),
      neighbour: await office("neighbour", "CN-SX-140900-140902-140902101"),
    };
    await books.contracts.supervision.writeAndWait.place(
      { office: offices.township, subject: CABBAGE, region: ascii(TOWNSHIP) },
      await books.as("township"),
    );
  });

  const add = async (name: keyof typeof offices, kind: SupervisionKind, document: string) =>
    await books.contracts.supervision.writeAndWait.add(
      { office: offices[name], subject: CABBAGE, kind, content: digest(document) },
      await books.as(name),
    );
  const read = async (name: keyof typeof offices, level: number) => {
    const { records } = await books.contracts.supervision.read.read(
      { office: offices[name], subject: CABBAGE, level, cursor: 0n, limit: 100n },
      await books.as(name),
    );
    return records.map(({ office, content }) => [office, content]);
  };

  it("takes records of township, county, city, province and ministry, each at its own level and in its own region", async () => {
    for (const [index, name] of (Object.keys(LEVELS) as Level[]).entries()) {
      const outcome = await add(name, SupervisionKind.INSPECTION, `inspection by ${name}`);
      expect(outcome.event("SupervisionRecorded").args).to.include({ office: offices[name], level: index + 1 });
    }
    await expectRefusal(add("neighbour", SupervisionKind.INSPECTION, "not ours"), "SupervisionRecordsOutsideRegion", {
      ...{ office: offices.neighbour, region: ascii(TOWNSHIP) },
    });
    const { supervision } = books.contracts;
    const producer = await books.file("producer");
    await expectRefusal(
      supervision.writeAndWait.add(
        { office: producer, subject: CABBAGE, kind: SupervisionKind.INSPECTION, content: digest("by myself") },
        await books.as("producer"),
      ),
      "SupervisionRecordsNotOffice",
      { party: producer },
    );
    // Nobody writes in the name of another level.
    await expectRefusal(
      supervision.writeAndWait.add(
        { office: offices.province, subject: CABBAGE, kind: SupervisionKind.PENALTY, content: digest("fined") },
        await books.as("county"),
      ),
      "PartyUserNotAgent",
      { party: offices.province, caller: books.address("county") },
    );
  });

  it("is read up the hierarchy and not down: each level sees its own records and those below", async () => {
    await add("township", SupervisionKind.INSPECTION, "pesticide shelf in order");
    await add("county", SupervisionKind.SAMPLING, "sample 12: clean");
    await add("province", SupervisionKind.ORDER, "extra samples before the festival");

    const township = [[offices.township, digest("pesticide shelf in order")]];
    for (const reader of ["township", "county", "city", "province", "ministry"] as const) {
      expect(await read(reader, 5), reader).to.deep.equal(township);
    }
    expect(await read("ministry", 4)).to.deep.equal([[offices.county, digest("sample 12: clean")]]);
    await expectRefusal(read("county", 2), "SupervisionRecordsAboveLevel", {
      ...{ office: offices.county, level: 2, own: 4 },
    });
    await expectRefusal(read("neighbour", 5), "SupervisionRecordsOutsideRegion", {
      ...{ office: offices.neighbour, region: ascii(TOWNSHIP) },
    });
  });

  it("lets only who stands over both regions move a product from one to the other", async () => {
    const { supervision } = books.contracts;
    const region = ascii("CN-SX-140900-140902-140902101");
    await expectRefusal(
      supervision.writeAndWait.place(
        { office: offices.neighbour, subject: CABBAGE, region },
        await books.as("neighbour"),
      ),
      "SupervisionRecordsOutsideRegion",
      { office: offices.neighbour, region: ascii(TOWNSHIP) },
    );
    await supervision.writeAndWait.place(
      { office: offices.county, subject: CABBAGE, region },
      await books.as("county"),
    );
    await add("neighbour", SupervisionKind.INSPECTION, "ours now");
    expect(await supervision.read.countAt({ subject: CABBAGE, level: 5 })).to.equal(1n);
  });
});
