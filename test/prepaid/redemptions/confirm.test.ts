import { expect } from "chai";
import { CONSUMER_KEY, ENTRY } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, REASON, WINDOW } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const domain = await deployRedemptions(connection);
  return { ...domain, entry: await domain.write(8n, 0n, domain.stored) };
});

describe("Redemptions.confirm", () => {
  it("refuses an entry that was not written, and everyone but the holder", async () => {
    const { redemptions, entry, stored, accounts, asConsumer } = await fixture();
    await expectRevert(redemptions.write.confirm([99n], asConsumer), redemptions, "RedemptionsUnknown", [99n]);
    for (const account of [accounts.agent, accounts.consumer2, accounts.arbiter]) {
      await expectRevert(redemptions.write.confirm([entry], { account }), redemptions, "RedemptionsNotHolder", [
        stored,
        account.address,
      ]);
    }
  });

  it("refuses an entry that is contested, final or cancelled", async () => {
    const { redemptions, entry, write, stored, asAgent, asConsumer } = await fixture();
    const refused = (id: bigint, status: number) =>
      expectRevert(redemptions.write.confirm([id], asConsumer), redemptions, "RedemptionsWrongStatus", [id, status]);
    await redemptions.write.contest([entry, REASON], asConsumer);
    await refused(entry, ENTRY.CONTESTED);
    await redemptions.write.withdraw([entry], asAgent);
    await refused(entry, ENTRY.CANCELLED);
    const second = await write(8n, 0n, stored);
    await redemptions.write.confirm([second], asConsumer);
    await refused(second, ENTRY.FINAL);
  });

  it("A-53: makes the entry final, the balance falls by its principal", async () => {
    const { redemptions, cards, book, entry, stored, merchant, figuresOf, asConsumer } = await fixture();
    await redemptions.write.confirm([entry], asConsumer);
    const after = await redemptions.read.redemptionOf([entry]);
    expect([after.status, after.principal, after.face]).to.deep.equal([ENTRY.FINAL, 6n, 8n]);
    expect(await figuresOf(stored)).to.deep.include({
      principal: 299_994n,
      redeemed: 6n,
      reserved: 0n,
      trancheUsed: 8n,
    });
    expect(await book.read.balanceOf([merchant])).to.equal(599_994n);
    expect(await cards.read.reservedPrincipalOf([stored])).to.equal(0n);
  });

  it("emits that it is final", async () => {
    const { connection, redemptions, cards, book, entry, stored, merchant, asConsumer } = await fixture();
    const exposure = await book.read.exposureOf([merchant, CONSUMER_KEY]);
    await expectEvents(connection, redemptions.write.confirm([entry], asConsumer), [
      event(cards, "CardConsumed", { card: stored, face: 8n, listValue: 0n, principal: 6n }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: { ...exposure, storedPrincipal: 299_994n },
      }),
      event(book, "BookRedeemed", { merchant, amount: 6n, balance: 599_994n }),
      event(redemptions, "RedemptionFinal", { redemption: entry, card: stored, face: 8n, principal: 6n }),
    ]);
  });

  it("takes the holder's word also after the window, and of a holder who got the card since", async () => {
    const { redemptions, cards, entry, stored, accounts, asConsumer, at } = await fixture();
    const { contestUntil } = await redemptions.read.redemptionOf([entry]);
    const { value } = REASON;
    await cards.write.transfer([stored, accounts.consumer2.address, value, REASON], asConsumer);
    await expectRevert(redemptions.write.confirm([entry], asConsumer), redemptions, "RedemptionsNotHolder", [
      stored,
      accounts.consumer.address,
    ]);
    await at(contestUntil + WINDOW);
    await redemptions.write.confirm([entry], { account: accounts.consumer2 });
    expect((await redemptions.read.redemptionOf([entry])).status).to.equal(ENTRY.FINAL);
  });
});
