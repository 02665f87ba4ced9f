import { expect } from "chai";
import { hashTypedData } from "viem";
import { nonceKey, prepaidDomain, SALE_OFFER_TYPES } from "../../../apps/prepaid-code/typed-data.ts";
import { digestOf, SIGNATURE_ALGORITHM } from "../../fixtures/common.ts";
import { SALT } from "../../fixtures/prepaid.ts";
import { deployCards, storedOrder, visitsOrder } from "../../fixtures/prepaid-cards.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** A signed offer of two cards for 4,000 CNY, of which 1,000 go into custody; it holds for an hour. */
const fixture = defineFixture(async (connection) => {
  const shop = await deployCards(connection);
  const { accounts, sales, sale, signOffer, now, salesDomain } = shop;
  const nonce: bigint = await sales.read.nonces([accounts.agent.address, nonceKey(accounts.consumer.address)]);
  const offer = {
    sale: sale({ toCustody: 100_000n }),
    orders: [storedOrder(), visitsOrder()],
    nonce,
    deadline: (await now()) + 3_600n,
  };
  const signature = await signOffer(accounts.agent, offer);
  const digestOfOffer = (message: typeof offer) =>
    hashTypedData({ domain: salesDomain, types: SALE_OFFER_TYPES, primaryType: "SaleOffer", message });
  return {
    ...shop,
    nonce,
    offer,
    signature,
    digestOfOffer,
    /** Buys under the offer, with what is given instead. */
    buy: (changes: Partial<typeof offer & { signature: typeof signature }> = {}, account = accounts.consumer) => {
      const made = { ...offer, signature, ...changes };
      return sales.write.purchase([made.sale, made.orders, made.nonce, made.deadline, made.signature], { account });
    },
  };
});

