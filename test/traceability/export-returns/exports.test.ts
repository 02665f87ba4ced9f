import { ExportStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { byEachClock, type ChainClock } from "../../helpers/by-each-clock.ts";

const ITEM = itemOf(gtinOf(86), "CAM-1");
const ZERO = `0x${"00".repeat(32)}` as const;

async function declared(clock: ChainClock) {
  const books = await loadTraceBooks(clock);
  const { exports } = books.contracts;
  const seller = await books.file("seller");
  const centre = await books.file("centre");
  const declare = async (item: `0x${string}` = ITEM, itemData = digest("data"), order = digest("order")) =>
    await exports.writeAndWait.declare({ by: seller, item, itemData, order }, await books.as("seller"));
  const id = (await declare()).event("ExportDeclared").args.id;
  const release = async (customsEntry = digest("entry"), who = "regulator") =>
    await exports.writeAndWait.release({ id, customsEntry }, await books.as(who));
  return { books, exports, seller, centre, declare, id, release };
}

byEachClock((clock) => {
  describe("ExportReturns.declare, recordLeg and release", () => {
    it("given no article, data, order, waybill or entry: refuse", async () => {
      const { books, exports, seller, declare, id, release } = await declared(clock);
      await expectRefusal(declare(ZERO), "ExportReturnsItemMissing", {});
      const other = itemOf(gtinOf(86), "CAM-2");
      await expectRefusal(declare(other, NO_DIGEST), "DigestsMissing", MISSING);
      await expectRefusal(declare(other, digest("data"), NO_DIGEST), "DigestsMissing", MISSING);
      const leg = { by: seller, id, document: NO_DIGEST };
      await expectRefusal(exports.writeAndWait.recordLeg(leg, await books.as("seller")), "DigestsMissing", MISSING);
      await expectRefusal(
        exports.writeAndWait.recordLeg({ ...leg, id: 9n, document: digest("x") }, await books.as("seller")),
        "ExportReturnsWrongStatus",
        { id: 9n, status: ExportStatus.NONE },
      );
      await expectRefusal(release(NO_DIGEST), "DigestsMissing", MISSING);
    });

    it("given customs: releases once; given anybody else: refuses", async () => {
      const { books, exports, id, release } = await declared(clock);
      await expectRefusal(release(digest("entry"), "seller"), "AccessManagedUnauthorized", {
        caller: books.address("seller"),
      });
      const released = await release();
      expect(released.event("ExportReleased").args).to.deep.equal({ id, customsEntry: digest("entry") });
      expect((await exports.read.exportOf({ id })).releasedAt).to.equal(await books.now());
      await expectRefusal(release(), "ExportReturnsWrongStatus", { id, status: ExportStatus.RELEASED });
    });
  });

  describe("ExportReturns.takeBack and recordRepair", () => {
    it("given a centre whose leave is taken back, or no data: refuse; without a term in the policy nothing is too late", async () => {
      const { books, exports, centre, id, release } = await declared(clock);
      const admit = async (admitted: boolean) =>
        await exports.writeAndWait.admitCentre({ party: centre, admitted }, await books.as("platform"));
      const takeBack = async (itemData = digest("data")) =>
        await exports.writeAndWait.takeBack({ by: centre, id, itemData }, await books.as("centre"));
      const repair = async (report = digest("report")) =>
        await exports.writeAndWait.recordRepair({ by: centre, id, report }, await books.as("centre"));
      await admit(true);
      await release();
      await expectRefusal(repair(), "ExportReturnsWrongStatus", { id, status: ExportStatus.RELEASED });
      await expectRefusal(takeBack(NO_DIGEST), "DigestsMissing", MISSING);
      await books.pass(10n * 365n * 86_400n);
      await takeBack();
      await expectRefusal(repair(NO_DIGEST), "DigestsMissing", MISSING);
      await admit(false);
      await expectRefusal(repair(), "ExportReturnsNotCentre", { party: centre });
      expect(await exports.read.exportOfItem({ item: ITEM })).to.equal(id);
    });
  });
});
