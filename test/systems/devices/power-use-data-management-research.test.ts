import { expect } from "chai";
import {
  createDevicesActors,
  type Device,
  DeviceKind,
  type DevicesActors,
  MEASURE,
} from "../../fixtures/devices-actors.ts";
import { type DevicesApp, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { system } from "../../helpers/system.ts";

system("power-use-data-management-research", () => {
  let app: DevicesApp;
  let actors: DevicesActors;
  let site: number;
  let transformer: Device;
  let motor: Device;

  /** A user's transformer and motor; the utility codes the critical values of both. */
  beforeEach(async () => {
    app = await loadDevicesApp();
    actors = createDevicesActors(app);
    const user = await actors.party("electricity user");
    site = await actors.group(user, "electricity user");
    const device = { owner: user, group: site, kind: DeviceKind.SENSOR };
    transformer = await actors.enrol("transformer", device);
    motor = await actors.enrol("motor", device);
  });

  const code = async (device: number, upper: bigint, sheet: string) =>
    (
      await app.contracts.alarms.writeAndWait.setStrategy(
        {
          ...{ group: site, device, measure: MEASURE.TEMPERATURE, lower: -2_000n, upper },
          source: app.digest(sheet),
        },
        await app.as("bureau"),
      )
    ).event("StrategySet").args.version;
  const read = async (device: Device, celsius: readonly bigint[]) => {
    await app.pass(3_600n);
    const values = celsius.map((value) => value * 100n);
    return await actors.post(device, { source: device, measure: MEASURE.TEMPERATURE, values });
  };
  const warnings = async () => (await app.contracts.alarms.events.WarningRaised.get()).map(({ args }) => args);

  it("triggers the coded alarm for each component by its own critical value", async () => {
    await code(0, 80_00n, "all components");
    await code(transformer.id, 105_00n, "data sheet of the transformer");
    await read(transformer, [95n, 104n]);
    expect(await warnings()).to.deep.equal([]);
    await read(motor, [79n, 81n]);
    await read(transformer, [106n]);
    expect((await warnings()).map(({ source, value }) => [source, value])).to.deep.equal([
      [motor.id, 81_00n],
      [transformer.id, 106_00n],
    ]);
    await read(motor, [-21n]);
    expect((await warnings()).at(-1)?.value).to.equal(-21_00n);
  });

  it("traces an alarm to its reading and to the version of the strategy, also when the strategy changed since", async () => {
    const { alarms, readings } = app.contracts;
    await code(0, 80_00n, "first edition");
    const reading = await read(motor, [70n, 85n, 60n]);
    expect(await code(0, 90_00n, "second edition")).to.equal(2);
    await read(motor, [85n]);

    const [first, ...others] = await warnings();
    expect(others).to.deep.equal([]);
    const warning = await alarms.read.warningOf({ warning: first?.warning ?? 0 }, await app.as("electricity user"));
    expect(warning).to.include({ reading, version: 1, ofDevice: false, value: 85_00n });
    const { source, upper } = await alarms.read.strategyAt({
      ...{ group: site, device: 0, measure: MEASURE.TEMPERATURE, version: warning.version },
    });
    expect([source, upper]).to.deep.equal([app.digest("first edition"), 80_00n]);
    const batch = await readings.read.readingOf({ reading: warning.reading }, await app.as("electricity user"));
    expect(batch).to.include({ source: motor.id, max: 85_00n, min: 60_00n, count: 3 });
  });

  it("triggers nothing for what is not coded", async () => {
    await read(motor, [300n]);
    expect(await warnings()).to.deep.equal([]);
  });
});
