import { expect } from "chai";
import type { Hex } from "viem";
import { LIMITS, loadAlarms } from "../../fixtures/alarms.ts";
import { DeviceKind, MEASURE, NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

describe("AlarmDesk.setStrategy", () => {
  it("given somebody who is no strategist, the group's owner included: refuses", async () => {
    const { app, set } = await loadAlarms();
    for (const name of ["owner", "stranger"]) {
      await expectRefusal(set({}, 0, name), "AccessManagedUnauthorized", { caller: app.address(name) });
    }
  });

  it("given a group or a device that is none, or a device of another group: refuses", async () => {
    const { actors, group, other, reader, set } = await loadAlarms();
    await expectRefusal(set({}, 0, "bureau", 9), "ReadingGroupsUnknown", { group: 9 });
    await expectRefusal(set({}, 9), "DeviceRegisterUnknown", { device: 9 });
    const foreign = await actors.enrol("foreign", { kind: DeviceKind.METER, owner: reader, group: other });
    await expectRefusal(set({}, foreign.id), "AlarmDeskForeignDevice", { device: foreign.id, group });
  });

  it("given an empty range, no measure or no source: refuses; a range of one value is none of these", async () => {
    const { app, alarms, group, set, source } = await loadAlarms();
    await expectRefusal(set({ lower: 6n, upper: 5n }), "AlarmDeskInvalidRange", { lower: 6n, upper: 5n });
    const rest = { group, device: 0, lower: 5n, upper: 5n };
    const none: Hex = `0x${"00".repeat(16)}`;
    const bureau = await app.as("bureau");
    const nameless = alarms.writeAndWait.setStrategy({ ...rest, measure: none, source }, bureau);
    await expectRefusal(nameless, "AlarmDeskInvalidRange", { lower: 5n, upper: 5n });
    const sourceless = alarms.writeAndWait.setStrategy({ ...rest, measure: MEASURE.LOAD, source: NO_DIGEST }, bureau);
    await expectRefusal(sourceless, "DigestsMissing", NO_DIGEST);
    await set({ lower: 5n, upper: 5n });
  });

  it("given limits of a group, then others: keeps both, and the last is in force", async () => {
    const { app, alarms, group, meter, set, source } = await loadAlarms();
    const rest = { group, device: 0, measure: MEASURE.LOAD };
    expectOwnEvents(await set(), [["StrategySet", { ...rest, version: 1, ...LIMITS, source }]]);
    const first = await app.now();
    const next = { lower: -5n, upper: 90n };
    expectOwnEvents(await set(next), [["StrategySet", { ...rest, version: 2, ...next, source }]]);
    const second = await app.now();
    expect(await alarms.read.strategyAt({ ...rest, version: 1 })).to.deep.equal({ ...LIMITS, from: first, source });
    expect(await alarms.read.strategyAt({ ...rest, version: 2 })).to.deep.equal({ ...next, from: second, source });
    for (const version of [0, 3]) {
      await expectRefusal(alarms.read.strategyAt({ ...rest, version }), "AlarmDeskUnknownVersion", { version });
    }
    for (const device of [0, meter.id]) {
      expect(await alarms.read.strategyOf({ ...rest, device })).to.deep.equal({
        ...{ version: 2, ofDevice: false, strategy: { ...next, from: second, source } },
      });
    }
  });

  it("given limits of a device: they are in force for it, those of the group for the others", async () => {
    const { alarms, group, meter, set } = await loadAlarms();
    const rest = { group, measure: MEASURE.LOAD };
    expect((await alarms.read.strategyOf({ ...rest, device: meter.id })).version).to.equal(0);
    await set({ upper: 40n }, meter.id);
    expect(await alarms.read.strategyOf({ ...rest, device: 0 })).to.deep.include({ version: 0, ofDevice: false });
    await set();
    const own = await alarms.read.strategyOf({ ...rest, device: meter.id });
    expect([own.ofDevice, own.strategy.upper]).to.deep.equal([true, 40n]);
    const groups = await alarms.read.strategyOf({ ...rest, device: 77 });
    expect([groups.ofDevice, groups.strategy.upper]).to.deep.equal([false, LIMITS.upper]);
  });
});
