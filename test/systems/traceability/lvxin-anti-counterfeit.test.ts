import { CodeVerdict, PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, sell } from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const PRODUCT = gtinOf(105);
const GENUINE = itemOf(PRODUCT, "LX-0001");
const SOLD = itemOf(PRODUCT, "LX-0002");
const FORGED = itemOf(PRODUCT, "LX-7777");

system("lvxin-anti-counterfeit", () => {
  let world: TraceWorld;
  let brand: Member;

  beforeEach(async () => {
    world = await loadTraceWorld();
    brand = await world.party("brand", { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER] });
    await world.product("brand", brand.id, PRODUCT);
    await world.capture("brand", brand.id, commission([GENUINE, SOLD]), sell([SOLD]));
  });

  const scan = async (who: string, object: Hex) => {
    const scanned = await world.contracts.scans.writeAndWait.scan(
      { object, region: ascii("CN-SH"), scanner: digest(`identity of ${who}`) },
      await world.as(who),
    );
    return scanned.event("CodeScanned").args.scan;
  };
  const report = async (who: string, id: number) =>
    await world.contracts.scans.writeAndWait.report({ id, evidence: digest(`report ${id}`) }, await world.as(who));

  it("C-18: gives who scans and reports a suspect label one certificate, tied to that scan", async () => {
    const { scans } = world.contracts;
    for (const [label, verdict] of [
      [FORGED, CodeVerdict.UNKNOWN],
      [SOLD, CodeVerdict.SOLD],
    ] as const) {
      const id = await scan("finder", label);
      const certified = await report("finder", id);
      expect(certified.event("FinderCertified").args).to.deep.include({
        ...{ scan: id, object: label, account: world.address("finder"), verdict },
      });
      expect((await scans.read.scanOf({ id })).certificate).to.equal(digest(`report ${id}`).value);
      await expectRefusal(report("finder", id), "ScanDeskCertified", { scan: id });
    }
  });

  it("C-18: gives none for a genuine label", async () => {
    const id = await scan("finder", GENUINE);
    await expectRefusal(report("finder", id), "ScanDeskGenuine", { scan: id });
    expect(await world.contracts.scans.read.certifiedScanOf({ object: GENUINE })).to.equal(0);
  });

  it("gives none for another's scan, for none, or for a label that was reported before", async () => {
    const id = await scan("finder", FORGED);
    await expectRefusal(report("second finder", id), "ScanDeskNotOwner", {
      ...{ scan: id, account: world.address("second finder") },
    });
    await expectRefusal(report("finder", 99), "ScanDeskUnknown", { scan: 99 });
    await report("finder", id);
    const second = await scan("second finder", FORGED);
    await expectRefusal(report("second finder", second), "ScanDeskReportedBefore", { object: FORGED, scan: id });
  });
});
