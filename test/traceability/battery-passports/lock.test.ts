import { expect } from "chai";
import { zeroAddress } from "viem";
import { BATTERY, loadBatteries, UNKNOWN } from "../../fixtures/batteries.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

describe("BatteryPassports.lock, unlock and setKeeper", () => {
  it("given anybody but the contracts that keep batteries: refuse", async () => {
    const { app, issue, passports, lender } = await loadBatteries();
    await issue();
    for (const name of ["operator", "lender", "platform", "regulator"]) {
      const caller = app.address(name);
      const as = await app.as(name);
      const refuse = async (action: Promise<unknown>) =>
        await expectRefusal(action, "AccessManagedUnauthorized", { caller });
      await refuse(passports.writeAndWait.lock({ battery: BATTERY, lender }, as));
      await refuse(passports.writeAndWait.unlock({ battery: BATTERY, lender }, as));
      await refuse(passports.writeAndWait.setKeeper({ battery: BATTERY, keeper: caller }, as));
    }
  });

  it("given no passport: refuse", async () => {
    const { app, passports, ledger, lock, lender } = await loadBatteries();
    await ledger("ledger");
    const as = await app.as("ledger");
    const args = { battery: UNKNOWN };
    await expectRefusal(lock("ledger", UNKNOWN), "BatteryPassportsUnknown", args);
    await expectRefusal(passports.writeAndWait.unlock({ ...args, lender }, as), "BatteryPassportsUnknown", args);
    const keeper = app.address("rider");
    await expectRefusal(passports.writeAndWait.setKeeper({ ...args, keeper }, as), "BatteryPassportsUnknown", args);
  });

  it("given a battery that is locked, or an unlocking for another lender: refuse", async () => {
    const { app, issue, passports, ledger, lock, lender, other } = await loadBatteries();
    await issue();
    await ledger("ledger");
    const unlock = async (by: number) =>
      await passports.writeAndWait.unlock({ battery: BATTERY, lender: by }, await app.as("ledger"));
    for (const by of [0, lender]) {
      await expectRefusal(unlock(by), "BatteryPassportsNotLocked", { battery: BATTERY, lender: 0 });
    }
    await lock("ledger");
    await expectRefusal(lock("ledger"), "BatteryPassportsLocked", { battery: BATTERY, lender });
    await expectRefusal(unlock(other), "BatteryPassportsNotLocked", { battery: BATTERY, lender });
  });

  it("given a lender: locks, and unlocks for the same lender", async () => {
    const { app, issue, passports, ledger, lock, lender } = await loadBatteries();
    await issue();
    await ledger("ledger");
    expectOwnEvents(await lock("ledger"), [["BatteryLocked", { battery: BATTERY, lender }]]);
    expect((await passports.read.batteryOf({ battery: BATTERY })).lender).to.equal(lender);
    const unlocked = await passports.writeAndWait.unlock({ battery: BATTERY, lender }, await app.as("ledger"));
    expectOwnEvents(unlocked, [["BatteryLocked", { battery: BATTERY, lender: 0 }]]);
    expect((await passports.read.batteryOf({ battery: BATTERY })).lender).to.equal(0);
  });

  it("given a keeper, and none: says who has the battery", async () => {
    const { app, issue, passports, ledger } = await loadBatteries();
    await issue();
    await ledger("ledger");
    for (const keeper of [app.address("rider"), zeroAddress]) {
      const outcome = await passports.writeAndWait.setKeeper({ battery: BATTERY, keeper }, await app.as("ledger"));
      expectOwnEvents(outcome, [["BatteryKept", { battery: BATTERY, keeper }]]);
      expect((await passports.read.batteryOf({ battery: BATTERY })).keeper).to.equal(keeper);
    }
  });
});
