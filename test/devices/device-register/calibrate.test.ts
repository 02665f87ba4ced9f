import { expect } from "chai";
import { createDevicesActors, DeviceKind, NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

async function world(...clock: Parameters<typeof loadDevicesApp>) {
  const app = await loadDevicesApp(...clock);
  const actors = createDevicesActors(app);
  const owner = await actors.party("owner");
  const group = await actors.group(owner, "owner");
  const sensor = await actors.enrol("sensor", { kind: DeviceKind.SENSOR, owner, group });
  const { register } = app.contracts;
  await app.as("auditor");
  const certificate = app.digest("certificate");
  const calibrate = async (validUntil: bigint, changes: { device?: number; certificate?: typeof certificate } = {}) =>
    await register.writeAndWait.calibrate(
      { device: sensor.id, maxError: 30, validUntil, certificate, ...changes },
      await app.as("auditor"),
    );
  return { app, sensor, register, certificate, calibrate };
}

describe("DeviceRegister.calibrate", () => {
  it("given somebody who is no auditor, the owner included: refuses", async () => {
    const { app, sensor, register, certificate } = await world();
    for (const name of ["owner", "platform"]) {
      const record = { device: sensor.id, maxError: 30, validUntil: (await app.now()) + 1_000n, certificate };
      await expectRefusal(register.writeAndWait.calibrate(record, await app.as(name)), "AccessManagedUnauthorized", {
        caller: app.address(name),
      });
    }
  });

  it("given a device that is none or retired, or no certificate: refuses", async () => {
    const { app, sensor, register, calibrate } = await world();
    const until = (await app.now()) + 1_000n;
    await expectRefusal(calibrate(until, { device: 9 }), "DeviceRegisterUnknown", { device: 9 });
    await expectRefusal(calibrate(until, { certificate: NO_DIGEST }), "DigestsMissing", NO_DIGEST);
    await register.writeAndWait.retire({ device: sensor.id, reason: app.digest("broken") }, await app.as("regulator"));
    await expectRefusal(calibrate(until), "DeviceRegisterRetired", { device: sensor.id });
  });

  byEachClock((clock) => {
    it("C-35: given a calibration that is over this second: refuses; one that is over the next: keeps it", async () => {
      const { app, sensor, register, certificate, calibrate } = await world(clock);
      const timestamp = (await app.now()) + 100n;
      await app.nextAt(timestamp);
      await expectRefusal(calibrate(timestamp), "DeviceRegisterCalibrationOver", { validUntil: timestamp, timestamp });
      await app.nextAt(timestamp + 1n);
      const validUntil = timestamp + 2n;
      expectOwnEvents(await calibrate(validUntil), [
        ["DeviceCalibrated", { device: sensor.id, maxError: 30, validUntil, certificate }],
      ]);
      expect(await register.read.deviceOf({ device: sensor.id })).to.include({
        ...{ maxError: 30, calibratedUntil: validUntil },
      });
    });
  });
});
