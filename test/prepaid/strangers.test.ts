import { expect } from "chai";
import { type Abi, type AbiFunction, type Address, decodeErrorResult, encodeFunctionData, type Hex } from "viem";
import { digestOf } from "../fixtures/common.ts";
import { COVER, DAY } from "../fixtures/custody.ts";
import { deployCards, storedOrder } from "../fixtures/prepaid-cards.ts";
import { revertDataOf } from "../helpers/expect-revert.ts";
import { defineFixture } from "../helpers/fixture.ts";
import { sampleArguments } from "../helpers/sample-arguments.ts";

const DOCUMENT = digestOf("document");
/** An error that says: this caller may not. */
const NOT_FOR_YOU =
  /^(AccessManagedUnauthorized|.+Not(Agent|Holder|Provider|Allowed|Owner|Custody|Buyer|Party|Debtor))$/;
/** What anybody may call, because it touches nothing but the caller's own signatures. */
const OWN_ONLY = ["PrepaidSales.withdrawOffer", "Redemptions.withdrawOrder"];

/** A merchant at work, with one of everything under number 1, so that only the caller is wrong. */
const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  const { custody, cards, redemptions, refunds, creditFile, accounts, merchant, asAgent, asConsumer, asPlatform } =
    shop;
  const now = await shop.now();
  await shop.sell(storedOrder(), { toCustody: 200_000n });
  await shop.sell(storedOrder());
  await redemptions.write.record([1n, 1_000n, 1_000n, DOCUMENT], asAgent);
  const order = { card: 1n, face: 100n, expiresAt: now + 30n * DAY, nonce: 0n };
  const signature = await shop.signAuthorisation(accounts.consumer, order);
  await redemptions.write.authorise([1n, 100n, order.expiresAt, 0n, signature], asAgent);
  await refunds.write.request([2n, 4, DOCUMENT], asConsumer);
  await cards.write.consume([1n, 5_000n, 5_000n, false], shop.asOperator);
  await custody.write.requestPayout([merchant, 100n, DOCUMENT], asAgent);
  await custody.write.registerCover([merchant, COVER.TRUST, 100n, now, now + 30n * DAY, digestOf("deed")], {
    account: accounts.insurer,
  });
  const subject = digestOf("subject").value;
  await creditFile.write.register([subject, accounts.consumer.address, 1], asPlatform);
  return { ...shop, subject, stranger: accounts.consumer2.address };
});

describe("A stranger, calling every function of the prepaid domain that writes", () => {
  it("is refused by each, for being a stranger", async () => {
    const shop = await fixture();
    const { contracts, stranger, subject, viem, now, accounts, merchant, termsId } = shop;
    const client = await viem.getPublicClient();
    const values = {
      account: stranger,
      later: (await now()) + DAY,
      named: {
        area: DOCUMENT.value,
        subject,
        algorithm: 1,
        holder: accounts.consumer.address,
        merchant,
        terms: termsId,
      },
    };
    const { vault } = await shop.custody.read.accountOf([merchant]);
    const vaultAbi = (await viem.getContractAt("MerchantVault", vault)).abi;
    const all: Record<string, { address: Address; abi: Abi }> = {
      ...contracts,
      MerchantVault: { address: vault, abi: vaultAbi },
      DepositToken: { address: shop.token.address, abi: shop.token.abi.filter(isCustodial) },
      PolicyRegistry: shop.policy,
      WorkCalendar: shop.calendar,
      Clock: shop.clock,
    };
    const refused: Record<string, string> = {};
    for (const [name, { address, abi }] of Object.entries(all)) {
      for (const fn of abi.filter(isWriter)) {
        if (OWN_ONLY.includes(`${name}.${fn.name}`)) continue;
        const data = encodeFunctionData({ abi: [fn], args: sampleArguments(fn.inputs, values) });
        refused[`${name}.${fn.name}`] = await refusalOf(
          client.call({ account: stranger, to: address, data }),
          abi,
          stranger,
        );
      }
    }
    const passed = Object.entries(refused).filter(([, error]) => !NOT_FOR_YOU.test(error));
    expect(passed).to.deep.equal([]);
    expect(Object.keys(refused).length > 80, `${Object.keys(refused).length} writers`).to.equal(true);
  });

  it("withdraws nothing but its own offers and orders", async () => {
    const { sales, redemptions, accounts, stranger } = await fixture();
    const account = accounts.consumer2;
    await sales.write.withdrawOffer([0n], { account });
    await redemptions.write.withdrawOrder([0n], { account });
    for (const contract of [sales, redemptions]) {
      expect(await contract.read.nonces([stranger])).to.equal(1n);
      expect(await contract.read.nonces([accounts.agent.address])).to.equal(0n);
    }
  });
});

const isWriter = (item: Abi[number]): item is AbiFunction =>
  item.type === "function" && (item.stateMutability === "nonpayable" || item.stateMutability === "payable");

/** Of the token what a bank does; the rest moves the caller's own money, as every ERC-20 lets it. */
const isCustodial = (item: Abi[number]) => !isWriter(item) || item.name === "mint" || item.name === "burn";

/** The name of the error that a call ends with; `none` where it succeeds. */
async function refusalOf(call: Promise<unknown>, abi: Abi, stranger: Address): Promise<string> {
  const data: Hex | undefined = await revertDataOf(call);
  if (data === undefined) return "none";
  const { errorName, args } = decodeErrorResult({ abi, data });
  const named = (args ?? []).some((arg) => typeof arg === "string" && arg.toLowerCase() === stranger.toLowerCase());
  return named ? errorName : `${errorName} that does not name the caller`;
}
