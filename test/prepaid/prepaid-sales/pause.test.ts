import { expect } from "chai";
import { ascii, digestOf } from "../../fixtures/common.ts";
import { deployCards, storedOrder } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const SALE = ascii("SALE");
const ORDER = digestOf("order to stop");

const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  const card = await shop.sell(storedOrder());
  return { ...shop, card, asEmergency: { account: shop.accounts.emergency } };
});

describe("PrepaidSales: pausing sales", () => {
  it("names its one area", async () => {
    const { sales } = await fixture();
    expect(await sales.read.areas()).to.deep.equal([SALE]);
  });

  it("is for the duty officer, resuming for the regulator, and nobody else", async () => {
    const { sales, accounts } = await fixture();
    for (const account of [accounts.regulator, accounts.agent, accounts.admin]) {
      await expectRevert(sales.write.pause([SALE, ORDER], { account }), sales, "AccessManagedUnauthorized", [
        account.address,
      ]);
    }
    for (const account of [accounts.emergency, accounts.agent, accounts.admin]) {
      await expectRevert(sales.write.unpause([SALE, ORDER], { account }), sales, "AccessManagedUnauthorized", [
        account.address,
      ]);
    }
  });

  it("stops sale, purchase and top-up, and nothing else", async () => {
    const { connection, sales, cards, sale, topUp, card, signOffer, accounts, now, asEmergency, asAgent, asConsumer } =
      await fixture();
    await expectEvents(connection, sales.write.pause([SALE, ORDER], asEmergency), [
      event(sales, "AreaPaused", { area: SALE, account: accounts.emergency.address, reason: ORDER }),
    ]);
    const offer = { sale: sale(), orders: [storedOrder()], nonce: 0n, deadline: (await now()) + 3_600n };
    const signature = await signOffer(accounts.agent, offer);
    for (const call of [
      sales.write.sell([sale(), [storedOrder()]], asAgent),
      sales.write.purchase([offer.sale, offer.orders, 0n, offer.deadline, signature], asConsumer),
      sales.write.topUp([topUp(card)], asAgent),
    ]) {
      await expectRevert(call, sales, "EmergencyStopAreaPaused", [SALE]);
    }
    // Exits and the life of a card go on.
    await sales.write.withdrawOffer([0n], asAgent);
    await cards.write.transfer([card, accounts.consumer2.address, sale().consumerKey, sale().buyerId], asConsumer);

    await expectEvents(connection, sales.write.unpause([SALE, ORDER], { account: accounts.regulator }), [
      event(sales, "AreaUnpaused", { area: SALE, account: accounts.regulator.address, reason: ORDER }),
    ]);
    await sales.write.sell([sale(), [storedOrder()]], asAgent);
    await sales.write.topUp([topUp(card)], asAgent);
    expect(await cards.read.count()).to.equal(2n);
  });
});
