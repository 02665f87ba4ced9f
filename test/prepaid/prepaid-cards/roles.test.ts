import { digestOf } from "../../fixtures/common.ts";
import { deployCards, storedOrder } from "../../fixtures/prepaid-cards.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  return { ...shop, card: await shop.sell(storedOrder()) };
});

describe("PrepaidCards: who may write", () => {
  it("lets only the sales issue cards and add top-ups", async () => {
    const { cards, sale, topUp, card, accounts } = await fixture();
    for (const account of [accounts.agent, accounts.consumer, accounts.platform, accounts.admin, accounts.alice]) {
      const refused = [account.address] as const;
      await expectRevert(
        cards.write.issue([sale(), [storedOrder()]], { account }),
        cards,
        "AccessManagedUnauthorized",
        refused,
      );
      await expectRevert(cards.write.addTopUp([topUp(card)], { account }), cards, "AccessManagedUnauthorized", refused);
    }
  });

  it("lets only redemptions, refunds and default claims keep a card's account", async () => {
    const { cards, card, accounts } = await fixture();
    for (const account of [accounts.agent, accounts.consumer, accounts.platform, accounts.arbiter, accounts.admin]) {
      const by = { account };
      for (const call of [
        cards.write.reserve([card, 1n], by),
        cards.write.unreserve([card, 1n], by),
        cards.write.consume([card, 1n, 1n, false], by),
        cards.write.beginEnding([card, 4], by),
        cards.write.abandonEnding([card], by),
        cards.write.earn([card, 1n], by),
        cards.write.repay([card, 1n], by),
        cards.write.unwindTopUp([card, 1n], by),
        cards.write.finishEnding([card], by),
      ]) {
        await expectRevert(call, cards, "AccessManagedUnauthorized", [account.address]);
      }
    }
  });

  it("lets only the arbiter annul a transfer and only the platform reissue a card", async () => {
    const { cards, card, accounts, sale } = await fixture();
    const ruling = digestOf("ruling");
    for (const account of [accounts.agent, accounts.consumer, accounts.platform, accounts.admin]) {
      await expectRevert(cards.write.annulTransfer([card, ruling], { account }), cards, "AccessManagedUnauthorized", [
        account.address,
      ]);
    }
    for (const account of [accounts.agent, accounts.consumer, accounts.arbiter, accounts.admin]) {
      await expectRevert(
        cards.write.reissue([card, accounts.bob.address, sale().buyerId], { account }),
        cards,
        "AccessManagedUnauthorized",
        [account.address],
      );
    }
  });
});
