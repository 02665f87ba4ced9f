import { DeviceStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { zeroHash } from "viem";
import { asset, createDevicesActors, DeviceKind, NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

const BOILER = asset("BOILER-1");

async function world() {
  const app = await loadDevicesApp();
  const actors = createDevicesActors(app);
  const owner = await actors.party("owner");
  const buyer = await actors.party("buyer");
  const group = await actors.group(owner, "owner");
  const module = await actors.enrol("module", { kind: DeviceKind.MODULE, owner, group });
  return { app, owner, buyer, module, register: app.contracts.register };
}

describe("DeviceRegister.handOver", () => {
  it("given no device, no new owner, or a caller who does not act for the owner: refuses", async () => {
    const { app, owner, buyer, module, register } = await world();
    const handOver = async (device: number, to: number, name = "owner") =>
      await register.writeAndWait.handOver({ device, to }, await app.as(name));
    await expectRefusal(handOver(9, buyer), "DeviceRegisterUnknown", { device: 9 });
    await expectRefusal(handOver(module.id, 0), "DeviceRegisterTargetMissing", { device: module.id });
    await expectRefusal(handOver(module.id, buyer, "buyer"), "PartyUserNotAgent", {
      ...{ party: owner, caller: app.address("buyer") },
    });
  });

  it("given a new owner: the device is his, and no longer the other's", async () => {
    const { app, owner, buyer, module, register } = await world();
    const args = { device: module.id, to: buyer };
    const outcome = await register.writeAndWait.handOver(args, await app.as("owner"));
    expectOwnEvents(outcome, [["DeviceHandedOver", { device: module.id, from: owner, to: buyer }]]);
    expect((await register.read.deviceOf({ device: module.id })).owner).to.equal(buyer);
    await expectRefusal(register.writeAndWait.handOver(args, await app.as("owner")), "PartyUserNotAgent", {
      ...{ party: buyer, caller: app.address("owner") },
    });
  });
});

describe("DeviceRegister.retire", () => {
  it("given no device, no reason, or neither owner nor regulator: refuses", async () => {
    const { app, owner, module, register } = await world();
    const retire = async (name: string, device = module.id, reason = app.digest("lost")) =>
      await register.writeAndWait.retire({ device, reason }, await app.as(name));
    await expectRefusal(retire("owner", 9), "DeviceRegisterUnknown", { device: 9 });
    await expectRefusal(retire("buyer"), "PartyUserNotAgent", { party: owner, caller: app.address("buyer") });
    await expectRefusal(retire("owner", module.id, NO_DIGEST), "DigestsMissing", NO_DIGEST);
    await retire("owner");
    await expectRefusal(retire("owner"), "DeviceRegisterRetired", { device: module.id });
  });

  it("given a bound module that owner or regulator retires: frees what it was bound to, for good", async () => {
    for (const name of ["owner", "regulator"]) {
      const { app, module, register } = await world();
      await register.writeAndWait.bind({ device: module.id, object: BOILER }, await app.as("owner"));
      const reason = app.digest("broken");
      const outcome = await register.writeAndWait.retire({ device: module.id, reason }, await app.as(name));
      expectOwnEvents(outcome, [
        ["DeviceUnbound", { device: module.id, object: BOILER }],
        ["DeviceRetired", { device: module.id, reason }],
      ]);
      expect(await register.read.deviceOf({ device: module.id })).to.include({
        ...{ status: DeviceStatus.RETIRED, bound: zeroHash },
      });
      expect(await register.read.moduleOf({ object: BOILER })).to.equal(0);
      await expectRefusal(register.read.voiceOf({ device: module.id }), "DeviceRegisterRetired", {
        device: module.id,
      });
    }
  });
});
