import { expect } from "chai";
import { BATTERY, loadBatteries, UNKNOWN } from "../../fixtures/batteries.ts";
import { NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

describe("BatteryPledges.assess", () => {
  it("given no history, no value, no report, or a caller who may not read or act: refuses; then assesses what was known", async () => {
    const { app, actors, operator, other, group, module } = await loadBatteries();
    const { pledges, records } = app.contracts;
    const built = await module("module");
    const battery = await actors.battery(1, operator, "operator", group, built);
    expect(battery).to.equal(BATTERY);
    const report = app.digest("report");
    const order = { battery, by: operator, value: 900_00n, report };
    const assess = async (changes: Partial<typeof order> = {}, name = "operator") =>
      await pledges.writeAndWait.assess({ ...order, ...changes }, await app.as(name));
    const closed = { battery, account: app.address("operator") };
    await expectRefusal(assess(), "BatteryPledgesNotAssessable", closed);
    await actors.recordBattery(built, { battery });
    await expectRefusal(assess({ value: 0n }), "BatteryPledgesNotAssessable", closed);
    await expectRefusal(assess({ battery: UNKNOWN }), "BatteryPassportsUnknown", { battery: UNKNOWN });
    await expectRefusal(assess({ report: NO_DIGEST }), "DigestsMissing", NO_DIGEST);
    await expectRefusal(assess({ by: other }), "PartyUserNotAgent", {
      ...{ party: other, caller: app.address("operator") },
    });
    await expectRefusal(assess({ by: other }, "other"), "BatteryPledgesNotAssessable", {
      ...{ battery, account: app.address("other") },
    });
    await expectRefusal(pledges.read.assessmentOf({ assessment: 1n }), "BatteryPledgesUnknown", { id: 1n });

    const { head } = await records.read.headOf({ battery });
    const outcome = await assess();
    expectOwnEvents(outcome, [["BatteryAssessed", { assessment: 1n, battery, by: operator, value: 900_00n, head }]]);
    const entry = { battery, by: operator, at: await app.now(), batches: 1, head, value: 900_00n, report };
    expect(await pledges.read.assessmentOf({ assessment: 1n })).to.deep.equal({ entry, current: true });
    await actors.recordBattery(built, { battery });
    expect(await pledges.read.assessmentOf({ assessment: 1n })).to.deep.equal({ entry, current: false });
    expect(await pledges.read.assessmentCount()).to.equal(1n);
  });
});
