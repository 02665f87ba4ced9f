import { expect } from "chai";
import { zeroAddress } from "viem";
import { createDevicesActors, DeviceKind, NO_SIGNATURE } from "../../fixtures/devices-actors.ts";
import { expectForged, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

async function world() {
  const app = await loadDevicesApp();
  const actors = createDevicesActors(app);
  const owner = await actors.party("owner");
  const group = await actors.group(owner, "owner");
  const meter = await actors.enrol("meter", { kind: DeviceKind.METER, owner, group });
  const { register } = app.contracts;
  const possess = async (name: string, from: string, device = meter.id) =>
    await actors.sign(name, "DeviceRegister", "Rotation", { device: BigInt(device), from: app.address(from) });
  const rotate = async (name: string, possession = NO_SIGNATURE, by = "owner", device = meter.id) =>
    await register.writeAndWait.rotateKey({ device, key: app.address(name), possession }, await app.as(by));
  return { app, actors, owner, group, meter, register, possess, rotate };
}

describe("DeviceRegister.rotateKey", () => {
  it("given no device, a retired one, or a caller who does not act for the owner: refuses", async () => {
    const { app, owner, meter, register, rotate } = await world();
    await expectRefusal(rotate("new", NO_SIGNATURE, "owner", 9), "DeviceRegisterUnknown", { device: 9 });
    await expectRefusal(rotate("new", NO_SIGNATURE, "thief"), "PartyUserNotAgent", {
      ...{ party: owner, caller: app.address("thief") },
    });
    await register.writeAndWait.retire({ device: meter.id, reason: app.digest("old") }, await app.as("owner"));
    await expectRefusal(rotate("new"), "DeviceRegisterRetired", { device: meter.id });
  });

  it("given no key, or a device that has none of its own: refuses", async () => {
    const { app, actors, owner, group, meter, register, rotate } = await world();
    await expectRefusal(
      register.writeAndWait.rotateKey(
        { device: meter.id, key: zeroAddress, possession: NO_SIGNATURE },
        await app.as("owner"),
      ),
      "DeviceRegisterNoVoice",
      { gateway: 0, key: zeroAddress },
    );
    const gateway = await actors.enrol("collector", { kind: DeviceKind.COLLECTOR, owner, group });
    const sensor = await actors.enrol("sensor", { kind: DeviceKind.SENSOR, owner, group, gateway });
    await expectRefusal(rotate("new", NO_SIGNATURE, "owner", sensor.id), "DeviceRegisterNoVoice", {
      ...{ gateway: gateway.id, key: app.address("new") },
    });
  });

  it("given a key that a device has or had, or that did not sign: refuses", async () => {
    const { app, meter, possess, rotate } = await world();
    const taken = { key: app.address("meter"), device: meter.id };
    await expectRefusal(rotate("meter", await possess("meter", "meter")), "DeviceRegisterKeyTaken", taken);
    await expectForged(rotate("new", await possess("thief", "meter")), app.address("new"));
    await expectForged(rotate("new", await possess("new", "thief")), app.address("new"));
    await expectForged(rotate("new", await possess("new", "meter", 9)), app.address("new"));
    await rotate("new", await possess("new", "meter"));
    // The key before is never used again: what it signed stays the word of this device.
    await expectRefusal(rotate("meter", await possess("meter", "new")), "DeviceRegisterKeyTaken", taken);
  });

  it("given a new key that signed: the device speaks with it from now", async () => {
    const { app, group, meter, register, possess, rotate } = await world();
    await app.pass(60n);
    const [from, to] = [app.address("meter"), app.address("new")];
    const outcome = await rotate("new", await possess("new", "meter"));
    expectOwnEvents(outcome, [["DeviceKeyRotated", { device: meter.id, from, to }]]);
    expect(await register.read.deviceOf({ device: meter.id })).to.include({ key: to, keyFrom: await app.now() });
    expect(await register.read.voiceOf({ device: meter.id })).to.deep.equal({ speaker: meter.id, key: to, group });
    for (const key of [from, to]) expect(await register.read.deviceByKey({ key })).to.equal(meter.id);
  });
});
