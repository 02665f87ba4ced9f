import { expect } from "chai";
import { digestOf, SIGNATURE_ALGORITHM } from "../../fixtures/common.ts";
import { DAY } from "../../fixtures/prepaid.ts";
import { type AuthorisationOrder, deployRedemptions } from "../../fixtures/redemptions.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

/** An order that lets the merchant capture up to four visits for two days, signed by the holder. */
const fixture = defineFixture(async (connection) => {
  const domain = await deployRedemptions(connection);
  const signed = await domain.authorisation(domain.visits);
  const signature = await domain.signAuthorisation(domain.accounts.consumer, signed);
  return {
    ...domain,
    signed,
    signature,
    /** Authorises under the order, with what is given instead. */
    take: (changes: Partial<AuthorisationOrder & { signature: typeof signature }> = {}, by = domain.asAgent) => {
      const made = { ...signed, signature, ...changes };
      return domain.redemptions.write.authorise([made.card, made.face, made.expiresAt, made.nonce, made.signature], by);
    },
  };
});

describe("Redemptions.authorise", () => {
  it("refuses a card that was not sold, everyone but the agent, and a period pass", async () => {
    const { take, redemptions, cards, pass, merchant, accounts } = await fixture();
    await expectRevert(take({ card: 99n }), cards, "CardLedgerUnknownCard", [99n]);
    for (const account of [accounts.consumer, accounts.agent2]) {
      await expectRevert(take({}, { account }), redemptions, "RedemptionsNotAgent", [merchant, account.address]);
    }
    await expectRevert(take({ card: pass, face: DAY }), redemptions, "RedemptionsWrongKind", [pass, 2]);
  });

  it("refuses a merchant in default", async () => {
    const { take, redemptions, merchant, declareDefault } = await fixture();
    const stoppedAt = await declareDefault();
    await expectRevert(take(), redemptions, "RedemptionsNotServing", [merchant, stoppedAt]);
  });

  it("refuses one that would be over at once, and takes one of a second", async () => {
    const { take, redemptions, signed, at, connection } = await fixture();
    const snapshot = await connection.networkHelpers.takeSnapshot();
    await at(signed.expiresAt);
    await expectRevert(take(), redemptions, "AuthorisationsExpiryInPast", [signed.expiresAt, signed.expiresAt]);
    await snapshot.restore();
    await at(signed.expiresAt - 1n);
    await take();
    expect((await redemptions.read.authorisationOf([1n])).open).to.equal(true);
  });

  it("refuses a signature of anyone but the holder, and an order of which any field was changed", async () => {
    const { take, redemptions, stored, signed, digestOfAuthorisation, signAuthorisation, accounts } = await fixture();
    const signer = accounts.consumer.address;
    for (const other of [accounts.consumer2, accounts.agent]) {
      const signature = await signAuthorisation(other, signed);
      await expectRevert(take({ signature }), redemptions, "SaltedEIP712InvalidSignature", [
        signer,
        digestOfAuthorisation(signed),
      ]);
    }
    const changes: readonly Partial<AuthorisationOrder>[] = [
      { card: stored },
      { face: 5n },
      { expiresAt: signed.expiresAt + 1n },
      { nonce: signed.nonce + 1n },
    ];
    for (const change of changes) {
      await expectRevert(take(change), redemptions, "SaltedEIP712InvalidSignature", [
        signer,
        digestOfAuthorisation({ ...signed, ...change }),
      ]);
    }
  });

  it("refuses a signature for another deployment's salt, and an algorithm that cannot be verified here", async () => {
    const { take, redemptions, signed, signature, digestOfAuthorisation, signAuthorisation, accounts, ordersDomain } =
      await fixture();
    const domain = { ...ordersDomain, salt: digestOf("salt of another deployment").value };
    await expectRevert(
      take({ signature: await signAuthorisation(accounts.consumer, signed, domain) }),
      redemptions,
      "SaltedEIP712InvalidSignature",
      [accounts.consumer.address, digestOfAuthorisation(signed)],
    );
    await expectRevert(
      take({ signature: { ...signature, algorithm: SIGNATURE_ALGORITHM.NONE } }),
      redemptions,
      "SaltedEIP712UnsupportedAlgorithm",
      [SIGNATURE_ALGORITHM.NONE],
    );
  });

  it("refuses an order that was taken before", async () => {
    const { take, redemptions, signed, accounts } = await fixture();
    await take();
    await expectRevert(take(), redemptions, "InvalidAccountNonce", [accounts.consumer.address, signed.nonce + 1n]);
  });

  it("refuses more than the card has free", async () => {
    const { take, cards, visits, write } = await fixture();
    await write(7n, 0n);
    await expectRevert(take(), cards, "CardLedgerFaceShort", [visits, 3n, 4n]);
  });

  it("holds the face until it is captured, closed or reclaimed", async () => {
    const { take, connection, redemptions, cards, visits, signed } = await fixture();
    await expectEvents(connection, take(), [
      event(redemptions, "CardAuthorised", {
        authorisation: 1n,
        card: visits,
        face: 4n,
        expiresAt: signed.expiresAt,
      }),
      event(cards, "CardReserved", { card: visits, face: 4n, reserved: 4n }),
    ]);
    expect(await redemptions.read.authorisationOf([1n])).to.deep.equal({
      card: visits,
      face: 4n,
      captured: 0n,
      expiresAt: signed.expiresAt,
      open: true,
    });
    expect(await redemptions.read.count()).to.equal(0n);
    for (const id of [0n, 2n]) {
      await expectRevert(redemptions.read.authorisationOf([id]), redemptions, "AuthorisationsUnknown", [id]);
    }
  });
});
