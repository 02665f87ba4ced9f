import { DeviceStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { zeroAddress, zeroHash } from "viem";
import { createDevicesActors, DeviceKind, NO_DIGEST, NO_SIGNATURE } from "../../fixtures/devices-actors.ts";
import { expectForged, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

async function world() {
  const app = await loadDevicesApp();
  const actors = createDevicesActors(app);
  const owner = await actors.party("owner");
  const group = await actors.group(owner, "owner");
  const { register } = app.contracts;
  const enrol = async (order: Awaited<ReturnType<typeof actors.enrolment>>, name = "platform") =>
    await register.writeAndWait.enrol(order, await app.as(name));
  return { app, actors, owner, group, register, enrol };
}

describe("DeviceRegister.enrol", () => {
  it("given anybody but the platform: refuses", async () => {
    const { app, actors, owner, group, enrol } = await world();
    const order = await actors.enrolment("meter", { kind: DeviceKind.METER, owner, group });
    for (const name of ["owner", "regulator", "stranger"]) {
      await expectRefusal(enrol(order, name), "AccessManagedUnauthorized", { caller: app.address(name) });
    }
  });

  it("given no kind, owner, maker, fingerprint or group: refuses", async () => {
    const { actors, owner, group, enrol } = await world();
    const order = await actors.enrolment("meter", { kind: DeviceKind.METER, owner, group });
    const { filing } = order;
    for (const changes of [{ kind: DeviceKind.NONE }, { owner: 0 }, { maker: 0 }]) {
      await expectRefusal(enrol({ ...order, filing: { ...filing, ...changes } }), "DeviceRegisterIncomplete", {});
    }
    await expectRefusal(
      enrol({ ...order, filing: { ...filing, fingerprint: NO_DIGEST } }),
      "DigestsMissing",
      NO_DIGEST,
    );
    await expectRefusal(enrol({ ...order, filing: { ...filing, group: 9 } }), "ReadingGroupsUnknown", { group: 9 });
  });

  it("given a fingerprint or a key that another device has: refuses", async () => {
    const { app, actors, owner, group, enrol } = await world();
    const wish = { kind: DeviceKind.METER, owner, group };
    const { id } = await actors.enrol("meter", wish);
    const order = await actors.enrolment("meter", wish);
    await expectRefusal(enrol(order), "DeviceRegisterFingerprintTaken", { device: id });
    const fingerprint = app.digest("another fingerprint");
    await expectRefusal(enrol({ ...order, filing: { ...order.filing, fingerprint } }), "DeviceRegisterKeyTaken", {
      ...{ key: app.address("meter"), device: id },
    });
  });

  it("given neither key nor gateway, both, or a gateway that signs for nobody: refuses", async () => {
    const { app, actors, owner, group, register, enrol } = await world();
    const wish = { owner, group };
    const meter = await actors.enrol("meter", { kind: DeviceKind.METER, ...wish });
    const collector = await actors.enrol("collector", { kind: DeviceKind.COLLECTOR, ...wish });
    const mute = await actors.enrolment("mute", { kind: DeviceKind.SENSOR, ...wish, gateway: collector });
    const refuse = async (gateway: number, key: typeof zeroAddress) =>
      await expectRefusal(enrol({ ...mute, filing: { ...mute.filing, gateway, key } }), "DeviceRegisterNoVoice", {
        gateway,
        key,
      });
    await refuse(0, zeroAddress);
    await refuse(collector.id, app.address("mute") as typeof zeroAddress);
    await refuse(meter.id, zeroAddress); // a meter signs for itself alone
    await refuse(99, zeroAddress);
    await register.writeAndWait.retire({ device: collector.id, reason: app.digest("replaced") }, await app.as("owner"));
    await refuse(collector.id, zeroAddress);
  });

  it("given a key that did not sign this enrolment: refuses", async () => {
    const { app, actors, owner, group, enrol } = await world();
    const wish = { kind: DeviceKind.METER, owner, group };
    const order = await actors.enrolment("meter", wish);
    const { possession } = await actors.enrolment("thief", wish);
    await expectForged(enrol({ ...order, possession }), app.address("meter"));
    // What it signed for one owner brings it to no other.
    await expectForged(enrol({ ...order, filing: { ...order.filing, owner: owner + 1 } }), app.address("meter"));
    await expectRefusal(enrol({ ...order, possession: NO_SIGNATURE }), "SaltedEIP712UnsupportedAlgorithm", {
      algorithm: NO_SIGNATURE.algorithm,
    });
  });

  it("given a device with a key: enrols it, with the key's word", async () => {
    const { app, actors, owner, group, register, enrol } = await world();
    const maker = await actors.party("maker");
    const kind = DeviceKind.METER;
    const order = await actors.enrolment("meter", { kind, owner, group, maker });
    const key = app.address("meter");
    const { fingerprint } = order.filing;
    expectOwnEvents(await enrol(order), [["DeviceEnrolled", { device: 1, owner, group, kind, key, fingerprint }]]);
    const now = await app.now();
    expect(await register.read.deviceOf({ device: 1 })).to.deep.equal({
      ...{ kind, status: DeviceStatus.ENROLLED, maker, owner, group, gateway: 0, enrolledAt: now, key, keyFrom: now },
      ...{ identity: zeroHash, bound: zeroHash, boundFrom: 0n, maxError: 0, calibratedUntil: 0n, fingerprint },
    });
    expect(await register.read.deviceByKey({ key })).to.equal(1);
    expect(await register.read.count()).to.equal(1n);
    expect(await register.read.voiceOf({ device: 1 })).to.deep.equal({ speaker: 1, key, group });
  });

  it("given a device without a key: its collector speaks for it, until the collector is retired", async () => {
    const { app, actors, owner, group, register } = await world();
    const collector = await actors.enrol("collector", { kind: DeviceKind.COLLECTOR, owner, group });
    const sensor = await actors.enrol("sensor", { kind: DeviceKind.SENSOR, owner, group, gateway: collector });
    const key = app.address("collector");
    expect(await register.read.voiceOf({ device: sensor.id })).to.deep.equal({ speaker: collector.id, key, group });
    await register.writeAndWait.retire({ device: collector.id, reason: app.digest("old") }, await app.as("owner"));
    await expectRefusal(register.read.voiceOf({ device: sensor.id }), "DeviceRegisterRetired", {
      device: collector.id,
    });
    await expectRefusal(register.read.voiceOf({ device: 9 }), "DeviceRegisterUnknown", { device: 9 });
    await expectRefusal(register.read.deviceOf({ device: 9 }), "DeviceRegisterUnknown", { device: 9 });
  });
});
