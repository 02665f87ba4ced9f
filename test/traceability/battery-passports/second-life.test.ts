import { AccessTier, PassportStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { BATTERY, type Batteries, loadBatteries, UNKNOWN } from "../../fixtures/batteries.ts";
import { batteryCode, NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

const { ORIGINAL, REPURPOSED, REMANUFACTURED, WASTE } = PassportStatus;

const offerer =
  ({ app, passports, other }: Batteries) =>
  async (status: PassportStatus, name = "operator", battery = BATTERY) =>
    await passports.writeAndWait.offerSecondLife({ battery, to: other, status }, await app.as(name));

const accepter =
  ({ app, passports, filing, other }: Batteries) =>
  async (name = "other", changes: Parameters<typeof filing>[0] = {}) =>
    await passports.writeAndWait.acceptSecondLife(
      { filing: filing({ operator: other, ratedWh: 1_100, ...changes }) },
      await app.as(name),
    );

describe("BatteryPassports.offerSecondLife", () => {
  it("given no passport or a stranger: refuses", async () => {
    const batteries = await loadBatteries();
    const { app, issue, operator } = batteries;
    const offer = offerer(batteries);
    await expectRefusal(offer(REPURPOSED, "operator", UNKNOWN), "BatteryPassportsUnknown", { battery: UNKNOWN });
    await issue();
    await expectRefusal(offer(REPURPOSED, "other"), "PartyUserNotAgent", {
      ...{ party: operator, caller: app.address("other") },
    });
  });

  it("B-39: given another status than repurposed or remanufactured, waste, or a pledge: refuses", async () => {
    const batteries = await loadBatteries();
    const { app, issue, passports, ledger, lock, lender } = batteries;
    await issue();
    const offer = offerer(batteries);
    for (const to of Object.values(PassportStatus)) {
      if (to === REPURPOSED || to === REMANUFACTURED) continue;
      await expectRefusal(offer(to), "BatteryPassportsWrongStatus", { passport: 1, from: ORIGINAL, to });
    }
    await ledger("ledger");
    await lock("ledger");
    await expectRefusal(offer(REPURPOSED), "BatteryPassportsLocked", { battery: BATTERY, lender });
    await passports.writeAndWait.unlock({ battery: BATTERY, lender }, await app.as("ledger"));
    await passports.writeAndWait.changeStatus(
      { battery: BATTERY, status: WASTE, evidence: app.digest("scrapped") },
      await app.as("operator"),
    );
    await expectRefusal(offer(REPURPOSED), "BatteryPassportsWrongStatus", {
      ...{ passport: 1, from: WASTE, to: REPURPOSED },
    });
  });

  it("B-39: given an offer: says so and changes nothing yet", async () => {
    const batteries = await loadBatteries();
    const { issue, passports, other } = batteries;
    await issue();
    const before = await passports.read.batteryOf({ battery: BATTERY });
    expectOwnEvents(await offerer(batteries)(REPURPOSED), [
      ["SecondLifeOffered", { passport: 1, to: other, status: REPURPOSED }],
    ]);
    expect(await passports.read.batteryOf({ battery: BATTERY })).to.deep.equal(before);
  });
});

describe("BatteryPassports.acceptSecondLife", () => {
  it("B-39: given no passport, no offer, or an offer to another: refuses", async () => {
    const batteries = await loadBatteries();
    const { app, issue, operator, other } = batteries;
    const accept = accepter(batteries);
    await expectRefusal(accept(), "BatteryPassportsUnknown", { battery: BATTERY });
    await issue();
    await expectRefusal(accept(), "BatteryPassportsNotOffered", { passport: 1, operator: other });
    await offerer(batteries)(REPURPOSED);
    await expectRefusal(accept("operator", { operator }), "BatteryPassportsNotOffered", { passport: 1, operator });
    await expectRefusal(accept("operator"), "PartyUserNotAgent", {
      ...{ party: other, caller: app.address("operator") },
    });
  });

  it("given a battery pledged since the offer, or a passport that lacks something: refuses", async () => {
    const batteries = await loadBatteries();
    const { app, issue, passports, ledger, lock, lender } = batteries;
    await issue();
    await offerer(batteries)(REPURPOSED);
    await ledger("ledger");
    await lock("ledger");
    const accept = accepter(batteries);
    await expectRefusal(accept(), "BatteryPassportsLocked", { battery: BATTERY, lender });
    await passports.writeAndWait.unlock({ battery: BATTERY, lender }, await app.as("ledger"));
    await expectRefusal(accept("other", { ratedWh: 0 }), "BatteryPassportsIncomplete", {});
    await expectRefusal(accept("other", { group: 0 }), "BatteryPassportsIncomplete", {});
    const fields = [NO_DIGEST, NO_DIGEST, NO_DIGEST] as const;
    await expectRefusal(accept("other", { fields }), "DigestsMissing", NO_DIGEST);
  });

  it("B-39: given the offer: links a new passport to the old one, moves the duty, leaves the owner", async () => {
    const batteries = await loadBatteries();
    const { app, issue, passports, operator, other, group, filing } = batteries;
    await issue();
    await offerer(batteries)(REMANUFACTURED);
    const old = await passports.read.passportOf({ passport: 1 });
    // The owner that the filing names is not asked: a second life sells nothing.
    const outcome = await accepter(batteries)("other", { owner: other });
    const fields = filing().fields[0];
    expectOwnEvents(outcome, [
      ["PassportIssued", { passport: 2, battery: BATTERY, operator: other, status: REMANUFACTURED, previous: 1 }],
      ["PassportFieldsStated", { passport: 2, tier: AccessTier.PUBLIC, version: 1n, fields }],
    ]);
    expect(await passports.read.passportOf({ passport: 1 })).to.deep.equal({ ...old, next: 2 });
    expect(await passports.read.batteryOf({ battery: BATTERY })).to.deep.equal({
      ...{ ...old, status: REMANUFACTURED, operator: other, owner: operator, group, ratedWh: 1_100 },
      ...{ issuedAt: await app.now(), previous: 1, next: 0 },
    });
    expect(await passports.read.currentOf({ battery: BATTERY })).to.equal(2);

    // The old operator answers for it no more, and the offer is used up.
    await expectRefusal(offerer(batteries)(REPURPOSED), "PartyUserNotAgent", {
      ...{ party: other, caller: app.address("operator") },
    });
    await expectRefusal(accepter(batteries)(), "BatteryPassportsNotOffered", { passport: 2, operator: other });
  });

  it("given a battery with a keeper: the keeper stays in the new passport", async () => {
    const batteries = await loadBatteries();
    const { app, issue, passports, ledger } = batteries;
    await issue();
    await ledger("ledger");
    const keeper = app.address("rider");
    await passports.writeAndWait.setKeeper({ battery: BATTERY, keeper }, await app.as("ledger"));
    await offerer(batteries)(REPURPOSED);
    await accepter(batteries)();
    expect((await passports.read.batteryOf({ battery: BATTERY })).keeper).to.equal(keeper);
  });

  it("given a part built into a whole: the part stays where it is in its new passport", async () => {
    const batteries = await loadBatteries();
    const { app, issue, passports } = batteries;
    const whole = BATTERY;
    const part = batteryCode(2, "M");
    await issue();
    await issue({ battery: part });
    await passports.writeAndWait.build({ part, whole }, await app.as("operator"));
    await offerer(batteries)(REPURPOSED, "operator", part);
    await accepter(batteries)("other", { battery: part });
    expect((await passports.read.batteryOf({ battery: part })).partOf).to.equal(whole);
  });
});
