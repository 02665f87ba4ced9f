import { expect } from "chai";
import fc from "fast-check";
import { createDevicesActors, DeviceKind, MEASURE, PAGE, type SignedBatch } from "../../fixtures/devices-actors.ts";
import { expectForged, expectRefusal, loadDevicesApp } from "../../fixtures/devices-app.ts";

const step = fc.record({
  kind: fc.constantFrom("next", "next", "replay", "gap", "altered", "other's"),
  values: fc.array(fc.bigInt(-1_000n, 1_000n), { minLength: 1, maxLength: 6 }),
  pick: fc.nat(),
});

describe("DeviceReadings: what it takes over random batches", () => {
  it("given replays, gaps, alterations and forgeries in any order: takes the next untouched batch, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const app = await loadDevicesApp();
        const actors = createDevicesActors(app);
        const owner = await actors.party("owner");
        const group = await actors.group(owner, "owner");
        const meter = await actors.enrol("meter", { kind: DeviceKind.METER, owner, group });
        const { readings } = app.contracts;
        const of = { source: meter.id, measure: MEASURE.ENERGY };
        const taken: SignedBatch[] = [];
        for (const { kind, values, pick } of steps) {
          await app.pass(100n);
          const to = await app.now();
          const wish = { source: meter, measure: MEASURE.ENERGY, values, from: to - 50n, to };
          const expected = BigInt(taken.length + 1);
          const outOfSequence = async (signed: SignedBatch) =>
            await expectRefusal(actors.bring([signed]), "DeviceReadingsOutOfSequence", {
              ...{ speaker: meter.id, expected, given: signed.batch.sequence },
            });
          if (kind === "replay") {
            const old = taken[pick % Math.max(taken.length, 1)];
            if (old !== undefined) await outOfSequence(old);
          } else if (kind === "gap") {
            const sequence = expected + 1n + BigInt(pick % 5);
            await outOfSequence(await actors.signBatch(meter, wish, { sequence }));
          } else if (kind === "altered") {
            const signed = await actors.signBatch(meter, wish);
            const { total, min, max, to: end } = signed.batch;
            const change = [{ total: total + 1n }, { min: min - 1n }, { max: max + 1n }, { to: end - 1n }][pick % 4];
            await expectForged(
              actors.bring([{ ...signed, batch: { ...signed.batch, ...change } }]),
              app.address("meter"),
            );
          } else {
            const speaker = kind === "next" ? meter : { ...meter, name: "thief" };
            const signed = await actors.signBatch(speaker, wish);
            if (kind === "next") {
              await actors.bring([signed]);
              taken.push(signed);
            } else {
              await expectForged(actors.bring([signed]), app.address("meter"));
            }
          }
          expect(await readings.read.sequenceOf({ speaker: meter.id })).to.equal(BigInt(taken.length));
        }
        const { readings: kept } = await readings.read.series({ ...of, ...PAGE }, await app.as("owner"));
        let running = 0n;
        expect(
          kept.map(({ sequence, from, to, count, min, max, total, running: sum, root }) => ({
            ...{ sequence, from, to, count, min, max, total, sum, root },
          })),
        ).to.deep.equal(
          taken.map(({ batch: { sequence, from, to, count, min, max, total, root } }) => {
            running += total;
            return {
              ...{ sequence: Number(sequence), from: Number(from), to: Number(to), count, min, max, total, root },
              sum: running,
            };
          }),
        );
        // The sum over any time is the sum of the batches that lie in it.
        const [first, last] = [taken[0]?.batch, taken.at(-1)?.batch];
        if (first !== undefined && last !== undefined) {
          const sum = await readings.read.totalBetween({ ...of, from: first.from, to: last.to }, await app.as("owner"));
          expect(sum).to.deep.equal({ total: running, covered: last.to - first.from });
        }
      }),
      { numRuns: 12 },
    );
  });
});
