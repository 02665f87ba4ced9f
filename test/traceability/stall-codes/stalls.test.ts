import { PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { expectRefusal, loadTraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf, placeKeyOf } from "../../fixtures/trace-keys.ts";

const STALL = placeKeyOf(812);
const LOT = lotOf(gtinOf(89), "L1");
const ZERO = `0x${"00".repeat(32)}` as const;
const NOBODY = `0x${"00".repeat(20)}` as const;

async function opened() {
  const books = await loadTraceBooks();
  const { stalls } = books.contracts;
  const market = await books.file("market", { roles: [PartyRole.MARKET] });
  const holder = await books.file("holder");
  const open = async (
    stall: Hex = STALL,
    by = market,
    who = "market",
    holds = holder,
    payee: Hex = books.address("till"),
  ) => await stalls.writeAndWait.open({ by, stall, holder: holds, payee }, await books.as(who));
  await open();
  const offer = async (lot: Hex, by = holder, who = "holder") =>
    await stalls.writeAndWait.offer({ by, stall: STALL, lot }, await books.as(who));
  return { books, stalls, market, holder, open, offer };
}

describe("StallCodes.open", () => {
  it("given no market, another market's stall, or no stall, holder or account: refuses", async () => {
    const { books, market, holder, open } = await opened();
    await expectRefusal(open(STALL, holder, "holder"), "StallCodesNotMarket", { party: holder });
    const rival = await books.file("rival", { roles: [PartyRole.MARKET] });
    await expectRefusal(open(STALL, rival, "rival"), "StallCodesNotParty", { stall: STALL, party: rival });
    await expectRefusal(open(ZERO), "StallCodesIncomplete", {});
    await expectRefusal(open(STALL, market, "market", 0), "StallCodesIncomplete", {});
    await expectRefusal(open(STALL, market, "market", holder, NOBODY), "StallCodesIncomplete", {});
  });
});

describe("StallCodes.offer and takeOff", () => {
  it("given another party, a lot that is on offer, none, or 50 on offer: refuse", async () => {
    const { stalls, books, market, holder, offer } = await opened();
    await expectRefusal(offer(LOT, market, "market"), "StallCodesNotParty", { stall: STALL, party: market });
    await expectRefusal(offer(ZERO), "StallCodesCannotOffer", { stall: STALL, lot: ZERO, max: 50n });
    for (let index = 1; index <= 50; index++) await offer(lotOf(gtinOf(89), `L${index}`));
    for (const lot of [LOT, lotOf(gtinOf(89), "L51")]) {
      await expectRefusal(offer(lot), "StallCodesCannotOffer", { stall: STALL, lot, max: 50n });
    }
    const takeOff = async (lot: Hex) =>
      await stalls.writeAndWait.takeOff({ by: holder, stall: STALL, lot }, await books.as("holder"));
    await takeOff(LOT);
    await expectRefusal(takeOff(LOT), "StallCodesNotOffered", { stall: STALL, lot: LOT });
    // The last took the place of the one that left, and can itself be taken off.
    const { lots } = await stalls.read.codeOf({ stall: STALL });
    expect([lots.length, lots[0]]).to.deep.equal([49, lotOf(gtinOf(89), "L50")]);
    await takeOff(lotOf(gtinOf(89), "L50"));
    expect((await stalls.read.codeOf({ stall: STALL })).lots).to.have.length(48);
  });
});

describe("StallCodes.pay", () => {
  it("given nothing, or more than was approved: refuses; given a payment: adds it to the takings", async () => {
    const { books, stalls, offer } = await opened();
    await offer(LOT);
    await books.fund("shopper", 100n, stalls);
    const pay = async (amount: bigint) =>
      await stalls.writeAndWait.pay({ stall: STALL, lot: LOT, amount }, await books.as("shopper"));
    await expectRefusal(pay(0n), "StallCodesNothingPaid", {});
    await expectRefusal(pay(101n), "ERC20InsufficientAllowance", {
      ...{ spender: stalls.address, allowance: 100n, needed: 101n },
    });
    await pay(60n);
    await pay(40n);
    const { found } = await stalls.read.codeOf({ stall: STALL });
    expect([found.takings, await books.depositOf("till"), await stalls.read.count()]).to.deep.equal([100n, 100n, 2n]);
  });
});
