import { expect } from "chai";
import {
  CLASS_BIT,
  commission,
  epcis,
  KGM,
  lgtin,
  loadRules,
  PAPER,
  PARTY,
  pack,
  qty,
  receive,
  sgtin,
  ship,
  sscc,
  unpack,
} from "../../fixtures/trace-rules.ts";
import { byEachClock, type ChainClock } from "../../helpers/by-each-clock.ts";
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
  describe("ProduceCertificates: what is no way around them", () => {
    it("C-21: given no certificate, when bought for another owner, or as returned by who never had it, then it is refused all the same", async () => {
      const { capture, certificates, eventTime, lots } = await grown(clock);
      await capture("grower", ship([qty(lot, 30)], PARTY.shop));
      const forStore = receive([qty(lot, 20)], PARTY.grower, { eventTime, flow: { toOwner: PARTY.store } });
      await expectRevert(capture("shop", forStore), certificates, "ProduceCertificatesMissing", [lot, PARTY.store]);
      const returned = receive([qty(lot, 20)], PARTY.grower, { eventTime, disposition: "returned" });
      await expectRevert(capture("shop", returned), certificates, "ProduceCertificatesMissing", [lot, PARTY.shop]);
      // Stored for the grower, who stays the owner; then it comes back to the grower, who had it before.
      await capture("shop", receive([qty(lot, 30)], PARTY.grower, { eventTime, flow: { toOwner: PARTY.grower } }));
      await capture("shop", ship([qty(lot, 30)], PARTY.grower, { disposition: "returned" }));
      await capture("grower", receive([qty(lot, 30)], PARTY.shop, { eventTime, disposition: "returned" }));
      expect(await lots.read.hasHeld([lot, PARTY.shop])).to.equal(true);
    });

    it("C-21: given an item without a certificate, when it stays its owner's, or comes back, then it is no purchase; sold on it is", async () => {
      const { capture, certificates, eventTime } = await grown(clock);
      const [head, crate] = [sgtin(CABBAGE, "H1"), sscc(2)];
      await capture("grower", commission([head]), pack(crate, [head]), ship([crate], PARTY.store));
      const [named, free] = [{ flow: { toOwner: PARTY.grower } }, { flow: { toOwner: PARTY.shop } }];
      for (const terms of [{}, free, { disposition: "returned" }]) {
        const buyer = terms === free ? PARTY.shop : PARTY.store;
        const purchase = capture("store", receive([crate], 0, { eventTime, ...terms }));
        await expectRevert(purchase, certificates, "ProduceCertificatesMissing", [head, buyer]);
      }
      await capture("store", receive([crate], 0, { eventTime, ...named }), ship([crate], PARTY.shop));
      await expectRevert(
        capture("shop", receive([crate], 0, { eventTime, ...free })),
        certificates,
        "ProduceCertificatesMissing",
        [head, PARTY.shop],
      );
      await capture("shop", receive([crate], 0, { eventTime, ...named }));
      await capture("shop", ship([crate], PARTY.grower));
      await capture("grower", receive([crate], 0, { eventTime, disposition: "returned" }));
    });

    it("C-21: given the certificate of the lot, when another owner is named, then that owner collects it", async () => {
      const { capture, certificates, eventTime, as } = await grown(clock);
      await certificates.write.issue([PARTY.grower, lot, PAPER], as("grower"));
      await capture("grower", ship([qty(lot, 20)], PARTY.shop));
      await capture("shop", receive([qty(lot, 20)], PARTY.grower, { eventTime, flow: { toOwner: PARTY.store } }));
      expect(await certificates.read.keepUntil([1, PARTY.shop])).to.equal(0n);
      expect((await certificates.read.keepUntil([1, PARTY.store])) > eventTime / 1000n).to.equal(true);
    });

    it("C-21: given more in a container than a receipt is checked for, when it is received, then it is refused", async () => {
      const { capture, certificates, nowMs, connection, repository, as } = await grown(clock);
      await certificates.write.issue([PARTY.grower, lot, PAPER], as("grower"));
      const pallet = sscc(3);
      // The pallet counts one, each head five.
      const heads = Array.from({ length: 80 }, (_, i) => sgtin(CABBAGE, `P${i}`));
      for (const some of [heads.slice(0, 40), heads.slice(40)]) {
        await capture("grower", commission(some, { ilmd: { lot } }));
        await capture("grower", pack(pallet, some));
      }
      await capture("grower", ship([pallet], PARTY.shop));
      const tooMany = capture("shop", receive([pallet], 0, { eventTime: await nowMs() }));
      await expectRevert(tooMany, certificates, "ProduceCertificatesTooMany", [heads[79] ?? "0x", 400n]);
      await capture("grower", epcis({ step: "void_shipping", objects: [pallet] }), unpack(pallet, heads.slice(79)));
      await capture("grower", ship([pallet], PARTY.shop));
      const receipt = receive([pallet], 0, { eventTime: await nowMs() });
      const hash = await repository.write.capture([PARTY.shop, [receipt]], as("shop"));
      const client = await connection.viem.getPublicClient();
      const { gasUsed } = await client.getTransactionReceipt({ hash });
      expect(gasUsed < 5_000_000n, `${gasUsed}`).to.equal(true);
    });

    it("C-21: given a certified lot, when another than its issuer makes items of it, then they need one of their own where policy says so", async () => {
      const { capture, certificates, eventTime, as, catalogue, publish } = await grown(clock);
      await certificates.write.issue([PARTY.grower, lot, PAPER], as("grower"));
      await catalogue.write.license([BigInt(CABBAGE), PARTY.store, true], as("grower"));
      const [own, foreign] = [sgtin(CABBAGE, "G1"), sgtin(CABBAGE, "S1")];
      await capture("grower", commission([own], { ilmd: { lot } }), ship([own], PARTY.shop));
      await capture("store", commission([foreign], { ilmd: { lot } }), ship([foreign], PARTY.shop));
      expect([
        await certificates.read.certificateFor([own]),
        await certificates.read.certificateFor([foreign]),
      ]).to.deep.equal([1, 1]);
      await publish("CN", { "trace.certificate.split": 1n });
      expect([
        await certificates.read.certificateFor([own]),
        await certificates.read.certificateFor([foreign]),
      ]).to.deep.equal([1, 0]);
      await expectRevert(
        capture("shop", receive([own, foreign], 0, { eventTime })),
        certificates,
        "ProduceCertificatesMissing",
        [foreign, PARTY.shop],
      );
      await certificates.write.issue([PARTY.store, foreign, PAPER], as("store"));
      await capture("shop", receive([own, foreign], 0, { eventTime }));
    });
  });
});
