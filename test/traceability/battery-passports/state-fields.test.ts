import { AccessTier } from "@banyan/trace-common/client";
import { expect } from "chai";
import { BATTERY, loadBatteries, UNKNOWN } from "../../fixtures/batteries.ts";
import { NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

describe("BatteryPassports.stateFields", () => {
  const tier = AccessTier.INTEREST;

  it("given no passport, a stranger or no digest: refuses", async () => {
    const { app, issue, passports, operator, other } = await loadBatteries();
    const fields = app.digest("new fields");
    const state = async (name: string, battery = BATTERY, digest = fields) =>
      await passports.writeAndWait.stateFields({ battery, tier, fields: digest }, await app.as(name));
    await expectRefusal(state("operator", UNKNOWN), "BatteryPassportsUnknown", { battery: UNKNOWN });
    await issue({ owner: other });
    // Not even the owner: the operator answers for the fields.
    await expectRefusal(state("other"), "PartyUserNotAgent", { party: operator, caller: app.address("other") });
    await expectRefusal(state("operator", BATTERY, NO_DIGEST), "DigestsMissing", NO_DIGEST);
  });

  it("B-38: given fields of a tier: adds a version and keeps the ones before, tier by tier", async () => {
    const { app, issue, passports } = await loadBatteries();
    await issue();
    const versions = [app.digest("first"), app.digest("second")];
    for (const [index, fields] of versions.entries()) {
      const outcome = await passports.writeAndWait.stateFields(
        { battery: BATTERY, tier, fields },
        await app.as("operator"),
      );
      expectOwnEvents(outcome, [["PassportFieldsStated", { passport: 1, tier, version: BigInt(index + 1), fields }]]);
    }
    expect(await passports.read.fieldsOf({ passport: 1, tier })).to.deep.equal(versions);
    expect(await passports.read.fieldsOf({ passport: 1, tier: AccessTier.PUBLIC })).to.have.length(1);
    expect(await passports.read.fieldsOf({ passport: 1, tier: AccessTier.AUTHORITY })).to.deep.equal([]);
  });
});
