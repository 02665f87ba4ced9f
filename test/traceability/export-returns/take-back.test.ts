import { ExportStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { DAY, digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";

const ITEM = itemOf(gtinOf(86), "CAM-1");

describe("ExportReturns.takeBack and recordRepair", () => {
  it("given a released article, when another comes back, then it is flagged and not admitted; the same is, once, and its repairs are counted", async () => {
    const books = await loadTraceBooks();
    const { exports, policies } = books.contracts;
    const seller = await books.file("seller");
    const centre = await books.file("centre");
    const [asSeller, asCentre] = [await books.as("seller"), await books.as("centre")];
    const asRegulator = await books.as("regulator");
    const term = { region: ascii("CN"), parameters: [ascii("trace.export.returnTerm")], values: [DAY] };
    await policies.writeAndWait.publish({ ...term, fromDate: 1_546_272_000n, source: "Sample order" }, asRegulator);
    const goods = { by: seller, item: ITEM, itemData: digest("serial 1"), order: digest("order") };
    const { id } = (await exports.writeAndWait.declare(goods, asSeller)).event("ExportDeclared").args;
    const leg = await exports.writeAndWait.recordLeg({ by: seller, id, document: digest("waybill") }, asSeller);
    expect(leg.event("LegRecorded").args).to.deep.equal({ id, carrier: seller, document: digest("waybill") });
    await exports.writeAndWait.release({ id, customsEntry: digest("entry") }, asRegulator);
    await exports.writeAndWait.admitCentre({ party: centre, admitted: true }, await books.as("platform"));

    const report = digest("report");
    const repair = async (document = report) =>
      await exports.writeAndWait.recordRepair({ by: centre, id, report: document }, asCentre);
    await expectRefusal(repair(), "ExportReturnsWrongStatus", { id, status: ExportStatus.RELEASED });
    const back = async (itemData: typeof report) =>
      await exports.writeAndWait.takeBack({ by: centre, id, itemData }, asCentre);
    await expectRefusal(back(NO_DIGEST), "DigestsMissing", MISSING);
    for (const swaps of [1, 2]) {
      const flagged = await back(digest("serial 2"));
      expect(flagged.event("SwapFlagged").args).to.deep.equal({
        ...{ id, centre, declared: digest("serial 1"), found: digest("serial 2") },
      });
      expect(await exports.read.exportOf({ id })).to.deep.include({
        ...{ swaps, status: ExportStatus.RELEASED, readmittedAt: 0n },
      });
    }
    const admitted = await back(digest("serial 1"));
    expect(admitted.event("Readmitted").args).to.deep.equal({ id, centre });
    const readmittedAt = await books.now();
    await expectRefusal(back(digest("serial 1")), "ExportReturnsWrongStatus", {
      ...{ id, status: ExportStatus.READMITTED },
    });
    await expectRefusal(repair(NO_DIGEST), "DigestsMissing", MISSING);
    for (let i = 0; i < 2; i++) {
      expect((await repair()).event("RepairRecorded").args).to.deep.equal({ id, centre, report });
    }
    expect(await exports.read.exportOf({ id })).to.deep.include({ repairs: 2, swaps: 2, readmittedAt });
  });

  it("given an article that is out: is not declared again; given the term of its release, comes back to its last second and not after", async () => {
    const books = await loadTraceBooks();
    const { exports, policies } = books.contracts;
    const seller = await books.file("seller");
    const centre = await books.file("centre");
    const [asSeller, asCentre, asRegulator] = [
      await books.as("seller"),
      await books.as("centre"),
      await books.as("regulator"),
    ];
    const term = { region: ascii("CN"), parameters: [ascii("trace.export.returnTerm")], values: [DAY] };
    await policies.writeAndWait.publish({ ...term, fromDate: 1_546_272_000n, source: "Sample order" }, asRegulator);
    await exports.writeAndWait.admitCentre({ party: centre, admitted: true }, await books.as("platform"));
    const itemData = digest("serial 1");
    const goods = { by: seller, item: ITEM, itemData, order: digest("order") };
    const { id } = (await exports.writeAndWait.declare(goods, asSeller)).event("ExportDeclared").args;
    await expectRefusal(exports.writeAndWait.declare(goods, asSeller), "ExportReturnsOut", { item: ITEM, id });
    await exports.writeAndWait.release({ id, customsEntry: digest("entry") }, asRegulator);
    const until = (await exports.read.exportOf({ id })).releasedAt + DAY;
    const back = async () => await exports.writeAndWait.takeBack({ by: centre, id, itemData }, asCentre);
    await books.pin(until);
    await back();
    const again = (await exports.writeAndWait.declare(goods, asSeller)).event("ExportDeclared").args.id;
    await exports.writeAndWait.release({ id: again, customsEntry: digest("entry") }, asRegulator);
    const end = (await exports.read.exportOf({ id: again })).releasedAt + DAY;
    await books.pin(end + 1n);
    const late = exports.writeAndWait.takeBack({ by: centre, id: again, itemData }, asCentre);
    await expectRefusal(late, "ExportReturnsTooLate", { id: again, until: end, timestamp: end + 1n });
  });
});
