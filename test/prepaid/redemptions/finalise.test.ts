import { expect } from "chai";
import { ENTRY, storedOrder, visitsOrder } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, EVIDENCE, REASON } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** Two entries of the visits card. */
const fixture = defineFixture(async (connection) => {
  const domain = await deployRedemptions(connection);
  const first = await domain.write(1n, 15_000n);
  const second = await domain.write(2n, 30_000n);
  const until = (await domain.redemptions.read.redemptionOf([second])).contestUntil;
  return { ...domain, first, second, until };
});

describe("Redemptions.finalise", () => {
  it("refuses no entry and more than 20", async () => {
    const { redemptions, first, asAgent } = await fixture();
    await expectRevert(redemptions.write.finalise([[]], asAgent), redemptions, "RedemptionsBatch", [0n, 20n]);
    const many = Array.from({ length: 21 }, () => first);
    await expectRevert(redemptions.write.finalise([many], asAgent), redemptions, "RedemptionsBatch", [21n, 20n]);
  });

  it("refuses an entry that was not written, and everyone but the agent of every entry's merchant", async () => {
    const { redemptions, first, merchant, until, at, accounts, asAgent } = await fixture();
    await at(until);
    await expectRevert(redemptions.write.finalise([[first, 99n]], asAgent), redemptions, "RedemptionsUnknown", [99n]);
    for (const account of [accounts.consumer, accounts.agent2]) {
      await expectRevert(redemptions.write.finalise([[first]], { account }), redemptions, "RedemptionsNotAgent", [
        merchant,
        account.address,
      ]);
    }
  });

  it("refuses another merchant's entry among the agent's own", async () => {
    const domain = await fixture();
    const { redemptions, sales, cards, sale, accounts, first, fileMerchant, linkMerchant, fileTerms, asAgent, at } =
      domain;
    const agent = { account: accounts.agent2 };
    const other = await fileMerchant({ agent: accounts.agent2.address, trade: "0x35323131" });
    await linkMerchant(other);
    await sales.write.sell([sale({ merchant: other, terms: await fileTerms(other) }), [storedOrder()]], agent);
    await redemptions.write.record([await cards.read.count(), 4n, 4n, EVIDENCE], agent);
    const theirs = await redemptions.read.count();
    await at((await redemptions.read.redemptionOf([theirs])).contestUntil);
    await expectRevert(redemptions.write.finalise([[first, theirs]], asAgent), redemptions, "RedemptionsNotAgent", [
      other,
      accounts.agent.address,
    ]);
  });

  it("refuses an entry that is contested or final, and the same entry twice", async () => {
    const { redemptions, first, second, until, at, asAgent, asConsumer } = await fixture();
    await redemptions.write.contest([second, REASON], asConsumer);
    await at(until);
    await expectRevert(redemptions.write.finalise([[first, second]], asAgent), redemptions, "RedemptionsWrongStatus", [
      second,
      ENTRY.CONTESTED,
    ]);
    await expectRevert(redemptions.write.finalise([[first, first]], asAgent), redemptions, "RedemptionsWrongStatus", [
      first,
      ENTRY.FINAL,
    ]);
    expect((await redemptions.read.redemptionOf([first])).status).to.equal(ENTRY.PENDING);
  });

  it("A-53: refuses to the last second of the window, and then finalises none", async () => {
    const { redemptions, first, second, until, at, asAgent } = await fixture();
    await at(until - 1n);
    await expectRevert(redemptions.write.finalise([[first, second]], asAgent), redemptions, "RedemptionsTooEarly", [
      second,
      until,
    ]);
    expect((await redemptions.read.redemptionOf([first])).status).to.equal(ENTRY.PENDING);
  });

  it("A-21: makes entries final whose window is over: now they are earned", async () => {
    const { connection, redemptions, cards, book, first, second, visits, merchant, until, at, asAgent } =
      await fixture();
    const { consumerKey } = await cards.read.cardOf([visits]);
    const exposure = await book.read.exposureOf([merchant, consumerKey]);
    await at(until);
    await expectEvents(connection, redemptions.write.finalise([[first, second]], asAgent), [
      event(cards, "CardConsumed", { card: visits, face: 1n, listValue: 15_000n, principal: 10_000n }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey,
        exposure: { ...exposure, visitsPrincipal: 90_000n, visitsLeft: 9n },
      }),
      event(book, "BookRedeemed", { merchant, amount: 10_000n, balance: 590_000n }),
      event(redemptions, "RedemptionFinal", { redemption: first, card: visits, face: 1n, principal: 10_000n }),
      event(cards, "CardConsumed", { card: visits, face: 2n, listValue: 30_000n, principal: 20_000n }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey,
        exposure: { ...exposure, visitsPrincipal: 70_000n, visitsLeft: 7n },
      }),
      event(book, "BookRedeemed", { merchant, amount: 20_000n, balance: 570_000n }),
      event(redemptions, "RedemptionFinal", { redemption: second, card: visits, face: 2n, principal: 20_000n }),
    ]);
    expect(await redemptions.read.redemptionOf([second])).to.deep.include({ status: ENTRY.FINAL, principal: 20_000n });
    expect((await book.read.totalsOf([merchant])).redeemed).to.equal(30_000n);
  });

  it("finalises entries on a card that is lost, expired or ending, not under open claims", async () => {
    const {
      redemptions,
      cards,
      first,
      second,
      visits,
      merchant,
      until,
      at,
      openClaims,
      asAgent,
      asConsumer,
      asOperator,
    } = await fixture();
    await cards.write.reportLoss([visits], asConsumer);
    await at(until);
    await redemptions.write.finalise([[first]], asAgent);
    await cards.write.withdrawLoss([visits], asConsumer);
    await cards.write.beginEnding([visits, 4], asOperator);
    await openClaims();
    await expectRevert(redemptions.write.finalise([[second]], asAgent), cards, "CardLedgerClaimsOpen", [
      visits,
      merchant,
    ]);
  });

  it("keeps 20 entries of 20 cards under 5 M gas", async () => {
    const { redemptions, sales, cards, sale, asAgent, at, viem } = await fixture();
    const ten = Array.from({ length: 10 }, () => visitsOrder());
    const entries: bigint[] = [];
    for (let batch = 0; batch < 2; batch++) {
      await sales.write.sell([sale(), ten], asAgent);
      const last = await cards.read.count();
      for (let id = last - 9n; id <= last; id++) {
        await redemptions.write.record([id, 1n, 0n, EVIDENCE], asAgent);
        entries.push(await redemptions.read.count());
      }
    }
    const last = entries.at(-1);
    if (last === undefined) throw new Error("twenty entries");
    await at((await redemptions.read.redemptionOf([last])).contestUntil);
    const hash = await redemptions.write.finalise([entries], asAgent);
    const { gasUsed } = await (await viem.getPublicClient()).getTransactionReceipt({ hash });
    expect(gasUsed < 5_000_000n, `${gasUsed} gas`).to.equal(true);
  });
});
