import { readingTree } from "@banyan/trace-common/devices";
import { expect } from "chai";
import { createDevicesActors, DeviceKind, MEASURE } from "../../fixtures/devices-actors.ts";
import { expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";

/** How far a device's clock may be ahead by the sample policy, in seconds. */
const SKEW = 30n;

async function world(...clock: Parameters<typeof loadDevicesApp>) {
  const app = await loadDevicesApp(...clock);
  const actors = createDevicesActors(app);
  const owner = await actors.party("owner");
  const group = await actors.group(owner, "owner");
  const meter = await actors.enrol("meter", { kind: DeviceKind.METER, owner, group });
  await app.as("courier");
  await app.pass(10_000n);
  const post = async (from: bigint, to: bigint, ...values: readonly bigint[]) =>
    await actors.post(meter, { source: meter, measure: MEASURE.ENERGY, values, from, to });
  return { app, actors, owner, group, meter, post, readings: app.contracts.readings };
}

describe("DeviceReadings.post: in the order of time", () => {
  byEachClock((clock) => {
    it("given a batch that begins with the series' last second: refuses; one second later: takes it", async () => {
      const { app, meter, post } = await world(clock);
      const to = (await app.now()) - 100n;
      await post(to - 50n, to, 1n);
      await expectRefusal(post(to, to + 10n, 1n), "DeviceReadingsWrongTime", {
        ...{ source: meter.id, from: to, to: to + 10n, last: to },
      });
      await post(to + 1n, to + 1n, 1n);
    });

    it("given a batch that ends farther ahead than policy lets a clock be: refuses; as far: takes it", async () => {
      const { app, meter, post } = await world(clock);
      const now = (await app.now()) + 100n;
      await app.nextAt(now);
      const span = { from: now, to: now + SKEW + 1n };
      await expectRefusal(post(span.from, span.to, 1n), "DeviceReadingsWrongTime", {
        ...{ source: meter.id, ...span, last: 0n },
      });
      await app.nextAt(now + 1n);
      await post(span.from, span.to, 1n);
    });
  });
});

describe("DeviceReadings: views", () => {
  it("given somebody who may not read the group, or a device that is none: refuse", async () => {
    const { app, group, meter, post, readings } = await world();
    const now = await app.now();
    await post(now - 10n, now, 1n);
    const account = app.address("stranger");
    const of = { source: meter.id, measure: MEASURE.ENERGY };
    const page = { cursor: 0n, limit: 10n };
    const stranger = await app.as("stranger");
    for (const call of [
      readings.read.readingOf({ reading: 1 }, stranger),
      readings.read.series({ ...of, ...page }, stranger),
      readings.read.totalBetween({ ...of, from: 0n, to: now }, stranger),
    ]) {
      await expectRefusal(call, "ReadingGroupsNotOpen", { group, account });
    }
    const owner = await app.as("owner");
    await expectRefusal(readings.read.series({ ...of, source: 9, ...page }, owner), "DeviceRegisterUnknown", {
      device: 9,
    });
    const totals = readings.read.totalBetween({ ...of, source: 9, from: 0n, to: now }, owner);
    await expectRefusal(totals, "DeviceRegisterUnknown", { device: 9 });
    const none = readings.read.series({ ...of, cursor: 0n, limit: 0n }, owner);
    await expectRefusal(none, "PagingLimitOutOfRange", { limit: 0n, max: 100n });
    const beyond = readings.read.series({ ...of, cursor: 2n, limit: 1n }, owner);
    await expectRefusal(beyond, "PagingOffsetOutOfRange", { offset: 2n, length: 1n });
  });

  it("given batches: totals those that lie in a time as a whole, to the second at both ends", async () => {
    const { app, meter, post, readings } = await world();
    const start = (await app.now()) - 5_000n;
    for (const [index, value] of [1n, 20n, 300n].entries()) {
      const from = start + BigInt(index) * 100n;
      await post(from, from + 50n, value);
    }
    const total = async (from: bigint, to: bigint) => {
      const of = { source: meter.id, measure: MEASURE.ENERGY, from: start + from, to: start + to };
      const { total: sum, covered } = await readings.read.totalBetween(of, await app.as("owner"));
      return [sum, covered];
    };
    expect(await total(0n, 250n)).to.deep.equal([321n, 250n]);
    expect(await total(1n, 250n)).to.deep.equal([320n, 150n]);
    expect(await total(0n, 249n)).to.deep.equal([21n, 150n]);
    expect(await total(100n, 150n)).to.deep.equal([20n, 50n]);
    expect(await total(101n, 149n)).to.deep.equal([0n, 0n]);
    expect(await total(251n, 900n)).to.deep.equal([0n, 0n]);
    expect(await total(250n, 0n)).to.deep.equal([0n, 0n]);
  });

  it("given a series of several pages: tells each in its order", async () => {
    const { app, meter, post, readings } = await world();
    const start = (await app.now()) - 5_000n;
    for (const index of [0n, 1n, 2n]) await post(start + index * 100n, start + index * 100n + 50n, index);
    const page = async (cursor: bigint) => {
      const of = { source: meter.id, measure: MEASURE.ENERGY, cursor, limit: 2n };
      const { readings: batches, next } = await readings.read.series(of, await app.as("owner"));
      return [batches.map(({ total }) => total), next];
    };
    expect(await page(0n)).to.deep.equal([[0n, 1n], 2n]);
    expect(await page(2n)).to.deep.equal([[2n], 0n]);
    expect(await page(1n)).to.deep.equal([[1n, 2n], 0n]);
  });

  it("given a single reading: proves it by its batch, and nothing that was altered, of no batch", async () => {
    const { app, actors, meter, readings } = await world();
    const now = await app.now();
    const wish = { source: meter, measure: MEASURE.ENERGY, values: [3n, 5n, 8n], from: now - 20n, to: now };
    const signed = await actors.signBatch(meter, wish);
    await actors.bring([signed]);
    const tree = readingTree(signed.singles);
    for (const [index, { time, value, salt }] of signed.singles.entries()) {
      const single = { reading: 1, time, value, salt, proof: tree.proofOf(index) };
      expect(await readings.read.proves(single)).to.equal(true);
      expect(await readings.read.proves({ ...single, value: value + 1n })).to.equal(false);
      expect(await readings.read.proves({ ...single, time: time + 1n })).to.equal(false);
      expect(await readings.read.proves({ ...single, proof: [] })).to.equal(false);
      await expectRefusal(readings.read.proves({ ...single, reading: 2 }), "DeviceReadingsUnknown", { reading: 2 });
    }
  });
});
