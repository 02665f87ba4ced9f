import { expect } from "chai";
import {
  CLASS_BIT,
  commission,
  KGM,
  lgtin,
  loadRules,
  MISSING,
  NO_PAPER,
  PAPER,
  PARTY,
  pack,
  qty,
  receive,
  ship,
  sscc,
  transform,
} from "../../fixtures/trace-rules.ts";
import { byEachClock, type ChainClock } from "../../helpers/by-each-clock.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const CABBAGE = "06975310000061";
const lot = lgtin(CABBAGE, "K1");

/** A grower's lot of listed produce, where policy asks for certificates. */
async function grown(clock: ChainClock) {
  const rules = await loadRules(clock);
  await rules.parties.write.changeRoles([PARTY.grower, (1 << 1) | (1 << 14), PAPER], {
    account: rules.accounts.platform,
  });
  await rules.fileProduct(CABBAGE, "grower", { classes: CLASS_BIT.LISTED_PRODUCE, unit: KGM });
  await rules.publish("CN", { "trace.certificate.purchase": 1n, "trace.certificate.months": 6n });
  await rules.capture("grower", commission([qty(lot, 100)]));
  const eventTime = await rules.nowMs();
  return { ...rules, eventTime };
}

byEachClock((clock) => {
  describe("ProduceCertificates", () => {
    it("C-21: given listed produce without a certificate, when it is bought loose or in a container, then the purchase is refused", async () => {
      const { capture, certificates, eventTime, catalogue } = await grown(clock);
      await capture("grower", pack(sscc(1), [qty(lot, 10)]));
      await capture("grower", ship([sscc(1), qty(lot, 20)], PARTY.shop));
      for (const what of [[sscc(1)], [qty(lot, 20)]] as const) {
        const purchase = capture("shop", receive(what, PARTY.grower, { eventTime }));
        await expectRevert(purchase, certificates, "ProduceCertificatesMissing", [lot, PARTY.shop]);
      }
      expect(await catalogue.read.isFiled([BigInt(CABBAGE)])).to.equal(true);
      // Storing for somebody else, and goods that come back, are no purchase.
      await capture("shop", receive([qty(lot, 20)], PARTY.grower, { eventTime, flow: { toOwner: PARTY.grower } }));
    });

    it("C-21: given the certificate, when the buyer receives, then it collects and keeps it; C-22: for six months", async () => {
      const { capture, certificates, eventTime, as, connection, repository } = await grown(clock);
      await expectEvents(connection, certificates.write.issue([PARTY.grower, lot, PAPER], as("grower")), [
        event(certificates, "CertificateIssued", {
          certificate: 1,
          object: lot,
          issuer: PARTY.grower,
          document: PAPER,
        }),
      ]);
      await capture("grower", ship([qty(lot, 20)], PARTY.shop));
      await capture("shop", receive([qty(lot, 20)], PARTY.grower, { eventTime }));
      expect(await certificates.read.certificateFor([lot])).to.equal(1);
      expect((await certificates.read.keepUntil([1, PARTY.shop])) > eventTime / 1000n + 180n * 86_400n).to.equal(true);
      expect(await repository.read.eventCount()).to.equal(3n);
    });

    it("C-21: given a lot split by its buyer, when the part is sold on, then the buyer's own certificate is needed", async () => {
      const { capture, certificates, eventTime, as, catalogue } = await grown(clock);
      await certificates.write.issue([PARTY.grower, lot, PAPER], as("grower"));
      await capture("grower", ship([qty(lot, 20)], PARTY.store));
      await capture("store", receive([qty(lot, 20)], PARTY.grower, { eventTime }));
      await catalogue.write.license([BigInt(CABBAGE), PARTY.store, true], as("grower"));
      const part = lgtin(CABBAGE, "K1-A");
      await capture("store", transform([qty(lot, 5)], [qty(part, 5)]), ship([qty(part, 5)], PARTY.shop));
      const purchase = () => capture("shop", receive([qty(part, 5)], PARTY.store, { eventTime }));
      await expectRevert(purchase(), certificates, "ProduceCertificatesMissing", [part, PARTY.shop]);
      const foreign = certificates.write.issue([PARTY.grower, part, PAPER], as("grower"));
      await expectRevert(foreign, certificates, "ProduceCertificatesNotProducer", [part, PARTY.store, PARTY.grower]);
      await certificates.write.issue([PARTY.store, part, PAPER], as("store"));
      await purchase();
    });

    it("refuses strangers, other goods, a second certificate, no document; and a withdrawn one no longer holds", async () => {
      const { certificates, parties, as, accounts, capture, eventTime, asRegulator } = await grown(clock);
      const issue = (object = lot, paper: typeof PAPER | typeof NO_PAPER = PAPER) =>
        certificates.write.issue([PARTY.grower, object, paper], as("grower"));
      const stranger = certificates.write.issue([PARTY.grower, lot, PAPER], as("shop"));
      await expectRevert(stranger, parties, "TradePartiesNotAgent", [PARTY.grower, accounts.shop.address]);
      const none = lgtin(CABBAGE, "NONE");
      await expectRevert(issue(none), certificates, "ProduceCertificatesNotProduce", [none]);
      await expectRevert(issue(sscc(9)), certificates, "ProduceCertificatesNotProduce", [sscc(9)]);
      await expectRevert(issue(lot, NO_PAPER), certificates, "DigestsMissing", MISSING);
      await issue();
      await expectRevert(issue(), certificates, "ProduceCertificatesIssued", [lot, 1]);
      const foreign = certificates.write.withdraw([1, PAPER], as("shop"));
      await expectRevert(foreign, certificates, "ProduceCertificatesNotIssuer", [1, accounts.shop.address]);
      await certificates.write.withdraw([1, PAPER], asRegulator);
      await expectRevert(
        certificates.write.withdraw([1, PAPER], as("grower")),
        certificates,
        "ProduceCertificatesWithdrawn",
        [1],
      );
      await expectRevert(certificates.read.certificateOf([7]), certificates, "ProduceCertificatesUnknown", [7]);
      expect(await certificates.read.certificateFor([lot])).to.equal(0);
      await capture("grower", ship([qty(lot, 20)], PARTY.shop));
      const purchase = capture("shop", receive([qty(lot, 20)], PARTY.grower, { eventTime }));
      await expectRevert(purchase, certificates, "ProduceCertificatesMissing", [lot, PARTY.shop]);
    });
  });
});
