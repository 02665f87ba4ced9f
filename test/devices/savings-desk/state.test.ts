import { SavingsStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { MEASURE } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { loadSavings } from "../../fixtures/savings.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

/** Readings over the whole of both times: 3,000 before, in 1,000 seconds, and `used` after, in 2,000. */
async function world(used: bigint) {
  const savings = await loadSavings();
  await savings.read(savings.before.from, savings.before.to, 3_000n);
  await savings.read(savings.since.from, savings.since.to, used);
  return savings;
}

describe("SavingsDesk.state", () => {
  it("given a meter that is none, or a party that owns neither the meter nor its group: refuses", async () => {
    const { app, owner, keeper, neighbour, state } = await world(1n);
    await expectRefusal(state({ meter: 9 }), "DeviceRegisterUnknown", { device: 9 });
    await expectRefusal(state({ by: neighbour }, "neighbour"), "PartyUserNotAgent", {
      ...{ party: neighbour, caller: app.address("neighbour") },
    });
    for (const by of [owner, keeper]) {
      await expectRefusal(state({ by }, "neighbour"), "PartyUserNotAgent", {
        ...{ party: by, caller: app.address("neighbour") },
      });
    }
  });

  it("given times that are empty, touch each other or are turned round: refuses", async () => {
    const { before, since, state } = await world(1n);
    for (const wrong of [
      { before: { from: before.to, to: before.to }, since },
      { before, since: { from: since.to, to: since.to } },
      { before, since: { from: before.to, to: since.to } },
      { before: since, since: before },
    ]) {
      await expectRefusal(state(wrong), "SavingsDeskWrongPeriods", wrong);
    }
  });

  byEachClock((clock) => {
    it("given a time that ends at the present second: refuses; one second later it states", async () => {
      const { app, before, read, since, state } = await loadSavings(clock);
      await read(before.from, before.to, 3_000n);
      await app.as("owner");
      const to = (await app.now()) + 100n;
      const late = { ...since, to };
      await app.nextAt(to);
      await expectRefusal(state({ since: late }), "SavingsDeskWrongPeriods", { before, since: late });
      await app.nextAt(to + 1n);
      // The times are in order: what is missing now is readings.
      await expectRefusal(state({ since: late }), "SavingsDeskNotCovered", { period: late, covered: 0n });
    });
  });

  it("given readings of less than nine tenths of either time: refuses; of nine tenths, it states", async () => {
    const { before, since, read, state } = await loadSavings();
    const [first, second] = [
      { from: before.from, to: before.from + 1_000n },
      { from: since.from, to: since.from + 2_000n },
    ];
    const times = { before: first, since: second };
    await expectRefusal(state(times), "SavingsDeskNotCovered", { period: first, covered: 0n });
    await read(first.from, first.from + 899n, 900n);
    await expectRefusal(state(times), "SavingsDeskNotCovered", { period: first, covered: 899n });
    await read(first.from + 900n, first.from + 900n, 1n);
    await read(second.from, second.from + 1_799n, 100n);
    await expectRefusal(state(times), "SavingsDeskNotCovered", { period: second, covered: 1_799n });
    await read(second.from + 1_800n, second.from + 1_800n, 0n);
    const { expected, used } = (await state(times)).event("SavingsStated").args;
    expect([expected, used]).to.deep.equal([1_802n, 100n]);
  });

  it("given a time before in which nothing was used, or too little to compare with: refuses", async () => {
    for (const [value, since] of [
      [0n, 2_000n],
      [-5n, 2_000n],
      [1n, 500n],
    ] as const) {
      const { before, since: after, read, state } = await loadSavings();
      await read(before.from, before.to, value);
      const times = { from: after.from, to: after.from + since };
      await read(times.from, times.to, 1n);
      await expectRefusal(state({ since: times }), "SavingsDeskNotCovered", { period: before, covered: 1_000n });
    }
  });

  it("given less used than before: states the saving, for whoever owns group or meter", async () => {
    const { app, owner, keeper, group, meter, savings, before, since, state } = await world(4_500n);
    for (const [id, by, name] of [
      [1n, owner, "owner"],
      [2n, keeper, "keeper"],
    ] as const) {
      const outcome = await state({ by }, name);
      const figures = { expected: 6_000n, used: 4_500n, savedPpm: 250_000n };
      expectOwnEvents(outcome, [["SavingsStated", { savings: id, group, meter: meter.id, ...figures }]]);
      expect(await savings.read.savingsOf({ savings: id })).to.deep.equal({
        ...{ meter: meter.id, measure: MEASURE.ENERGY, group, status: SavingsStatus.STATED, before, since },
        ...{ ...figures, statedAt: await app.now() },
      });
    }
    expect(await savings.read.count()).to.equal(2n);
    for (const id of [0n, 3n]) {
      await expectRefusal(savings.read.savingsOf({ savings: id }), "SavingsDeskUnknown", { savings: id });
    }
  });

  it("given more used than before: states a saving below zero, cut towards zero", async () => {
    const { state } = await world(6_001n);
    // One part in 6,000 more: 166.67 millionths.
    expect((await state()).event("SavingsStated").args).to.include({ expected: 6_000n, used: 6_001n, savedPpm: -166n });
  });

  it("given what does not divide: rounds against who claims the saving", async () => {
    const { before, since, read, state } = await loadSavings();
    await read(before.from, before.to, 1_001n);
    const after = { from: since.from, to: since.from + 999n };
    await read(after.from, after.to, 1n);
    // 1,001 x 999 / 1,000 = 999.999; (999 - 1) / 999 = 0.998998...
    const { expected, savedPpm } = (await state({ since: after })).event("SavingsStated").args;
    expect([expected, savedPpm]).to.deep.equal([999n, 998_998n]);
  });

  it("given as little to compare with as can be: states the saving", async () => {
    const { before, since, read, state } = await loadSavings();
    await read(before.from, before.to, 1n);
    const after = { from: since.from, to: since.from + 1_000n };
    await read(after.from, after.to, 0n);
    const figures = { expected: 1n, used: 0n, savedPpm: 1_000_000n };
    expect((await state({ since: after })).event("SavingsStated").args).to.include(figures);
  });
});
