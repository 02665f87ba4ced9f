import { expect } from "chai";
import { NO_DIGEST } from "../../fixtures/devices-actors.ts";
import { expectRefusal } from "../../fixtures/devices-app.ts";
import { BUY, loadTariffs, SELL, SLOT } from "../../fixtures/tariffs.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

/** Three batches out, two in; one of each settled, the statement open. */
async function world() {
  const tariffs = await loadTariffs();
  const { app, inForce, move, settle } = tariffs;
  await inForce();
  await move(false, 1n, 10n, 100n);
  await move(false, SLOT + 1n, SLOT + 10n, 200n);
  for (const slot of [2n, 3n, 4n]) await move(true, slot * SLOT + 1n, slot * SLOT + 10n, slot * 1_000n);
  await app.pass(100n);
  await settle(4n * SLOT + 10n, 1n);
  return { ...tariffs, finish: async () => await settle(4n * SLOT + 10n) };
}

describe("TariffBook.confirmPayment", () => {
  it("given no such statement, or a caller who does not act for the bank: refuses", async () => {
    const { app, bank, pay, finish } = await world();
    await finish();
    for (const statement of [0, 2]) {
      await expectRefusal(pay(statement), "TariffBookUnknown", { agreement: 1n, statement });
    }
    for (const name of ["operator", "user"]) {
      await expectRefusal(pay(1, name), "PartyUserNotAgent", { party: bank, caller: app.address(name) });
    }
  });

  it("given a statement that is not complete, or no entry: refuses; else it is paid, once", async () => {
    const { app, pay, finish, statementOf } = await world();
    await expectRefusal(pay(1), "TariffBookNotPayable", { agreement: 1n, statement: 1 });
    await finish();
    await expectRefusal(pay(1, "settlement bank", NO_DIGEST), "DigestsMissing", NO_DIGEST);
    const bankEntry = app.digest("entry 1");
    expectOwnEvents(await pay(1), [["StatementPaid", { agreement: 1n, statement: 1, bankEntry }]]);
    expect((await statementOf(1)).paid).to.equal(true);
    await expectRefusal(pay(1), "TariffBookNotPayable", { agreement: 1n, statement: 1 });
  });
});

describe("TariffBook.recompute", () => {
  it("given no such statement, a caller who has no part in it, or a page that is none: refuses", async () => {
    const { app, operator, tariffs } = await world();
    const part = { agreement: 1n, statement: 1, given: true, cursor: 0n, limit: 10n };
    const recompute = async (changes: Partial<typeof part>, name = "user") =>
      await tariffs.read.recompute({ ...part, ...changes }, await app.as(name));
    for (const statement of [0, 2]) {
      await expectRefusal(recompute({ statement }), "TariffBookUnknown", { agreement: 1n, statement });
    }
    await expectRefusal(recompute({}, "stranger"), "PartyUserNotAgent", {
      ...{ party: operator, caller: app.address("stranger") },
    });
    await expectRefusal(recompute({ limit: 0n }), "PagingLimitOutOfRange", { limit: 0n, max: 100n });
    await expectRefusal(recompute({ limit: 101n }), "PagingLimitOutOfRange", { limit: 101n, max: 100n });
    await expectRefusal(recompute({ cursor: 2n }), "PagingOffsetOutOfRange", { offset: 2n, length: 1n });
  });

  it("given operator, user or bank: tells each the same, in parts that add up to the statement's income", async () => {
    const { app, finish, tariffs, statementOf } = await world();
    await finish();
    const price = (prices: readonly number[], slot: number) => BigInt(prices[slot] ?? 0);
    const given = [2, 3, 4].map((slot) => BigInt(slot) * 1_000n * price(SELL, slot));
    const taken = [-100n * price(BUY, 0), -200n * price(BUY, 1)];
    for (const name of ["operator", "user", "settlement bank"]) {
      const part = async (isGiven: boolean, cursor: bigint) =>
        await tariffs.read.recompute(
          { agreement: 1n, statement: 1, given: isGiven, cursor, limit: 2n },
          await app.as(name),
        );
      expect(await part(true, 0n)).to.deep.equal({ income: (given[0] ?? 0n) + (given[1] ?? 0n), next: 2n });
      expect(await part(true, 2n)).to.deep.equal({ income: given[2], next: 0n });
      expect(await part(true, 3n)).to.deep.equal({ income: 0n, next: 0n });
      expect(await part(false, 0n)).to.deep.equal({ income: (taken[0] ?? 0n) + (taken[1] ?? 0n), next: 0n });
    }
    expect((await statementOf(1)).income).to.equal([...given, ...taken].reduce((sum, one) => sum + one, 0n));
  });
});
