import { expect } from "chai";
import fc from "fast-check";
import type { Hex } from "viem";
import { box, commission, deployRecalls, pack, qty, sell, sscc, tea, transform } from "../../fixtures/recall.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const load = defineFixture(deployRecalls);

const step = fc.record({
  action: fc.constantFrom("split", "split", "merge", "fill", "sell", "pack", "advance", "open"),
  one: fc.nat({ max: 50 }),
  other: fc.nat({ max: 50 }),
  size: fc.integer({ min: 1, max: 3 }),
});

/** A lot as the model knows it: what is left of it, and what was made of it. */
interface Lot {
  readonly id: Hex;
  live: number;
  readonly lots: Lot[];
  readonly items: Hex[];
}

/** Everything made of a lot, itself included. */
function downstream(lot: Lot, seen = new Set<Lot>()): Set<Lot> {
  if (seen.has(lot)) return seen;
  seen.add(lot);
  for (const next of lot.lots) downstream(next, seen);
  return seen;
}

describe("RecallMarks, over random lineages", () => {
  it("C-29: given any splits, merges, fillings and sales before and during a recall, when it is complete, then what is marked is what can be reached, and the books hold all of it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const { capture, open, advance, marks, as, isRecalled, books } = await load();
        const lots: Lot[] = [];
        const items: { id: Hex; free: boolean }[] = [];
        const begin = async () => {
          const lot = { id: tea(`L${lots.length}`), live: 8, lots: [], items: [] };
          lots.push(lot);
          await capture("processor", commission([qty(lot.id, lot.live)]));
        };
        await begin();
        await begin();
        const root = lots[0];
        if (root === undefined) throw new Error("No lots");
        let recall: number | undefined;
        let sold = 0;
        const reach = () => (recall === undefined ? new Set<Lot>() : downstream(root));
        for (const { action, one, other, size } of steps) {
          const lot = lots[one % lots.length];
          const second = lots[other % lots.length];
          const item = items[one % Math.max(1, items.length)];
          if (lot === undefined || second === undefined) continue;
          if (action === "split" && lot.live >= size) {
            const made = Array.from({ length: size }, (_, i) => ({
              id: tea(`L${lots.length + i}`),
              live: 1,
              lots: [],
              items: [],
            }));
            await capture(
              "processor",
              transform(
                [qty(lot.id, size)],
                made.map(({ id }) => qty(id, 1)),
              ),
            );
            lot.live -= size;
            lot.lots.push(...made);
            lots.push(...made);
          } else if (action === "merge" && lot !== second && lot.live > 0 && second.live > 0) {
            const made = { id: tea(`L${lots.length}`), live: 2, lots: [], items: [] };
            await capture("processor", transform([qty(lot.id, 1), qty(second.id, 1)], [qty(made.id, 2)]));
            for (const source of [lot, second]) {
              source.live -= 1;
              source.lots.push(made);
            }
            lots.push(made);
          } else if (action === "fill") {
            const made = Array.from({ length: size }, (_, i) => box(items.length + i));
            await capture("processor", commission(made, { ilmd: { lot: lot.id } }));
            lot.items.push(...made);
            items.push(...made.map((id) => ({ id, free: true })));
          } else if (action === "sell" && item?.free && !(await isRecalled(item.id))) {
            await capture("processor", sell([item.id]));
            item.free = false;
            sold += 1;
          } else if (action === "pack" && item?.free && !(await isRecalled(item.id))) {
            await capture("processor", pack(sscc(one), [item.id]));
            item.free = false;
          } else if (action === "advance" && recall !== undefined) {
            await marks.write.advance([recall, BigInt(size)], as("shop"));
          } else if (action === "open" && recall === undefined) {
            recall = await open([root.id]);
          }
        }
        recall ??= await open([root.id]);
        await advance(recall, 7);
        const reached = reach();
        for (const lot of lots) {
          expect(await isRecalled(lot.id), lot.id).to.equal(reached.has(lot));
          for (const id of lot.items) expect(await isRecalled(id), id).to.equal(reached.has(lot));
        }
        const all = await books(recall);
        const kilograms = [...reached].reduce((sum, lot) => sum + lot.live, 0);
        const count = [...reached].reduce((sum, lot) => sum + lot.items.length, 0);
        expect(all["0x4b474d"]?.distributed).to.equal(BigInt(kilograms) * 1_000_000n);
        expect(all["0x000000"]?.distributed ?? 0n).to.equal(BigInt(count) * 1_000_000n);
        expect((all["0x000000"]?.returned ?? 0n) <= BigInt(count) * 1_000_000n, `${sold} sold`).to.equal(true);
      }),
      { numRuns: 25 },
    );
  });
});
