import { DeliveryStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { PIECES } from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf, lotOf } from "../../fixtures/trace-keys.ts";

const PRODUCT = gtinOf(84);
const LOT = lotOf(PRODUCT, "L1");
const ITEM = itemOf(PRODUCT, "1");
const PIECE = 1_000_000n;
const NOBODY = `0x${"00".repeat(20)}` as const;

async function opened({ amount = 10n * PIECE, price = 300n } = {}) {
  const books = await loadTraceBooks();
  const { demands } = books.contracts;
  const buyer = await books.file("buyer");
  const supplier = await books.file("supplier");
  await books.fund("buyer", 10_000n, demands);
  const line = { supplier, product: PRODUCT, amount, unit: PIECES, price, plan: digest("plan") };
  const openLine = async (wish: Partial<typeof line> = {}, who = "buyer") =>
    await demands.writeAndWait.openDemand({ by: buyer, line: { ...line, ...wish } }, await books.as(who));
  const demand = (await openLine()).event("DemandOpened").args.demand;
  let notes = 0;
  const announce = async (
    object: Hex,
    pieces: bigint,
    { payee = books.address("payee") as Hex, note = digest(`note ${++notes}`), by = supplier, who = "supplier" } = {},
  ) =>
    (
      await demands.writeAndWait.announce({ by, demand, object, amount: pieces, payee, note }, await books.as(who))
    ).event("DeliveryAnnounced").args.delivery;
  const confirm = async (delivery: bigint, weighed: bigint, receipt = digest("receipt")) =>
    await demands.writeAndWait.confirm({ by: buyer, delivery, weighed, receipt }, await books.as("buyer"));
  return { books, demands, buyer, supplier, line, openLine, demand, announce, confirm };
}

describe("DemandBook.openDemand", () => {
  it("given a stranger, no supplier, product, amount or plan: refuses", async () => {
    const { books, buyer, openLine } = await opened();
    await expectRefusal(openLine({}, "stranger"), "PartyUserNotAgent", {
      ...{ party: buyer, caller: books.address("stranger") },
    });
    for (const wish of [{ supplier: 0 }, { product: 0n }, { amount: 0n }]) {
      await expectRefusal(openLine(wish), "DemandBookIncomplete", {});
    }
    await expectRefusal(openLine({ plan: NO_DIGEST }), "DigestsMissing", MISSING);
  });

  it("given a price that the buyer has not let the book take: refuses; without price takes nothing", async () => {
    const { books, buyer, demands, openLine } = await opened();
    await expectRefusal(openLine({ amount: 100n * PIECE }), "ERC20InsufficientAllowance", {
      ...{ spender: demands.address, allowance: 7_000n, needed: 30_000n },
    });
    const free = await openLine({ price: 0n });
    expect(free.event("DemandOpened").args).to.deep.include({ buyer, held: 0n });
    expect(await books.depositOf("buyer")).to.equal(7_000n);
  });

  it("given a price: takes amount times price, rounded up to a fen", async () => {
    const { books, openLine } = await opened({ amount: PIECE });
    const before = await books.depositOf("buyer");
    await openLine({ amount: 1n, price: 1n });
    expect(before - (await books.depositOf("buyer"))).to.equal(1n);
  });
});

describe("DemandBook.announce", () => {
  it("given another supplier, product, amount, no payee or no note: refuses", async () => {
    const { books, buyer, demand, announce } = await opened();
    await expectRefusal(announce(LOT, PIECE, { by: buyer, who: "buyer" }), "DemandBookNotParty", {
      demand,
      party: buyer,
    });
    const other = lotOf(gtinOf(85), "L1");
    await expectRefusal(announce(other, PIECE), "DemandBookWrongProduct", { demand, object: other });
    for (const amount of [0n, 10n * PIECE + 1n]) {
      await expectRefusal(announce(LOT, amount), "DemandBookInvalidAmount", { demand, amount, open: 10n * PIECE });
    }
    await expectRefusal(announce(ITEM, PIECE / 2n), "DemandBookInvalidAmount", {
      ...{ demand, amount: PIECE / 2n, open: 10n * PIECE },
    });
    await expectRefusal(announce(LOT, PIECE, { payee: NOBODY }), "DemandBookPayeeMissing", { demand });
    await expectRefusal(announce(LOT, PIECE, { note: NO_DIGEST }), "DigestsMissing", MISSING);
    expect(await books.contracts.demands.read.deliveryCount()).to.equal(0n);
  });

  it("given an item that is announced, a note that was used, or more than is left: refuses", async () => {
    const { demand, announce } = await opened();
    const note = digest("the note");
    await announce(ITEM, PIECE, { note });
    await expectRefusal(announce(LOT, PIECE, { note }), "DemandBookDeliveredBefore", { object: LOT, note: note.value });
    const second = digest("second");
    await expectRefusal(announce(ITEM, PIECE, { note: second }), "DemandBookDeliveredBefore", {
      ...{ object: ITEM, note: second.value },
    });
    await announce(LOT, 9n * PIECE);
    await expectRefusal(announce(LOT, 1n), "DemandBookInvalidAmount", { demand, amount: 1n, open: 0n });
  });
});

