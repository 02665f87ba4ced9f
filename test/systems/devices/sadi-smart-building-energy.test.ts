import { expect } from "chai";
import {
  createDevicesActors,
  type Device,
  DeviceKind,
  type DevicesActors,
  MEASURE,
  PAGE,
} from "../../fixtures/devices-actors.ts";
import { DAY, type DevicesApp, expectRefusal, HOUR, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { system } from "../../helpers/system.ts";

system("sadi-smart-building-energy", () => {
  let app: DevicesApp;
  let actors: DevicesActors;
  let owners: number[];
  let buildings: number[];
  let meters: Device[];

  /** Two buildings of different owners, each with a meter, run by one platform. */
  beforeEach(async () => {
    app = await loadDevicesApp();
    actors = createDevicesActors(app);
    [owners, buildings, meters] = [[], [], []];
    for (const name of ["owner 1", "owner 2"]) {
      const owner = await actors.party(name);
      const group = await actors.group(owner, name);
      owners.push(owner);
      buildings.push(group);
      meters.push(await actors.enrol(`meter of ${name}`, { kind: DeviceKind.METER, owner, group }));
    }
  });

  const meter = (index: number): Device => meters[index] ?? raise();
  const building = (index: number): number => buildings[index] ?? raise();
  const use = async (index: number, values: readonly bigint[]) =>
    await actors.post(meter(index), { source: meter(index), measure: MEASURE.ENERGY, values });
  const series = async (index: number, by: string) =>
    (
      await app.contracts.readings.read.series(
        { source: meter(index).id, measure: MEASURE.ENERGY, ...PAGE },
        await app.as(by),
      )
    ).readings;

  it("takes readings from registered devices only", async () => {
    const stranger: Device = { name: "laptop", id: 99 };
    const signed = await actors.signBatch(stranger, { source: stranger, measure: MEASURE.ENERGY, values: [1n] });
    await expectRefusal(actors.bring([signed]), "DeviceRegisterUnknown", { device: 99 });
    await use(0, [1_000n]);
    expect(await app.contracts.readings.read.count()).to.equal(1n);
  });

  it("keeps each building's data from the other, and shows both to the government agency, which leaves a trace", async () => {
    await use(0, [1_000n]);
    await use(1, [2_000n]);
    const { groups } = app.contracts;
    expect((await series(0, "owner 1")).map(({ total }) => total)).to.deep.equal([1_000n]);
    await expectRefusal(series(1, "owner 1"), "ReadingGroupsNotOpen", {
      ...{ group: building(1), account: app.address("owner 1") },
    });
    await expectRefusal(series(0, "owner 2"), "ReadingGroupsNotOpen", {
      ...{ group: building(0), account: app.address("owner 2") },
    });
    await expectRefusal(actors.openReading(building(1), "owner 1", owners[0]), "ReadingGroupsNotGranted", {
      ...{ group: building(1), reader: owners[0] ?? 0 },
    });

    for (const index of [0, 1]) {
      await expectRefusal(series(index, "regulator"), "ReadingGroupsNotOpen", {
        ...{ group: building(index), account: app.address("regulator") },
      });
      await actors.openReading(building(index), "regulator", 0, "review of emissions");
      expect(await series(index, "regulator")).to.have.length(1);
      const { accesses } = await groups.read.accessesOf({ group: building(index), ...PAGE });
      expect(accesses.map(({ account, purpose }) => [account, purpose])).to.deep.equal([
        [app.address("regulator"), app.digest("review of emissions")],
      ]);
    }
    // What was opened closes by itself.
    await app.pass(HOUR);
    await expectRefusal(series(0, "regulator"), "ReadingGroupsNotOpen", {
      ...{ group: building(0), account: app.address("regulator") },
    });
  });

  it("computes the saving from readings before and after the platform, and lets it be contested", async () => {
    const { savings } = app.contracts;
    const day = async (kilowattHours: bigint) => {
      await app.pass(DAY);
      const to = await app.now();
      const values = Array.from({ length: 24 }, () => (kilowattHours * 1_000n) / 24n);
      await actors.post(meter(0), { source: meter(0), measure: MEASURE.ENERGY, values, from: to - DAY + 1n, to });
      return to;
    };
    const first = await app.now();
    for (const use of [2_400n, 2_400n, 2_400n, 2_400n]) await day(use);
    const switched = await app.now();
    for (const use of [1_800n, 1_920n]) await day(use);
    const last = await app.now();
    await app.pass(60n);

    const statement = {
      ...{ by: owners[0] ?? 0, meter: meter(0).id, measure: MEASURE.ENERGY },
      before: { from: first, to: switched },
      since: { from: switched + 1n, to: last },
    };
    await expectRefusal(savings.writeAndWait.state(statement, await app.as("owner 2")), "PartyUserNotAgent", {
      ...{ party: statement.by, caller: app.address("owner 2") },
    });
    const outcome = await savings.writeAndWait.state(statement, await app.as("owner 1"));
    const stated = outcome.event("SavingsStated").args;
    // 3,720 kWh in two days that would have taken 4,800: 22.5 % less, to the second.
    expect(stated.used).to.equal(3_720_000n);
    expect(Number(stated.expected)).to.be.closeTo(4_800_000, 60);
    expect(Number(stated.savedPpm)).to.be.closeTo(225_000, 12);

    await actors.letIn(building(0), "owner 1", owners[1] ?? 0);
    await actors.openReading(building(0), "owner 2", owners[1]);
    await savings.writeAndWait.contest(
      { savings: stated.savings, by: owners[1] ?? 0, reason: app.digest("the gym was closed") },
      await app.as("owner 2"),
    );
    const ruled = await savings.writeAndWait.rule(
      { savings: stated.savings, upheld: false, ruling: app.digest("ruling 7") },
      await app.as("arbiter"),
    );
    expect(ruled.event("SavingsRuled").args.ruling).to.deep.equal(app.digest("ruling 7"));
  });

  it("states no saving for a time that the meter did not cover", async () => {
    const now = await app.now();
    await use(0, [1_000n]);
    await app.pass(DAY);
    const [before, since] = [
      { from: now - 10n * DAY, to: now },
      { from: now + 1n, to: now + HOUR },
    ];
    const call = app.contracts.savings.writeAndWait.state(
      { by: owners[0] ?? 0, meter: meter(0).id, measure: MEASURE.ENERGY, before, since },
      await app.as("owner 1"),
    );
    await expectRefusal(call, "SavingsDeskNotCovered", { period: before, covered: 3_599n });
  });

  it("warns of an overload by itself", async () => {
    const { alarms } = app.contracts;
    await alarms.writeAndWait.setStrategy(
      {
        ...{ group: building(0), device: 0, measure: MEASURE.LOAD, lower: 0n, upper: 80_000n },
        source: app.digest("load of the feeder"),
      },
      await app.as("bureau"),
    );
    await actors.post(meter(0), { source: meter(0), measure: MEASURE.LOAD, values: [60_000n, 91_500n] });
    const [warned] = await alarms.events.WarningRaised.get({ args: { group: building(0) } });
    expect(warned?.args).to.include({ value: 91_500n, source: meter(0).id, version: 1 });
  });
});

function raise(): never {
  throw new Error("There is no such building");
}
