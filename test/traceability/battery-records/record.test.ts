import { HealthMethod } from "@banyan/trace-common/client";
import { expect } from "chai";
import { zeroHash } from "viem";
import { BATTERY, loadBatteries, UNKNOWN } from "../../fixtures/batteries.ts";
import { type BatteryWish, NO_DIGEST, PAGE } from "../../fixtures/devices-actors.ts";
import { expectForged, expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

async function world() {
  const batteries = await loadBatteries();
  const { app, actors, operator, group } = batteries;
  const module = await batteries.module("module");
  await actors.battery(1, operator, "operator", group, module);
  const { boundFrom } = await app.contracts.register.read.deviceOf({ device: module.id });
  // What a module measured before it was built in is of another battery.
  await app.pass(120n);
  const { records } = app.contracts;
  const bring = async (batch: Partial<BatteryWish> = {}, speaker = module) => {
    const signed = await actors.signBattery(speaker, { battery: BATTERY, ...batch });
    const call = records.writeAndWait.record(
      { batches: [signed.batch], signatures: [signed.signature] },
      await app.as("courier"),
    );
    return { batch: signed.batch, outcome: await call };
  };
  const claim = async (changes: Partial<{ health: number; cycle: number; method: HealthMethod }> = {}, by = operator) =>
    await records.writeAndWait.claimHealth(
      {
        ...{ battery: BATTERY, by, method: HealthMethod.CAPACITY_TEST, health: 900_000, cycle: 10 },
        ...{ temperature: 2_400, report: app.digest("report"), ...changes },
      },
      await app.as("operator"),
    );
  return { ...batteries, enrolModule: batteries.module, module, boundFrom, records, bring, claim };
}

describe("BatteryRecords.record", () => {
  it("given no batch, more than twenty, or not one signature each: refuses", async () => {
    const { app, actors, module, records } = await world();
    const { batch, signature } = await actors.signBattery(module, { battery: BATTERY });
    for (const [batches, signatures] of [
      [0, 0],
      [1, 0],
      [21, 21],
    ] as const) {
      const call = records.writeAndWait.record(
        { batches: Array(batches).fill(batch), signatures: Array(signatures).fill(signature) },
        await app.as("courier"),
      );
      await expectRefusal(call, "BatteryRecordsBatch", {
        ...{ batches: BigInt(batches), signatures: BigInt(signatures), max: 20n },
      });
    }
  });

  it("given another battery or module, a gap, an altered batch, a wrong time or contradictions: refuses", async () => {
    const { app, actors, module, boundFrom, enrolModule, records, bring } = await world();
    await expectRefusal(bring({ battery: UNKNOWN }), "BatteryPassportsUnknown", { battery: UNKNOWN });
    const second = await enrolModule("second module");
    await expectRefusal(bring({}, second), "BatteryRecordsNotModule", {
      ...{ battery: BATTERY, device: second.id, module: module.id },
    });
    await expectRefusal(bring({ sequence: 2n }), "BatteryRecordsOutOfSequence", {
      ...{ device: module.id, expected: 1n, given: 2n },
    });
    const { batch, signature } = await actors.signBattery(module, { battery: BATTERY });
    const altered = { batches: [{ ...batch, cycles: 1 }], signatures: [signature] };
    await expectForged(records.writeAndWait.record(altered, await app.as("courier")), app.address("module"));
    const now = await app.now();
    await expectRefusal(bring({ from: now, to: now - 1n }), "BatteryRecordsWrongTime", {
      ...{ battery: BATTERY, from: now, to: now - 1n, last: boundFrom },
    });
    for (const change of [{ charge: 1_000_001 }, { minTemperature: 2_601 }, { root: zeroHash }]) {
      await expectRefusal(bring(change), "BatteryRecordsContradictory", { battery: BATTERY, sequence: 1n });
    }
  });

  it("B-36: given the next batch that the module signed: adds it to the history, chained to what was before", async () => {
    const { app, module, records, bring } = await world();
    const { batch, outcome } = await bring({ cycles: 10, chargedWh: 5, dischargedWh: 7, warnings: 2 });
    const { head } = await records.read.headOf({ battery: BATTERY });
    expectOwnEvents(outcome, [
      ["BatteryRecorded", { battery: BATTERY, device: module.id, index: 0n, batch, head }],
      ["BatteryWarned", { battery: BATTERY, index: 0n, warnings: 2 }],
    ]);
    expect(await records.read.historyOf({ battery: BATTERY, ...PAGE }, await app.as("operator"))).to.deep.equal({
      ...{ batches: [batch], next: 0n },
    });
    expect(await records.read.lifeOf({ battery: BATTERY }, await app.as("operator"))).to.include({
      ...{ batches: 1, warned: 1, cycles: 10, lastAt: batch.to, chargedWh: 5n, dischargedWh: 7n, warnings: 2, head },
    });
    await expectRefusal(
      records.read.historyOf({ battery: BATTERY, ...PAGE }, await app.as("other")),
      "BatteryRecordsNotReader",
      { battery: BATTERY, account: app.address("other") },
    );
  });
});

describe("BatteryRecords.claimHealth", () => {
  it("B-40: given a claimant without right, no method, health or report, or cycles that were not recorded: refuses", async () => {
    const { app, other, operator, records, bring, claim } = await world();
    await bring({ cycles: 10 });
    await expectRefusal(claim({}, other), "PartyUserNotAgent", { party: other, caller: app.address("operator") });
    const base = { battery: BATTERY, method: HealthMethod.ESTIMATE, health: 1, cycle: 1, temperature: 0 };
    const report = app.digest("report");
    await expectRefusal(
      records.writeAndWait.claimHealth({ ...base, by: other, report }, await app.as("other")),
      "BatteryRecordsNotClaimant",
      { battery: BATTERY, by: other },
    );
    await expectRefusal(
      records.writeAndWait.claimHealth({ ...base, by: operator, report: NO_DIGEST }, await app.as("operator")),
      "DigestsMissing",
      NO_DIGEST,
    );
    for (const change of [{ method: HealthMethod.NONE }, { health: 0 }, { health: 1_100_001 }, { cycle: 11 }]) {
      await expectRefusal(claim(change), "BatteryRecordsInvalidClaim", {
        ...{ battery: BATTERY, cycle: change.cycle ?? 10, recorded: 10 },
      });
    }
    await claim();
    await expectRefusal(claim({ cycle: 9 }), "BatteryRecordsInvalidClaim", {
      ...{ battery: BATTERY, cycle: 9, recorded: 10 },
    });
  });

  it("B-40: given claims: appends each, and suggests the end of the first life below 80 % of rated", async () => {
    const { app, operator, records, bring, claim } = await world();
    await bring({ cycles: 10 });
    const report = app.digest("report");
    const claims: unknown[] = [];
    for (const health of [800_000, 799_999]) {
      const outcome = await claim({ health });
      const entry = {
        ...{ by: operator, method: HealthMethod.CAPACITY_TEST, at: await app.now(), health, cycle: 10 },
        ...{ temperature: 2_400, report },
      };
      const index = BigInt(claims.length);
      claims.push(entry);
      const below = health < 800_000;
      expectOwnEvents(outcome, [
        ["HealthClaimed", { battery: BATTERY, by: operator, index, claim: entry }],
        ...(below ? [["EndOfLifeSuggested", { battery: BATTERY, health, line: 800_000n }] as const] : []),
      ]);
      expect(await records.read.endOfLife({ battery: BATTERY })).to.deep.equal({
        ...{ suggested: below, health, line: 800_000n },
      });
    }
    expect(await records.read.healthOf({ battery: BATTERY, ...PAGE })).to.deep.equal({ claims, next: 0n });
  });
});
