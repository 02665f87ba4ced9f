import { AgreementStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { MEASURE } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { BUY, loadTariffs, SELL, SLOT } from "../../fixtures/tariffs.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

/** The price of a half hour of the day. */
const buy = (slot: number) => BigInt(BUY[slot] ?? 0);
const sell = (slot: number) => BigInt(SELL[slot] ?? 0);

describe("TariffBook.settle", () => {
  it("given no agreement, or one that is not in force: refuses", async () => {
    const { settle, offer } = await loadTariffs();
    await expectRefusal(settle(1n), "TariffBookUnknown", { agreement: 1n, statement: 0 });
    await offer();
    await expectRefusal(settle(1n), "TariffBookWrongStatus", { agreement: 1n, status: AgreementStatus.OFFERED });
  });

  it("given a page of nothing, or of more than a hundred batches: refuses", async () => {
    const { inForce, move, settle } = await loadTariffs();
    await inForce();
    await move(true, 10n, 20n, 1n);
    for (const limit of [0n, 101n]) {
      await expectRefusal(settle(15n, limit), "PagingLimitOutOfRange", { limit, max: 100n });
    }
  });

  byEachClock((clock) => {
    it("given an end that is not after the agreement began: refuses; one second after, it settles", async () => {
      const { app, tariffs, inForce, midnight, settle } = await loadTariffs(clock);
      await inForce();
      const { since } = await tariffs.read.agreementOf({ agreement: 1n });
      await app.pass(10n);
      for (const until of [since - 1n, since]) {
        await expectRefusal(settle(until - midnight), "TariffBookWrongEnd", { until, expected: 0n });
      }
      await settle(since + 1n - midnight);
    });

    it("given an end that is not over: refuses; one second later, it settles", async () => {
      const { app, inForce, midnight, settle } = await loadTariffs(clock);
      await inForce();
      await app.as("courier");
      const until = (await app.now()) + 100n;
      await app.nextAt(until);
      await expectRefusal(settle(until - midnight), "TariffBookWrongEnd", { until, expected: 0n });
      await app.nextAt(until + 1n);
      await settle(until - midnight);
    });
  });

  it("given a statement under way, another end: refuses; given one that is closed, an end that is not later: refuses", async () => {
    const { inForce, midnight, move, settle } = await loadTariffs();
    await inForce();
    for (const from of [0n, 100n, 200n]) await move(true, from, from + 50n, 10n);
    await settle(225n, 1n);
    for (const until of [224n, 226n]) {
      await expectRefusal(settle(until), "TariffBookWrongEnd", {
        ...{ until: midnight + until, expected: midnight + 225n },
      });
    }
    await settle(225n);
    await expectRefusal(settle(225n), "TariffBookWrongEnd", { until: midnight + 225n, expected: 0n });
  });

  it("given what the meter took and gave, by half hour: adds it up page by page, and closes it when none is left", async () => {
    const { app, inForce, midnight, move, settle, statementOf } = await loadTariffs();
    await inForce();
    await move(false, 0n, SLOT - 1n, 1_000n); // slot 0, to its last second
    await move(false, SLOT, SLOT + 10n, 2_000n); // slot 1, from its first
    await move(true, 47n * SLOT, 47n * SLOT + 10n, 2_500n);
    await app.pass(100n);
    const [first, second] = [-1_000n * buy(0), -2_000n * buy(1)];
    const third = 2_500n * sell(47);
    const args = { agreement: 1n, statement: 1 };
    expectOwnEvents(await settle(47n * SLOT + 10n, 1n), [
      ["StatementAdvanced", { ...args, batches: 2n, income: first + third }],
    ]);
    expect(await statementOf(1)).to.deep.equal({
      ...{ firstIn: 0n, firstOut: 0n, nextIn: 1n, nextOut: 1n, until: midnight + 47n * SLOT + 10n },
      ...{ closed: false, paid: false, taken: 1_000n, given: 2_500n, unpriced: 0n, income: first + third },
      ...{ userFen: 0n, operatorFen: 0n },
    });
    const income = first + second + third;
    const fen = income / 100_000n;
    const userFen = (fen * 300_000n + 999_999n) / 1_000_000n;
    expectOwnEvents(await settle(47n * SLOT + 10n, 1n), [
      ["StatementAdvanced", { ...args, batches: 1n, income }],
      ["StatementClosed", { ...args, income, userFen, operatorFen: fen - userFen }],
    ]);
    expect(await statementOf(1)).to.include({
      ...{ nextIn: 2n, nextOut: 1n, closed: true, taken: 3_000n, given: 2_500n, userFen, operatorFen: fen - userFen },
    });
  });

  it("given a batch that ends with the statement, and one a second later: counts the one now, the other in the next", async () => {
    const { app, inForce, move, settle, statementOf } = await loadTariffs();
    await inForce();
    await move(true, 0n, 100n, 10n);
    await move(true, 101n, 102n, 20n);
    await app.pass(1_000n);
    await settle(100n);
    expect(await statementOf(1)).to.include({ given: 10n, nextOut: 1n, closed: true });
    await settle(102n);
    expect(await statementOf(2)).to.include({ firstOut: 1n, nextOut: 2n, given: 20n, closed: true });
  });

  it("given energy that crosses a half hour, of a meter that ran backwards, or without a price: counts it apart", async () => {
    const { app, actors, inForce, meter, midnight, move, settle, statementOf, tariffs } = await loadTariffs();
    await inForce();
    const { since } = await tariffs.read.agreementOf({ agreement: 1n });
    // Measured before the agreement was in force, and posted later.
    const early = { source: meter, measure: MEASURE.ENERGY_OUT, values: [5n], from: since - 1n, to: since - 1n };
    await actors.post(meter, early);
    await actors.post(meter, { ...early, from: since, to: since, values: [3n] });
    await move(true, SLOT - 1n, SLOT, 7n);
    await move(false, 2n * SLOT + 1n, 2n * SLOT + 5n, -50n);
    await app.pass(100n);
    await settle(2n * SLOT + 50n);
    const slot = Number((since - (midnight - 86_400n)) / SLOT);
    expect(await statementOf(1)).to.include({
      ...{ given: 3n, taken: 0n, unpriced: 12n, income: 3n * sell(slot), nextOut: 3n, nextIn: 1n, closed: true },
    });
  });

  it("given a region without a price table at the time: counts everything apart", async () => {
    const { offer, accept, move, settle, app, statementOf } = await loadTariffs();
    await offer();
    await accept();
    await move(true, 10n, 20n, 9n);
    await app.pass(60n);
    await settle(30n);
    expect(await statementOf(1)).to.include({ given: 0n, unpriced: 9n, income: 0n, userFen: 0n, operatorFen: 0n });
  });

  it("given a gain that does not divide: rounds the user's share up; given a loss, his share of it down", async () => {
    for (const [given, sign, user, operator] of [
      [true, 1n, 4n, 6n],
      [false, -1n, -3n, -7n],
    ] as const) {
      const { app, inForce, move, settle, statementOf } = await loadTariffs();
      await inForce({ userPpm: 333_334 });
      // Ten fen and nine tenths: cut towards zero to ten, of which a third and a little more.
      const price = given ? sell(0) : buy(0);
      const wattHours = 1_090_000n / price;
      await move(given, 10n, 20n, wattHours);
      await app.pass(60n);
      await settle(30n);
      const { income, userFen, operatorFen } = await statementOf(1);
      expect(income).to.equal(sign * wattHours * price);
      expect([income / 100_000n, userFen, operatorFen]).to.deep.equal([sign * 10n, user, operator]);
    }
  });
});
