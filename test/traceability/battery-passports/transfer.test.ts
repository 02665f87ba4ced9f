import { expect } from "chai";
import { BATTERY, loadBatteries, UNKNOWN } from "../../fixtures/batteries.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

describe("BatteryPassports.transfer", () => {
  it("given no passport, a caller who does not act for the owner, or no buyer: refuses", async () => {
    const { app, issue, passports, operator, other } = await loadBatteries();
    const transfer = async (name: string, to: number, battery = BATTERY) =>
      await passports.writeAndWait.transfer({ battery, to }, await app.as(name));
    await expectRefusal(transfer("operator", other, UNKNOWN), "BatteryPassportsUnknown", { battery: UNKNOWN });
    await issue();
    await expectRefusal(transfer("other", other), "PartyUserNotAgent", {
      ...{ party: operator, caller: app.address("other") },
    });
    for (const to of [0, operator]) {
      await expectRefusal(transfer("operator", to), "BatteryPassportsNoBuyer", { battery: BATTERY });
    }
  });

  it("given a pledged battery: refuses, until the lender lets it go", async () => {
    const { app, issue, passports, ledger, lock, lender, other } = await loadBatteries();
    await issue();
    await ledger("ledger");
    await lock("ledger");
    const transfer = async () =>
      await passports.writeAndWait.transfer({ battery: BATTERY, to: other }, await app.as("operator"));
    await expectRefusal(transfer(), "BatteryPassportsLocked", { battery: BATTERY, lender });
    await passports.writeAndWait.unlock({ battery: BATTERY, lender }, await app.as("ledger"));
    await transfer();
  });

  it("given a buyer: the battery is the buyer's, and the operator still answers for it", async () => {
    const { app, issue, passports, operator, other } = await loadBatteries();
    await issue();
    const outcome = await passports.writeAndWait.transfer({ battery: BATTERY, to: other }, await app.as("operator"));
    expectOwnEvents(outcome, [["BatteryTransferred", { battery: BATTERY, from: operator, to: other }]]);
    expect(await passports.read.batteryOf({ battery: BATTERY })).to.include({ owner: other, operator });
    await expectRefusal(
      passports.writeAndWait.transfer({ battery: BATTERY, to: operator }, await app.as("operator")),
      "PartyUserNotAgent",
      { party: other, caller: app.address("operator") },
    );
    await passports.writeAndWait.transfer({ battery: BATTERY, to: operator }, await app.as("other"));
  });
});
