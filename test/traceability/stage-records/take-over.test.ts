import { SignatureAlgorithm, Standing } from "@banyan/trace-common/client";
import { expect } from "chai";
import { layDown, stageOf } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";
import { byEachClock, type ChainClock } from "../../helpers/by-each-clock.ts";

const FLOCK = lotOf(gtinOf(61), "FLOCK-7");
const SIGNATURE = { algorithm: SignatureAlgorithm.ECDSA_SECP256K1, data: `0x${"11".repeat(65)}` } as const;

async function opened(clock: ChainClock) {
  const books = await loadTraceBooks(clock);
  const files = await layDown(books, "PLAN", [
    stageOf("REARING"),
    stageOf("TRANSPORT", { handover: true }),
    stageOf("SLAUGHTER", { handover: true }),
  ]);
  const farm = await files.join("farm");
  const carrier = await files.join("carrier");
  await files.open(farm, FLOCK);
  const rearing = await files.enter(farm, { subject: FLOCK, stage: 0, document: "reared" });
  return { books, files, farm, carrier, rearing, stages: books.contracts.stages };
}

byEachClock((clock) => {
  describe("StageRecords.takeOver", () => {
    it("given a stage without handover, or the party that has the file: refuses", async () => {
      const { files, farm, carrier } = await opened(clock);
      await expectRefusal(
        files.takeOver(farm, carrier, { subject: FLOCK, stage: 0, document: "x" }),
        "StageRecordsNoHandover",
        { subject: FLOCK, stage: 0 },
      );
      await expectRefusal(
        files.takeOver(farm, farm, { subject: FLOCK, stage: 1, document: "x" }),
        "StageRecordsNoHandover",
        { subject: FLOCK, stage: 1 },
      );
    });

    it("given a party that is no member, a signature that is late, another's or broken: refuses", async () => {
      const { books, files, farm, carrier, stages } = await opened(clock);
      const stranger = { agent: "stranger", id: await books.file("stranger") };
      await expectRefusal(
        files.takeOver(farm, stranger, { subject: FLOCK, stage: 1, document: "x" }),
        "StageRecordsNotAdmitted",
        { plan: files.plan, party: stranger.id, needed: Standing.MEMBER },
      );
      const entry = { subject: FLOCK, stage: 1, occurredAt: 1n, about: 0n, content: digest("x") };
      const call = { by: carrier.id, entry, signer: books.address("farm"), signature: SIGNATURE };
      const as = await books.as("carrier");
      const timestamp = (await books.now()) + 100n;
      await books.pin(timestamp);
      await expectRefusal(
        stages.writeAndWait.takeOver({ ...call, deadline: timestamp - 1n }, as),
        "StageRecordsSignatureExpired",
        { deadline: timestamp - 1n, timestamp },
      );
      // The farm signed another document, so the signature of this one is not its own.
      const before = await stages.read.count();
      let refused = false;
      try {
        await stages.writeAndWait.takeOver({ ...call, deadline: timestamp + 1_000n }, as);
      } catch (error) {
        refused = String(error).includes("SaltedEIP712InvalidSignature");
      }
      expect([refused, await stages.read.count()]).to.deep.equal([true, before]);
    });

    it("given a signed handover: moves the file, names both sides, and uses the signature up", async () => {
      const { files, farm, carrier, stages, books } = await opened(clock);
      const id = await files.takeOver(farm, carrier, { subject: FLOCK, stage: 1, document: "loaded" });
      expect(await stages.read.recordOf({ id })).to.deep.include({ by: carrier.id, from: farm.id, stage: 1 });
      expect((await stages.read.fileOf({ subject: FLOCK })).holder).to.equal(carrier.id);
      const told = await stages.events.FileHandedOver.get({ args: { subject: FLOCK } });
      expect(told.map(({ args }) => args)).to.deep.equal([
        { subject: FLOCK, from: farm.id, to: carrier.id, record: id },
      ]);
      const nonces = { owner: books.address("farm"), key: BigInt(FLOCK) >> 64n };
      expect((await stages.read["nonces(address,uint192)"](nonces)) & 0xffffn).to.equal(1n);
      // Back to the farm and over again: an old signature would not do, a new one does.
      await files.takeOver(carrier, farm, { subject: FLOCK, stage: 1, document: "brought back" });
      await files.takeOver(farm, carrier, { subject: FLOCK, stage: 1, document: "loaded" });
      await files.takeOver(carrier, farm, { subject: FLOCK, stage: 2, document: "slaughtered" });
      expect((await stages.read.fileOf({ subject: FLOCK })).holder).to.equal(farm.id);
    });
  });

  describe("StageRecords.attachAdvice", () => {
    it("given no record, no content or a signature over another record: refuses", async () => {
      const { books, files, rearing, stages } = await opened(clock);
      const expert = await files.join("expert", Standing.ADVISER);
      await expectRefusal(files.advise(expert, 99n, "advice", "farm"), "StageRecordsUnknownRecord", { record: 99n });
      const call = { adviser: expert.id, signer: books.address("expert"), signature: SIGNATURE };
      await expectRefusal(
        stages.writeAndWait.attachAdvice({ ...call, record_: rearing, content: NO_DIGEST }, await books.as("farm")),
        "DigestsMissing",
        MISSING,
      );
    });

    it("given advice of an admitted expert: keeps it beside the record, whoever brings it", async () => {
      const { books, files, rearing, stages } = await opened(clock);
      const expert = await files.join("expert", Standing.ADVISER);
      await files.advise(expert, rearing, "more light", "passer-by");
      await files.advise(expert, rearing, "less feed", "farm");
      const first = await stages.read.adviceOf({ id: rearing, cursor: 0n, limit: 1n });
      const second = await stages.read.adviceOf({ id: rearing, cursor: first.next, limit: 1n });
      expect(
        [...first.advice, ...second.advice].map(({ adviser, signer, content }) => [adviser, signer, content]),
      ).to.deep.equal([
        [expert.id, books.address("expert"), digest("more light")],
        [expert.id, books.address("expert"), digest("less feed")],
      ]);
      expect(second.next).to.equal(0n);
    });
  });
});
