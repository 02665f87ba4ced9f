import { nonceKey } from "../../../apps/prepaid-code/typed-data.ts";
import { deployCards, storedOrder } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  const { accounts, sales } = shop;
  const nonce: bigint = await sales.read.nonces([accounts.agent.address, nonceKey(accounts.consumer.address)]);
  return { ...shop, nonce };
});

describe("PrepaidSales.withdrawOffer", () => {
  it("refuses a nonce that is not the caller's next", async () => {
    const { sales, accounts, nonce, asAgent } = await fixture();
    await expectRevert(sales.write.withdrawOffer([nonce + 1n], asAgent), sales, "InvalidAccountNonce", [
      accounts.agent.address,
      nonce,
    ]);
    await expectRevert(sales.write.withdrawOffer([5n], asAgent), sales, "InvalidAccountNonce", [
      accounts.agent.address,
      0n,
    ]);
  });

  it("makes an offer that was signed worthless, and leaves other keys alone", async () => {
    const { connection, sales, sale, signOffer, accounts, nonce, now, asAgent, asConsumer } = await fixture();
    const offer = { sale: sale(), orders: [storedOrder()], nonce, deadline: (await now()) + 3_600n };
    const signature = await signOffer(accounts.agent, offer);
    await expectEvents(connection, sales.write.withdrawOffer([nonce], asAgent), [
      event(sales, "OfferWithdrawn", { signer: accounts.agent.address, nonce }),
    ]);
    await expectRevert(
      sales.write.purchase([offer.sale, offer.orders, nonce, offer.deadline, signature], asConsumer),
      sales,
      "InvalidAccountNonce",
      [accounts.agent.address, nonce + 1n],
    );
    const other = { ...offer, nonce: 0n };
    const second = await signOffer(accounts.agent, other);
    await sales.write.purchase([other.sale, other.orders, 0n, other.deadline, second], asConsumer);
  });

  it("of a stranger does not touch the agent's offers", async () => {
    const { sales, sale, signOffer, accounts, nonce, now, asConsumer } = await fixture();
    const offer = { sale: sale(), orders: [storedOrder()], nonce, deadline: (await now()) + 3_600n };
    const signature = await signOffer(accounts.agent, offer);
    await sales.write.withdrawOffer([nonce], asConsumer);
    await sales.write.purchase([offer.sale, offer.orders, nonce, offer.deadline, signature], asConsumer);
  });
});
