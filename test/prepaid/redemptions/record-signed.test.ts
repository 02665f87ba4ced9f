import { expect } from "chai";
import { nonceKey } from "../../../apps/prepaid-code/typed-data.ts";
import { NO_EXPOSURE } from "../../fixtures/card-ledger.ts";
import { digestOf, SIGNATURE_ALGORITHM } from "../../fixtures/common.ts";
import { DAY, SALT } from "../../fixtures/prepaid.ts";
import { CONSUMER_KEY, ENTRY, NO_DIGEST } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, EVIDENCE, type RedemptionOrder } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** An order over two visits, signed by the holder; it holds for an hour. */
const fixture = defineFixture(async (connection) => {
  const domain = await deployRedemptions(connection);
  const signed = await domain.order(domain.visits);
  const signature = await domain.signRedemption(domain.accounts.consumer, signed);
  return {
    ...domain,
    signed,
    signature,
    /** Writes the signed entry, with what is given instead. */
    take: (changes: Partial<RedemptionOrder & { signature: typeof signature }> = {}, by = domain.asAgent) => {
      const made = { ...signed, signature, ...changes };
      return domain.redemptions.write.recordSigned(
        [made.card, made.face, made.listValue, made.evidence, made.nonce, made.deadline, made.signature],
        by,
      );
    },
  };
});

