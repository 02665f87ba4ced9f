import { ExportStatus, PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { DAY, digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const CAMERA = itemOf(gtinOf(86), "CAM-000031");
const DATA = digest("camera 31: 1,240 g, serial 31, photograph 9");

system("export-ecommerce-trace", () => {
  let books: TraceBooks;
  let seller: number;
  let carrier: number;
  let centre: number;

  beforeEach(async () => {
    books = await loadTraceBooks();
    seller = await books.file("seller");
    carrier = await books.file("carrier", { roles: [PartyRole.CARRIER] });
    centre = await books.file("returns centre", { roles: [PartyRole.WAREHOUSE] });
    const { exports, policies } = books.contracts;
    await exports.writeAndWait.admitCentre({ party: centre, admitted: true }, await books.as("platform"));
    await policies.writeAndWait.publish(
      {
        ...{ region: ascii("CN"), parameters: [ascii("trace.export.returnTerm")], values: [365n * DAY] },
        ...{ fromDate: 1_546_272_000n, source: "Sample order on returned exports, 1" },
      },
      await books.as("regulator"),
    );
  });

  const declare = async () => {
    const declared = await books.contracts.exports.writeAndWait.declare(
      { by: seller, item: CAMERA, itemData: DATA, order: digest("order 77") },
      await books.as("seller"),
    );
    return declared.event("ExportDeclared").args.id;
  };
  const release = async (id: bigint) =>
    await books.contracts.exports.writeAndWait.release(
      { id, customsEntry: digest(`customs entry ${id}`) },
      await books.as("regulator"),
    );
  const takeBack = async (id: bigint, itemData = DATA) =>
    await books.contracts.exports.writeAndWait.takeBack({ by: centre, id, itemData }, await books.as("returns centre"));
  const exported = async () => {
    const id = await declare();
    await books.contracts.exports.writeAndWait.recordLeg(
      { by: carrier, id, document: digest("waybill") },
      await books.as("carrier"),
    );
    await release(id);
    return id;
  };

  it("readmits a parcel that links to its export with the article's own data, once, and records its repair", async () => {
    const { exports } = books.contracts;
    const id = await exported();
    const back = await takeBack(id);
    expect(back.event("Readmitted").args).to.deep.include({ id, centre });
    await expectRefusal(takeBack(id), "ExportReturnsWrongStatus", { id, status: ExportStatus.READMITTED });
    await exports.writeAndWait.recordRepair(
      { by: centre, id, report: digest("new shutter") },
      await books.as("returns centre"),
    );
    expect(await exports.read.exportOf({ id })).to.deep.include({
      status: ExportStatus.READMITTED,
      repairs: 1,
      swaps: 0,
    });
    // Repaired it goes out again, under a declaration of its own.
    expect(await declare()).to.equal(id + 1n);
  });

  it("flags a swapped article and does not admit it; the true one can still come", async () => {
    const { exports } = books.contracts;
    const id = await exported();
    const brick = digest("a brick: 1,240 g");
    const flagged = await takeBack(id, brick);
    expect(flagged.event("SwapFlagged").args).to.deep.include({ id, centre, declared: DATA, found: brick });
    expect(await exports.read.exportOf({ id })).to.deep.include({ status: ExportStatus.RELEASED, swaps: 1 });
    await takeBack(id);
    expect((await exports.read.exportOf({ id })).status).to.equal(ExportStatus.READMITTED);
  });

  it("admits nothing that was not declared, never left, comes too late, or is taken by somebody else", async () => {
    const { exports } = books.contracts;
    await expectRefusal(takeBack(9n), "ExportReturnsWrongStatus", { id: 9n, status: ExportStatus.NONE });
    const id = await declare();
    await expectRefusal(takeBack(id), "ExportReturnsWrongStatus", { id, status: ExportStatus.DECLARED });
    await expectRefusal(declare(), "ExportReturnsOut", { item: CAMERA, id });
    await release(id);
    await expectRefusal(
      exports.writeAndWait.takeBack({ by: seller, id, itemData: DATA }, await books.as("seller")),
      "ExportReturnsNotCentre",
      { party: seller },
    );
    const { releasedAt } = await exports.read.exportOf({ id });
    const until = releasedAt + 365n * DAY;
    await books.pin(until + 1n);
    await expectRefusal(takeBack(id), "ExportReturnsTooLate", { id, until, timestamp: until + 1n });
  });
});
