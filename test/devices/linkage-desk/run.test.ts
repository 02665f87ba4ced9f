import { RunStatus, SignatureAlgorithm } from "@banyan/trace-common/client";
import { expect } from "chai";
import { NO_SIGNATURE } from "../../fixtures/devices-actors.ts";
import { expectForged, expectRefusal } from "../../fixtures/devices-app.ts";
import { loadLinkages } from "../../fixtures/linkages.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

/** A run that has begun. */
async function world(...clock: Parameters<typeof loadLinkages>) {
  const linkages = await loadLinkages(...clock);
  await linkages.propose();
  await linkages.authoriseAll();
  await linkages.trigger(await linkages.read(1n, 1_700n));
  const startedAt = await linkages.app.now();
  await linkages.app.pass(10n);
  return { ...linkages, startedAt };
}

describe("LinkageDesk.reportStep", () => {
  it("given no run, or a step that is not the next: refuses", async () => {
    const { lamp, heater, report } = await world();
    await expectRefusal(report(0, lamp, "switch on", undefined, 2n), "LinkageDeskUnknown", { id: 2n });
    await expectRefusal(report(1, heater, "heat to 21"), "LinkageDeskOutOfOrder", { run: 1n, expected: 0, given: 1 });
    await report(0, lamp, "switch on");
    await expectRefusal(report(0, lamp, "switch on"), "LinkageDeskOutOfOrder", { run: 1n, expected: 1, given: 0 });
  });

  it("given a vendor or the user that took its word back: waits until it is given again", async () => {
    const { lamp, lights, authorise, authoriseAsUser, report } = await world();
    await authorise(lights, "lights", false);
    await expectRefusal(report(0, lamp, "switch on"), "LinkageDeskNotAuthorised", { linkage: 1n, vendor: lights });
    await authorise(lights, "lights");
    await authoriseAsUser(false);
    await expectRefusal(report(0, lamp, "switch on"), "LinkageDeskNotAuthorised", { linkage: 1n, vendor: 0 });
    await authoriseAsUser();
    await report(0, lamp, "switch on");
  });

  byEachClock((clock) => {
    it("given a step done before the run, or in the future: refuses; in its first second, or this one: takes it", async () => {
      const { app, lamp, heater, report, startedAt } = await world(clock);
      const early = startedAt - 1n;
      await expectRefusal(report(0, lamp, "switch on", early), "LinkageDeskWrongTime", { at: early });
      await report(0, lamp, "switch on", startedAt);
      await app.as("courier");
      const next = (await app.now()) + 10n;
      await app.nextAt(next);
      const ahead = report(1, heater, "heat to 21", next + 1n);
      await expectRefusal(ahead, "LinkageDeskWrongTime", { at: next + 1n });
      await app.nextAt(next + 1n);
      await report(1, heater, "heat to 21", next + 1n);
    });
  });

  it("given another device's signature, none, or one of another action: refuses", async () => {
    const { app, lamp, heater, linkages, report } = await world();
    await expectForged(report(0, heater, "switch on"), app.address("lamp"));
    await expectForged(report(0, lamp, "switch off"), app.address("lamp"));
    const step = { run: 1n, step: 0, at: await app.now(), signature: NO_SIGNATURE };
    await expectRefusal(
      linkages.writeAndWait.reportStep(step, await app.as("courier")),
      "SaltedEIP712UnsupportedAlgorithm",
      { algorithm: SignatureAlgorithm.NONE },
    );
  });

  it("given a device that was retired: refuses", async () => {
    const { app, lamp, report } = await world();
    const reason = app.digest("broken");
    await app.contracts.register.writeAndWait.retire({ device: lamp.id, reason }, await app.as("regulator"));
    await expectRefusal(report(0, lamp, "switch on"), "DeviceRegisterRetired", { device: lamp.id });
  });

  it("given each step by its device, in their order: the run is completed with the last, and over", async () => {
    const { app, lamp, heater, linkages, report } = await world();
    const first = await app.now();
    expectOwnEvents(await report(0, lamp, "switch on", first), [
      ["LinkageStepDone", { run: 1n, step: 0, device: lamp.id, at: first }],
    ]);
    expect(await linkages.read.runOf({ run: 1n })).to.include({ status: RunStatus.RUNNING, done: 1 });
    const second = await app.now();
    expectOwnEvents(await report(1, heater, "heat to 21", second), [
      ["LinkageStepDone", { run: 1n, step: 1, device: heater.id, at: second }],
      ["LinkageEnded", { run: 1n, status: RunStatus.COMPLETED }],
    ]);
    expect(await linkages.read.runOf({ run: 1n })).to.include({ status: RunStatus.COMPLETED, done: 2 });
    await expectRefusal(report(2, lamp, "switch on"), "LinkageDeskRunOver", { run: 1n, status: RunStatus.COMPLETED });
  });
});

describe("LinkageDesk.abort", () => {
  it("given no run, or somebody who is not the user: refuses", async () => {
    const { app, abort } = await world();
    await expectRefusal(abort(2n), "LinkageDeskUnknown", { id: 2n });
    await expectRefusal(abort(1n, "locks"), "LinkageDeskNotUser", { linkage: 1n, caller: app.address("locks") });
  });

  it("given the user: ends the run, which takes no step any more, once", async () => {
    const { lamp, linkages, abort, report } = await world();
    const status = RunStatus.ABORTED;
    expectOwnEvents(await abort(), [["LinkageEnded", { run: 1n, status }]]);
    expect(await linkages.read.runOf({ run: 1n })).to.include({ status, done: 0 });
    await expectRefusal(report(0, lamp, "switch on"), "LinkageDeskRunOver", { run: 1n, status });
    await expectRefusal(abort(), "LinkageDeskRunOver", { run: 1n, status });
  });
});
