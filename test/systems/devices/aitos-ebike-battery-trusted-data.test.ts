import { expect } from "chai";
import { type Hex, keccak256, stringToHex } from "viem";
import {
  createDevicesActors,
  type Device,
  DeviceKind,
  type DevicesActors,
  PAGE,
} from "../../fixtures/devices-actors.ts";
import { type DevicesApp, expectForged, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { system } from "../../helpers/system.ts";

/** A position as the module salts it. */
const place = (name: string): Hex => keccak256(stringToHex(`salt of the module ${name}`));
const HOT = 0b01;

system("aitos-ebike-battery-trusted-data", () => {
  let app: DevicesApp;
  let actors: DevicesActors;
  let operator: number;
  let group: number;
  let module: Device;
  let battery: Hex;

  /** A battery of an electric bicycle with the module that is built into it. */
  beforeEach(async () => {
    app = await loadDevicesApp();
    actors = createDevicesActors(app);
    operator = await actors.party("operator");
    group = await actors.group(operator, "operator");
    module = await actors.enrol("module 1", { kind: DeviceKind.MODULE, owner: operator, group });
    battery = await actors.battery(1, operator, "operator", group, module);
  });

  const bring = async (signed: Awaited<ReturnType<DevicesActors["signBattery"]>>) =>
    await app.contracts.records.writeAndWait.record(
      { batches: [signed.batch], signatures: [signed.signature] },
      await app.as("courier"),
    );

  it("replays the whole life of one battery: every charge, every move, every warning", async () => {
    const { records } = app.contracts;
    const life = [
      { chargedWh: 1_300, charge: 980_000, position: place("depot") },
      { dischargedWh: 620, charge: 550_000, cycles: 45, position: place("river bank") },
      { dischargedWh: 510, charge: 190_000, cycles: 80, maxTemperature: 6_150, warnings: HOT },
      { chargedWh: 1_150, charge: 990_000, cycles: 80, position: place("depot") },
    ];
    for (const step of life) await actors.recordBattery(module, { battery, ...step });

    let cursor = 0n;
    const replayed = [];
    do {
      const page = await records.read.historyOf({ battery, cursor, limit: 3n }, await app.as("operator"));
      replayed.push(...page.batches);
      cursor = page.next;
    } while (cursor !== 0n);
    expect(replayed.map(({ sequence }) => sequence)).to.deep.equal([1n, 2n, 3n, 4n]);
    for (const [index, step] of life.entries()) expect(replayed[index]).to.include(step);
    expect(await records.read.lifeOf({ battery }, await app.as("operator"))).to.include({
      ...{ batches: 4, moves: 3, warned: 1, warnings: HOT, cycles: 80, charge: 990_000 },
      ...{ chargedWh: 2_450n, dischargedWh: 1_130n, maxTemperature: 6_150, position: place("depot") },
    });
    const warned = await records.events.BatteryWarned.get({ args: { battery } });
    expect(warned.map(({ args }) => [args.index, args.warnings])).to.deep.equal([[2n, HOT]]);
  });

  it("hears no key but that of the module bound to the battery", async () => {
    const stranger = await actors.enrol("module 2", { kind: DeviceKind.MODULE, owner: operator, group });
    await app.pass(120n);
    await expectRefusal(bring(await actors.signBattery(stranger, { battery })), "BatteryRecordsNotModule", {
      ...{ battery, device: stranger.id, module: module.id },
    });
    const forged = await actors.signBattery({ id: module.id, name: "module 2" }, { battery });
    await expectForged(bring(forged), app.address("module 1"));
    for (const account of ["operator", "platform"]) {
      await expectForged(
        bring(await actors.signBattery({ id: module.id, name: account }, { battery })),
        app.address("module 1"),
      );
    }
    expect((await app.contracts.records.read.headOf({ battery })).batches).to.equal(0);
  });

  it("B-36: lets no stranger build a module in, and hears none that became a stranger's", async () => {
    const { register } = app.contracts;
    const stranger = await actors.party("stranger");
    const foreign = await actors.enrol("module 2", { kind: DeviceKind.MODULE, owner: stranger, group });
    await register.writeAndWait.unbind({ device: module.id }, await app.as("operator"));
    const bind = async (device: number, name: string) =>
      await register.writeAndWait.bind({ device, object: battery }, await app.as(name));
    await expectRefusal(bind(foreign.id, "stranger"), "DeviceRegisterForeignObject", {
      ...{ object: battery, owner: stranger },
    });
    await bind(module.id, "operator");
    await register.writeAndWait.handOver({ device: module.id, to: stranger }, await app.as("operator"));
    await app.pass(120n);
    await expectRefusal(bring(await actors.signBattery(module, { battery })), "BatteryRecordsForeignModule", {
      ...{ battery, module: module.id, owner: stranger },
    });
    await register.writeAndWait.handOver({ device: module.id, to: operator }, await app.as("stranger"));
    await actors.recordBattery(module, { battery, chargedWh: 50 });
  });

  it("hears the module that took its place, and the old one no more", async () => {
    const { register } = app.contracts;
    await actors.recordBattery(module, { battery, chargedWh: 100 });
    const next = await actors.enrol("module 2", { kind: DeviceKind.MODULE, owner: operator, group });
    const bind = async () =>
      await register.writeAndWait.bind({ device: next.id, object: battery }, await app.as("operator"));
    await expectRefusal(bind(), "DeviceRegisterBound", { device: module.id, object: battery });
    await register.writeAndWait.unbind({ device: module.id }, await app.as("operator"));
    await bind();
    await actors.recordBattery(next, { battery, chargedWh: 50 });
    await app.pass(120n);
    await expectRefusal(bring(await actors.signBattery(module, { battery })), "BatteryRecordsNotModule", {
      ...{ battery, device: module.id, module: next.id },
    });
    expect(await app.contracts.records.read.lifeOf({ battery }, await app.as("operator"))).to.include({
      ...{ batches: 2, chargedWh: 150n },
    });
  });

  it("takes no batch twice, none altered, none of the past, and no cycle back", async () => {
    await app.pass(120n);
    const signed = await actors.signBattery(module, { battery, cycles: 80 });
    await bring(signed);
    await expectRefusal(bring(signed), "BatteryRecordsOutOfSequence", { device: module.id, expected: 2n, given: 1n });
    const next = await actors.signBattery(module, { battery, from: signed.batch.from, to: signed.batch.to });
    await expectRefusal(bring(next), "BatteryRecordsWrongTime", {
      ...{ battery, from: signed.batch.from, to: signed.batch.to, last: signed.batch.to },
    });
    await app.pass(120n);
    const fresh = await actors.signBattery(module, { battery, cycles: 81 });
    const altered = { ...fresh, batch: { ...fresh.batch, cycles: 80 } };
    await expectForged(bring(altered), app.address("module 1"));
    await expectRefusal(
      bring(await actors.signBattery(module, { battery, cycles: 79 })),
      "BatteryRecordsContradictory",
      {
        ...{ battery, sequence: 2n },
      },
    );
  });

  it("B-35, B-38: gives each battery one identity: a code of 24 characters, once", async () => {
    const { passports } = app.contracts;
    const filing = {
      ...{ battery, operator, owner: operator, group, ratedWh: 1_440 },
      fields: [app.digest("fields"), app.digest("more"), app.digest("all")] as const,
    };
    const issue = async (code: Hex) =>
      await passports.writeAndWait.issue({ filing: { ...filing, battery: code } }, await app.as("operator"));
    await expectRefusal(issue(battery), "BatteryPassportsExists", { battery, passport: 1 });
    const lower = battery.replace(stringToHex("E01").slice(2), stringToHex("e01").slice(2)) as Hex;
    await expectRefusal(issue(lower), "BatteryPassportsInvalidCode", { battery: lower });
    expect(await passports.read.batteryOf({ battery })).to.include({ operator, owner: operator, ratedWh: 1_440 });
    expect(await app.contracts.records.read.healthOf({ battery, ...PAGE })).to.deep.equal({ claims: [], next: 0n });
  });
});