describe("DemandBook.confirm, refuse and withdraw", () => {
  it("given no weight, more than was announced, a part of an item or no receipt: refuse", async () => {
    const { announce, confirm } = await opened();
    const lot = await announce(LOT, 2n * PIECE);
    for (const confirmed of [0n, 2n * PIECE + 1n]) {
      await expectRefusal(confirm(lot, confirmed), "DemandBookInvalidWeight", {
        ...{ delivery: lot, confirmed, announced: 2n * PIECE },
      });
    }
    const item = await announce(ITEM, PIECE);
    await expectRefusal(confirm(item, PIECE - 1n), "DemandBookInvalidWeight", {
      ...{ delivery: item, confirmed: PIECE - 1n, announced: PIECE },
    });
    await expectRefusal(confirm(lot, PIECE, NO_DIGEST), "DigestsMissing", MISSING);
    await expectRefusal(confirm(99n, PIECE), "DemandBookNotAnnounced", { delivery: 99n, status: DeliveryStatus.NONE });
  });

  it("given a refusal or a withdrawal: pays nothing, demands it again, and the item may come again", async () => {
    const { books, buyer, supplier, demands, demand, announce, confirm } = await opened();
    const first = await announce(ITEM, PIECE);
    const answer = { by: buyer, delivery: first, reason: digest("scratched") };
    await expectRefusal(
      demands.writeAndWait.refuse({ ...answer, by: supplier }, await books.as("supplier")),
      "DemandBookNotParty",
      { demand, party: supplier },
    );
    await expectRefusal(
      demands.writeAndWait.refuse({ ...answer, reason: NO_DIGEST }, await books.as("buyer")),
      "DigestsMissing",
      MISSING,
    );
    await demands.writeAndWait.refuse(answer, await books.as("buyer"));
    await expectRefusal(confirm(first, PIECE), "DemandBookNotAnnounced", {
      ...{ delivery: first, status: DeliveryStatus.REFUSED },
    });
    const second = await announce(ITEM, PIECE);
    await expectRefusal(
      demands.writeAndWait.withdraw({ by: buyer, delivery: second }, await books.as("buyer")),
      "DemandBookNotParty",
      { demand, party: buyer },
    );
    await demands.writeAndWait.withdraw({ by: supplier, delivery: second }, await books.as("supplier"));
    expect(await demands.read.deliveryOf({ delivery: second })).to.deep.include({
      ...{ status: DeliveryStatus.WITHDRAWN, answeredAt: await books.now(), paid: 0n },
    });
    const third = await announce(ITEM, PIECE);
    await confirm(third, PIECE);
    expect([await books.depositOf("payee"), (await demands.read.demandOf({ demand })).confirmed]).to.deep.equal([
      ...[300n, PIECE],
    ]);
  });

  it("given the deliveries of a demand: reads them page by page", async () => {
    const { demands, demand, announce } = await opened();
    const ids = [await announce(LOT, PIECE), await announce(ITEM, PIECE), await announce(LOT, PIECE)];
    const first = await demands.read.deliveriesOf({ demand, cursor: 0n, limit: 2n });
    const rest = await demands.read.deliveriesOf({ demand, cursor: first.next, limit: 2n });
    expect([first.ids, first.next, rest.ids, rest.next]).to.deep.equal([ids.slice(0, 2), 2n, ids.slice(2), 0n]);
  });
});

describe("DemandBook.close", () => {
  it("given another party or a demand that is closed: refuses; given the buyer: gives the rest to who put it up", async () => {
    const { books, buyer, supplier, demands, demand, announce, confirm } = await opened();
    await confirm(await announce(LOT, 4n * PIECE), 4n * PIECE);
    const close = async (by: number, who: string) =>
      await demands.writeAndWait.close({ by, demand }, await books.as(who));
    await expectRefusal(close(supplier, "supplier"), "DemandBookNotParty", { demand, party: supplier });
    const closed = await close(buyer, "buyer");
    expect(closed.event("DemandClosed").args).to.deep.equal({ demand, returned: 1_800n });
    expect(await books.depositOf("buyer")).to.equal(8_800n);
    await expectRefusal(close(buyer, "buyer"), "DemandBookNotOpen", { demand });
    await expectRefusal(
      demands.writeAndWait.close({ by: buyer, demand: 99n }, await books.as("buyer")),
      "DemandBookNotOpen",
      { demand: 99n },
    );
  });
});

describe("DemandBook.close, deliveries", () => {
  it("given a delivery that is announced and not answered: refuses; answered, gives back what was not delivered", async () => {
    const { books, demands, buyer, supplier, demand, announce, confirm } = await opened();
    const delivery = await announce(LOT, 4n * PIECE);
    const close = async (by: number, who: string) =>
      await demands.writeAndWait.close({ by, demand }, await books.as(who));
    await expectRefusal(close(supplier, "supplier"), "DemandBookNotParty", { demand, party: supplier });
    await expectRefusal(close(buyer, "buyer"), "DemandBookDeliveriesOpen", { demand, announced: 4n * PIECE });
    await confirm(delivery, 3n * PIECE);
    await close(buyer, "buyer");
    expect(await books.depositOf("buyer")).to.equal(10_000n - 900n);
  });
});