describe("PrepaidSales.purchase", () => {
  it("has the EIP-712 domain that the typed data for wallets has, with the salt", async () => {
    const { sales, salesDomain, chainId } = await fixture();
    const [fields, name, version, id, verifyingContract, salt, extensions] = await sales.read.eip712Domain();
    expect(fields).to.equal("0x1f");
    expect({ name, version, chainId: Number(id), salt }).to.deep.equal({
      name: salesDomain.name,
      version: salesDomain.version,
      chainId,
      salt: SALT,
    });
    expect(verifyingContract.toLowerCase()).to.equal(salesDomain.verifyingContract.toLowerCase());
    expect(extensions).to.deep.equal([]);
  });

  it("refuses everyone but the holder named", async () => {
    const { buy, sales, accounts, offer } = await fixture();
    for (const account of [accounts.consumer2, accounts.agent]) {
      await expectRevert(buy({}, account), sales, "PrepaidSalesNotBuyer", [offer.sale.holder, account.address]);
    }
  });

  it("refuses an offer marked as paid in cash", async () => {
    const { buy, sales, accounts, offer, merchant, signOffer } = await fixture();
    const cash = { ...offer, sale: { ...offer.sale, cash: true } };
    const signature = await signOffer(accounts.agent, cash);
    await expectRevert(buy({ ...cash, signature }), sales, "PrepaidSalesCashPurchase", [merchant]);
  });

  it("takes an offer at its deadline and refuses it a second later", async () => {
    const { buy, cards, sales, offer, time, connection } = await fixture();
    const { networkHelpers } = connection;
    const snapshot = await networkHelpers.takeSnapshot();
    await time.setNextBlockTimestamp(offer.deadline + 1n);
    await expectRevert(buy(), sales, "PrepaidSalesOfferExpired", [offer.deadline, offer.deadline + 1n]);
    await snapshot.restore();
    await time.setNextBlockTimestamp(offer.deadline);
    await buy();
    expect(await cards.read.count()).to.equal(2n);
  });

  it("refuses a signature of anyone but the merchant's present agent", async () => {
    const { buy, sales, accounts, offer, signOffer, digestOfOffer, register, merchant, asAgent } = await fixture();
    const refused = [accounts.agent.address, digestOfOffer(offer)] as const;
    for (const signer of [accounts.agent2, accounts.consumer, accounts.platform]) {
      const signature = await signOffer(signer, offer);
      await expectRevert(buy({ signature }), sales, "SaltedEIP712InvalidSignature", refused);
    }
    await register.write.changeAgent([merchant, accounts.agent3.address], asAgent);
    await expectRevert(buy(), sales, "SaltedEIP712InvalidSignature", [accounts.agent3.address, digestOfOffer(offer)]);
  });

  it("refuses an offer of which any field was changed", async () => {
    const { buy, sales, accounts, offer, digestOfOffer, nonce } = await fixture();
    const { sale, orders } = offer;
    const [stored, visits] = orders;
    if (!stored || !visits) throw new Error("the offer has two cards");
    const changes: readonly Partial<typeof offer>[] = [
      { sale: { ...sale, merchant: 1n, terms: 2n } },
      { sale: { ...sale, consumerKey: digestOf("someone else").value } },
      { sale: { ...sale, buyerId: digestOf("someone else") } },
      { sale: { ...sale, buyerId: { ...sale.buyerId, algorithm: 2 } } },
      { sale: { ...sale, contractDigest: digestOf("another contract") } },
      { sale: { ...sale, contractDigest: { ...sale.contractDigest, algorithm: 3 } } },
      { sale: { ...sale, toCustody: sale.toCustody - 1n } },
      { sale: { ...sale, organisation: true } },
      { sale: { ...sale, hadBefore: true } },
      { sale: { ...sale, viaPlatform: true } },
      { orders: [stored] },
      { orders: [visits, stored] },
      { orders: [{ ...stored, kind: 1 }, visits] },
      { orders: [{ ...stored, form: 1 }, visits] },
      { orders: [{ ...stored, paid: stored.paid - 1n }, visits] },
      { orders: [{ ...stored, face: stored.face + 1n }, visits] },
      { orders: [stored, { ...visits, listUnitPrice: 1n }] },
      { orders: [stored, { ...visits, startsAt: offer.deadline }] },
      { orders: [stored, { ...visits, expiresAt: offer.deadline }] },
      { nonce: nonce + 1n },
      { deadline: offer.deadline + 1n },
    ];
    for (const change of changes) {
      await expectRevert(buy(change), sales, "SaltedEIP712InvalidSignature", [
        accounts.agent.address,
        digestOfOffer({ ...offer, ...change }),
      ]);
    }
  });

  it("refuses a signature for another deployment's salt, another chain, another contract or another version", async () => {
    const { buy, sales, accounts, offer, signOffer, digestOfOffer, salesDomain, redemptions } = await fixture();
    const others = [
      { ...salesDomain, salt: digestOf("salt of another deployment").value },
      { ...salesDomain, chainId: BigInt(salesDomain.chainId) + 1n },
      { ...salesDomain, verifyingContract: redemptions.address },
      { ...salesDomain, version: "2" },
      { ...salesDomain, name: prepaidDomain({ ...salesDomain, contract: "Redemptions", address: sales.address }).name },
    ];
    for (const domain of others) {
      const signature = await signOffer(accounts.agent, offer, domain);
      await expectRevert(buy({ signature }), sales, "SaltedEIP712InvalidSignature", [
        accounts.agent.address,
        digestOfOffer(offer),
      ]);
    }
  });

  it("refuses an algorithm that cannot be verified here", async () => {
    const { buy, sales, signature } = await fixture();
    for (const algorithm of [SIGNATURE_ALGORITHM.NONE, SIGNATURE_ALGORITHM.SM2]) {
      await expectRevert(buy({ signature: { ...signature, algorithm } }), sales, "SaltedEIP712UnsupportedAlgorithm", [
        algorithm,
      ]);
    }
  });

  it("refuses an offer that was taken before", async () => {
    const { buy, sales, accounts, nonce } = await fixture();
    await buy();
    await expectRevert(buy(), sales, "InvalidAccountNonce", [accounts.agent.address, nonce + 1n]);
  });

  it("A-20: refuses a purchase that leaves the merchant short of its requirement", async () => {
    const { buy, sales, merchant, publish } = await fixture();
    await publish("CN-GZ", { "prepaid.ratio.trade": 250_003n });
    await expectRevert(buy(), sales, "PrepaidSalesCustodyShort", [merchant, 100_002n, 100_000n]);
  });

  it("A-08: refuses what the sale rules refuse", async () => {
    const { buy, saleRules, merchant, publish } = await fixture();
    await publish("CN-GZ", { "prepaid.cap.consumer": 399_999n });
    await expectRevert(buy(), saleRules, "SaleRulesConsumerCap", [merchant, 400_000n, 399_999n]);
  });

  it("refuses a holder that did not allow the payment, and sells nothing", async () => {
    const { buy, sales, cards, token, asConsumer } = await fixture();
    await token.write.approve([sales.address, 299_999n], asConsumer);
    await expectRevert(buy(), token, "ERC20InsufficientAllowance", [sales.address, 299_999n, 300_000n]);
    expect(await cards.read.count()).to.equal(0n);
  });

  it("issues the cards, moves custody's part to the vault and the rest to the merchant's settlement account", async () => {
    const { buy, connection, sales, cards, book, custody, code, token, accounts, merchant, offer, nonce } =
      await fixture();
    const { agent, consumer, settlement } = accounts;
    const { vault } = await custody.read.accountOf([merchant]);
    const { sale } = offer;
    const before = await token.read.balanceOf([consumer.address]);
    const exposure = {
      storedPrincipal: 300_000n,
      visitsPrincipal: 0n,
      periodPrincipal: 0n,
      visitsLeft: 0n,
      periodEndsAt: 0n,
    };
    const key = sale.consumerKey;
    await expectEvents(connection, buy(), [
      event(book, "ExposureChanged", { merchant, consumerKey: key, exposure }),
      event(cards, "CardIssued", { card: 1n, merchant, holder: consumer.address, order: storedOrder() }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: key,
        exposure: { ...exposure, visitsPrincipal: 100_000n, visitsLeft: 10n },
      }),
      event(cards, "CardIssued", { card: 2n, merchant, holder: consumer.address, order: visitsOrder() }),
      event(book, "BookPaid", { merchant, amount: 400_000n, newCards: 2n, balance: 400_000n }),
      event(sales, "CardsSold", { merchant, first: 1n, count: 2n, total: 400_000n, sale }),
      event(custody, "Collected", { merchant, payer: consumer.address, amount: 100_000n }),
      event(code, "ColourChanged", { merchant, from: 1, to: 2, balance: 400_000n, custody: 100_000n, cover: 0n }),
      event(token, "Transfer", { from: consumer.address, to: vault, value: 100_000n }),
      event(token, "Transfer", { from: consumer.address, to: settlement.address, value: 300_000n }),
    ]);
    expect(await token.read.balanceOf([consumer.address])).to.equal(before - 400_000n);
    expect(await token.read.balanceOf([settlement.address])).to.equal(300_000n);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(100_000n);
    expect(await sales.read.nonces([agent.address, nonceKey(consumer.address)])).to.equal(nonce + 1n);
  });

  it("pays the settlement account nothing when the whole price goes into custody", async () => {
    const { connection, sales, token, accounts, merchant, custody, signOffer, offer } = await fixture();
    const whole = { ...offer, sale: { ...offer.sale, toCustody: 400_000n } };
    const signature = await signOffer(accounts.agent, whole);
    const client = await connection.viem.getPublicClient();
    const hash = await sales.write.purchase([whole.sale, whole.orders, whole.nonce, whole.deadline, signature], {
      account: accounts.consumer,
    });
    const { logs } = await client.getTransactionReceipt({ hash });
    expect(logs.filter((log) => log.address.toLowerCase() === token.address.toLowerCase())).to.have.lengthOf(1);
    expect(await custody.read.vaultBalanceOf([merchant])).to.equal(400_000n);
  });

  it("keeps offers to different buyers from waiting for each other", async () => {
    const { buy, sales, accounts, offer, sale, signOffer } = await fixture();
    const holder = accounts.consumer2.address;
    const nonce: bigint = await sales.read.nonces([accounts.agent.address, nonceKey(holder)]);
    const second = { ...offer, sale: sale({ holder }), nonce };
    const signature = await signOffer(accounts.agent, second);
    await buy({ ...second, signature }, accounts.consumer2);
    await buy();
    expect(await sales.read.nonces([accounts.agent.address, 0n])).to.equal(0n);
  });
});
