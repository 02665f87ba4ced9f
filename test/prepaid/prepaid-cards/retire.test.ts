import { expect } from "chai";
import {
  CARD_STATUS,
  CONSUMER_KEY,
  deployCards,
  END_CAUSE,
  storedOrder,
  visitsOrder,
} from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** Two cards, used up. */
const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  const { asOperator, cards, sell } = shop;
  const stored = await sell(storedOrder());
  const visits = await sell(visitsOrder());
  await cards.write.consume([stored, 400_000n, 400_000n, false], asOperator);
  await cards.write.consume([visits, 10n, 150_000n, false], asOperator);
  return { ...shop, stored, visits };
});

describe("PrepaidCards.retire", () => {
  it("refuses no card and more than 50", async () => {
    const { cards, stored, asAgent } = await fixture();
    await expectRevert(cards.write.retire([[]], asAgent), cards, "PrepaidCardsBatch", [0n, 50n]);
    const many = Array.from({ length: 51 }, () => stored);
    await expectRevert(cards.write.retire([many], asAgent), cards, "PrepaidCardsBatch", [51n, 50n]);
  });

  it("refuses a card that was not sold, and everyone but holder and agent", async () => {
    const { cards, stored, asAgent, accounts } = await fixture();
    await expectRevert(cards.write.retire([[stored, 99n]], asAgent), cards, "CardLedgerUnknownCard", [99n]);
    for (const account of [accounts.consumer2, accounts.agent2, accounts.platform]) {
      await expectRevert(cards.write.retire([[stored]], { account }), cards, "PrepaidCardsNotHolder", [
        stored,
        account.address,
      ]);
    }
  });

  it("refuses a card with something left or set aside, and then retires none", async () => {
    const { cards, stored, sell, asAgent, asOperator } = await fixture();
    const full = await sell(visitsOrder());
    await expectRevert(cards.write.retire([[stored, full]], asAgent), cards, "CardLedgerNotSettled", [
      full,
      100_000n,
      0n,
    ]);
    await cards.write.reserve([full, 10n], asOperator);
    await expectRevert(cards.write.retire([[stored, full]], asAgent), cards, "CardLedgerNotSettled", [
      full,
      100_000n,
      10n,
    ]);
    expect((await cards.read.cardOf([stored])).status).to.equal(CARD_STATUS.ACTIVE);
  });

  it("refuses a card twice, and one that is ending", async () => {
    const { cards, stored, visits, asAgent, asOperator } = await fixture();
    await expectRevert(cards.write.retire([[stored, stored]], asAgent), cards, "CardLedgerWrongStatus", [
      stored,
      CARD_STATUS.ENDED,
    ]);
    await cards.write.beginEnding([visits, 4], asOperator);
    await expectRevert(cards.write.retire([[visits]], asAgent), cards, "CardLedgerWrongStatus", [
      visits,
      CARD_STATUS.ENDING,
    ]);
  });

  it("ends used-up cards, lost ones too, so that the merchant can settle", async () => {
    const { connection, cards, book, stored, visits, merchant, asAgent, asConsumer } = await fixture();
    await cards.write.reportLoss([visits], asConsumer);
    const exposure = {
      storedPrincipal: 0n,
      visitsPrincipal: 0n,
      periodPrincipal: 0n,
      visitsLeft: 0n,
      periodEndsAt: 0n,
    };
    const changed = event(book, "ExposureChanged", { merchant, consumerKey: CONSUMER_KEY, exposure });
    await expectEvents(connection, cards.write.retire([[stored, visits]], asAgent), [
      event(cards, "CardEnded", { card: stored, cause: END_CAUSE.USED_UP }),
      changed,
      event(book, "BookCardEnded", { merchant, live: 1n }),
      event(cards, "CardEnded", { card: visits, cause: END_CAUSE.USED_UP }),
      changed,
      event(book, "BookCardEnded", { merchant, live: 0n }),
    ]);
    const after = await cards.read.cardOf([visits]);
    expect([after.status, after.cause]).to.deep.equal([CARD_STATUS.ENDED, END_CAUSE.USED_UP]);
  });

  it("takes the holder too, and a used-up card that was not retired can be topped up", async () => {
    const { cards, sales, topUp, stored, visits, asAgent, asConsumer } = await fixture();
    await cards.write.retire([[stored]], asConsumer);
    await sales.write.topUp([topUp(visits, { paid: 10_000n, face: 1n })], asAgent);
    expect(await cards.read.principalOf([visits])).to.equal(10_000n);
  });

  it("keeps 50 cards under 5 M gas", async () => {
    const { cards, sales, sale, asAgent, asOperator, viem } = await fixture();
    const ids: bigint[] = [];
    const ten = Array.from({ length: 10 }, () => visitsOrder());
    for (let batch = 0; batch < 5; batch++) {
      await sales.write.sell([sale(), ten], asAgent);
      const last = await cards.read.count();
      for (let id = last - 9n; id <= last; id++) {
        await cards.write.consume([id, 10n, 0n, false], asOperator);
        ids.push(id);
      }
    }
    const hash = await cards.write.retire([ids], asAgent);
    const { gasUsed } = await (await viem.getPublicClient()).getTransactionReceipt({ hash });
    expect(gasUsed < 5_000_000n, `${gasUsed} gas`).to.equal(true);
  });
});
