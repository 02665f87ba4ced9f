import { AccessTier, BatteryLevel, PassportStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { type Hex, zeroAddress, zeroHash } from "viem";
import { BATTERY, loadBatteries, UNKNOWN } from "../../fixtures/batteries.ts";
import { batteryCode, NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

/** Puts another byte into a code; byte 0 tells its kind. */
const altered = (code: Hex, index: number, byte: string): Hex =>
  `0x${code.slice(2, 2 + index * 2)}${byte}${code.slice(4 + index * 2)}`;

describe("BatteryPassports.issue", () => {
  it("given a caller who does not act for the operator: refuses", async () => {
    const { app, issue, operator } = await loadBatteries();
    await expectRefusal(issue({}, "other"), "PartyUserNotAgent", { party: operator, caller: app.address("other") });
    await expectRefusal(issue({ operator: 0 }), "PartyUserNotAgent", { party: 0, caller: app.address("operator") });
  });

  it("B-35: given no code of 24 digits and capitals with a level: refuses", async () => {
    const { issue } = await loadBatteries();
    const wrong = [
      zeroHash,
      altered(BATTERY, 0, "05"), // another kind of key
      altered(BATTERY, 4, "58"), // level X
      altered(BATTERY, 1, "2d"), // a hyphen
      altered(BATTERY, 5, "65"), // a small letter
      altered(BATTERY, 24, "00"), // 23 characters
      altered(BATTERY, 25, "31"), // 25 characters
      altered(BATTERY, 31, "01"), // padding that is none
    ];
    for (const battery of wrong) await expectRefusal(issue({ battery }), "BatteryPassportsInvalidCode", { battery });
  });

  it("B-38: given a battery that has a passport: refuses a second one, from whoever", async () => {
    const { issue, other } = await loadBatteries();
    await issue();
    await expectRefusal(issue(), "BatteryPassportsExists", { battery: BATTERY, passport: 1 });
    await expectRefusal(issue({ operator: other, owner: other }, "other"), "BatteryPassportsExists", {
      ...{ battery: BATTERY, passport: 1 },
    });
  });

  it("given no owner, group, rated energy or public fields: refuses", async () => {
    const { app, issue } = await loadBatteries();
    for (const changes of [{ owner: 0 }, { group: 0 }, { ratedWh: 0 }]) {
      await expectRefusal(issue(changes), "BatteryPassportsIncomplete", {});
    }
    const interest = app.digest("for those with an interest");
    await expectRefusal(issue({ fields: [NO_DIGEST, interest, NO_DIGEST] }), "DigestsMissing", NO_DIGEST);
  });

  it("B-38, B-39: given a code and fields of all tiers: issues one passport of an original battery", async () => {
    const { app, issue, passports, operator, other, group } = await loadBatteries();
    const fields = ["public", "interest", "authority"].map((tier) => app.digest(`fields: ${tier}`)) as [
      ReturnType<typeof app.digest>,
      ReturnType<typeof app.digest>,
      ReturnType<typeof app.digest>,
    ];
    const outcome = await issue({ owner: other, fields });
    const status = PassportStatus.ORIGINAL;
    expectOwnEvents(outcome, [
      ["PassportIssued", { passport: 1, battery: BATTERY, operator, status, previous: 0 }],
      ...fields.map(
        (digest, tier) => ["PassportFieldsStated", { passport: 1, tier, version: 1n, fields: digest }] as const,
      ),
    ]);
    const expected = {
      ...{ battery: BATTERY, level: BatteryLevel.PACK, status, operator, owner: other, lender: 0, group },
      ...{ ratedWh: 1_440, issuedAt: await app.now(), previous: 0, next: 0, partOf: zeroHash, keeper: zeroAddress },
    };
    expect(await passports.read.passportOf({ passport: 1 })).to.deep.equal(expected);
    expect(await passports.read.batteryOf({ battery: BATTERY })).to.deep.equal(expected);
    expect(await passports.read.currentOf({ battery: BATTERY })).to.equal(1);
    expect(await passports.read.count()).to.equal(1n);
    for (const tier of Object.values(AccessTier)) {
      expect(await passports.read.fieldsOf({ passport: 1, tier })).to.deep.equal([fields[tier]]);
    }
  });

  it("B-35: given packs, modules and cells: each has its own passport with its level", async () => {
    const { issue, passports } = await loadBatteries();
    const levels = { P: BatteryLevel.PACK, M: BatteryLevel.MODULE, C: BatteryLevel.CELL } as const;
    for (const letter of ["P", "M", "C"] as const) {
      const battery = batteryCode(7, letter);
      await issue({ battery });
      expect((await passports.read.batteryOf({ battery })).level).to.equal(levels[letter]);
    }
    expect(await passports.read.count()).to.equal(3n);
  });

  it("given a battery or a number without a passport: the views refuse", async () => {
    const { passports } = await loadBatteries();
    await expectRefusal(passports.read.batteryOf({ battery: UNKNOWN }), "BatteryPassportsUnknown", {
      battery: UNKNOWN,
    });
    await expectRefusal(passports.read.passportOf({ passport: 1 }), "BatteryPassportsUnknown", { battery: zeroHash });
    expect(await passports.read.currentOf({ battery: UNKNOWN })).to.equal(0);
  });
});
