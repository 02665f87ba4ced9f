import { regionId, tradeId } from "@banyan/app-common/policy";
import type { Account, Hex } from "viem";
import { digestOf } from "../../fixtures/common.ts";
import { type CardShop, deployCards } from "../../fixtures/prepaid-cards.ts";
import type { Connection } from "../../helpers/fixture.ts";
import type { CustodyPolicy } from "../custody-rules/required.reference.ts";

/** A merchant of the random business, with the numbers of its policy. */
export interface Trader {
  readonly id: bigint;
  readonly terms: bigint;
  readonly agent: Account;
  readonly policy: CustodyPolicy;
}

/** A consumer of the random business. */
export interface Buyer {
  readonly account: Account;
  readonly key: Hex;
  readonly identity: ReturnType<typeof digestOf>;
}

/** The deployment with three merchants under three custody rules and three consumers. */
export interface World extends CardShop {
  readonly traders: readonly Trader[];
  readonly buyers: readonly Buyer[];
}

const TRADES: readonly { trade: string; policy: CustodyPolicy; numbers: Readonly<Record<string, bigint>> }[] = [
  { trade: "8040", policy: {}, numbers: { "prepaid.lowWater": 200_000n } },
  { trade: "8930", policy: { tradeRatio: 450_000n }, numbers: { "prepaid.ratio.trade": 450_000n } },
  {
    trade: "8020",
    policy: { general: 300_000n, generalRatio: 400_000n, specialShare: 200_000n, specialRatio: 1_000_000n },
    numbers: {
      "prepaid.warning.general": 300_000n,
      "prepaid.ratio.general": 400_000n,
      "prepaid.warning.specialShare": 200_000n,
      "prepaid.ratio.special": 1_000_000n,
    },
  },
];

/** Last year's main revenue of every merchant of the random business: 40,000 CNY. */
export const REVENUE = 4_000_000n;

/**
 * Deploys the domain with three merchants (hairdressing without a custody rule, fitness with 45% of the balance, photography with
 * lines low enough to be crossed) and three consumers, all with money.
 *
 * @param connection - The chain to deploy to.
 */
export async function deployWorld(connection: Connection): Promise<World> {
  const shop = await deployCards(connection);
  const { accounts, custody, sales, refunds, token } = shop;
  const agents = [accounts.agent, accounts.agent2, accounts.agent3];
  const traders: Trader[] = [];
  await shop.publish("CN-GZ", { "prepaid.rate.custody": 3_500n });
  for (const [index, { trade, policy, numbers }] of TRADES.entries()) {
    const agent = agents[index];
    if (agent === undefined) throw new Error("three agents");
    await shop.publish("CN-GZ", numbers, trade);
    let id = shop.merchant;
    let terms = shop.termsId;
    if (index > 0) {
      id = await shop.fileMerchant({
        agent: agent.address,
        region: regionId("CN-GZ"),
        trade: tradeId(trade),
        lastYearRevenue: REVENUE,
      });
      await shop.linkMerchant(id);
      terms = await shop.fileTerms(id, { cheapestItem: 2_000n, coolingOffDays: index === 1 ? 10 : 0 });
    }
    traders.push({ id, terms, agent, policy });
  }
  const buyers = [accounts.consumer, accounts.consumer2, accounts.bob].map((account, index) => ({
    account,
    key: digestOf(`buyer ${index}`).value,
    identity: digestOf(`identity ${index}`),
  }));
  for (const account of [...agents, accounts.insurer, ...buyers.map((buyer) => buyer.account)]) {
    await shop.fund(account.address, 10n ** 12n);
    for (const spender of [custody, sales, refunds]) {
      await token.write.approve([spender.address, 2n ** 256n - 1n], { account });
    }
  }
  return { ...shop, traders, buyers };
}
