import { PartyRole, PlaceKind } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { glnOf, gtinOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const WHEAT = gtinOf(85);
const TONNE = 1_000_000n;

system("australia-grain-chain", () => {
  let books: TraceBooks;
  let silo: number;
  let grower: number;
  let miller: number;
  let store: number;

  beforeEach(async () => {
    books = await loadTraceBooks();
    silo = await books.file("silo", { roles: [PartyRole.WAREHOUSE] });
    grower = await books.file("grower");
    miller = await books.file("miller", { roles: [PartyRole.PROCESSOR] });
    const filed = await books.contracts.parties.writeAndWait.filePlace(
      {
        filing: {
          ...{ owner: silo, gln: glnOf(700), extension: `0x${"00".repeat(20)}`, kind: PlaceKind.STORE },
          ...{ region: ascii("AU-NSW"), description: digest("silo 4") },
        },
      },
      await books.as("silo"),
    );
    store = filed.event("PlaceFiled").args.place;
  });

  const weighIn = async (holder: number, amount: bigint, ticket: string) =>
    await books.contracts.stocks.writeAndWait.receiveGoods(
      { by: silo, store, holder, product: WHEAT, amount, ticket: digest(ticket) },
      await books.as("silo"),
    );
  const sell = async (who: "grower" | "miller", to: number, amount: bigint) =>
    await books.contracts.stocks.writeAndWait.sell(
      {
        ...{ by: { grower, miller }[who], store, to, product: WHEAT, amount },
        contractDigest: digest(`sale of ${amount}`),
      },
      await books.as(who),
    );
  const free = async (holder: number) =>
    (await books.contracts.stocks.read.balanceOf({ store, product: WHEAT, holder })).free;
  const stored = async () => await books.contracts.stocks.read.storedIn({ store, product: WHEAT });

  it("raises a holder's stock by what was weighed in, and moves it to the buyer by a sale", async () => {
    await weighIn(grower, 32n * TONNE + 140_000n, "ticket 1");
    await sell("grower", miller, 20n * TONNE);
    expect([await free(grower), await free(miller), await stored()]).to.deep.equal([
      12n * TONNE + 140_000n,
      20n * TONNE,
      32n * TONNE + 140_000n,
    ]);
    await expectRefusal(weighIn(grower, TONNE, "ticket 1"), "StockAccountsTicketUsed", {
      ...{ store, ticket: digest("ticket 1").value },
    });
  });

  it("lets nobody sell more than is stored, sell it twice, or weigh in but the silo", async () => {
    await weighIn(grower, 10n * TONNE, "ticket 1");
    const short = { store, party: grower, product: WHEAT };
    await expectRefusal(sell("grower", miller, 10n * TONNE + 1n), "StockAccountsShort", {
      ...{ ...short, free: 10n * TONNE, amount: 10n * TONNE + 1n },
    });
    await sell("grower", miller, 10n * TONNE);
    await expectRefusal(sell("grower", miller, 1n), "StockAccountsShort", { ...short, free: 0n, amount: 1n });
    await expectRefusal(
      books.contracts.stocks.writeAndWait.receiveGoods(
        { by: grower, store, holder: grower, product: WHEAT, amount: TONNE, ticket: digest("my own scale") },
        await books.as("grower"),
      ),
      "StockAccountsNotStore",
      { store, party: grower },
    );
  });

  it("sets aside what is ordered out, and hands it out once", async () => {
    const { stocks } = books.contracts;
    await weighIn(miller, 10n * TONNE, "ticket 1");
    const ordered = await stocks.writeAndWait.orderOut(
      { by: miller, store, product: WHEAT, amount: 6n * TONNE },
      await books.as("miller"),
    );
    const { order } = ordered.event("OutturnOrdered").args;
    await expectRefusal(sell("miller", grower, 5n * TONNE), "StockAccountsShort", {
      ...{ store, party: miller, product: WHEAT, free: 4n * TONNE, amount: 5n * TONNE },
    });
    const handOut = async (ticket: string) =>
      await stocks.writeAndWait.handOut({ by: silo, order, ticket: digest(ticket) }, await books.as("silo"));
    await handOut("ticket 2");
    await expectRefusal(handOut("ticket 3"), "StockAccountsUnknownOrder", { order, party: silo });
    expect([await free(miller), await stored()]).to.deep.equal([4n * TONNE, 4n * TONNE]);
  });
});
