import { expect } from "chai";
import {
  createDevicesActors,
  type Device,
  DeviceKind,
  type DevicesActors,
  MEASURE,
  PAGE,
} from "../../fixtures/devices-actors.ts";
import { type DevicesApp, expectForged, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { system } from "../../helpers/system.ts";

system("edge-computing-gateway", () => {
  let app: DevicesApp;
  let actors: DevicesActors;
  let fleet: number;
  let group: number;
  let gateway: Device;
  let bus: Device;

  /** A bus company's gateway, with the tracker of a bus behind it. */
  beforeEach(async () => {
    app = await loadDevicesApp();
    actors = createDevicesActors(app);
    fleet = await actors.party("bus company");
    group = await actors.group(fleet, "bus company");
    gateway = await actors.enrol("gateway", { kind: DeviceKind.GATEWAY, owner: fleet, group });
    bus = await actors.enrol("tracker of bus 7", { kind: DeviceKind.SENSOR, owner: fleet, group, gateway });
  });

  it("writes speed and position of a terminal behind it, signed by the gateway's own key", async () => {
    await actors.post(gateway, { source: bus, measure: MEASURE.SPEED, values: [0n, 38n, 52n] });
    // Positions are cells of a grid, as numbers.
    await actors.post(gateway, { source: bus, measure: MEASURE.POSITION, values: [4_118_003n, 4_118_011n] });
    const { readings } = app.contracts;
    const owner = await app.as("bus company");
    const { readings: speeds } = await readings.read.series({ source: bus.id, measure: MEASURE.SPEED, ...PAGE }, owner);
    expect(speeds.map(({ speaker, sequence, max }) => [speaker, sequence, max])).to.deep.equal([[gateway.id, 1, 52n]]);
    expect(await readings.read.lengthOf({ source: bus.id, measure: MEASURE.POSITION })).to.equal(1n);
    expect(await readings.read.sequenceOf({ speaker: gateway.id })).to.equal(2n);
  });

  it("writes its own state too, all or nothing", async () => {
    const status = { source: gateway, measure: MEASURE.TEMPERATURE, values: [4_250n] };
    const good = await actors.signBatch(gateway, status);
    const bad = await actors.signBatch(gateway, status, { sequence: 3n });
    await expectRefusal(actors.bring([good, bad]), "DeviceReadingsOutOfSequence", {
      ...{ speaker: gateway.id, expected: 2n, given: 3n },
    });
    expect(await app.contracts.readings.read.count()).to.equal(0n);
    await actors.bring([good]);
    expect(await app.contracts.readings.read.count()).to.equal(1n);
  });

  it("has no voice for a device that is not registered, or behind another gateway", async () => {
    const stranger: Device = { name: "tracker of bus 8", id: 66 };
    const unknown = await actors.signBatch(gateway, { source: stranger, measure: MEASURE.SPEED, values: [1n] });
    await expectRefusal(actors.bring([unknown]), "DeviceRegisterUnknown", { device: 66 });

    const second = await actors.enrol("second gateway", { kind: DeviceKind.GATEWAY, owner: fleet, group });
    const other = await actors.signBatch(second, { source: bus, measure: MEASURE.SPEED, values: [1n] });
    await expectForged(actors.bring([other]), app.address("gateway"));
  });

  it("is heard no more for any terminal once it is retired", async () => {
    await app.contracts.register.writeAndWait.retire(
      { device: gateway.id, reason: app.digest("stolen") },
      await app.as("bus company"),
    );
    const late = await actors.signBatch(gateway, { source: bus, measure: MEASURE.SPEED, values: [1n] });
    await expectRefusal(actors.bring([late]), "DeviceRegisterRetired", { device: gateway.id });
  });
});
