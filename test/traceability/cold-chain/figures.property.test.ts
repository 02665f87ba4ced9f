import { expect } from "chai";
import fc from "fast-check";
import { BOX, COLD, loadCold } from "../../fixtures/cold.ts";
import { commission, PARTY, ship } from "../../fixtures/trace.ts";
import { figuresOf, type Interval } from "./figures.reference.ts";

/** A vaccine in transport: 2 to 8 degC, logged each 5 minutes, out of range each 2. */
const LIMITS = { lower: 2_00, upper: 8_00, logEvery: 300, alarmEvery: 120 };

const batch = fc.record({
  /** Seconds between the log's end and the batch: often none, sometimes a gap. */
  pause: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 900 }) }),
  interval: fc.constantFrom(60, 120, 121, 300),
  values: fc.array(fc.tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 120 })), {
    ...{ minLength: 1, maxLength: 12 },
  }),
});

describe("ColdLog, over random logs", () => {
  it("C-44: given any batches, when they are added up one by one, then the figures are those of the whole log", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 6 }), async (batches) => {
        const f = await loadCold();
        await f.capture("store", commission([BOX]));
        await f.plan(COLD.VACCINE);
        await f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
        const all: Interval[] = [];
        let end = Number((await f.cold.read.legOf([1])).startedAt);
        for (const { pause, interval, values } of batches) {
          const from = end + pause;
          const pairs = values.map(([min, spread]) => [min, min + spread] as const);
          // A first batch that begins later than a logging interval after the leg is a gap at its beginning, and taken.
          await f.record({ from: BigInt(from), interval, values: pairs });
          pairs.forEach(([min, max], index) => {
            all.push({ from: from + index * interval, to: from + (index + 1) * interval, min, max });
          });
          end = from + pairs.length * interval;
        }
        expect(await f.figures()).to.include(figuresOf(all, LIMITS));
      }),
      { numRuns: 25 },
    );
  }).timeout(120_000);
});
