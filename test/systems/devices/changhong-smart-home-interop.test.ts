import { RunStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import {
  createDevicesActors,
  type Device,
  DeviceKind,
  type DevicesActors,
  MEASURE,
  PartyRole,
} from "../../fixtures/devices-actors.ts";
import { type DevicesApp, expectForged, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { system } from "../../helpers/system.ts";

system("changhong-smart-home-interop", () => {
  let app: DevicesApp;
  let actors: DevicesActors;
  let vendors: { lock: number; lights: number };
  let lock: Device;
  let lamp: Device;
  let heater: Device;
  let linkage: bigint;

  /** A door lock of one vendor; a lamp and a heater of another. When somebody comes home: light first, then warmth. */
  beforeEach(async () => {
    app = await loadDevicesApp();
    actors = createDevicesActors(app);
    const makers = [PartyRole.DEVICE_MAKER];
    vendors = { lock: await actors.party("lock vendor", makers), lights: await actors.party("light vendor", makers) };
    const home = await actors.group(vendors.lock, "lock vendor", "home of the Lis");
    const of = (owner: number) => ({ owner, group: home });
    lock = await actors.enrol("lock", { kind: DeviceKind.SENSOR, ...of(vendors.lock) });
    lamp = await actors.enrol("lamp", { kind: DeviceKind.ACTUATOR, ...of(vendors.lights) });
    heater = await actors.enrol("heater", { kind: DeviceKind.ACTUATOR, ...of(vendors.lights) });
    const proposed = await app.contracts.linkages.writeAndWait.propose(
      {
        ...{ by: vendors.lock, user: app.address("Li"), maxAge: 300n },
        conditions: [{ device: lock.id, measure: MEASURE.PRESENCE, above: true, threshold: 0n }],
        steps: [
          { device: lamp.id, action: app.digest("switch on") },
          { device: heater.id, action: app.digest("heat to 21") },
        ],
      },
      await app.as("lock vendor"),
    );
    linkage = proposed.event("LinkageProposed").args.linkage;
  });

  const authorise = async (vendor: keyof typeof vendors, authorised = true) =>
    await app.contracts.linkages.writeAndWait.authorise(
      { linkage, vendor: vendors[vendor], authorised },
      await app.as(vendor === "lock" ? "lock vendor" : "light vendor"),
    );
  const authoriseAll = async () => {
    await authorise("lock");
    await authorise("lights");
    await app.contracts.linkages.writeAndWait.authoriseAsUser({ linkage, authorised: true }, await app.as("Li"));
  };
  const comeHome = async () => {
    await app.pass(600n);
    const now = await app.now();
    return await actors.post(lock, { source: lock, measure: MEASURE.PRESENCE, values: [1n], from: now, to: now });
  };
  const trigger = async (reading: number) =>
    await app.contracts.linkages.writeAndWait.trigger({ linkage, batches: [reading] }, await app.as("courier"));
  const report = async (run: bigint, step: number, by: Device, action: string) => {
    const at = await app.now();
    const signature = await actors.sign(by.name, "LinkageDesk", "StepDone", {
      ...{ run, step, action: app.digest(action).value, at },
    });
    return await app.contracts.linkages.writeAndWait.reportStep({ run, step, at, signature }, await app.as("courier"));
  };

  it("runs only when both vendors and the user authorised it", async () => {
    const { linkages } = app.contracts;
    const reading = await comeHome();
    await expectRefusal(trigger(reading), "LinkageDeskNotAuthorised", { linkage, vendor: 0 });
    await linkages.writeAndWait.authoriseAsUser({ linkage, authorised: true }, await app.as("Li"));
    await expectRefusal(trigger(reading), "LinkageDeskNotAuthorised", { linkage, vendor: vendors.lock });
    await authorise("lock");
    await expectRefusal(trigger(reading), "LinkageDeskNotAuthorised", { linkage, vendor: vendors.lights });
    await authorise("lights");
    expect((await trigger(reading)).event("LinkageTriggered").args).to.include({ linkage, trigger: reading });
  });

  it("takes nobody's authorisation for another's", async () => {
    const { linkages } = app.contracts;
    const foreign = linkages.writeAndWait.authorise(
      { linkage, vendor: vendors.lights, authorised: true },
      await app.as("lock vendor"),
    );
    await expectRefusal(foreign, "PartyUserNotAgent", { party: vendors.lights, caller: app.address("lock vendor") });
    const asUser = linkages.writeAndWait.authoriseAsUser({ linkage, authorised: true }, await app.as("lock vendor"));
    await expectRefusal(asUser, "LinkageDeskNotUser", { linkage, caller: app.address("lock vendor") });
  });

  it("records each step that its device did, in the order agreed, and lets none be skipped", async () => {
    const { linkages } = app.contracts;
    await authoriseAll();
    const { run } = (await trigger(await comeHome())).event("LinkageTriggered").args;
    await expectRefusal(report(run, 1, heater, "heat to 21"), "LinkageDeskOutOfOrder", { run, expected: 0, given: 1 });
    await report(run, 0, lamp, "switch on");
    await expectRefusal(report(run, 0, lamp, "switch on"), "LinkageDeskOutOfOrder", { run, expected: 1, given: 0 });
    await report(run, 1, heater, "heat to 21");

    expect(await linkages.read.runOf({ run })).to.include({ status: RunStatus.COMPLETED, done: 2 });
    const done = await linkages.events.LinkageStepDone.get({ args: { run } });
    expect(done.map(({ args }) => [args.step, args.device])).to.deep.equal([
      [0, lamp.id],
      [1, heater.id],
    ]);
  });

  it("believes a step only from the device that was to do it, and only the action agreed", async () => {
    await authoriseAll();
    const { run } = (await trigger(await comeHome())).event("LinkageTriggered").args;
    await expectForged(report(run, 0, heater, "switch on"), app.address("lamp"));
    await expectForged(report(run, 0, lamp, "switch off"), app.address("lamp"));
  });

  it("runs once for a reading, for a fresh one that meets the condition, and stops when an authorisation is taken back", async () => {
    await authoriseAll();
    const reading = await comeHome();
    const { run } = (await trigger(reading)).event("LinkageTriggered").args;
    await expectRefusal(trigger(reading), "LinkageDeskTriggered", { reading });
    await authorise("lights", false);
    await expectRefusal(report(run, 0, lamp, "switch on"), "LinkageDeskNotAuthorised", {
      ...{ linkage, vendor: vendors.lights },
    });
    await authorise("lights");

    const old = await comeHome();
    await app.pass(301n);
    await expectRefusal(trigger(old), "LinkageDeskConditionNotMet", { condition: 0n, reading: old });
    await app.pass(600n);
    const now = await app.now();
    const away = await actors.post(lock, {
      ...{ source: lock, measure: MEASURE.PRESENCE, values: [0n], from: now, to: now },
    });
    await expectRefusal(trigger(away), "LinkageDeskConditionNotMet", { condition: 0n, reading: away });
  });
});
