import { Craft } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { Hex } from "viem";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { gtinOf, itemOf } from "../../fixtures/trace-keys.ts";
import { leafOf, nodeOf } from "../../helpers/merkle.ts";

const ZERO = `0x${"00".repeat(32)}` as const;
const TAGS = ["tag 1", "tag 2"].map((tag) => digest(tag).value) as [Hex, Hex];
const PRODUCT = itemOf(gtinOf(88), "B-1");
const CONTENT = digest("batch record");

async function makers() {
  const books = await loadTraceBooks();
  const { tags } = books.contracts;
  const chip = await books.file("chip maker");
  const tag = await books.file("tag maker");
  const integrator = await books.file("integrator");
  const producer = await books.file("producer");
  for (const [party, craft] of [
    [chip, Craft.CHIP],
    [tag, Craft.TAG],
    [integrator, Craft.INTEGRATION],
  ] as const) {
    await tags.writeAndWait.admit({ party, craft }, await books.as("platform"));
  }
  const chips = async (size: bigint, content = CONTENT) =>
    (await tags.writeAndWait.recordChips({ by: chip, size, content }, await books.as("chip maker"))).event(
      "TagBatchRecorded",
    ).args.batch;
  const made = async (source: bigint, size: bigint) =>
    (
      await tags.writeAndWait.recordTags(
        { by: tag, chips: source, size, content: CONTENT },
        await books.as("tag maker"),
      )
    ).event("TagBatchRecorded").args.batch;
  const integrated = async (
    source: bigint,
    size: bigint,
    customer = producer,
    numbers = nodeOf(leafOf(TAGS[0]), leafOf(TAGS[1])),
  ) =>
    (
      await tags.writeAndWait.recordIntegration(
        { by: integrator, tags: source, customer, size, numbers, content: CONTENT },
        await books.as("integrator"),
      )
    ).event("TagBatchRecorded").args.batch;
  return { books, tags, chip, producer, chips, made, integrated };
}

describe("TagRegister: batches", () => {
  it("given a party that is not admitted, or of another craft: records none", async () => {
    const { books, tags, chip } = await makers();
    await expectRefusal(
      tags.writeAndWait.admit({ party: chip, craft: Craft.TAG }, await books.as("chip maker")),
      "AccessManagedUnauthorized",
      { caller: books.address("chip maker") },
    );
    await expectRefusal(
      tags.writeAndWait.recordTags({ by: chip, chips: 1n, size: 1n, content: CONTENT }, await books.as("chip maker")),
      "TagRegisterNotMaker",
      { party: chip, craft: Craft.TAG },
    );
    await expectRefusal(
      tags.writeAndWait.recordIntegration(
        { by: chip, tags: 1n, customer: 1, size: 1n, numbers: CONTENT.value, content: CONTENT },
        await books.as("chip maker"),
      ),
      "TagRegisterNotMaker",
      { party: chip, craft: Craft.INTEGRATION },
    );
  });

  it("given no chips, more tags than chips, or a batch of the wrong craft: refuses", async () => {
    const { chips, made, integrated } = await makers();
    await expectRefusal(chips(0n), "TagRegisterShort", { source: 0n, left: 0n, size: 0n });
    await expectRefusal(chips(1n, NO_DIGEST), "DigestsMissing", MISSING);
    const first = await chips(10n);
    await expectRefusal(made(first, 11n), "TagRegisterShort", { source: first, left: 10n, size: 11n });
    await expectRefusal(made(first, 0n), "TagRegisterShort", { source: first, left: 10n, size: 0n });
    const tags = await made(first, 6n);
    await expectRefusal(made(first, 5n), "TagRegisterShort", { source: first, left: 4n, size: 5n });
    await expectRefusal(made(tags, 1n), "TagRegisterWrongSource", { source: tags, needed: Craft.CHIP });
    await expectRefusal(integrated(first, 1n), "TagRegisterWrongSource", { source: first, needed: Craft.TAG });
    await expectRefusal(integrated(tags, 7n), "TagRegisterShort", { source: tags, left: 6n, size: 7n });
    await expectRefusal(integrated(tags, 1n, 0), "TagRegisterIntegrationIncomplete", {});
    await expectRefusal(integrated(tags, 1n, 1, ZERO), "TagRegisterIntegrationIncomplete", {});
  });

  it("given chips, tags and integration: keeps each batch with what is used of it", async () => {
    const { books, tags, producer, chips, made, integrated } = await makers();
    const first = await chips(10n);
    const second = await made(first, 4n);
    const third = await integrated(second, 2n);
    const { used, size, craft } = await tags.read.batchOf({ batch: first });
    expect([used, size, craft]).to.deep.equal([4n, 10n, Craft.CHIP]);
    expect(await tags.read.batchOf({ batch: third })).to.deep.include({
      ...{
        customer: producer,
        source: second,
        size: 2n,
        used: 0n,
        craft: Craft.INTEGRATION,
        recordedAt: await books.now(),
      },
    });
    await expectRefusal(tags.read.batchOf({ batch: 9n }), "TagRegisterUnknownBatch", { batch: 9n });
    expect(await tags.read.count()).to.equal(3n);
  });
});

describe("TagRegister.bind and retire", () => {
  it("given no product, as many bound as the batch has, a tag that is free or another's: refuse", async () => {
    const { books, tags, producer, chips, made, integrated } = await makers();
    const integration = await integrated(await made(await chips(10n), 4n), 1n);
    const bind = async (tag: 0 | 1, product: Hex) =>
      await tags.writeAndWait.bind(
        { by: producer, integration, tag: TAGS[tag], path: [leafOf(TAGS[1 - tag] ?? ZERO)], product },
        await books.as("producer"),
      );
    await expectRefusal(bind(0, ZERO), "TagRegisterProductTagged", { product: ZERO, tag: ZERO });
    const bound = await bind(0, PRODUCT);
    expect(bound.event("TagBound").args).to.deep.equal({ tag: TAGS[0], product: PRODUCT, integration });
    // The batch has one tag, though two numbers lead to its root.
    await expectRefusal(bind(1, itemOf(gtinOf(88), "B-2")), "TagRegisterShort", {
      ...{ source: integration, left: 0n, size: 1n },
    });
    const retire = async (tag: 0 | 1, by = producer, who = "producer", reason = digest("damaged")) =>
      await tags.writeAndWait.retire({ by, tag: TAGS[tag], reason }, await books.as(who));
    await expectRefusal(retire(1), "TagRegisterNotInUse", { tag: TAGS[1] });
    const other = await books.file("other producer");
    await expectRefusal(retire(0, other, "other producer"), "TagRegisterNotCustomer", {
      ...{ integration, party: other },
    });
    await expectRefusal(retire(0, producer, "producer", NO_DIGEST), "DigestsMissing", MISSING);
    await retire(0);
    expect((await tags.read.tagOf({ tag: TAGS[0] })).retiredAt).to.equal(await books.now());
    expect(await tags.read.tagOfProduct({ product: PRODUCT })).to.equal(ZERO);
    await expectRefusal(retire(0), "TagRegisterNotInUse", { tag: TAGS[0] });
  });
});
