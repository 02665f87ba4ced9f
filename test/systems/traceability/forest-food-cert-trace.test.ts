import { BizStep, PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, observe, pieces, sell } from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf, lotOf } from "../../fixtures/trace-keys.ts";
import { loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const MUSHROOMS = gtinOf(150);
const BATCH = lotOf(MUSHROOMS, "SHIITAKE-W9");
const BOXES = ["M-0001", "M-0002"].map((serial) => itemOf(MUSHROOMS, serial));
const [BOX] = BOXES as [`0x${string}`, `0x${string}`];

system("forest-food-cert-trace", () => {
  let world: TraceWorld;
  let firm: Member;
  let body: Member;
  let reviewers: readonly Member[];
  let shop: Member;

  beforeEach(async () => {
    world = await loadTraceWorld();
    firm = await world.party("forest firm", { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER] });
    body = await world.party("certification body", { roles: [PartyRole.CERTIFIER] });
    reviewers = [await world.party("site inspector"), await world.party("laboratory"), await world.party("committee")];
    shop = await world.party("shop", { roles: [PartyRole.RETAILER] });
    await world.product("forest firm", firm.id, MUSHROOMS);
    await world.capture(
      "forest firm",
      firm.id,
      commission([pieces(BATCH, 100)]),
      commission(BOXES, { ilmd: { lot: BATCH } }),
    );
  });

  const apply = async () => {
    const applied = await world.contracts.batches.writeAndWait.applyFor(
      {
        ...{ applicant: firm.id, certifier: body.id, lot: BATCH, reviewers: reviewers.map(({ id }) => id) },
        file_: digest("application, site photographs, stamped papers"),
      },
      await world.as("forest firm"),
    );
    return applied.event("BatchApplied").args.application;
  };
  const sign = async (application: number, { agent, id }: Member) =>
    await world.contracts.batches.writeAndWait.sign(
      { application, reviewer: id, finding: digest(`finding of ${agent}`) },
      await world.as(agent),
    );
  const certify = async (application: number) =>
    await world.contracts.batches.writeAndWait.certify(
      { application, validUntil: 0n, certificate: digest("certificate of the batch") },
      await world.as("certification body"),
    );
  const certificateOf = async () => await world.contracts.batches.read.certificateFor({ lot: BATCH });

  it("issues a batch's certificate only after every required reviewer signed", async () => {
    const application = await apply();
    for (const reviewer of reviewers) {
      await expectRefusal(certify(application), "BatchCertificatesNotSigned", { application, reviewer: reviewer.id });
      expect(await certificateOf()).to.equal(0);
      await sign(application, reviewer);
    }
    await expectRefusal(sign(application, shop), "BatchCertificatesNotReviewer", { application, reviewer: shop.id });
    await certify(application);
    expect(await certificateOf()).to.equal(application);
  });

  it("issues one for the whole batch: none beside it, none twice, none after a rejection", async () => {
    const { batches } = world.contracts;
    const first = await apply();
    await expectRefusal(apply(), "BatchCertificatesTaken", { lot: BATCH, application: first });
    await batches.writeAndWait.reject(
      { application: first, reviewer: reviewers[1]?.id ?? 0, finding: digest("residues") },
      await world.as("laboratory"),
    );
    await expectRefusal(certify(first), "BatchCertificatesDecided", { application: first });
    const second = await apply();
    for (const reviewer of reviewers) await sign(second, reviewer);
    await certify(second);
    await expectRefusal(certify(second), "BatchCertificatesDecided", { application: second });
    await expectRefusal(apply(), "BatchCertificatesTaken", { lot: BATCH, application: second });
  });

  it("returns for the code of a box its batch's certificate and the whole chain of events", async () => {
    const application = await apply();
    for (const reviewer of reviewers) await sign(application, reviewer);
    await certify(application);
    await world.capture("forest firm", firm.id, observe([BOX]));
    await world.hand(firm, shop, [BOX]);
    await world.capture("shop", shop.id, sell([BOX]));
    const page = await world.contracts.page.read.pageOf({ object: BOX, region: ascii(""), cursor: 0, limit: 50n });
    expect([page.batchCertificate, page.lot, page.producer]).to.deep.equal([application, BATCH, firm.id]);
    expect(page.steps.map(({ step, through }) => [step, through])).to.deep.equal([
      [BizStep.RETAIL_SELLING, BOX],
      [BizStep.RECEIVING, BOX],
      [BizStep.SHIPPING, BOX],
      [BizStep.INSPECTING, BOX],
      [BizStep.COMMISSIONING, BOX],
      [BizStep.COMMISSIONING, BATCH],
    ]);
  });
});
