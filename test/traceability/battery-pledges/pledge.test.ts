import { expect } from "chai";
import { BATTERY, loadBatteries, UNKNOWN } from "../../fixtures/batteries.ts";
import { batteryCode, NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

const SECOND = batteryCode(2);

async function world() {
  const batteries = await loadBatteries();
  const { app, operator, lender, issue } = batteries;
  await issue();
  await issue({ battery: SECOND });
  const { pledges } = app.contracts;
  const loan = app.digest("loan");
  const order = { owner: operator, lender, batteries: [BATTERY, SECOND], loan };
  const pledge = async (changes: Partial<typeof order> = {}, name = "operator") =>
    await pledges.writeAndWait.pledge({ ...order, ...changes }, await app.as(name));
  const release = async (codes = [BATTERY], name = "lender", id = 1n) =>
    await pledges.writeAndWait.release({ id, batteries: codes }, await app.as(name));
  return { ...batteries, pledges, loan, pledge, release };
}

describe("BatteryPledges.pledge", () => {
  it("given a caller who does not act for the owner, no lender, or the owner himself: refuses", async () => {
    const { app, operator, pledge } = await world();
    await expectRefusal(pledge({}, "lender"), "PartyUserNotAgent", {
      ...{ party: operator, caller: app.address("lender") },
    });
    for (const lender of [0, operator]) await expectRefusal(pledge({ lender }), "BatteryPledgesNoLender", { lender });
  });

  it("given no batteries, more than thirty, or no loan: refuses", async () => {
    const { pledge } = await world();
    for (const count of [0, 31]) {
      await expectRefusal(pledge({ batteries: Array(count).fill(BATTERY) }), "BatteryPledgesBatch", {
        ...{ count: BigInt(count), max: 30n },
      });
    }
    await expectRefusal(pledge({ loan: NO_DIGEST }), "DigestsMissing", NO_DIGEST);
  });

  it("given a battery without a passport, another's, or pledged already: refuses them all", async () => {
    const { app, operator, other, lender, passports, pledges, pledge } = await world();
    await expectRefusal(pledge({ batteries: [BATTERY, UNKNOWN] }), "BatteryPassportsUnknown", { battery: UNKNOWN });
    await expectRefusal(pledge({ batteries: [BATTERY, BATTERY] }), "BatteryPassportsLocked", {
      ...{ battery: BATTERY, lender },
    });
    await passports.writeAndWait.transfer({ battery: SECOND, to: other }, await app.as("operator"));
    await expectRefusal(pledge(), "BatteryPledgesForeign", { battery: SECOND, owner: other });
    expect(await pledges.read.count()).to.equal(0n);
    expect((await passports.read.batteryOf({ battery: BATTERY })).lender).to.equal(0);
    await pledge({ batteries: [BATTERY] });
    // Nor to another lender.
    await expectRefusal(pledge({ batteries: [BATTERY], lender: other }), "BatteryPassportsLocked", {
      ...{ battery: BATTERY, lender },
    });
    expect(operator).to.not.equal(other);
  });

  it("given the owner's batteries: locks each for the lender", async () => {
    const { app, operator, lender, passports, pledges, loan, pledge } = await world();
    const outcome = await pledge();
    expectOwnEvents(outcome, [
      ["BatteriesPledged", { pledge: 1n, owner: operator, lender, batteries: [BATTERY, SECOND], loan }],
    ]);
    expect(await pledges.read.pledgeOf({ id: 1n })).to.deep.equal({
      ...{ owner: operator, lender, pledgedAt: await app.now(), batteries: 2, loan },
    });
    for (const battery of [BATTERY, SECOND]) {
      expect(await pledges.read.pledgeOfBattery({ battery })).to.equal(1n);
      expect((await passports.read.batteryOf({ battery })).lender).to.equal(lender);
    }
  });
});

describe("BatteryPledges.release", () => {
  it("given no pledge, anybody but the lender, no batteries, or one that is not in it: refuses", async () => {
    const { app, lender, pledge, pledges, release } = await world();
    await expectRefusal(release(), "BatteryPledgesUnknown", { id: 1n });
    await expectRefusal(pledges.read.pledgeOf({ id: 1n }), "BatteryPledgesUnknown", { id: 1n });
    await pledge({ batteries: [BATTERY] });
    await expectRefusal(release([BATTERY], "operator"), "PartyUserNotAgent", {
      ...{ party: lender, caller: app.address("operator") },
    });
    for (const count of [0, 31]) {
      await expectRefusal(release(Array(count).fill(BATTERY)), "BatteryPledgesBatch", {
        ...{ count: BigInt(count), max: 30n },
      });
    }
    await expectRefusal(release([SECOND]), "BatteryPledgesNotPledged", { pledge: 1n, battery: SECOND });
    await expectRefusal(release([BATTERY, BATTERY]), "BatteryPledgesNotPledged", { pledge: 1n, battery: BATTERY });
  });

  it("given batteries of the pledge: lets go of those, and of no others", async () => {
    const { passports, pledge, pledges, lender, release } = await world();
    await pledge();
    expectOwnEvents(await release(), [["BatteriesReleased", { pledge: 1n, batteries: [BATTERY], left: 1 }]]);
    expect((await passports.read.batteryOf({ battery: BATTERY })).lender).to.equal(0);
    expect((await passports.read.batteryOf({ battery: SECOND })).lender).to.equal(lender);
    expect(await pledges.read.pledgeOfBattery({ battery: BATTERY })).to.equal(0n);
    expect((await pledges.read.pledgeOf({ id: 1n })).batteries).to.equal(1);
  });
});
