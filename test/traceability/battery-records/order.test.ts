import { expect } from "chai";
import { BATTERY, loadBatteries } from "../../fixtures/batteries.ts";
import { type BatteryWish, batteryCode, DeviceKind, PAGE } from "../../fixtures/devices-actors.ts";
import { expectRefusal, type loadDevicesApp } from "../../fixtures/devices-app.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";

async function world(...clock: Parameters<typeof loadDevicesApp>) {
  const batteries = await loadBatteries(...clock);
  const { app, actors, operator, group } = batteries;
  const module = await batteries.module("module");
  await actors.battery(1, operator, "operator", group, module);
  const { boundFrom } = await app.contracts.register.read.deviceOf({ device: module.id });
  await app.pass(120n);
  await app.as("courier");
  const { records, register } = app.contracts;
  const bring = async (batch: Partial<BatteryWish> = {}, speaker = module) => {
    const signed = await actors.signBattery(speaker, { battery: BATTERY, ...batch });
    return await records.writeAndWait.record(
      { batches: [signed.batch], signatures: [signed.signature] },
      await app.as("courier"),
    );
  };
  return { ...batteries, enrolModule: batteries.module, module, boundFrom, records, register, bring };
}

describe("BatteryRecords.record: whose word it is", () => {
  it("B-36: given a module that went over to a stranger, or another operator: refuses; back, or with the battery's owner: takes it", async () => {
    const { app, operator, other, module, passports, register, bring } = await world();
    const hand = async (to: number, name: string) =>
      await register.writeAndWait.handOver({ device: module.id, to }, await app.as(name));
    await hand(other, "operator");
    await expectRefusal(bring(), "BatteryRecordsForeignModule", {
      ...{ battery: BATTERY, module: module.id, owner: other },
    });
    await passports.writeAndWait.transfer({ battery: BATTERY, to: other }, await app.as("operator"));
    await bring();
    await hand(operator, "other");
    await app.pass(120n);
    await bring();
  });

  it("B-36: given a module that was retired, or taken out: refuses", async () => {
    const { app, module, register, bring } = await world();
    await register.writeAndWait.retire({ device: module.id, reason: app.digest("lost") }, await app.as("regulator"));
    // A retired module is taken out of what it was built into.
    await expectRefusal(bring(), "BatteryRecordsNotModule", { battery: BATTERY, device: module.id, module: 0 });
  });

  it("B-36: given a module whose gateway was retired: refuses", async () => {
    const { app, actors, operator, group, module, register } = await world();
    const owned = { owner: operator, group };
    const gateway = await actors.enrol("gateway", { kind: DeviceKind.GATEWAY, ...owned });
    const silent = await actors.enrol("silent", { kind: DeviceKind.MODULE, ...owned, gateway });
    const operatorCalls = await app.as("operator");
    await register.writeAndWait.unbind({ device: module.id }, operatorCalls);
    await register.writeAndWait.bind({ device: silent.id, object: BATTERY }, operatorCalls);
    await app.pass(120n);
    const signed = await actors.signBattery({ name: "gateway", id: silent.id }, { battery: BATTERY });
    await register.writeAndWait.retire({ device: gateway.id, reason: app.digest("lost") }, await app.as("regulator"));
    const call = app.contracts.records.writeAndWait.record(
      { batches: [signed.batch], signatures: [signed.signature] },
      await app.as("courier"),
    );
    await expectRefusal(call, "DeviceRegisterRetired", { device: gateway.id });
  });
});

describe("BatteryRecords.record: in the order of time", () => {
  byEachClock((clock) => {
    it("B-36: given what the module measured before, or in the second, it was built in: refuses; one second later: takes it", async () => {
      const { boundFrom, bring } = await world(clock);
      for (const from of [boundFrom - 1n, boundFrom]) {
        const span = { from, to: from + 10n };
        await expectRefusal(bring(span), "BatteryRecordsWrongTime", { battery: BATTERY, ...span, last: boundFrom });
      }
      await bring({ from: boundFrom + 1n, to: boundFrom + 11n });
    });

    it("B-36: given a batch that begins with the last one's end: refuses; one second after it: takes it", async () => {
      const { app, bring } = await world(clock);
      const to = await app.now();
      await bring({ from: to - 60n, to });
      await app.pass(120n);
      await expectRefusal(bring({ from: to, to: to + 60n }), "BatteryRecordsWrongTime", {
        ...{ battery: BATTERY, from: to, to: to + 60n, last: to },
      });
      await bring({ from: to + 1n, to: to + 1n });
    });

    it("B-36: given a batch that ends one second ahead: refuses; one that ends now: takes it", async () => {
      const { app, boundFrom, bring } = await world(clock);
      const to = (await app.now()) + 100n;
      const span = { from: to - 50n, to };
      await app.nextAt(to - 1n);
      await expectRefusal(bring(span), "BatteryRecordsWrongTime", { battery: BATTERY, ...span, last: boundFrom });
      await app.nextAt(to);
      await bring(span);
    });
  });

  it("B-40: given fewer cycles than were recorded: refuses; as many: takes it", async () => {
    const { app, bring } = await world();
    await bring({ cycles: 80 });
    await app.pass(120n);
    await expectRefusal(bring({ cycles: 79 }), "BatteryRecordsContradictory", { battery: BATTERY, sequence: 2n });
    await bring({ cycles: 80, charge: 1_000_000, minTemperature: 2_600, maxTemperature: 2_600 });
  });
});

