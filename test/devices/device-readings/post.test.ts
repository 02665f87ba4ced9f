import { SignatureAlgorithm } from "@banyan/trace-common/client";
import { expect } from "chai";
import { type Hex, zeroHash } from "viem";
import { createDevicesActors, DeviceKind, MEASURE, NO_SIGNATURE, PAGE } from "../../fixtures/devices-actors.ts";
import { expectForged, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

async function world() {
  const app = await loadDevicesApp();
  const actors = createDevicesActors(app);
  const owner = await actors.party("owner");
  const group = await actors.group(owner, "owner");
  const meter = await actors.enrol("meter", { kind: DeviceKind.METER, owner, group });
  const wish = { source: meter, measure: MEASURE.ENERGY, values: [3n, 5n, 4n] };
  return { app, actors, owner, group, meter, wish, readings: app.contracts.readings };
}

describe("DeviceReadings.post", () => {
  it("given no batch, more than twenty, or not one signature each: refuses", async () => {
    const { app, actors, meter, wish, readings } = await world();
    const { batch, signature } = await actors.signBatch(meter, wish);
    for (const [batches, signatures] of [
      [0, 0],
      [1, 0],
      [1, 2],
      [21, 21],
    ] as const) {
      const call = readings.writeAndWait.post(
        { batches: Array(batches).fill(batch), signatures: Array(signatures).fill(signature) },
        await app.as("courier"),
      );
      await expectRefusal(call, "DeviceReadingsBatch", {
        ...{ batches: BigInt(batches), signatures: BigInt(signatures), max: 20n },
      });
    }
  });

  it("given a device that is unknown or retired: refuses", async () => {
    const { app, actors, meter, wish } = await world();
    const signed = await actors.signBatch(meter, wish, { source: 9 });
    await expectRefusal(actors.bring([signed]), "DeviceRegisterUnknown", { device: 9 });
    await app.contracts.register.writeAndWait.retire(
      { device: meter.id, reason: app.digest("broken") },
      await app.as("regulator"),
    );
    await expectRefusal(actors.bring([await actors.signBatch(meter, wish)]), "DeviceRegisterRetired", {
      device: meter.id,
    });
  });

  it("given a gap, or a batch that was taken: refuses", async () => {
    const { actors, meter, wish } = await world();
    const first = await actors.signBatch(meter, wish);
    for (const sequence of [0n, 2n]) {
      const signed = await actors.signBatch(meter, wish, { sequence });
      await expectRefusal(actors.bring([signed]), "DeviceReadingsOutOfSequence", {
        ...{ speaker: meter.id, expected: 1n, given: sequence },
      });
    }
    await actors.bring([first]);
    await expectRefusal(actors.bring([first]), "DeviceReadingsOutOfSequence", {
      ...{ speaker: meter.id, expected: 2n, given: 1n },
    });
  });

  it("given another's signature, none, or anything altered after it was signed: refuses", async () => {
    const { app, actors, meter, wish } = await world();
    const signed = await actors.signBatch(meter, wish);
    const { batch, signature } = signed;
    const forged = { ...signed, signature: (await actors.signBatch({ ...meter, name: "thief" }, wish)).signature };
    await expectForged(actors.bring([forged]), app.address("meter"));
    await expectRefusal(actors.bring([{ ...signed, signature: NO_SIGNATURE }]), "SaltedEIP712UnsupportedAlgorithm", {
      algorithm: SignatureAlgorithm.NONE,
    });
    const other: Hex = `0x${"11".repeat(32)}`;
    for (const change of [
      { measure: MEASURE.LOAD },
      { from: batch.from + 1n },
      { to: batch.to - 1n },
      { count: batch.count + 1 },
      { min: batch.min - 1n },
      { max: batch.max + 1n },
      { total: batch.total + 1n },
      { root: other },
    ]) {
      const altered = { ...signed, batch: { ...batch, ...change }, signature };
      await expectForged(actors.bring([altered]), app.address("meter"));
    }
  });

  it("given signed figures that contradict each other: refuses", async () => {
    const { actors, meter, wish } = await world();
    for (const change of [
      { count: 0 },
      { measure: `0x${"00".repeat(16)}` as Hex },
      { root: zeroHash },
      { min: 6n },
      { total: 8n }, // three readings of 3 at least come to 9
      { total: 16n }, // three of 5 at most to 15
    ]) {
      await expectRefusal(actors.bring([await actors.signBatch(meter, wish, change)]), "DeviceReadingsContradictory", {
        source: meter.id,
        sequence: 1n,
      });
    }
  });

  it("given a time before what stands, backwards, or ahead of the clock: refuses", async () => {
    const { app, actors, meter, wish } = await world();
    const refuse = async (from: bigint, to: bigint, last: bigint) =>
      await expectRefusal(
        actors.bring([await actors.signBatch(meter, { ...wish, from, to })]),
        "DeviceReadingsWrongTime",
        { source: meter.id, from, to, last },
      );
    const now = await app.now();
    await refuse(now, now - 1n, 0n);
    await refuse(now, now + 3_600n, 0n);
    await actors.post(meter, { ...wish, from: now - 100n, to: now });
    await refuse(now, now, now);
    await refuse(now - 50n, now + 1n, now);
  });

  it("C-35: given a clock that is ahead by no more than policy allows: takes the batch", async () => {
    const { app, actors, meter, wish } = await world();
    const to = (await app.now()) + 30n;
    await actors.post(meter, { ...wish, from: to - 60n, to });
  });

  it("given one batch of several that is refused: takes none", async () => {
    const { app, actors, meter, wish, readings } = await world();
    const first = await actors.signBatch(meter, wish);
    const gap = await actors.signBatch(meter, wish, { sequence: 3n });
    await expectRefusal(actors.bring([first, gap]), "DeviceReadingsOutOfSequence", {
      ...{ speaker: meter.id, expected: 2n, given: 3n },
    });
    expect(await readings.read.count()).to.equal(0n);
    expect(await readings.read.sequenceOf({ speaker: meter.id })).to.equal(0n);
    await expectRefusal(readings.read.readingOf({ reading: 1 }, await app.as("owner")), "DeviceReadingsUnknown", {
      reading: 1,
    });
  });

  it("given the next untouched batch, from whoever brings it: takes it as it was signed", async () => {
    const { app, actors, meter, wish, readings } = await world();
    const { batch, ...rest } = await actors.signBatch(meter, wish);
    const outcome = await actors.bring([{ batch, ...rest }], "stranger");
    expectOwnEvents(outcome, [["ReadingsPosted", { reading: 1, source: meter.id, speaker: meter.id, batch }]]);
    const expected = {
      ...{ source: meter.id, speaker: meter.id, measure: batch.measure, sequence: 1, count: 3 },
      ...{ from: Number(batch.from), to: Number(batch.to), recordedAt: Number(await app.now()) },
      ...{ min: 3n, max: 5n, total: 12n, running: 12n, root: batch.root },
    };
    expect(await readings.read.readingOf({ reading: 1 }, await app.as("owner"))).to.deep.equal(expected);
    const of = { source: meter.id, measure: MEASURE.ENERGY };
    expect(await readings.read.series({ ...of, ...PAGE }, await app.as("owner"))).to.deep.equal({
      ...{ readings: [expected], next: 0n },
    });
    expect(await readings.read.lengthOf(of)).to.equal(1n);
    expect(await readings.read.sequenceOf({ speaker: meter.id })).to.equal(1n);
  });
});
