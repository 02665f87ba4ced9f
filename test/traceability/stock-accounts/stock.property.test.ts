import { PartyRole, PlaceKind } from "@banyan/trace-common/client";
import { expect } from "chai";
import fc from "fast-check";
import { ascii } from "../../fixtures/common.ts";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { glnOf, gtinOf } from "../../fixtures/trace-keys.ts";

const WHEAT = gtinOf(85);
const HOLDERS = ["grower", "miller", "trader"] as const;

async function silo() {
  const books = await loadTraceBooks();
  const { stocks, parties } = books.contracts;
  const keeper = await books.file("silo", { roles: [PartyRole.WAREHOUSE] });
  const holders = [await books.file("grower"), await books.file("miller"), await books.file("trader")] as const;
  const filed = await parties.writeAndWait.filePlace(
    {
      filing: {
        ...{ owner: keeper, gln: glnOf(700), extension: `0x${"00".repeat(20)}`, kind: PlaceKind.STORE },
        ...{ region: ascii("AU-NSW"), description: digest("silo 4") },
      },
    },
    await books.as("silo"),
  );
  const store = filed.event("PlaceFiled").args.place;
  return { books, stocks, keeper, holders, store };
}

describe("StockAccounts", () => {
  it("given no amount, oneself as buyer, a party that is not filed, or no document: refuses", async () => {
    const { books, stocks, keeper, holders, store } = await silo();
    const [grower] = holders;
    const weigh = { by: keeper, store, holder: grower, product: WHEAT, amount: 5n, ticket: digest("ticket") };
    const asSilo = await books.as("silo");
    await expectRefusal(stocks.writeAndWait.receiveGoods({ ...weigh, amount: 0n }, asSilo), "StockAccountsInvalid", {
      ...{ amount: 0n, party: grower },
    });
    await expectRefusal(stocks.writeAndWait.receiveGoods({ ...weigh, holder: 99 }, asSilo), "TradePartiesUnknown", {
      party: 99,
    });
    await expectRefusal(
      stocks.writeAndWait.receiveGoods({ ...weigh, ticket: NO_DIGEST }, asSilo),
      "DigestsMissing",
      MISSING,
    );
    const received = await stocks.writeAndWait.receiveGoods(weigh, asSilo);
    expect(received.event("StockReceived").args).to.deep.equal({
      ...{ store, holder: grower, product: WHEAT, amount: 5n, ticket: digest("ticket") },
    });
    const sale = { by: grower, store, to: holders[1], product: WHEAT, amount: 1n, contractDigest: digest("contract") };
    const asGrower = await books.as("grower");
    await expectRefusal(stocks.writeAndWait.sell({ ...sale, amount: 0n }, asGrower), "StockAccountsInvalid", {
      ...{ amount: 0n, party: holders[1] },
    });
    await expectRefusal(stocks.writeAndWait.sell({ ...sale, to: grower }, asGrower), "StockAccountsInvalid", {
      ...{ amount: 1n, party: grower },
    });
    await expectRefusal(
      stocks.writeAndWait.sell({ ...sale, contractDigest: NO_DIGEST }, asGrower),
      "DigestsMissing",
      MISSING,
    );
    await expectRefusal(
      stocks.writeAndWait.orderOut({ by: grower, store, product: WHEAT, amount: 0n }, asGrower),
      "StockAccountsInvalid",
      { amount: 0n, party: grower },
    );
  });

  it("given an order: only its holder takes it back, only its store hands it out, and each only once", async () => {
    const { books, stocks, keeper, holders, store } = await silo();
    const [grower, miller] = holders;
    await stocks.writeAndWait.receiveGoods(
      { by: keeper, store, holder: grower, product: WHEAT, amount: 5n, ticket: digest("in") },
      await books.as("silo"),
    );
    const orderOut = async () =>
      (
        await stocks.writeAndWait.orderOut({ by: grower, store, product: WHEAT, amount: 3n }, await books.as("grower"))
      ).event("OutturnOrdered").args.order;
    const order = await orderOut();
    await expectRefusal(
      stocks.writeAndWait.cancelOrder({ by: miller, order }, await books.as("miller")),
      "StockAccountsUnknownOrder",
      { order, party: miller },
    );
    await expectRefusal(
      stocks.writeAndWait.handOut({ by: grower, order, ticket: digest("out") }, await books.as("grower")),
      "StockAccountsNotStore",
      { store, party: grower },
    );
    await expectRefusal(
      stocks.writeAndWait.handOut({ by: keeper, order, ticket: digest("in") }, await books.as("silo")),
      "StockAccountsTicketUsed",
      { store, ticket: digest("in").value },
    );
    await stocks.writeAndWait.cancelOrder({ by: grower, order }, await books.as("grower"));
    expect(await stocks.read.balanceOf({ store, product: WHEAT, holder: grower })).to.deep.equal({
      free: 5n,
      ordered: 0n,
    });
    for (const again of [
      async () => stocks.writeAndWait.cancelOrder({ by: grower, order }, await books.as("grower")),
      async () => stocks.writeAndWait.handOut({ by: grower, order, ticket: digest("out") }, await books.as("grower")),
    ]) {
      await expectRefusal(again(), "StockAccountsUnknownOrder", { order, party: grower });
    }
    expect((await stocks.read.orderOf({ order: await orderOut() })).done).to.equal(false);
  });

  it("given any sequence of weighing in, sales, orders and handing out: stores what came in less what went out, and nobody owes", async () => {
    const step = fc.record({
      kind: fc.constantFrom("in", "sell", "order", "out", "cancel"),
      who: fc.integer({ min: 0, max: 2 }),
      to: fc.integer({ min: 0, max: 2 }),
      amount: fc.bigInt(1n, 20n),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const { books, stocks, keeper, holders, store } = await silo();
        const free = [0n, 0n, 0n];
        const orders: { order: bigint; who: number; amount: bigint }[] = [];
        let stored = 0n;
        for (const [index, { kind, who, to, amount }] of steps.entries()) {
          const name = HOLDERS[who] ?? "grower";
          const by = holders[who] ?? 0;
          const own = free[who] ?? 0n;
          const ticket = digest(`ticket ${index}`);
          if (kind === "in") {
            const weigh = { by: keeper, store, holder: by, product: WHEAT, amount, ticket };
            await stocks.writeAndWait.receiveGoods(weigh, await books.as("silo"));
            free[who] = own + amount;
            stored += amount;
          } else if (kind === "sell" && to !== who) {
            const sale = { by, store, to: holders[to] ?? 0, product: WHEAT, amount, contractDigest: ticket };
            const sold = stocks.writeAndWait.sell(sale, await books.as(name));
            const short = { store, party: by, product: WHEAT, free: own, amount };
            if (amount > own) await expectRefusal(sold, "StockAccountsShort", short);
            else {
              await sold;
              free[who] = own - amount;
              free[to] = (free[to] ?? 0n) + amount;
            }
          } else if (kind === "order") {
            const ordered = stocks.writeAndWait.orderOut({ by, store, product: WHEAT, amount }, await books.as(name));
            const short = { store, party: by, product: WHEAT, free: own, amount };
            if (amount > own) await expectRefusal(ordered, "StockAccountsShort", short);
            else {
              orders.push({ order: (await ordered).event("OutturnOrdered").args.order, who, amount });
              free[who] = own - amount;
            }
          } else if (kind === "out" || kind === "cancel") {
            const next = orders.shift();
            if (next === undefined) continue;
            if (kind === "out") {
              await stocks.writeAndWait.handOut({ by: keeper, order: next.order, ticket }, await books.as("silo"));
              stored -= next.amount;
            } else {
              const party = holders[next.who] ?? 0;
              await stocks.writeAndWait.cancelOrder(
                { by: party, order: next.order },
                await books.as(HOLDERS[next.who] ?? "grower"),
              );
              free[next.who] = (free[next.who] ?? 0n) + next.amount;
            }
          }
        }
        const balances = await Promise.all(
          holders.map(async (holder) => await stocks.read.balanceOf({ store, product: WHEAT, holder })),
        );
        expect(balances.map((balance) => balance.free)).to.deep.equal(free);
        const sum = balances.reduce((all, balance) => all + balance.free + balance.ordered, 0n);
        expect([sum, await stocks.read.storedIn({ store, product: WHEAT })]).to.deep.equal([stored, stored]);
      }),
      { numRuns: 12 },
    );
  });
});