describe("BatteryRecords: what the history comes to", () => {
  it("B-36: given batches: keeps extremes, sums, moves and warnings", async () => {
    const { app, actors, module, records } = await world();
    const [here, there] = [`0x${"01".repeat(32)}`, `0x${"02".repeat(32)}`] as const;
    for (const wish of [
      { minTemperature: 1_500, maxTemperature: 2_500, chargedWh: 5, dischargedWh: 2, position: here, warnings: 1 },
      { minTemperature: 1_600, maxTemperature: 2_600, chargedWh: 7, dischargedWh: 4, position: here, warnings: 0 },
      { minTemperature: 1_400, maxTemperature: 2_400, chargedWh: 1, dischargedWh: 1, position: there, warnings: 6 },
      { minTemperature: 1_450, maxTemperature: 2_450, cycles: 3, charge: 400_000 },
    ]) {
      await actors.recordBattery(module, { battery: BATTERY, ...wish });
    }
    const life = await records.read.lifeOf({ battery: BATTERY }, await app.as("operator"));
    expect(life).to.include({
      ...{ batches: 4, minTemperature: 1_400, maxTemperature: 2_600, chargedWh: 13n, dischargedWh: 7n, moves: 2 },
      ...{ position: there, warned: 2, warnings: 7, cycles: 3, charge: 400_000 },
    });
    const page = async (cursor: bigint, limit: bigint) =>
      await records.read.historyOf({ battery: BATTERY, cursor, limit }, await app.as("operator"));
    expect((await page(0n, 3n)).batches.map(({ sequence }) => sequence)).to.deep.equal([1n, 2n, 3n]);
    expect((await page(0n, 3n)).next).to.equal(3n);
    expect((await page(3n, 3n)).batches.map(({ sequence }) => sequence)).to.deep.equal([4n]);
    await expectRefusal(page(0n, 0n), "PagingLimitOutOfRange", { limit: 0n, max: 100n });
    await expectRefusal(page(5n, 1n), "PagingOffsetOutOfRange", { offset: 5n, length: 4n });
    await expectRefusal(records.read.healthOf({ battery: BATTERY, cursor: 0n, limit: 0n }), "PagingLimitOutOfRange", {
      ...{ limit: 0n, max: 100n },
    });
    const beyond = records.read.healthOf({ battery: BATTERY, cursor: 1n, limit: 1n });
    await expectRefusal(beyond, "PagingOffsetOutOfRange", { offset: 1n, length: 0n });
    expect(await records.read.endOfLife({ battery: BATTERY })).to.deep.equal({
      ...{ suggested: false, health: 0, line: 800_000n },
    });
  });

  it("B-38: given operator, owner, keeper, or a party with an open reading: may read; nobody else", async () => {
    const { app, actors, group, other, records, passports, ledger, lender } = await world();
    const mayRead = async (name: string) =>
      await records.read.mayRead({ battery: BATTERY, account: app.address(name) });
    expect([await mayRead("operator"), await mayRead("other"), await mayRead("rider")]).to.deep.equal([
      ...[true, false, false],
    ]);
    await passports.writeAndWait.transfer({ battery: BATTERY, to: other }, await app.as("operator"));
    await ledger("desk");
    await passports.writeAndWait.setKeeper({ battery: BATTERY, keeper: app.address("rider") }, await app.as("desk"));
    await actors.letIn(group, "operator", lender);
    expect(await mayRead("lender")).to.equal(false);
    await actors.openReading(group, "lender", lender);
    for (const name of ["operator", "other", "rider", "lender"]) expect(await mayRead(name)).to.equal(true);
    expect(await mayRead("stranger")).to.equal(false);
    await expectRefusal(
      records.read.lifeOf({ battery: BATTERY }, await app.as("stranger")),
      "BatteryRecordsNotReader",
      { battery: BATTERY, account: app.address("stranger") },
    );
    const nowhere = batteryCode(77);
    await expectRefusal(
      records.read.historyOf({ battery: nowhere, ...PAGE }, await app.as("operator")),
      "BatteryPassportsUnknown",
      { battery: nowhere },
    );
  });
});
