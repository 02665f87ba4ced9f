import { expect } from "chai";
import { zeroHash } from "viem";
import { asset, batteryCode, createDevicesActors, DeviceKind, PAGE } from "../../fixtures/devices-actors.ts";
import { expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

const BATTERY = batteryCode(1);
const BOILER = asset("BOILER-1");

async function world() {
  const app = await loadDevicesApp();
  const actors = createDevicesActors(app);
  const owner = await actors.party("owner");
  const group = await actors.group(owner, "owner");
  const module = await actors.enrol("module", { kind: DeviceKind.MODULE, owner, group });
  const meter = await actors.enrol("meter", { kind: DeviceKind.METER, owner, group });
  const { register } = app.contracts;
  const bind = async (device: number, object = BATTERY, name = "owner") =>
    await register.writeAndWait.bind({ device, object }, await app.as(name));
  const unbind = async (device: number, name = "owner") =>
    await register.writeAndWait.unbind({ device }, await app.as(name));
  return { app, actors, owner, group, module, meter, register, bind, unbind };
}

describe("DeviceRegister.bind", () => {
  it("given no device, no object, or a caller who does not act for the owner: refuses", async () => {
    const { app, owner, module, bind } = await world();
    await expectRefusal(bind(9), "DeviceRegisterUnknown", { device: 9 });
    await expectRefusal(bind(module.id, BATTERY, "thief"), "PartyUserNotAgent", {
      ...{ party: owner, caller: app.address("thief") },
    });
    await expectRefusal(bind(module.id, zeroHash), "DeviceRegisterTargetMissing", { device: module.id });
  });

  it("given a bound device, or an object that has a module: refuses", async () => {
    const { actors, owner, group, module, bind } = await world();
    await bind(module.id);
    for (const object of [BATTERY, BOILER]) {
      await expectRefusal(bind(module.id, object), "DeviceRegisterBound", { device: module.id, object: BATTERY });
    }
    const second = await actors.enrol("second module", { kind: DeviceKind.MODULE, owner, group });
    await expectRefusal(bind(second.id), "DeviceRegisterBound", { device: module.id, object: BATTERY });
  });

  it("B-36: given a module and a battery: binds one to the other; meters may join it", async () => {
    const { app, module, meter, register, bind } = await world();
    const outcome = await bind(module.id);
    expectOwnEvents(outcome, [["DeviceBound", { device: module.id, object: BATTERY }]]);
    expect(await register.read.deviceOf({ device: module.id })).to.include({
      ...{ bound: BATTERY, boundFrom: await app.now() },
    });
    await bind(meter.id);
    expect(await register.read.moduleOf({ object: BATTERY })).to.equal(module.id);
    expect(await register.read.boundTo({ object: BATTERY, ...PAGE })).to.deep.equal({
      ...{ devices: [module.id, meter.id], next: 0n },
    });
    expect(await register.read.boundTo({ object: BATTERY, cursor: 0n, limit: 1n })).to.deep.equal({
      ...{ devices: [module.id], next: 1n },
    });
  });
});

describe("DeviceRegister.unbind", () => {
  it("given no device, nothing bound, or a caller who does not act for the owner: refuses", async () => {
    const { app, owner, module, bind, unbind } = await world();
    await expectRefusal(unbind(9), "DeviceRegisterUnknown", { device: 9 });
    await expectRefusal(unbind(module.id), "DeviceRegisterNotBound", { device: module.id });
    await bind(module.id);
    await expectRefusal(unbind(module.id, "thief"), "PartyUserNotAgent", {
      ...{ party: owner, caller: app.address("thief") },
    });
  });

  it("given a bound module: frees both, and keeps that they were bound", async () => {
    const { module, register, bind, unbind } = await world();
    await bind(module.id);
    expectOwnEvents(await unbind(module.id), [["DeviceUnbound", { device: module.id, object: BATTERY }]]);
    expect(await register.read.deviceOf({ device: module.id })).to.include({ bound: zeroHash, boundFrom: 0n });
    expect(await register.read.moduleOf({ object: BATTERY })).to.equal(0);
    expect((await register.read.boundTo({ object: BATTERY, ...PAGE })).devices).to.deep.equal([module.id]);
    await bind(module.id, BOILER);
    expect(await register.read.moduleOf({ object: BOILER })).to.equal(module.id);
  });
});
