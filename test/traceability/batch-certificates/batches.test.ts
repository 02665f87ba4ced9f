import { expect } from "chai";
import {
  commission,
  GTIN,
  lgtin,
  loadRules,
  MISSING,
  NO_PAPER,
  PAPER,
  PARTY,
  qty,
  sgtin,
} from "../../fixtures/trace-rules.ts";
import { byEachClock, type ChainClock } from "../../helpers/by-each-clock.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const lot = lgtin(GTIN.TEA, "T1");
const REVIEWERS = [PARTY.grower, PARTY.store] as const;
type Paper = typeof PAPER | typeof NO_PAPER;

/** The processor's batch of tea; the grower and the store review, the lab certifies. */
async function batch(clock: ChainClock) {
  const rules = await loadRules(clock);
  const { batches, as, capture } = rules;
  await capture("processor", commission([qty(lot, 10)]));
  const apply = ({
    object = lot,
    certifier = PARTY.lab,
    reviewers = REVIEWERS as readonly number[],
    paper = PAPER as Paper,
  } = {}) => batches.write.applyFor([PARTY.processor, certifier, object, reviewers, paper], as("processor"));
  const sign = (who: "grower" | "store" | "lab", paper: Paper = PAPER, application = 1) =>
    batches.write.sign([application, PARTY[who], paper], as(who));
  const certify = (validUntil = 0n, paper: Paper = PAPER, application = 1) =>
    batches.write.certify([application, validUntil, paper], as("lab"));
  const held = () => batches.read.certificateFor([lot]);
  /** An application that every reviewer signed. */
  const signed = async () => {
    await apply();
    await sign("grower");
    await sign("store");
  };
  return { ...rules, apply, sign, certify, held, signed };
}

