import { expect } from "chai";
import { type Hex, zeroHash } from "viem";
import { BOX, COLD, type ColdFixture, loadCold, VERDICT } from "../../fixtures/cold.ts";
import { digestOf } from "../../fixtures/common.ts";
import { commission, PARTY, ship } from "../../fixtures/trace.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const FIVE = 5_00;

/** A unit of the store's on its way as a vaccine, the sensor bound to it. */
async function world(...clock: Parameters<typeof loadCold>) {
  const f = await loadCold(...clock);
  await f.capture("store", commission([BOX]));
  // The sensor has been on the unit for a while.
  await f.pass(1_000n);
  await f.plan(COLD.VACCINE);
  await f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
  return { f, startedAt: (await f.cold.read.legOf([1])).startedAt };
}

describe("ColdLog.record", () => {
  /** Signs a batch after it was changed, and brings it. */
  const bring = async (f: ColdFixture, changes: Readonly<Record<string, unknown>>, values = [FIVE]) => {
    await f.pass(300n);
    const { batch } = await f.signLog({ values });
    const changed = { ...batch, ...changes };
    const { domain, types, primaryType, message } = f.toSign(changed);
    const data = await f.sensor.signTypedData({ domain, types, primaryType, message });
    return await f.log.write.record([changed, { algorithm: 1, data }], { account: f.accounts.bob });
  };

  it("given no such leg, one that has not begun, or one that is over: refuses", async () => {
    const { f } = await world();
    await expectRevert(bring(f, { leg: 9 }), f.log, "ColdLogUnknown", [9]);
    const fresh = await loadCold();
    await fresh.capture("store", commission([BOX]));
    await fresh.plan(COLD.VACCINE);
    await expectRevert(bring(fresh, {}), fresh.log, "ColdLogNotRunning", [1]);
  });

  it("C-35: given a batch that is not the next of the leg's device: refuses", async () => {
    const { f } = await world();
    for (const sequence of [0n, 2n]) {
      await expectRevert(bring(f, { sequence }), f.log, "ColdLogOutOfSequence", [1, 1n, sequence]);
    }
    await expectRevert(bring(f, { device: 2 }), f.log, "ColdLogOutOfSequence", [1, 1n, 1n]);
  });

  it("C-35: given a device that was taken off the unit, or put back only after the batch began: refuses", async () => {
    const { f } = await world();
    const store = f.as("store");
    await f.register.write.unbind([1], store);
    await expectRevert(bring(f, {}), f.log, "ColdLogNotBound", [1, BOX]);
    const fridge: Hex = `0x05${"41".repeat(8)}${"00".repeat(23)}`;
    await f.register.write.bind([1, fridge], store);
    await expectRevert(bring(f, {}), f.log, "ColdLogNotBound", [1, BOX]);
    await f.register.write.unbind([1], store);
    await f.register.write.bind([1, BOX], store);
    const { boundFrom } = await f.register.read.deviceOf([1]);
    await expectRevert(bring(f, { from: boundFrom - 1n }), f.log, "ColdLogNotBound", [1, BOX]);
    await bring(f, { from: boundFrom });
    expect((await f.figures()).intervals).to.equal(1);
  });

  it("C-35: given a device that was retired: refuses", async () => {
    const { f } = await world();
    await f.register.write.retire([1, digestOf("broken")], { account: f.accounts.regulator });
    // It is bound to nothing any more.
    await expectRevert(bring(f, {}), f.log, "ColdLogNotBound", [1, BOX]);
  });

  it("C-35: given a batch that contradicts itself, has no root, no interval, or one that is too long: refuses", async () => {
    const { f } = await world();
    for (const wrong of [
      { min: [], max: [], mean: [] },
      { max: [FIVE, FIVE] },
      { mean: [] },
      { interval: 0 },
      { interval: 301 },
      { root: zeroHash },
      { min: [FIVE + 1] },
      { max: [FIVE - 1] },
      { min: [FIVE - 2], mean: [FIVE - 3] },
    ]) {
      await expectRevert(bring(f, wrong), f.log, "ColdLogInvalidBatch", [1]);
    }
  });

  it("C-35: given more than three hundred intervals: refuses; three hundred are taken", async () => {
    const { f } = await world();
    const values = (count: number) => Array.from({ length: count }, () => FIVE);
    await f.pass(301n * 60n);
    await expectRevert(bring(f, { interval: 60 }, values(301)), f.log, "ColdLogInvalidBatch", [1]);
    await bring(f, { interval: 60 }, values(300));
    expect((await f.figures()).intervals).to.equal(300);
  });

  byEachClock((clock) => {
    it("C-35: given a batch that ends one second ahead: refuses; one that ends now: takes it", async () => {
      const { f, startedAt } = await world(clock);
      const { batch, signature } = await f.signLog({ values: [FIVE] });
      const to = startedAt + 300n;
      await f.nextAt(to - 1n);
      const record = () => f.log.write.record([batch, signature], { account: f.accounts.bob });
      await expectRevert(record(), f.log, "ColdLogWrongTime", [1, startedAt, to]);
      await f.nextAt(to);
      await record();
    });

    it("C-35: given a batch that begins a logging interval before the leg: takes it; one second earlier: refuses", async () => {
      const { f, startedAt } = await world(clock);
      const from = startedAt - 300n;
      await expectRevert(bring(f, { from: from - 1n }), f.log, "ColdLogWrongTime", [1, from - 1n, startedAt - 1n]);
      await bring(f, { from });
    });
  });

  it("C-44: given batches in their order: adds them up, tells each, and raises the alarm that they call for", async () => {
    const { f } = await world();
    await f.pass(600n);
    const { batch, signature } = await f.signLog({ values: [FIVE, [4_00, 8_01]] });
    const call = f.log.write.record([batch, signature], { account: f.accounts.bob });
    const receipt = await f.connection.viem
      .getPublicClient()
      .then(async (client) => client.waitForTransactionReceipt({ hash: await call }));
    const figures = await f.figures();
    await expectEvents(f.connection, receipt.transactionHash, [
      event(f.log, "SamplesRecorded", { leg: 1, device: 1, batch }),
      event(f.log, "ColdAlarm", { leg: 1, object: BOX, verdict: VERDICT.REFUSE, figures }),
    ]);
    expect(figures).to.include({ intervals: 2, min: 4_00, max: 8_01, outside: 300, excursions: 1, coarse: 1 });
    expect(await f.log.read.sequenceOf([1])).to.equal(1n);
  });
});

describe("ColdLog: what only the cold chain does", () => {
  it("given anybody else, the officer included: refuses", async () => {
    const { f } = await world();
    const { address } = f.accounts.auditor;
    const watch = await f.log.read.watchOf([1]);
    const limits = await f.log.read.limitsOf([1]);
    for (const call of [
      f.log.write.prepare([1, watch, limits], f.officer),
      f.log.write.setTimes([1, 0n, 0n], f.officer),
      f.log.write.setConsignee([1, 0], f.officer),
    ]) {
      await expectRevert(call, f.log, "AccessManagedUnauthorized", [address]);
    }
  });
});
