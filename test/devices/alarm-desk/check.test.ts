import { WarningStatus } from "@banyan/trace-common/client";
import { DEVICE_TYPES } from "@banyan/trace-common/devices";
import { expect } from "chai";
import { encodeAbiParameters, type Hex, hashStruct, keccak256, zeroHash } from "viem";
import { LIMITS, loadAlarms } from "../../fixtures/alarms.ts";
import { MEASURE, NO_DIGEST, PAGE } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";

const STRATEGY = {
  type: "tuple",
  components: [
    { name: "lower", type: "int64" },
    { name: "upper", type: "int64" },
    { name: "from", type: "uint64" },
    {
      name: "source",
      type: "tuple",
      components: [
        { name: "value", type: "bytes32" },
        { name: "algorithm", type: "uint8" },
      ],
    },
  ],
} as const;

describe("AlarmDesk.check", () => {
  it("given anybody but the readings: refuses", async () => {
    const { app, alarms, group, meter } = await loadAlarms();
    for (const name of ["owner", "bureau", "administrator"]) {
      const batch = {
        reading: 1,
        source: meter.id,
        group,
        measure: MEASURE.LOAD,
        min: 0n,
        max: 99n,
        sealed_: zeroHash,
      };
      await expectRefusal(alarms.writeAndWait.check(batch, await app.as(name)), "AccessManagedUnauthorized", {
        caller: app.address(name),
      });
    }
  });

  it("given readings at the limits, or no limits for the measure: raises nothing", async () => {
    const { alarms, group, read, set } = await loadAlarms();
    await read(-1_000n, 1_000n);
    await set();
    await read(LIMITS.lower, LIMITS.upper);
    expect(await alarms.read.count()).to.equal(0n);
    expect(await alarms.read.standingOf({ group })).to.deep.equal({ raised: 0n, open: 0n });
  });

  it("given the largest one above, or the least one below: raises a warning of the reading farthest out", async () => {
    const { alarms, group, read, set, warningOf } = await loadAlarms();
    await set();
    await read(LIMITS.lower, LIMITS.upper + 1n);
    expect(await warningOf(1)).to.include({ above: true, value: 81n, reading: 1, ofDevice: false, version: 1 });
    await read(LIMITS.lower - 1n, LIMITS.upper);
    expect(await warningOf(2)).to.include({ above: false, value: 9n, reading: 2 });
    // Where both are out, the one above counts.
    await read(-50n, 81n);
    expect(await warningOf(3)).to.include({ above: true, value: 81n, reading: 3 });
    expect(await alarms.read.standingOf({ group })).to.deep.equal({ raised: 3n, open: 3n });
  });

  it("given limits of the device: holds its readings against them, not against the group's", async () => {
    const { meter, read, set, warningOf, alarms } = await loadAlarms();
    await set({ upper: 1_000n }, meter.id);
    await set();
    await read(81n);
    expect(await alarms.read.count()).to.equal(0n);
    await read(1_001n);
    expect(await warningOf(1)).to.include({ ofDevice: true, version: 1, value: 1_001n });
  });

  byEachClock((clock) => {
    it("given readings out of range: seals batch, strategy and second in the record, in the transaction that brings them", async () => {
      const { app, actors, alarms, group, meter, set, source, warningOf } = await loadAlarms(clock);
      await set();
      const from = await app.now();
      await app.pass(10n);
      const wish = { source: meter, measure: MEASURE.LOAD, values: [99n], from: from + 1n, to: from + 2n };
      const signed = await actors.signBatch(meter, wish);
      const outcome = await actors.bring([signed]);
      const raisedAt = await app.now();
      const [raised] = await alarms.events.WarningRaised.get({ fromBlock: outcome.receipt.blockNumber });
      const structHash = hashStruct({
        ...{ data: { ...signed.batch }, primaryType: "ReadingBatch", types: DEVICE_TYPES.DeviceReadings },
      });
      const sealed = keccak256(
        encodeAbiParameters([{ type: "bytes32" }, { type: "bytes" }], [structHash, signed.signature.data as Hex]),
      );
      const strategy = { ...LIMITS, from, source: { value: source.value, algorithm: source.algorithm } };
      const evidence = keccak256(
        encodeAbiParameters(
          [{ type: "bytes32" }, { type: "uint32" }, { type: "bool" }, STRATEGY, { type: "uint64" }],
          [sealed, 1, false, strategy, raisedAt],
        ),
      );
      expect(raised?.args).to.deep.equal({
        ...{ warning: 1, group, reading: 1, source: meter.id, measure: MEASURE.LOAD, version: 1, value: 99n, evidence },
      });
      expect(await warningOf(1)).to.deep.equal({
        ...{ reading: 1, source: meter.id, group, measure: MEASURE.LOAD, version: 1, ofDevice: false, above: true },
        ...{ status: WarningStatus.OPEN, value: 99n, raisedAt, evidence, report: NO_DIGEST, decision: NO_DIGEST },
      });
      expect(await alarms.read.warningsOf({ group, ...PAGE }, await app.as("bureau"))).to.deep.equal({
        ...{ warnings: [1], next: 0n },
      });
    });
  });
});