describe("Redemptions.recordSigned", () => {
  it("has the EIP-712 domain that the typed data for wallets has, with the salt", async () => {
    const { redemptions, ordersDomain, chainId } = await fixture();
    const [fields, name, version, id, verifyingContract, salt] = await redemptions.read.eip712Domain();
    expect({ fields, name, version, chainId: Number(id), salt }).to.deep.equal({
      fields: "0x1f",
      name: ordersDomain.name,
      version: ordersDomain.version,
      chainId,
      salt: SALT,
    });
    expect(verifyingContract.toLowerCase()).to.equal(ordersDomain.verifyingContract.toLowerCase());
  });

  it("refuses everyone but the agent, the holder too", async () => {
    const { take, redemptions, merchant, accounts } = await fixture();
    for (const account of [accounts.agent2, accounts.consumer]) {
      await expectRevert(take({}, { account }), redemptions, "RedemptionsNotAgent", [merchant, account.address]);
    }
  });

  it("refuses a merchant in default, a period pass, missing evidence and a price above the list price", async () => {
    const { take, redemptions, merchant, pass, visits, declareDefault } = await fixture();
    await expectRevert(take({ card: pass }), redemptions, "RedemptionsWrongKind", [pass, 2]);
    await expectRevert(take({ evidence: NO_DIGEST }), redemptions, "DigestsMissing", [NO_DIGEST.value, 0]);
    await expectRevert(take({ listValue: 30_001n }), redemptions, "RedemptionsListValue", [visits, 30_001n, 30_000n]);
    const stoppedAt = await declareDefault();
    await expectRevert(take(), redemptions, "RedemptionsNotServing", [merchant, stoppedAt]);
  });

  it("takes an order at its deadline and refuses it a second later", async () => {
    const { take, redemptions, signed, at, connection } = await fixture();
    const snapshot = await connection.networkHelpers.takeSnapshot();
    await at(signed.deadline + 1n);
    await expectRevert(take(), redemptions, "RedemptionsOrderExpired", [signed.deadline, signed.deadline + 1n]);
    await snapshot.restore();
    await at(signed.deadline);
    await take();
    expect(await redemptions.read.count()).to.equal(1n);
  });

  it("refuses a signature of anyone but the present holder", async () => {
    const { take, redemptions, cards, visits, signed, digestOfOrder, signRedemption, accounts, asConsumer } =
      await fixture();
    for (const signer of [accounts.consumer2, accounts.agent]) {
      const signature = await signRedemption(signer, signed);
      await expectRevert(take({ signature }), redemptions, "SaltedEIP712InvalidSignature", [
        accounts.consumer.address,
        digestOfOrder(signed),
      ]);
    }
    await cards.write.transfer([visits, accounts.consumer2.address, digestOf("key").value, EVIDENCE], asConsumer);
    await expectRevert(take(), redemptions, "SaltedEIP712InvalidSignature", [
      accounts.consumer2.address,
      digestOfOrder(signed),
    ]);
  });

  it("refuses an order of which any field was changed", async () => {
    const { take, redemptions, signed, digestOfOrder, accounts, stored } = await fixture();
    const changes: readonly Partial<RedemptionOrder>[] = [
      { card: stored },
      { face: 3n },
      { listValue: 29_999n },
      { evidence: digestOf("another record") },
      { evidence: { ...EVIDENCE, algorithm: 2 } },
      { nonce: signed.nonce + 1n },
      { deadline: signed.deadline + 1n },
    ];
    for (const change of changes) {
      await expectRevert(take(change), redemptions, "SaltedEIP712InvalidSignature", [
        accounts.consumer.address,
        digestOfOrder({ ...signed, ...change }),
      ]);
    }
  });

  it("refuses a signature for another deployment's salt, another chain or another contract", async () => {
    const { take, redemptions, sales, signed, digestOfOrder, signRedemption, accounts, ordersDomain } = await fixture();
    for (const domain of [
      { ...ordersDomain, salt: digestOf("salt of another deployment").value },
      { ...ordersDomain, chainId: BigInt(ordersDomain.chainId) + 1n },
      { ...ordersDomain, verifyingContract: sales.address },
    ]) {
      const signature = await signRedemption(accounts.consumer, signed, domain);
      await expectRevert(take({ signature }), redemptions, "SaltedEIP712InvalidSignature", [
        accounts.consumer.address,
        digestOfOrder(signed),
      ]);
    }
  });

  it("refuses an algorithm that cannot be verified here", async () => {
    const { take, redemptions, signature } = await fixture();
    await expectRevert(
      take({ signature: { ...signature, algorithm: SIGNATURE_ALGORITHM.SM2 } }),
      redemptions,
      "SaltedEIP712UnsupportedAlgorithm",
      [SIGNATURE_ALGORITHM.SM2],
    );
  });

  it("refuses an order that was taken before, and one that the holder withdrew", async () => {
    const { take, connection, redemptions, signed, accounts, visits, order, signRedemption, asConsumer } =
      await fixture();
    await take();
    const used = [accounts.consumer.address, signed.nonce + 1n] as const;
    await expectRevert(take(), redemptions, "InvalidAccountNonce", used);
    const next = await order(visits);
    const signature = await signRedemption(accounts.consumer, next);
    await expectEvents(connection, redemptions.write.withdrawOrder([next.nonce], asConsumer), [
      event(redemptions, "OrderWithdrawn", { signer: accounts.consumer.address, nonce: next.nonce }),
    ]);
    await expectRevert(take({ ...next, signature }), redemptions, "InvalidAccountNonce", [
      accounts.consumer.address,
      next.nonce + 1n,
    ]);
    await expectRevert(redemptions.write.withdrawOrder([next.nonce], asConsumer), redemptions, "InvalidAccountNonce", [
      accounts.consumer.address,
      next.nonce + 1n,
    ]);
  });

  it("refuses what the card cannot give", async () => {
    const { take, cards, visits, asConsumer } = await fixture();
    await cards.write.reportLoss([visits], asConsumer);
    await expectRevert(take(), cards, "CardLedgerWrongStatus", [visits, 2]);
  });

  it("A-53: is final at once: face and principal are redeemed", async () => {
    const { take, connection, redemptions, cards, book, visits, pass, merchant, accounts, signed, now, at } =
      await fixture();
    const { startsAt } = await cards.read.cardOf([pass]);
    const moment = (await now()) + 50n;
    await at(moment);
    await expectEvents(connection, take(), [
      event(redemptions, "RedemptionRecorded", {
        redemption: 1n,
        card: visits,
        face: 2n,
        listValue: 30_000n,
        contestUntil: 0n,
        evidence: EVIDENCE,
      }),
      event(cards, "CardConsumed", { card: visits, face: 2n, listValue: 30_000n, principal: 20_000n }),
      event(book, "ExposureChanged", {
        merchant,
        consumerKey: CONSUMER_KEY,
        exposure: {
          ...NO_EXPOSURE,
          storedPrincipal: 300_000n,
          visitsPrincipal: 80_000n,
          periodPrincipal: 200_000n,
          visitsLeft: 8n,
          periodEndsAt: startsAt + 100n * DAY,
        },
      }),
      event(book, "BookRedeemed", { merchant, amount: 20_000n, balance: 580_000n }),
      event(redemptions, "RedemptionFinal", { redemption: 1n, card: visits, face: 2n, principal: 20_000n }),
    ]);
    expect(await redemptions.read.redemptionOf([1n])).to.deep.equal({
      card: visits,
      face: 2n,
      listValue: 30_000n,
      principal: 20_000n,
      recordedAt: moment,
      contestUntil: 0n,
      answerUntil: 0n,
      answered: false,
      status: ENTRY.FINAL,
      evidence: EVIDENCE,
    });
    const key = nonceKey(visits);
    const nonce: bigint = await redemptions.read.nonces([accounts.consumer.address, key]);
    expect(nonce).to.equal(signed.nonce + 1n);
    expect((await cards.read.cardOf([visits])).reserved).to.equal(0n);
  });
});
