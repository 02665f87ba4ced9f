import { expect } from "chai";
import { type Hex, zeroHash } from "viem";
import {
  createDevicesActors,
  type Device,
  DeviceKind,
  type DevicesActors,
  PAGE,
  PartyRole,
} from "../../fixtures/devices-actors.ts";
import { DAY, type DevicesApp, expectRefusal, HOUR, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { system } from "../../helpers/system.ts";

system("aitos-battery-asset-management", () => {
  let app: DevicesApp;
  let actors: DevicesActors;
  let operator: number;
  let lender: number;
  let buyer: number;
  let appraiser: number;
  let pool: number;
  let modules: Device[];
  let batteries: Hex[];

  /** A swap operator with a pool of three batteries that have a history, and a bank that lends on them. */
  beforeEach(async () => {
    app = await loadDevicesApp();
    actors = createDevicesActors(app);
    operator = await actors.party("operator");
    lender = await actors.party("lender", [PartyRole.LENDER]);
    buyer = await actors.party("second-hand buyer");
    appraiser = await actors.party("appraiser", [PartyRole.LABORATORY]);
    pool = await actors.group(operator, "operator", "financed pool");
    [modules, batteries] = [[], []];
    for (const serial of [1, 2, 3]) {
      const module = await actors.enrol(`module ${serial}`, { kind: DeviceKind.MODULE, owner: operator, group: pool });
      modules.push(module);
      batteries.push(await actors.battery(serial, operator, "operator", pool, module));
      await actors.recordBattery(module, {
        battery: battery(serial - 1),
        dischargedWh: 1_000 * serial,
        cycles: 70 * serial,
      });
    }
  });

  const battery = (index: number): Hex => batteries[index] ?? zeroHash;
  const pledge = async () =>
    (
      await app.contracts.pledges.writeAndWait.pledge(
        { owner: operator, lender, batteries, loan: app.digest("loan contract") },
        await app.as("operator"),
      )
    ).event("BatteriesPledged").args.pledge;
  const transfer = async (index: number) =>
    await app.contracts.passports.writeAndWait.transfer(
      { battery: battery(index), to: buyer },
      await app.as("operator"),
    );

  it("shows the lender state and history of every battery of the pool, once the operator let it in", async () => {
    const { records, groups } = app.contracts;
    const life = async (index: number) =>
      await records.read.lifeOf({ battery: battery(index) }, await app.as("lender"));
    await pledge();
    // A pledge alone opens nothing.
    await expectRefusal(life(0), "BatteryRecordsNotReader", { battery: battery(0), account: app.address("lender") });
    await expectRefusal(actors.openReading(pool, "lender", lender), "ReadingGroupsNotGranted", {
      ...{ group: pool, reader: lender },
    });
    await actors.letIn(pool, "operator", lender);
    await actors.openReading(pool, "lender", lender, "monthly control");
    for (const index of [0, 1, 2]) {
      expect(await life(index)).to.include({ batches: 1, dischargedWh: 1_000n * BigInt(index + 1) });
      const { batches } = await records.read.historyOf({ battery: battery(index), ...PAGE }, await app.as("lender"));
      expect(batches).to.have.length(1);
    }
    // Live: what the module adds is there at once.
    const module = modules[1] ?? raise();
    await actors.recordBattery(module, { battery: battery(1), dischargedWh: 500, cycles: 180 });
    expect((await life(1)).dischargedWh).to.equal(2_500n);
    // Each look is written down, and ends.
    const { accesses } = await groups.read.accessesOf({ group: pool, ...PAGE });
    expect(accesses.map(({ by, account, purpose }) => [by, account, purpose])).to.deep.equal([
      [lender, app.address("lender"), app.digest("monthly control")],
    ]);
    await app.pass(HOUR);
    await expectRefusal(life(0), "BatteryRecordsNotReader", { battery: battery(0), account: app.address("lender") });
  });

  it("transfers no pledged battery until the lender released it", async () => {
    const { pledges, passports } = app.contracts;
    const id = await pledge();
    await expectRefusal(transfer(0), "BatteryPassportsLocked", { battery: battery(0), lender });
    const waste = passports.writeAndWait.offerSecondLife(
      { battery: battery(0), to: buyer, status: 2 },
      await app.as("operator"),
    );
    await expectRefusal(waste, "BatteryPassportsLocked", { battery: battery(0), lender });
    const release = { id, batteries: [battery(0)] };
    await expectRefusal(pledges.writeAndWait.release(release, await app.as("operator")), "PartyUserNotAgent", {
      ...{ party: lender, caller: app.address("operator") },
    });
    await pledges.writeAndWait.release(release, await app.as("lender"));
    await transfer(0);
    expect((await passports.read.batteryOf({ battery: battery(0) })).owner).to.equal(buyer);
    await expectRefusal(transfer(1), "BatteryPassportsLocked", { battery: battery(1), lender });
    expect((await pledges.read.pledgeOf({ id })).batteries).to.equal(2);
    await expectRefusal(pledges.writeAndWait.release(release, await app.as("lender")), "BatteryPledgesNotPledged", {
      ...{ pledge: id, battery: battery(0) },
    });
  });

  it("pledges nothing twice, and nothing that is another's", async () => {
    const { pledges } = app.contracts;
    await pledge();
    await expectRefusal(pledge(), "BatteryPassportsLocked", { battery: battery(0), lender });
    const foreign = pledges.writeAndWait.pledge(
      { owner: buyer, lender, batteries: [battery(0)], loan: app.digest("loan") },
      await app.as("second-hand buyer"),
    );
    await expectRefusal(foreign, "BatteryPledgesForeign", { battery: battery(0), owner: operator });
  });

  it("ties an assessment of worth to the history that was read, and shows when the history went on", async () => {
    const { pledges, records } = app.contracts;
    const assess = async () =>
      await pledges.writeAndWait.assess(
        { battery: battery(2), by: appraiser, value: 640_00n, report: app.digest("report") },
        await app.as("appraiser"),
      );
    await expectRefusal(assess(), "BatteryPledgesNotAssessable", {
      ...{ battery: battery(2), account: app.address("appraiser") },
    });
    await actors.letIn(pool, "operator", appraiser);
    await actors.openReading(pool, "appraiser", appraiser, "assessment");
    const { assessment } = (await assess()).event("BatteryAssessed").args;
    const { head } = await records.read.headOf({ battery: battery(2) });
    const found = await pledges.read.assessmentOf({ assessment });
    expect(found.current).to.equal(true);
    expect(found.entry).to.include({ head, batches: 1, value: 640_00n });

    await app.pass(DAY);
    await actors.recordBattery(modules[2] ?? raise(), { battery: battery(2), dischargedWh: 40, cycles: 215 });
    expect((await pledges.read.assessmentOf({ assessment })).current).to.equal(false);
    expect((await pledges.read.assessmentOf({ assessment })).entry.head).to.equal(head);
  });
});

function raise(): never {
  throw new Error("There is no such module");
}
