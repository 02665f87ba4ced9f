import { expect } from "chai";
import { deployCards, storedOrder, visitsOrder } from "../../fixtures/prepaid-cards.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** Three cards of the sample consumer, one of another. */
const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  await shop.sell(storedOrder());
  await shop.sell(visitsOrder());
  await shop.sell(storedOrder({ paid: 10_000n, face: 10_000n }), { holder: shop.accounts.consumer2.address });
  await shop.sell(storedOrder({ paid: 20_000n, face: 20_000n }));
  return shop;
});

describe("SupervisionDesk.auditCards", () => {
  it("refuses everyone but the regulator, auditors and the merchant's agent, another merchant's agent included", async () => {
    const { desk, merchant, accounts, fileMerchant } = await fixture();
    await fileMerchant({ agent: accounts.agent2.address });
    const { agent2, consumer, settlement, platform, admin } = accounts;
    for (const { address } of [agent2, consumer, settlement, platform, admin]) {
      await expectRevert(
        desk.read.auditCards([merchant, 0n, 50n], { account: address }),
        desk,
        "SupervisionDeskNotAllowed",
        [address],
      );
    }
  });

  it("refuses a page of none or of more than 50", async () => {
    const { desk, merchant, accounts } = await fixture();
    const account = accounts.auditor.address;
    for (const limit of [0n, 51n]) {
      await expectRevert(
        desk.read.auditCards([merchant, 0n, limit], { account }),
        desk,
        "SupervisionDeskLimitOutOfRange",
        [limit, 50n],
      );
    }
    expect((await desk.read.auditCards([merchant, 0n, 50n], { account }))[0].length).to.equal(4);
  });

  it("gives the regulator, an auditor and the agent the merchant's cards, page by page", async () => {
    const { desk, cards, merchant, accounts } = await fixture();
    const all = await Promise.all([1n, 2n, 3n, 4n].map((id) => cards.read.cardOf([id])));
    for (const { address } of [accounts.regulator, accounts.auditor, accounts.agent]) {
      const account = { account: address };
      const [first, next] = await desk.read.auditCards([merchant, 0n, 3n], account);
      expect(first).to.deep.equal(all.slice(0, 3));
      expect(next).to.equal(3n);
      const [rest, end] = await desk.read.auditCards([merchant, next, 3n], account);
      expect(rest).to.deep.equal(all.slice(3));
      expect(end).to.equal(0n);
    }
  });
});

describe("SupervisionDesk.myCards", () => {
  it("refuses a page of none or of more than 50", async () => {
    const { desk, accounts } = await fixture();
    for (const limit of [0n, 51n]) {
      await expectRevert(
        desk.read.myCards([0n, limit], { account: accounts.consumer.address }),
        desk,
        "SupervisionDeskLimitOutOfRange",
        [limit, 50n],
      );
    }
  });

  it("gives a consumer its own cards, page by page, and nobody else's", async () => {
    const { desk, cards, accounts } = await fixture();
    const account = { account: accounts.consumer.address };
    const [ids, first, next] = await desk.read.myCards([0n, 2n], account);
    expect(ids).to.deep.equal([1n, 2n]);
    expect(first).to.deep.equal([await cards.read.cardOf([1n]), await cards.read.cardOf([2n])]);
    const [more, rest, end] = await desk.read.myCards([next, 2n], account);
    expect([more, rest, end]).to.deep.equal([[4n], [await cards.read.cardOf([4n])], 0n]);
    const [others] = await desk.read.myCards([0n, 50n], { account: accounts.consumer2.address });
    expect(others).to.deep.equal([3n]);
    const [none] = await desk.read.myCards([0n, 50n], { account: accounts.bob.address });
    expect(none).to.deep.equal([]);
  });
});

describe("SupervisionDesk.card", () => {
  it("refuses everyone but the holder, the merchant's agent, the regulator and auditors", async () => {
    const { desk, accounts, fileMerchant } = await fixture();
    await fileMerchant({ agent: accounts.agent2.address });
    for (const { address } of [accounts.consumer2, accounts.agent2, accounts.platform, accounts.admin]) {
      await expectRevert(desk.read.card([1n], { account: address }), desk, "SupervisionDeskNotAllowed", [address]);
    }
  });

  it("refuses a card that was never sold", async () => {
    const { desk, cards, accounts } = await fixture();
    await expectRevert(desk.read.card([5n], { account: accounts.regulator.address }), cards, "CardLedgerUnknownCard", [
      5n,
    ]);
  });

  it("gives the card to its holder, its merchant's agent, the regulator and an auditor", async () => {
    const { desk, cards, accounts } = await fixture();
    const card = await cards.read.cardOf([2n]);
    for (const { address } of [accounts.consumer, accounts.agent, accounts.regulator, accounts.auditor]) {
      expect(await desk.read.card([2n], { account: address })).to.deep.equal(card);
    }
  });
});
