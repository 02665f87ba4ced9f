import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import {
  commission,
  destroy,
  EVENT_TIME,
  GTIN,
  lgtin,
  loadRules,
  MISSING,
  NO_PAPER,
  PAPER,
  PARTY,
  qty,
  sell,
  sgtin,
} from "../../fixtures/trace-rules.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const VERDICT = { GENUINE: 1, UNKNOWN: 2, SOLD: 3, RECALLED: 4, OUT_OF_TERRITORY: 5, EXPIRED: 6, ENDED: 7 } as const;
const [SHANGHAI, PUDONG, BEIJING] = [ascii("CN-SH"), ascii("CN-SH-310115"), ascii("CN-BJ")];
const item = sgtin(GTIN.BOX, "1");

byEachClock((clock) => {
  describe("ScanDesk", () => {
    it("refuses a word that is no code, a malformed region and a scanner without a digest", async () => {
      const { scans, as } = await loadRules(clock);
      const scan = (object: `0x${string}`, region: `0x${string}`, paper: typeof PAPER | typeof NO_PAPER = PAPER) =>
        scans.write.scan([object, region, paper], as("shop"));
      const none = `0x${"00".repeat(32)}` as const;
      await expectRevert(scan(none, SHANGHAI), scans, "TraceKeysInvalid", [none]);
      await expectRevert(scan(item, ascii("cn")), scans, "ScanDeskInvalidRegion", [ascii("cn")]);
      await expectRevert(scan(item, SHANGHAI, NO_PAPER), scans, "DigestsMissing", MISSING);
      await expectRevert(scans.read.scanOf([1]), scans, "ScanDeskUnknown", [1]);
    });

    it("C-18: given a code, when it is scanned along its life, then each scan is counted and told what it is worth then", async () => {
      const { scans, capture, as, connection, catalogue, accounts, time } = await loadRules(clock);
      const verdict = () => scans.read.verdictOf([item, PUDONG]);
      expect(await verdict()).to.equal(VERDICT.UNKNOWN);
      await capture("processor", commission([item]));
      await expectEvents(connection, scans.write.scan([item, PUDONG, PAPER], as("lab")), [
        event(scans, "CodeScanned", {
          scan: 1,
          object: item,
          account: accounts.lab.address,
          verdict: VERDICT.GENUINE,
          count: 1n,
          region: PUDONG,
          scanner: PAPER,
        }),
      ]);
      const first = (await scans.read.scanOf([1])).at;
      await catalogue.write.setTerritory([BigInt(GTIN.BOX), 0, [BEIJING]], as("processor"));
      expect(await verdict()).to.equal(VERDICT.OUT_OF_TERRITORY);
      await catalogue.write.setTerritory([BigInt(GTIN.BOX), PARTY.processor, [SHANGHAI]], as("processor"));
      expect(await verdict()).to.equal(VERDICT.GENUINE);
      await capture("processor", sell([item]));
      await time.increase(1n);
      await scans.write.scan([item, PUDONG, PAPER], as("lab"));
      const count = await scans.read.scansOf([item]);
      expect([count.count, count.firstAt, count.first, count.lastAt > first]).to.deep.equal([2n, first, 1, true]);
      expect((await scans.read.scanOf([2])).verdict).to.equal(VERDICT.SOLD);
    });

    it("C-18: given what is expired, destroyed or recalled, when it is scanned, then it answers with that warning", async () => {
      const { scans, capture, recalls, as, now, time } = await loadRules(clock);
      const expiresAt = (await now()) + 1_000n;
      const lot = lgtin(GTIN.TEA, "1");
      const [old, gone, back] = [item, sgtin(GTIN.BOX, "2"), sgtin(GTIN.BOX, "3")];
      await capture("processor", commission([old], { ilmd: { expiresAt } }), commission([gone, back, qty(lot, 1)]));
      await capture("processor", destroy([gone], { eventTime: EVENT_TIME }));
      expect(await scans.read.verdictOf([old, SHANGHAI])).to.equal(VERDICT.GENUINE);
      await time.increaseTo(expiresAt);
      expect(await scans.read.verdictOf([old, SHANGHAI])).to.equal(VERDICT.EXPIRED);
      expect(await scans.read.verdictOf([gone, SHANGHAI])).to.equal(VERDICT.ENDED);
      const order = { by: PARTY.processor, level: 1, labelOnly: false, knownAt: await now(), reason: PAPER };
      await recalls.write.open([order, [back, lot]], as("processor"));
      for (const object of [back, lot]) {
        expect(await scans.read.verdictOf([object, SHANGHAI])).to.equal(VERDICT.RECALLED);
      }
    });

    it("C-18: given a suspect label, when its finder reports it, then one certificate is tied to that scan; a genuine label yields none", async () => {
      const { scans, capture, as, connection, accounts } = await loadRules(clock);
      await scans.write.scan([item, SHANGHAI, PAPER], as("lab"));
      await scans.write.scan([item, SHANGHAI, PAPER], as("shop"));
      const report = (scan: number, actor: "lab" | "shop", paper: typeof PAPER | typeof NO_PAPER = PAPER) =>
        scans.write.report([scan, paper], as(actor));
      await expectRevert(report(9, "lab"), scans, "ScanDeskUnknown", [9]);
      await expectRevert(report(1, "shop"), scans, "ScanDeskNotOwner", [1, accounts.shop.address]);
      await expectRevert(report(1, "lab", NO_PAPER), scans, "DigestsMissing", MISSING);
      await expectEvents(connection, report(1, "lab"), [
        event(scans, "FinderCertified", {
          scan: 1,
          object: item,
          account: accounts.lab.address,
          verdict: VERDICT.UNKNOWN,
          evidence: PAPER,
        }),
      ]);
      expect(await scans.read.certifiedScanOf([item])).to.equal(1);
      expect((await scans.read.scanOf([1])).certificate).to.equal(PAPER.value);
      await expectRevert(report(1, "lab"), scans, "ScanDeskCertified", [1]);
      await expectRevert(report(2, "shop"), scans, "ScanDeskReportedBefore", [item, 1]);
      const other = sgtin(GTIN.BOX, "2");
      await capture("processor", commission([other]));
      await scans.write.scan([other, SHANGHAI, PAPER], as("lab"));
      await expectRevert(report(3, "lab"), scans, "ScanDeskGenuine", [3]);
      expect(await scans.read.scanCount()).to.equal(3n);
    });
  });
});
