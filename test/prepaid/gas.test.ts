import { expect } from "chai";
import type { Hash } from "viem";
import { digestOf } from "../fixtures/common.ts";
import { COVER, DAY } from "../fixtures/custody.ts";
import { type CardShop, deployCards, END_CAUSE, storedOrder } from "../fixtures/prepaid-cards.ts";
import { defineFixture } from "../helpers/fixture.ts";
import { CALL_GAS_LIMIT } from "../helpers/gas-limit.ts";

const DOCUMENT = digestOf("document");
/** Cards and redemptions added between two measurements. One cold slot read for each would cost 84,000 gas, one warm 4,000. */
const MORE = 40;
/** What the bytes of larger numbers may cost. */
const NOISE = 1_500n;

const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  await shop.publish("CN-GZ", {
    "prepaid.warning.general": 1n,
    "prepaid.ratio.general": 100_000n,
    "prepaid.lowWater": 1n,
  });
  return shop;
});

/** Does everything once that a merchant at work does, to new cards, and returns the gas of each. */
async function measure(shop: CardShop, round: number): Promise<Record<string, bigint>> {
  const { sales, cards, redemptions, refunds, custody, code, accounts, merchant, asAgent, asConsumer, asPlatform } =
    shop;
  const client = await shop.viem.getPublicClient();
  const gas: Record<string, bigint> = {};
  const cost = async (name: string, action: Promise<Hash>) => {
    const receipt = await client.waitForTransactionReceipt({ hash: await action });
    expect(receipt.status, name).to.equal("success");
    gas[name] = receipt.gasUsed;
  };
  const sale = shop.sale({ toCustody: 300_000n });
  await cost("sell", sales.write.sell([sale, [storedOrder()]], asAgent));
  const card = await cards.read.count();
  await cost("topUp", sales.write.topUp([shop.topUp(card, { toCustody: 50_000n })], asAgent));
  const entry = [card, 1_000n, 1_000n, DOCUMENT] as const;
  await cost("record", redemptions.write.record(entry, asAgent));
  const first = await redemptions.read.count();
  await cost("confirm", redemptions.write.confirm([first], asConsumer));
  await redemptions.write.record(entry, asAgent);
  await cost("contest", redemptions.write.contest([first + 1n, DOCUMENT], asConsumer));
  await cost("answer", redemptions.write.answer([first + 1n, DOCUMENT], asAgent));
  await cost("decide", redemptions.write.decide([first + 1n, 500n, 500n, DOCUMENT], shop.asArbiter));
  await redemptions.write.record(entry, asAgent);
  await cost("withdraw", redemptions.write.withdraw([first + 2n], asAgent));
  await redemptions.write.record(entry, asAgent);
  await shop.time.increase(8n * DAY);
  await cost("finalise", redemptions.write.finalise([[first + 3n]], asAgent));
  await cost("release", custody.write.release([merchant, 500n], asAgent));
  await cost("deposit", custody.write.deposit([merchant, 1_000n], asAgent));
  const start = await shop.now();
  const policy = digestOf(`policy ${round}`);
  const insurer = { account: accounts.insurer };
  const cover = [merchant, COVER.TRUST, 1_000n, start, start + DAY, policy] as const;
  await cost("registerCover", custody.write.registerCover(cover, insurer));
  await cost("refresh", code.write.refresh([merchant], asPlatform));
  await cost("reportLoss", cards.write.reportLoss([card], asConsumer));
  await cost("withdrawLoss", cards.write.withdrawLoss([card], asConsumer));
  await cost("request", refunds.write.request([card, END_CAUSE.CONSUMER, DOCUMENT], asConsumer));
  await sales.write.sell([sale, [storedOrder()]], asAgent);
  const moved = await cards.read.count();
  const { address } = accounts.consumer2;
  await cost(
    "transfer",
    cards.write.transfer([moved, address, shop.sale().consumerKey, shop.sale().buyerId], asConsumer),
  );
  return gas;
}

describe("Gas of the prepaid domain", () => {
  it("does not grow with the cards and redemptions there are, and stays under 5 million", async () => {
    const shop = await fixture();
    await measure(shop, 0);
    const early = await measure(shop, 1);
    for (let i = 0; i < MORE; i++) {
      await shop.sell(storedOrder({ paid: 10_000n, face: 10_000n }), { toCustody: 10_000n });
      const card = await shop.cards.read.count();
      await shop.redemptions.write.record([card, 10n, 10n, DOCUMENT], shop.asAgent);
    }
    const late = await measure(shop, 2);
    for (const [name, gas] of Object.entries(late)) {
      const before = early[name] ?? 0n;
      expect(gas <= before + NOISE, `${name}: ${before}, then ${gas}`).to.equal(true);
      expect(gas < CALL_GAS_LIMIT, `${name}: ${gas}`).to.equal(true);
    }
    expect(Object.keys(late).length).to.equal(17);
  }).timeout(120_000);
});
