import { expect } from "chai";
import { deployCardLedger } from "../../fixtures/card-ledger.ts";
import { periodOrder, visitsOrder } from "../../fixtures/prepaid-cards.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCardLedger);

describe("CardLedger: readers", () => {
  it("refuse a card that was not sold", async () => {
    const { cards } = await fixture();
    const id = [99n] as const;
    for (const call of [
      cards.read.cardOf(id),
      cards.read.holderOf(id),
      cards.read.merchantOf(id),
      cards.read.principalOf(id),
      cards.read.faceOf(id),
      cards.read.reservedPrincipalOf(id),
      cards.read.topUpLeftOf(id),
    ]) {
      await expectRevert(call, cards, "CardLedgerUnknownCard", id);
    }
  });

  it("tell whose card it is, who sold it and what is on it", async () => {
    const { cards, stored, visits, merchant, accounts, asOperator } = await fixture();
    await cards.write.consume([visits, 4n, 0n, false], asOperator);
    expect((await cards.read.holderOf([visits])).toLowerCase()).to.equal(accounts.consumer.address.toLowerCase());
    expect(await cards.read.merchantOf([visits])).to.equal(merchant);
    expect(await cards.read.principalOf([visits])).to.equal(60_000n);
    // Of visits everything is the paid part.
    expect(await cards.read.faceOf([visits])).to.deep.equal([6n, 6n, 0n]);
    expect(await cards.read.reservedPrincipalOf([stored])).to.equal(0n);
    expect(await cards.read.topUpLeftOf([stored])).to.deep.equal([0n, 0n]);
    expect(await cards.read.count()).to.equal(3n);
  });

  it("page the cards of a merchant and of a holder", async () => {
    const { cards, sales, sale, merchant, accounts, asAgent } = await fixture();
    await sales.write.sell([sale(), [visitsOrder(), periodOrder()]], asAgent);
    const holder = accounts.consumer.address;
    expect(await cards.read.cardsOfMerchant([merchant, 0n, 2n])).to.deep.equal([[1n, 2n], 2n]);
    expect(await cards.read.cardsOfMerchant([merchant, 2n, 2n])).to.deep.equal([[3n, 4n], 4n]);
    expect(await cards.read.cardsOfMerchant([merchant, 4n, 2n])).to.deep.equal([[5n], 0n]);
    expect(await cards.read.cardsOfHolder([holder, 0n, 3n])).to.deep.equal([[1n, 2n, 3n], 3n]);
    expect(await cards.read.cardsOfHolder([holder, 3n, 3n])).to.deep.equal([[4n, 5n], 0n]);
    expect(await cards.read.cardsOfMerchant([99n, 0n, 2n])).to.deep.equal([[], 0n]);
    const paging = { abi: PAGING };
    await expectRevert(cards.read.cardsOfHolder([holder, 0n, 0n]), paging, "PagingLimitOutOfRange", [0n, 100n]);
    await expectRevert(cards.read.cardsOfHolder([holder, 6n, 1n]), paging, "PagingOffsetOutOfRange", [6n, 5n]);
    await expectRevert(cards.read.cardsOfMerchant([merchant, 0n, 101n]), paging, "PagingLimitOutOfRange", [101n, 100n]);
    await expectRevert(cards.read.cardsOfMerchant([merchant, 6n, 1n]), paging, "PagingOffsetOutOfRange", [6n, 5n]);
  });
});

const PAGING = [
  {
    type: "error",
    name: "PagingLimitOutOfRange",
    inputs: [
      { name: "limit", type: "uint256" },
      { name: "max", type: "uint256" },
    ],
  },
  {
    type: "error",
    name: "PagingOffsetOutOfRange",
    inputs: [
      { name: "offset", type: "uint256" },
      { name: "length", type: "uint256" },
    ],
  },
] as const;
