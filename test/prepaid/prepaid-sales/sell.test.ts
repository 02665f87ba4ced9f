import { expect } from "chai";
import { parseEventLogs } from "viem";
import { CARD_KIND, DAY } from "../../fixtures/prepaid.ts";
import {
  CARD_STATUS,
  CONSUMER_KEY,
  deployCards,
  END_CAUSE,
  NOBODY,
  periodOrder,
  storedOrder,
  visitsOrder,
} from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCards);

/** Exposure of a consumer, with what is given. */
const exposure = (has: Partial<Record<string, bigint>>) => ({
  storedPrincipal: 0n,
  visitsPrincipal: 0n,
  periodPrincipal: 0n,
  visitsLeft: 0n,
  periodEndsAt: 0n,
  ...has,
});

describe("PrepaidSales.sell", () => {
  it("refuses everyone but the merchant's agent", async () => {
    const { sales, sale, merchant, accounts } = await fixture();
    for (const account of [
      accounts.agent2,
      accounts.consumer,
      accounts.platform,
      accounts.admin,
      accounts.settlement,
    ]) {
      await expectRevert(sales.write.sell([sale(), [storedOrder()]], { account }), sales, "PrepaidSalesNotAgent", [
        merchant,
        account.address,
      ]);
    }
  });

  it("refuses a sale without a holder", async () => {
    const { sales, cards, sale, asAgent } = await fixture();
    await expectRevert(
      sales.write.sell([sale({ holder: NOBODY }), [storedOrder()]], asAgent),
      cards,
      "PrepaidCardsHolderMissing",
      [],
    );
  });

  it("refuses a sale of no card and of more than ten", async () => {
    const { sales, cards, sale, asAgent } = await fixture();
    await expectRevert(sales.write.sell([sale(), []], asAgent), cards, "PrepaidCardsBatch", [0n, 10n]);
    const eleven = Array.from({ length: 11 }, () => storedOrder());
    await expectRevert(sales.write.sell([sale(), eleven], asAgent), cards, "PrepaidCardsBatch", [11n, 10n]);
  });

  it("refuses to move more into custody than is paid", async () => {
    const { sales, sale, asAgent } = await fixture();
    const orders = [storedOrder(), visitsOrder()];
    await expectRevert(
      sales.write.sell([sale({ toCustody: 400_001n }), orders], asAgent),
      sales,
      "PrepaidSalesCustodyAboveTotal",
      [400_000n, 400_001n],
    );
  });

  it("A-13: refuses a merchant that may not take prepayments", async () => {
    const { sales, register, sale, merchant, asAgent, accounts } = await fixture();
    const evidence = sale().contractDigest;
    await register.write.refuse([merchant, 3, evidence], { account: accounts.regulator });
    await expectRevert(sales.write.sell([sale(), [storedOrder()]], asAgent), register, "MerchantRegisterRefused", [
      merchant,
      3,
    ]);
  });

  it("A-04: refuses what the sale rules refuse", async () => {
    const { sales, saleRules, sale, asAgent } = await fixture();
    await expectRevert(
      sales.write.sell([sale(), [storedOrder({ paid: 500_001n, face: 500_001n })]], asAgent),
      saleRules,
      "SaleRulesCardCap",
      [0n, 0, 500_001n, 500_000n],
    );
  });

  it("A-20: refuses a sale after which custody and cover fall a fen short of the requirement", async () => {
    const { sales, sale, merchant, asAgent, publish, custody, accounts, time } = await fixture();
    await publish("CN-GZ", {
      "prepaid.warning.general": 299_999n,
      "prepaid.ratio.general": 400_000n,
      "prepaid.warning.specialShare": 200_000n,
      "prepaid.warning.specialCap": 5_000_000_000n,
      "prepaid.ratio.special": 1_000_000n,
    });
    // 40% of 300,000 fen.
    await expectRevert(
      sales.write.sell([sale({ toCustody: 119_999n }), [storedOrder()]], asAgent),
      sales,
      "PrepaidSalesCustodyShort",
      [merchant, 120_000n, 119_999n],
    );
    await expectRevert(sales.write.sell([sale(), [storedOrder()]], asAgent), sales, "PrepaidSalesCustodyShort", [
      merchant,
      120_000n,
      0n,
    ]);
    await sales.write.sell([sale({ toCustody: 120_000n }), [storedOrder()]], asAgent);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(120_000n);

    // cover counts like custody.
    const from = BigInt(await time.latest());
    const policy = sale().contractDigest;
    await custody.write.registerCover([merchant, 0, 119_999n, from, from + 30n * DAY, policy], {
      account: accounts.insurer,
    });
    await expectRevert(sales.write.sell([sale(), [storedOrder()]], asAgent), sales, "PrepaidSalesCustodyShort", [
      merchant,
      240_000n,
      239_999n,
    ]);
    await sales.write.sell([sale({ toCustody: 1n }), [storedOrder()]], asAgent);
  });

  it("sells one stored-value card: card, book, exposure, custody and colour", async () => {
    const { connection, sales, cards, book, custody, code, token, sale, merchant, termsId, accounts, asAgent, time } =
      await fixture();
    const { agent, consumer } = accounts;
    const { vault } = await custody.read.accountOf([merchant]);
    const order = storedOrder();
    const sold = sale({ toCustody: 100_000n });
    const at = BigInt(await time.latest()) + 5n;
    await time.setNextBlockTimestamp(at);
    const before = await token.read.balanceOf([agent.address]);
    await expectEvents(connection, sales.write.sell([sold, [order]], asAgent), [
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: exposure({ storedPrincipal: 300_000n }),
      }),
      event(cards, "CardIssued", { card: 1n, merchant, holder: consumer.address, order }),
      event(book, "BookPaid", { merchant, amount: 300_000n, newCards: 1n, balance: 300_000n }),
      event(sales, "CardsSold", { merchant, first: 1n, count: 1n, total: 300_000n, sale: sold }),
      event(custody, "Collected", { merchant, payer: agent.address, amount: 100_000n }),
      event(code, "ColourChanged", {
        merchant,
        from: 1,
        to: 2,
        balance: 300_000n,
        custody: 100_000n,
        cover: 0n,
      }),
      event(token, "Transfer", { from: agent.address, to: vault, value: 100_000n }),
    ]);
    expect(await cards.read.cardOf([1n])).to.deep.equal({
      merchant,
      terms: termsId,
      kind: CARD_KIND.STORED_VALUE,
      form: 0,
      status: CARD_STATUS.ACTIVE,
      cause: END_CAUSE.NONE,
      coolingOffBarred: false,
      holder: (await cards.read.cardOf([1n])).holder,
      soldAt: at,
      startsAt: at,
      expiresAt: 0n,
      toppedUpAt: 0n,
      paidTotal: 300_000n,
      principal: 300_000n,
      redeemed: 0n,
      refunded: 0n,
      tranchePaid: 300_000n,
      trancheFace: 400_000n,
      trancheUsed: 0n,
      reserved: 0n,
      lastTopUpPaid: 0n,
      lastTopUpFace: 0n,
      listUnitPrice: 0n,
      listUsed: 0n,
      consumerKey: CONSUMER_KEY,
      buyerId: sold.buyerId,
      contractDigest: sold.contractDigest,
    });
    expect((await cards.read.holderOf([1n])).toLowerCase()).to.equal(consumer.address.toLowerCase());
    expect(await token.read.balanceOf([agent.address])).to.equal(before - 100_000n);
    expect(await token.read.balanceOf([vault])).to.equal(100_000n);
    expect(await cards.read.count()).to.equal(1n);
  });

  it("sells several kinds in one sale and moves nothing where nothing goes into custody", async () => {
    const { connection, sales, cards, book, code, sale, merchant, accounts, asAgent, time } = await fixture();
    const holder = accounts.consumer.address;
    const at = BigInt(await time.latest()) + 5n;
    await time.setNextBlockTimestamp(at);
    const startsAt = at + 3n * DAY;
    const orders = [storedOrder(), visitsOrder({ startsAt }), periodOrder({ startsAt }), periodOrder()];
    const sold = sale({ hadBefore: true });
    const first = exposure({ storedPrincipal: 300_000n });
    const second = { ...first, visitsPrincipal: 100_000n, visitsLeft: 10n };
    const third = { ...second, periodPrincipal: 200_000n, periodEndsAt: at + 100n * DAY };
    const fourth = { ...third, periodPrincipal: 400_000n, periodEndsAt: at + 200n * DAY };
    const changed = (value: typeof first) =>
      event(book, "ExposureChanged", { merchant, consumerKey: CONSUMER_KEY, exposure: value });
    const issued = (card: bigint, order: (typeof orders)[number]) =>
      event(cards, "CardIssued", { card, merchant, holder, order });
    await expectEvents(connection, sales.write.sell([sold, orders], asAgent), [
      changed(first),
      issued(1n, storedOrder()),
      changed(second),
      issued(2n, visitsOrder({ startsAt })),
      changed(third),
      issued(3n, periodOrder({ startsAt })),
      changed(fourth),
      issued(4n, periodOrder()),
      event(book, "BookPaid", { merchant, amount: 800_000n, newCards: 4n, balance: 800_000n }),
      event(sales, "CardsSold", { merchant, first: 1n, count: 4n, total: 800_000n, sale: sold }),
    ]);
    expect(await code.read.colourOf([merchant])).to.equal(1);
    const sold3 = await cards.read.cardOf([3n]);
    expect(sold3.startsAt).to.equal(startsAt);
    expect(sold3.listUnitPrice).to.equal(3_000n);
    expect(sold3.coolingOffBarred).to.equal(true);
    expect((await cards.read.cardOf([4n])).startsAt).to.equal(at);
    const [all, next] = await cards.read.cardsOfMerchant([merchant, 0n, 100n]);
    expect([all, next]).to.deep.equal([[1n, 2n, 3n, 4n], 0n]);
    expect(await cards.read.cardsOfHolder([holder, 0n, 100n])).to.deep.equal([[1n, 2n, 3n, 4n], 0n]);
  });

  it("A-27: announces the colour that follows where nothing goes into custody", async () => {
    const { connection, sales, custody, code, sale, merchant, accounts, asAgent } = await fixture();
    await custody.write.deposit([merchant, 300_000n], { account: accounts.agent });
    await sales.write.sell([sale(), [storedOrder()]], asAgent);
    expect(await code.read.lastColourOf([merchant])).to.equal(3);
    const client = await connection.viem.getPublicClient();
    const hash = await sales.write.sell([sale(), [visitsOrder()]], asAgent);
    const { logs } = await client.getTransactionReceipt({ hash });
    const changes = parseEventLogs({ abi: code.abi, logs, eventName: "ColourChanged" });
    expect(changes.map(({ args }) => args)).to.deep.equal([
      { merchant, from: 3, to: 2, balance: 400_000n, custody: 300_000n, cover: 0n },
    ]);
    expect(await code.read.lastColourOf([merchant])).to.equal(2);
  });

  it("keeps ten cards with exposure in a region three levels deep under 5 M gas", async () => {
    const shop = await fixture();
    const { sales, sale, accounts, fileMerchant, linkMerchant, fileTerms, publish, viem } = shop;
    const region = `0x${Buffer.from("CN-ZJ-330100").toString("hex").padEnd(64, "0")}` as const;
    const agent = accounts.agent2;
    const merchant = await fileMerchant({ agent: agent.address, region, trade: "0x38303430" });
    await linkMerchant(merchant);
    const terms = await fileTerms(merchant);
    await publish("CN-ZJ-330100", { "prepaid.charge.visits": 600n, "prepaid.cap.visitCount": 600n });
    const orders = Array.from({ length: 10 }, () => periodOrder());
    const hash = await sales.write.sell([sale({ merchant, terms }), orders], { account: agent });
    const receipt = await (await viem.getPublicClient()).getTransactionReceipt({ hash });
    expect(receipt.gasUsed < 5_000_000n, `${receipt.gasUsed} gas`).to.equal(true);
  });
});
