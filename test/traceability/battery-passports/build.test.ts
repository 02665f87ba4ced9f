import { expect } from "chai";
import { zeroHash } from "viem";
import { BATTERY, type Batteries, loadBatteries, UNKNOWN } from "../../fixtures/batteries.ts";
import { batteryCode } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

const PACK = BATTERY;
const MODULE = batteryCode(2, "M");
const CELL = batteryCode(3, "C");

describe("BatteryPassports.build", () => {
  const builder =
    ({ app, passports }: Batteries) =>
    async (part: typeof PACK, whole: typeof PACK, name = "operator") =>
      await passports.writeAndWait.build({ part, whole }, await app.as(name));

  it("given no passport, or a caller who does not answer for both: refuses", async () => {
    const batteries = await loadBatteries();
    const { app, issue, operator, other } = batteries;
    const build = builder(batteries);
    await expectRefusal(build(MODULE, PACK), "BatteryPassportsUnknown", { battery: MODULE });
    await issue({ battery: MODULE });
    await expectRefusal(build(MODULE, UNKNOWN), "BatteryPassportsUnknown", { battery: UNKNOWN });
    await issue({ battery: PACK, operator: other, owner: other }, "other");
    await expectRefusal(build(MODULE, PACK), "PartyUserNotAgent", {
      ...{ party: other, caller: app.address("operator") },
    });
    await expectRefusal(build(MODULE, PACK, "other"), "PartyUserNotAgent", {
      ...{ party: operator, caller: app.address("other") },
    });
  });

  it("B-35: given a part that is no smaller than the whole, is built in already, or is in nothing: refuses", async () => {
    const batteries = await loadBatteries();
    const { issue } = batteries;
    const build = builder(batteries);
    for (const battery of [PACK, MODULE, CELL, batteryCode(4), batteryCode(5, "M")]) await issue({ battery });
    for (const [part, whole] of [
      [PACK, PACK],
      [PACK, MODULE],
      [MODULE, CELL],
      [MODULE, batteryCode(5, "M")],
      [MODULE, zeroHash],
    ] as const) {
      await expectRefusal(build(part, whole), "BatteryPassportsMisfit", { part, whole });
    }
    await build(MODULE, PACK);
    const whole = batteryCode(4);
    await expectRefusal(build(MODULE, whole), "BatteryPassportsMisfit", { part: MODULE, whole });
  });

  it("B-35: given a cell, a module and a pack: builds them in, and takes them out again", async () => {
    const batteries = await loadBatteries();
    const { issue, passports } = batteries;
    const build = builder(batteries);
    for (const battery of [PACK, MODULE, CELL]) await issue({ battery });
    for (const [part, whole] of [
      [CELL, MODULE],
      [MODULE, PACK],
      [CELL, zeroHash],
      [CELL, PACK],
    ] as const) {
      expectOwnEvents(await build(part, whole), [["BatteryBuiltIn", { part, whole }]]);
      expect((await passports.read.batteryOf({ battery: part })).partOf).to.equal(whole);
    }
  });
});
