import { Recorder } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { layDown, type Member, type StageFiles, stageOf } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal, loadTraceBooks, type TraceBooks } from "../../fixtures/trace-books.ts";
import { gtinOf, itemOf, lotOf } from "../../fixtures/trace-keys.ts";
import { system } from "../../helpers/system.ts";

const STAGES = ["CULTIVATION", "FEED", "HARVEST", "TRANSPORT", "CERTIFICATION", "STORAGE", "SALE", "AFTER-SALE"];
/** A lot of milk and a single ham: types of products that differ in everything but this. */
const MILK = lotOf(gtinOf(71), "M0304");
const HAM = itemOf(gtinOf(72), "H-000001");

system("tianyan-agri-full-trace", () => {
  let books: TraceBooks;
  let files: StageFiles;
  let actors: readonly Member[];

  beforeEach(async () => {
    books = await loadTraceBooks();
    const listed = { recorder: Recorder.LISTED };
    files = await layDown(
      books,
      "FARM-PRODUCT",
      STAGES.map((name) => stageOf(name, listed)),
    );
    const joined: Member[] = [];
    for (const [stage, name] of STAGES.entries()) {
      const member = await files.join(`party of ${name}`);
      await files.list(stage, member);
      joined.push(member);
    }
    actors = joined;
  });

  const walk = async (subject: Hex) => {
    const [first] = actors;
    if (first === undefined) throw new Error("nobody");
    await files.open(first, subject);
    for (const [stage, actor] of actors.entries()) {
      await files.enter(actor, { subject, stage, document: `${STAGES[stage]} of ${subject}` });
    }
  };

  it("records every stage from cultivation to after-sale with the party that acted, for any type of product", async () => {
    for (const product of [MILK, HAM]) {
      await walk(product);
      expect((await files.read(product)).map(({ stage, by, content }) => [stage, by, content])).to.deep.equal(
        actors.map(({ id }, stage) => [stage, id, digest(`${STAGES[stage]} of ${product}`).value]),
      );
    }
  });

  it("changes no record: what was entered before stays, whoever writes later", async () => {
    await walk(MILK);
    const before = await books.contracts.stages.read.recordOf({ id: 1n });
    const [grower, , , , , , , service] = actors;
    if (grower === undefined || service === undefined) throw new Error("nobody");
    await expectRefusal(
      files.enter(grower, { subject: MILK, stage: 0, document: "grown otherwise" }),
      "StageRecordsOutOfOrder",
      { subject: MILK, stage: 0, reached: STAGES.length },
    );
    await files.enter(service, { subject: MILK, stage: 7, document: "a customer asked", about: 1n });
    expect(await books.contracts.stages.read.recordOf({ id: 1n })).to.deep.equal(before);
    // There is no function that takes a number of a record and writes to it, except to attach advice beside it.
    const writers = books.contracts.stages.abi.filter(
      (item) => item.type === "function" && item.stateMutability === "nonpayable" && item.inputs[0]?.name === "record_",
    );
    expect(writers.map((item) => (item.type === "function" ? item.name : ""))).to.deep.equal(["attachAdvice"]);
  });

  it("refuses a stage from a party that does not do it", async () => {
    const [grower] = actors;
    if (grower === undefined) throw new Error("nobody");
    await files.open(grower, MILK);
    await files.enter(grower, { subject: MILK, stage: 0, document: "cultivation" });
    await expectRefusal(files.enter(grower, { subject: MILK, stage: 1, document: "feed" }), "StageRecordsNotRecorder", {
      subject: MILK,
      stage: 1,
      party: grower.id,
    });
  });
});
