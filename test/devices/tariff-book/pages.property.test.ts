import { expect } from "chai";
import fc from "fast-check";
import { BUY, loadTariffs, SELL, SLOT } from "../../fixtures/tariffs.ts";

/** A batch of the meter: how long after the one before it begins, how long it lasts, how much it reads. */
const batch = fc.record({
  given: fc.boolean(),
  pause: fc.integer({ min: 1, max: 2_000 }),
  length: fc.integer({ min: 0, max: 1_200 }),
  wattHours: fc.integer({ min: -50, max: 500_000 }),
});

describe("TariffBook: statements over random readings", () => {
  it("given any batches and pages of any size: income, shares and recomputation are those of a reckoning by hand", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(batch, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        async (batches, limit, userPpm) => {
          const { app, tariffs, inForce, move, settle, statementOf } = await loadTariffs();
          await inForce({ userPpm });
          const sums = { income: 0n, given: 0n, taken: 0n, unpriced: 0n };
          let at = 0;
          for (const { given, pause, length, wattHours } of batches) {
            const from = at + pause;
            at = from + length;
            await move(given, BigInt(from), BigInt(at), BigInt(wattHours));
            const slot = Math.floor(from / Number(SLOT));
            const energy = wattHours < 0 ? 0n : BigInt(wattHours);
            if (wattHours < 0 || slot !== Math.floor(at / Number(SLOT))) {
              sums.unpriced += energy;
              continue;
            }
            const price = BigInt((given ? SELL : BUY)[slot] ?? 0);
            sums.income += (given ? energy : -energy) * price;
            sums[given ? "given" : "taken"] += energy;
          }
          await app.pass(10n);
          let closed = false;
          for (let page = 0; page <= batches.length && !closed; page++) {
            closed = (await settle(BigInt(at), BigInt(limit))).events.some(
              ({ eventName }) => eventName === "StatementClosed",
            );
          }
          const statement = await statementOf(1);
          const fen = sums.income / 100_000n;
          const share = BigInt(userPpm);
          const userFen = fen >= 0n ? (fen * share + 999_999n) / 1_000_000n : -((-fen * share) / 1_000_000n);
          expect(statement).to.include({ ...sums, closed: true, userFen, operatorFen: fen - userFen });
          let again = 0n;
          for (const given of [true, false]) {
            let cursor = 0n;
            do {
              const part = { agreement: 1n, statement: 1, given, cursor, limit: BigInt(limit) };
              const { income, next } = await tariffs.read.recompute(part, await app.as("user"));
              again += income;
              cursor = next;
            } while (cursor !== 0n);
          }
          expect(again).to.equal(sums.income);
        },
      ),
      { numRuns: 12 },
    );
  });
});
