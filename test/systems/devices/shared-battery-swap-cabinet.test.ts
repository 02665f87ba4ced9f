import { expect } from "chai";
import { type Hex, zeroHash } from "viem";
import {
  createDevicesActors,
  type Device,
  DeviceKind,
  type DevicesActors,
  PAGE,
} from "../../fixtures/devices-actors.ts";
import { DAY, type DevicesApp, expectForged, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { system } from "../../helpers/system.ts";

/** Rent of a month: CNY 198. */
const RENT = 198_00n;

system("shared-battery-swap-cabinet", () => {
  let app: DevicesApp;
  let actors: DevicesActors;
  let operator: number;
  let group: number;
  let cabinet: Device;
  let modules: Device[];
  let batteries: Hex[];
  let plan: bigint;

  /** A cabinet with three charged batteries, and a plan by the month. */
  beforeEach(async () => {
    app = await loadDevicesApp();
    actors = createDevicesActors(app);
    const { swaps } = app.contracts;
    operator = await actors.party("operator");
    group = await actors.group(operator, "operator");
    cabinet = await actors.enrol("cabinet", { kind: DeviceKind.TERMINAL, owner: operator, group });
    [modules, batteries] = [[], []];
    for (const serial of [1, 2, 3]) {
      const module = await actors.enrol(`module ${serial}`, { kind: DeviceKind.MODULE, owner: operator, group });
      modules.push(module);
      batteries.push(await actors.battery(serial, operator, "operator", group, module));
    }
    await swaps.writeAndWait.stock({ cabinet: cabinet.id, batteries }, await app.as("operator"));
    const offered = await swaps.writeAndWait.offerPlan(
      { operator, payee: app.address("operator"), rent: RENT },
      await app.as("operator"),
    );
    plan = offered.event("PlanOffered").args.plan;
  });

  const battery = (index: number): Hex => batteries[index] ?? zeroHash;
  const payRent = async (rider: string, months = 1n) => {
    await actors.fund(rider, RENT * months);
    await app.contracts.swaps.writeAndWait.payRent({ plan, months }, await app.as(rider));
  };
  const drive = async (index: number) => {
    const module = modules[index];
    if (module === undefined) throw new Error("There is no such battery");
    await actors.recordBattery(module, {
      ...{ battery: battery(index), dischargedWh: 900, cycles: 64, charge: 180_000 },
    });
  };

  it("records the returned and the issued battery in one entry, for a rider whose month is paid", async () => {
    const { swaps, passports } = app.contracts;
    await payRent("rider");
    await actors.swap(cabinet, "rider", { issued: battery(0) });
    await drive(0);
    const number = await actors.swap(cabinet, "rider", {
      ...{ returned: battery(0), returnedCharge: 180_000, issued: battery(1) },
    });

    const [swapped] = await swaps.events.BatteriesSwapped.get({ args: { swap: number } });
    expect(swapped?.args.entry).to.include({ returned: battery(0), issued: battery(1), returnedCharge: 180_000 });
    expect(await swaps.read.heldBy({ rider: app.address("rider"), operator })).to.equal(battery(1));
    expect(await swaps.read.cabinetOf({ battery: battery(0) })).to.equal(cabinet.id);
    expect(await swaps.read.cabinetOf({ battery: battery(1) })).to.equal(0);
    expect((await passports.read.batteryOf({ battery: battery(1) })).keeper).to.equal(app.address("rider"));
    expect(await app.contracts.token.read.balanceOf({ account: app.address("operator") })).to.equal(RENT);
  });

  it("issues nothing to a rider who has not paid, or whose month is over; what he has he can always return", async () => {
    const { swaps } = app.contracts;
    await expectRefusal(actors.swap(cabinet, "rider", { issued: battery(0) }), "BatterySwapsRentDue", {
      ...{ rider: app.address("rider"), operator, paidUntil: 0n },
    });
    await payRent("rider");
    await actors.swap(cabinet, "rider", { issued: battery(0) });
    const paidUntil = await swaps.read.paidUntil({ rider: app.address("rider"), operator });
    await app.pass(31n * DAY);
    const again = actors.swap(cabinet, "rider", { returned: battery(0), issued: battery(1) });
    await expectRefusal(again, "BatterySwapsRentDue", { rider: app.address("rider"), operator, paidUntil });
    await actors.swap(cabinet, "rider", { returned: battery(0) });
    expect(await swaps.read.heldBy({ rider: app.address("rider"), operator })).to.equal(zeroHash);
  });

  it("counts months by the calendar, from the end of what is paid", async () => {
    const { swaps } = app.contracts;
    await payRent("rider");
    // 4 March 2030 and a month is 4 April; two more are 4 June.
    const until = async () => await swaps.read.paidUntil({ rider: app.address("rider"), operator });
    const first = new Date(Number(await until()) * 1000).toISOString().slice(0, 10);
    await payRent("rider", 2n);
    const second = new Date(Number(await until()) * 1000).toISOString().slice(0, 10);
    expect([first, second]).to.deep.equal(["2030-04-04", "2030-06-04"]);
  });

  it("lets rider and operator read use, charge and swaps of the battery, and nobody else", async () => {
    const { swaps, records } = app.contracts;
    await payRent("rider");
    await actors.swap(cabinet, "rider", { issued: battery(0) });
    await drive(0);
    for (const who of ["rider", "operator"]) {
      expect(await records.read.lifeOf({ battery: battery(0) }, await app.as(who))).to.include({
        ...{ batches: 1, charge: 180_000, dischargedWh: 900n, cycles: 64 },
      });
      const { swaps: entries } = await swaps.read.swapsOf({ battery: battery(0), ...PAGE }, await app.as(who));
      expect(entries.map(({ issued }) => issued)).to.deep.equal([battery(0)]);
      const own = { rider: app.address("rider"), operator, ...PAGE };
      expect((await swaps.read.swapsOfRider(own, await app.as(who))).swaps).to.deep.equal(entries);
    }
    const stranger = await app.as("other rider");
    await expectRefusal(records.read.lifeOf({ battery: battery(0) }, stranger), "BatteryRecordsNotReader", {
      ...{ battery: battery(0), account: app.address("other rider") },
    });
    await expectRefusal(swaps.read.swapsOf({ battery: battery(0), ...PAGE }, stranger), "BatterySwapsNotReader", {
      account: app.address("other rider"),
    });
    // When the battery is back, it is not the rider's to read any more.
    await actors.swap(cabinet, "rider", { returned: battery(0) });
    const late = records.read.lifeOf({ battery: battery(0) }, await app.as("rider"));
    await expectRefusal(late, "BatteryRecordsNotReader", { battery: battery(0), account: app.address("rider") });
  });

  it("takes back only the battery that the rider has, and issues only what lies in the cabinet, charged", async () => {
    await payRent("rider");
    await actors.swap(cabinet, "rider", { issued: battery(0) });
    const other = actors.swap(cabinet, "rider", { returned: battery(2), issued: battery(1) });
    await expectRefusal(other, "BatterySwapsWrongReturn", {
      ...{ rider: app.address("rider"), held: battery(0), returned: battery(2) },
    });
    const second = actors.swap(cabinet, "rider", { issued: battery(1) });
    await expectRefusal(second, "BatterySwapsWrongReturn", {
      ...{ rider: app.address("rider"), held: battery(0), returned: zeroHash },
    });
    const empty = actors.swap(cabinet, "rider", { returned: battery(0), issued: battery(1), issuedCharge: 799_999 });
    await expectRefusal(empty, "BatterySwapsNotIssuable", { battery: battery(1), charge: 799_999 });
    const gone = actors.swap(cabinet, "rider", { returned: battery(0), issued: battery(0) });
    await expectRefusal(gone, "BatterySwapsNotIssuable", { battery: battery(0), charge: 950_000 });
  });

  it("takes a swap from the rider's own account and the cabinet's own key, once", async () => {
    const { swaps } = app.contracts;
    await payRent("rider");
    const signed = await actors.signSwap(cabinet, "rider", { issued: battery(0) });
    await expectRefusal(swaps.writeAndWait.swap(signed, await app.as("thief")), "BatterySwapsNotRider", {
      ...{ rider: app.address("rider"), caller: app.address("thief") },
    });
    const forged = await actors.signSwap({ ...cabinet, name: "thief" }, "rider", { issued: battery(0) });
    await expectForged(swaps.writeAndWait.swap(forged, await app.as("rider")), app.address("cabinet"));
    await swaps.writeAndWait.swap(signed, await app.as("rider"));
    await expectRefusal(swaps.writeAndWait.swap(signed, await app.as("rider")), "BatterySwapsOutOfSequence", {
      ...{ cabinet: cabinet.id, expected: 2n, given: 1n },
    });
  });
});