byEachClock((clock) => {
  describe("BatchCertificates.applyFor", () => {
    it("given a stranger, no certifier or a batch that is not the applicant's, when it applies, then it is refused", async () => {
      const { batches, parties, accounts, apply, as } = await batch(clock);
      const stranger = batches.write.applyFor([PARTY.processor, PARTY.lab, lot, REVIEWERS, PAPER], as("grower"));
      const { address } = accounts.grower;
      await expectRevert(stranger, batches, "BatchCertificatesNotAllowed", [PARTY.processor, address]);
      await expectRevert(apply({ certifier: PARTY.shop }), parties, "TradePartiesRoleMissing", [PARTY.shop, 12]);
      const foreign = batches.write.applyFor([PARTY.grower, PARTY.lab, lot, REVIEWERS, PAPER], as("grower"));
      await expectRevert(foreign, batches, "BatchCertificatesNotProducer", [lot]);
      for (const object of [lgtin(GTIN.TEA, "NONE"), sgtin(GTIN.BOX, "1")]) {
        await expectRevert(apply({ object }), batches, "BatchCertificatesNotProducer", [object]);
      }
    });

    it("given no reviewer, too many, one twice, one that is unknown or suspended, or no papers, when it applies, then it is refused", async () => {
      const { batches, parties, apply, asRegulator } = await batch(clock);
      const many = Array.from({ length: 21 }, () => PARTY.grower);
      await expectRevert(apply({ reviewers: [] }), batches, "BatchCertificatesInvalidReviewers", [0n, 20n]);
      await expectRevert(apply({ reviewers: many }), batches, "BatchCertificatesInvalidReviewers", [21n, 20n]);
      const twice = apply({ reviewers: [PARTY.grower, PARTY.store, PARTY.grower] });
      await expectRevert(twice, batches, "BatchCertificatesInvalidReviewers", [3n, 20n]);
      await expectRevert(apply({ reviewers: [99] }), parties, "TradePartiesUnknown", [99]);
      await expectRevert(apply({ paper: NO_PAPER }), batches, "DigestsMissing", MISSING);
      await parties.write.suspend([PARTY.store, PAPER], asRegulator);
      await expectRevert(apply(), parties, "TradePartiesSuspended", [PARTY.store]);
      expect(await batches.read.applicationCount()).to.equal(0n);
    });

    it("given the producer, when it applies, then the application stands, and there is no second one beside it", async () => {
      const { batches, connection, apply, now, held } = await batch(clock);
      await expectEvents(connection, apply(), [
        event(batches, "BatchApplied", {
          ...{
            application: 1,
            applicant: PARTY.processor,
            lot,
            certifier: PARTY.lab,
            reviewers: REVIEWERS,
            file: PAPER,
          },
        }),
      ]);
      expect(await batches.read.applicationOf([1])).to.deep.equal({
        ...{ applicant: PARTY.processor, certifier: PARTY.lab, lot, reviewers: [...REVIEWERS], signed: 0 },
        ...{ appliedAt: await now(), rejectedAt: 0n, issuedAt: 0n, validUntil: 0n, revokedAt: 0n, file: PAPER },
      });
      expect(await held()).to.equal(0);
      await expectRevert(apply(), batches, "BatchCertificatesTaken", [lot, 1]);
      expect(await batches.read.applicationCount()).to.equal(1n);
    });
  });

  describe("BatchCertificates.sign and reject", () => {
    it("given no application, a stranger, nobody's reviewer, no finding or a second signature, when it is signed, then it is refused", async () => {
      const { batches, accounts, apply, sign, as } = await batch(clock);
      await expectRevert(sign("grower"), batches, "BatchCertificatesUnknown", [1]);
      await expectRevert(batches.read.applicationOf([1]), batches, "BatchCertificatesUnknown", [1]);
      await apply();
      const stranger = batches.write.sign([1, PARTY.grower, PAPER], as("shop"));
      const { address } = accounts.shop;
      await expectRevert(stranger, batches, "BatchCertificatesNotAllowed", [PARTY.grower, address]);
      await expectRevert(sign("lab"), batches, "BatchCertificatesNotReviewer", [1, PARTY.lab]);
      await expectRevert(sign("grower", NO_PAPER), batches, "DigestsMissing", MISSING);
      await sign("grower");
      await expectRevert(sign("grower"), batches, "BatchCertificatesSigned", [1, PARTY.grower]);
    });

    it("given a reviewer, when it signs, then its signature alone stands", async () => {
      const { batches, connection, apply, sign } = await batch(clock);
      await apply();
      await expectEvents(connection, sign("store"), [
        event(batches, "BatchSigned", { application: 1, reviewer: PARTY.store, finding: PAPER }),
      ]);
      expect((await batches.read.applicationOf([1])).signed).to.equal(0b10);
    });

    it("given no application, a stranger, nobody's reviewer or no finding, when it is rejected, then that is refused", async () => {
      const { batches, accounts, apply, as } = await batch(clock);
      const reject = (party: number, who: "grower" | "lab" | "shop", paper: Paper = PAPER) =>
        batches.write.reject([1, party, paper], as(who));
      await expectRevert(reject(PARTY.grower, "grower"), batches, "BatchCertificatesUnknown", [1]);
      await apply();
      const { address } = accounts.shop;
      await expectRevert(reject(PARTY.grower, "shop"), batches, "BatchCertificatesNotAllowed", [PARTY.grower, address]);
      await expectRevert(reject(PARTY.lab, "lab"), batches, "BatchCertificatesNotReviewer", [1, PARTY.lab]);
      await expectRevert(reject(PARTY.grower, "grower", NO_PAPER), batches, "DigestsMissing", MISSING);
    });

    it("given one rejection, when others go on, then nothing is signed, rejected or certified, and the producer may apply anew", async () => {
      const { batches, connection, apply, sign, certify, now, as, held } = await batch(clock);
      await apply();
      await sign("grower");
      // Whoever signed may still find a fault before the certificate is issued.
      await expectEvents(connection, batches.write.reject([1, PARTY.grower, PAPER], as("grower")), [
        event(batches, "BatchRejected", { application: 1, reviewer: PARTY.grower, finding: PAPER }),
      ]);
      expect((await batches.read.applicationOf([1])).rejectedAt).to.equal(await now());
      await expectRevert(sign("store"), batches, "BatchCertificatesDecided", [1]);
      const again = batches.write.reject([1, PARTY.store, PAPER], as("store"));
      await expectRevert(again, batches, "BatchCertificatesDecided", [1]);
      await expectRevert(certify(), batches, "BatchCertificatesDecided", [1]);
      await apply();
      expect((await batches.read.applicationOf([2])).signed).to.equal(0);
      expect(await held()).to.equal(0);
    });
  });

  describe("BatchCertificates.certify and revoke", () => {
    it("given no application, a stranger, a missing signature, an end that is past or no paper, when it is certified, then it is refused", async () => {
      const { batches, accounts, apply, sign, certify, as, time, start, held } = await batch(clock);
      await expectRevert(certify(), batches, "BatchCertificatesUnknown", [1]);
      await apply();
      const stranger = batches.write.certify([1, 0n, PAPER], as("processor"));
      const { address } = accounts.processor;
      await expectRevert(stranger, batches, "BatchCertificatesNotAllowed", [PARTY.lab, address]);
      await sign("store");
      await expectRevert(certify(), batches, "BatchCertificatesNotSigned", [1, PARTY.grower]);
      await sign("grower");
      await time.setNextBlockTimestamp(start + 100n);
      await expectRevert(certify(start + 100n), batches, "BatchCertificatesOver", [start + 100n, start + 100n]);
      await expectRevert(certify(0n, NO_PAPER), batches, "DigestsMissing", MISSING);
      expect(await held()).to.equal(0);
    });

    it("given every signature, when the certifier issues it, then the certificate holds, and nothing more is decided", async () => {
      const { batches, connection, apply, sign, certify, signed, held, now, as } = await batch(clock);
      await signed();
      await expectEvents(connection, certify(), [
        event(batches, "BatchCertified", { application: 1, lot, validUntil: 0n, certificate: PAPER }),
      ]);
      expect((await batches.read.applicationOf([1])).issuedAt).to.equal(await now());
      expect(await held()).to.equal(1);
      await expectRevert(certify(), batches, "BatchCertificatesDecided", [1]);
      await expectRevert(sign("grower"), batches, "BatchCertificatesDecided", [1]);
      const late = batches.write.reject([1, PARTY.grower, PAPER], as("grower"));
      await expectRevert(late, batches, "BatchCertificatesDecided", [1]);
      await expectRevert(apply(), batches, "BatchCertificatesTaken", [lot, 1]);
    });

    it("given an end, when it comes, then the certificate no longer holds and the producer may apply anew", async () => {
      const { batches, apply, certify, signed, held, time, start } = await batch(clock);
      await signed();
      await certify(start + 1_000n);
      await time.increaseTo(start + 999n);
      expect(await held()).to.equal(1);
      await time.increaseTo(start + 1_000n);
      expect(await held()).to.equal(0);
      await apply();
      expect(await batches.read.applicationCount()).to.equal(2n);
    });

    it("given nothing issued, a stranger or no reason, when it is revoked, then that is refused; revoked once, it no longer holds", async () => {
      const { batches, accounts, connection, apply, certify, signed, held, now, as } = await batch(clock);
      const revoke = (paper: Paper = PAPER) => batches.write.revoke([1, paper], as("lab"));
      await expectRevert(revoke(), batches, "BatchCertificatesUnknown", [1]);
      await signed();
      await expectRevert(revoke(), batches, "BatchCertificatesNotIssued", [1]);
      await certify();
      const stranger = batches.write.revoke([1, PAPER], as("processor"));
      const { address } = accounts.processor;
      await expectRevert(stranger, batches, "BatchCertificatesNotAllowed", [PARTY.lab, address]);
      await expectRevert(revoke(NO_PAPER), batches, "DigestsMissing", MISSING);
      await expectEvents(connection, revoke(), [event(batches, "BatchRevoked", { application: 1, reason: PAPER })]);
      expect((await batches.read.applicationOf([1])).revokedAt).to.equal(await now());
      expect(await held()).to.equal(0);
      await expectRevert(revoke(), batches, "BatchCertificatesNotIssued", [1]);
      await apply();
    });
  });
});
