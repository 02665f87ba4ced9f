import { expect } from "chai";
import {
  createDevicesActors,
  type Device,
  DeviceKind,
  type DevicesActors,
  MEASURE,
} from "../../fixtures/devices-actors.ts";
import { type DevicesApp, expectForged, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { system } from "../../helpers/system.ts";

system("boat-blockchain-module", () => {
  let app: DevicesApp;
  let actors: DevicesActors;
  let factory: number;
  let group: number;
  let module: Device;

  /** A machine of a factory has a module with a key of its own. */
  beforeEach(async () => {
    app = await loadDevicesApp();
    actors = createDevicesActors(app);
    factory = await actors.party("factory");
    group = await actors.group(factory, "factory");
    module = await actors.enrol("press module", { kind: DeviceKind.MODULE, owner: factory, group });
  });

  const reading = (values: readonly bigint[]) => ({ source: module, measure: MEASURE.ENERGY, values });

  it("takes what the module's own key signed, with time and sequence, whoever brings it", async () => {
    const { readings } = app.contracts;
    const signed = await actors.signBatch(module, reading([120n, 130n, 110n]));
    const outcome = await actors.bring([signed], "courier");
    const number = outcome.event("ReadingsPosted").args.reading;
    expect(await readings.read.readingOf({ reading: number }, await app.as("factory"))).to.include({
      ...{ source: module.id, speaker: module.id, sequence: 1, count: 3, min: 110n, max: 130n, total: 360n },
      ...{ from: Number(signed.batch.from), to: Number(signed.batch.to) },
    });
    await app.pass(3_600n);
    await actors.post(module, reading([90n]));
    expect(await readings.read.sequenceOf({ speaker: module.id })).to.equal(2n);
  });

  it("refuses a reading that was taken before, and one that jumps the sequence", async () => {
    const signed = await actors.signBatch(module, reading([120n]));
    await actors.bring([signed]);
    await expectRefusal(actors.bring([signed]), "DeviceReadingsOutOfSequence", {
      ...{ speaker: module.id, expected: 2n, given: 1n },
    });
    const ahead = await actors.signBatch(module, reading([120n]), { sequence: 4n });
    await expectRefusal(actors.bring([ahead]), "DeviceReadingsOutOfSequence", {
      ...{ speaker: module.id, expected: 2n, given: 4n },
    });
  });

  it("refuses a reading that was altered on its way", async () => {
    const { batch, signature, singles } = await actors.signBatch(module, reading([120n, 130n]));
    for (const altered of [{ max: 99n, min: 99n, total: 198n }, { to: batch.to - 1n }, { measure: MEASURE.LOAD }]) {
      const call = actors.bring([{ batch: { ...batch, ...altered }, signature, singles }]);
      await expectForged(call, app.address("press module"));
    }
    expect(await app.contracts.readings.read.count()).to.equal(0n);
  });

  it("refuses a device that is not registered, and a key that is not the device's", async () => {
    const stranger: Device = { name: "strange module", id: module.id + 1 };
    const unknown = await actors.signBatch(stranger, { ...reading([120n]), source: stranger });
    await expectRefusal(actors.bring([unknown]), "DeviceRegisterUnknown", { device: stranger.id });

    const forged = await actors.signBatch({ name: "strange module", id: module.id }, reading([120n]));
    await expectForged(actors.bring([forged]), app.address("press module"));
  });

  it("refuses a retired module, and the old key of one whose key was rotated", async () => {
    const { register } = app.contracts;
    const old = await actors.signBatch(module, reading([120n]));
    const possession = await actors.sign("press module, second key", "DeviceRegister", "Rotation", {
      ...{ device: BigInt(module.id), from: app.address("press module") },
    });
    await register.writeAndWait.rotateKey(
      { device: module.id, key: app.address("press module, second key"), possession },
      await app.as("factory"),
    );
    await expectForged(actors.bring([old]), app.address("press module, second key"));
    await actors.bring([await actors.signBatch({ ...module, name: "press module, second key" }, reading([120n]))]);

    await register.writeAndWait.retire({ device: module.id, reason: app.digest("scrapped") }, await app.as("factory"));
    const late = await actors.signBatch({ ...module, name: "press module, second key" }, reading([120n]));
    await expectRefusal(actors.bring([late]), "DeviceRegisterRetired", { device: module.id });
  });
});
