import { expect } from "chai";
import { type Address, type Hex, zeroHash } from "viem";
import {
  asset,
  batteryCode,
  createDevicesActors,
  DeviceKind,
  NO_DIGEST,
  NOBODY,
  PAGE,
} from "../../fixtures/devices-actors.ts";
import { type DevicesApp, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
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
  await issue(app, BATTERY, owner, group);
  const bind = async (device: number, object = BATTERY, name = "owner") =>
    await register.writeAndWait.bind({ device, object }, await app.as(name));
  const unbind = async (device: number, name = "owner") =>
    await register.writeAndWait.unbind({ device }, await app.as(name));
  return { app, actors, owner, group, module, meter, register, bind, unbind };
}

/** An operator issues the passport of a battery that is its own. */
async function issue(app: DevicesApp, battery: Hex, operator: number, group: number, name = "owner") {
  const fields = [app.digest("public fields"), NO_DIGEST, NO_DIGEST] as const;
  const filing = { battery, operator, owner: operator, group, ratedWh: 1_440, fields };
  await app.contracts.passports.writeAndWait.issue({ filing }, await app.as(name));
}

describe("DeviceRegister.setBindingRule", () => {
  it("given a caller who is not the administrator: refuses; else asks the contract named, or nobody", async () => {
    const { app, actors, owner, group, register, bind } = await world();
    const set = async (rule: Address, sender: { readonly account: Address }) =>
      await register.writeAndWait.setBindingRule({ rule }, sender);
    await expectRefusal(set(NOBODY, await app.as("platform")), "AccessManagedUnauthorized", {
      caller: app.address("platform"),
    });
    const { address } = app.contracts.passports;
    expect((await register.read.bindingRule()).toLowerCase()).to.equal(address.toLowerCase());
    expectOwnEvents(await set(NOBODY, app.administrator), [["BindingRuleSet", { rule: NOBODY }]]);
    const other = await actors.enrol("other", { kind: DeviceKind.MODULE, owner, group });
    await bind(other.id, batteryCode(2));
    expect(await register.read.moduleOf({ object: batteryCode(2) })).to.equal(other.id);
  });
});

describe("DeviceRegister.bind", () => {
  it("B-36: given a battery without a passport, or of another: refuses; its owner, who is not its operator, may", async () => {
    const { app, actors, owner, group, module, meter, register, bind } = await world();
    const object = batteryCode(2);
    await expectRefusal(bind(module.id, object), "DeviceRegisterForeignObject", { object, owner });
    const operator = await actors.party("operator");
    await issue(app, object, operator, group, "operator");
    for (const device of [module.id, meter.id]) {
      await expectRefusal(bind(device, object), "DeviceRegisterForeignObject", { object, owner });
    }
    await app.contracts.passports.writeAndWait.transfer({ battery: object, to: owner }, await app.as("operator"));
    await bind(module.id, object);
    expect(await register.read.moduleOf({ object })).to.equal(module.id);
  });

  it("B-36: given a battery that was sold with a module of the one who sold it: the module makes room for the buyer's", async () => {
    const { app, actors, owner, group, module, register, bind } = await world();
    await bind(module.id);
    const buyer = await actors.party("buyer");
    const next = await actors.enrol("next", { kind: DeviceKind.MODULE, owner: buyer, group });
    await expectRefusal(bind(next.id, BATTERY, "buyer"), "DeviceRegisterForeignObject", {
      ...{ object: BATTERY, owner: buyer },
    });
    const { passports } = app.contracts;
    await passports.writeAndWait.transfer({ battery: BATTERY, to: buyer }, await app.as("owner"));
    // Who answers for it still reads it by a module of its own.
    await expectRefusal(bind(next.id, BATTERY, "buyer"), "DeviceRegisterBound", { device: module.id, object: BATTERY });
    await register.writeAndWait.handOver(
      { device: module.id, to: await actors.party("junkyard") },
      await app.as("owner"),
    );
    expectOwnEvents(await bind(next.id, BATTERY, "buyer"), [
      ["DeviceUnbound", { device: module.id, object: BATTERY }],
      ["DeviceBound", { device: next.id, object: BATTERY }],
    ]);
    expect(await register.read.moduleOf({ object: BATTERY })).to.equal(next.id);
    expect(await register.read.deviceOf({ device: module.id })).to.include({
      bound: zeroHash,
      boundFrom: 0n,
      owner: 3,
    });
    expect(owner).to.equal(1);
  });

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
    const page = async (cursor: bigint, limit: bigint) =>
      await register.read.boundTo({ object: BATTERY, cursor, limit });
    await expectRefusal(page(0n, 0n), "PagingLimitOutOfRange", { limit: 0n, max: 100n });
    await expectRefusal(page(3n, 1n), "PagingOffsetOutOfRange", { offset: 3n, length: 2n });
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
