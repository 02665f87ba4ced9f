import { PassportStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { BATTERY, type Batteries, loadBatteries, UNKNOWN } from "../../fixtures/batteries.ts";
import { NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

const { ORIGINAL, REUSED, WASTE } = PassportStatus;

describe("BatteryPassports.changeStatus", () => {
  const changer =
    ({ app, passports }: Batteries) =>
    async (status: PassportStatus, name = "operator", battery = BATTERY, evidence = app.digest("evidence")) =>
      await passports.writeAndWait.changeStatus({ battery, status, evidence }, await app.as(name));

  it("given no passport, a stranger or no evidence: refuses", async () => {
    const batteries = await loadBatteries();
    const { app, issue, operator, other } = batteries;
    const change = changer(batteries);
    await expectRefusal(change(WASTE, "operator", UNKNOWN), "BatteryPassportsUnknown", { battery: UNKNOWN });
    await issue({ owner: other });
    await expectRefusal(change(WASTE, "other"), "PartyUserNotAgent", {
      ...{ party: operator, caller: app.address("other") },
    });
    await expectRefusal(change(WASTE, "operator", BATTERY, NO_DIGEST), "DigestsMissing", NO_DIGEST);
  });

  it("B-39: given a second life in the same passport, or a way back: refuses", async () => {
    const batteries = await loadBatteries();
    await batteries.issue();
    const change = changer(batteries);
    const refuse = async (from: PassportStatus, to: PassportStatus) =>
      await expectRefusal(change(to), "BatteryPassportsWrongStatus", { passport: 1, from, to });
    for (const to of Object.values(PassportStatus)) {
      if (to !== REUSED && to !== WASTE) await refuse(ORIGINAL, to);
    }
    await change(REUSED);
    for (const to of Object.values(PassportStatus)) if (to !== WASTE) await refuse(REUSED, to);
    await change(WASTE);
    for (const to of Object.values(PassportStatus)) await refuse(WASTE, to);
  });

  it("given a pledged battery: it does not become waste, but may be used again", async () => {
    const batteries = await loadBatteries();
    const { issue, ledger, lock, lender } = batteries;
    await issue();
    await ledger("ledger");
    await lock("ledger");
    const change = changer(batteries);
    await expectRefusal(change(WASTE), "BatteryPassportsLocked", { battery: BATTERY, lender });
    await change(REUSED);
  });

  it("B-39: given a battery used again, then waste: says so with its evidence", async () => {
    const batteries = await loadBatteries();
    const { app, issue, passports } = batteries;
    await issue();
    const evidence = app.digest("evidence");
    let from: PassportStatus = ORIGINAL;
    for (const to of [REUSED, WASTE]) {
      expectOwnEvents(await changer(batteries)(to), [["PassportStatusChanged", { passport: 1, from, to, evidence }]]);
      expect((await passports.read.batteryOf({ battery: BATTERY })).status).to.equal(to);
      from = to;
    }
  });
});
