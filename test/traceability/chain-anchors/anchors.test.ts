import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { digest, expectRefusal, loadTraceBooks, MISSING, NO_DIGEST } from "../../fixtures/trace-books.ts";
import { leafOf, nodeOf } from "../../helpers/merkle.ts";

const CHAIN = ascii("FOOD-ORIGIN");
const [ONE, TWO] = [digest("one").value, digest("two").value];
const ROOT = nodeOf(leafOf(ONE), leafOf(TWO));
const ZERO = `0x${"00".repeat(32)}` as const;
const AGREEMENT = digest("agreement");

async function admitted(threshold = 2) {
  const books = await loadTraceBooks();
  const { anchors } = books.contracts;
  const notaries = [await books.file("n1"), await books.file("n2"), await books.file("n3")];
  await anchors.writeAndWait.admitChain(
    { chain: CHAIN, notaries, threshold, agreement: AGREEMENT },
    books.administrator,
  );
  const state = async (index: 1 | 2 | 3, root = ROOT, height = 7n) =>
    await anchors.writeAndWait.stateRoot(
      { by: notaries[index - 1] ?? 0, chain: CHAIN, height, root },
      await books.as(`n${index}`),
    );
  return { books, anchors, notaries, state };
}

describe("ChainAnchors.admitChain", () => {
  it("given a stranger, no name, a name that is taken, notaries that cannot reach the threshold, or no agreement: refuses", async () => {
    const { books, anchors, notaries } = await admitted();
    const [first = 0, second = 0] = notaries;
    const good = { chain: ascii("NEW"), notaries: [first, second], threshold: 2, agreement: AGREEMENT };
    await expectRefusal(anchors.writeAndWait.admitChain(good, await books.as("n1")), "AccessManagedUnauthorized", {
      caller: books.address("n1"),
    });
    const many = Array.from({ length: 21 }, (_, index) => index + 1);
    for (const wrong of [
      { ...good, chain: ZERO },
      { ...good, chain: CHAIN },
      { ...good, threshold: 0 },
      { ...good, threshold: 3 },
      { ...good, notaries: [first, first] },
      { ...good, notaries: [first, 0] },
      { ...good, notaries: many },
    ]) {
      await expectRefusal(anchors.writeAndWait.admitChain(wrong, books.administrator), "ChainAnchorsInvalidChain", {
        chain: wrong.chain,
        notaries: BigInt(wrong.notaries.length),
        threshold: wrong.threshold,
        max: 20n,
      });
    }
    await expectRefusal(
      anchors.writeAndWait.admitChain({ ...good, agreement: NO_DIGEST }, books.administrator),
      "DigestsMissing",
      MISSING,
    );
  });
});

describe("ChainAnchors.stateRoot and proves", () => {
  it("given no root, or a second statement of a notary: refuse", async () => {
    const { state } = await admitted();
    await expectRefusal(state(1, ZERO), "ChainAnchorsRootMissing", {});
    await state(1);
    await expectRefusal(state(1, ONE), "ChainAnchorsStated", { chain: CHAIN, height: 7n });
  });

  it("given as many as the threshold who agree: anchors, for ever; given fewer, or different roots: does not", async () => {
    const { anchors, state } = await admitted();
    await state(1, ONE);
    await state(2);
    expect(await anchors.read.rootOf({ chain: CHAIN, height: 7n })).to.equal(ZERO);
    const last = await state(3);
    expect(last.event("Anchored").args).to.deep.equal({ chain: CHAIN, height: 7n, root: ROOT });
    await expectRefusal(state(1, ONE), "ChainAnchorsStated", { chain: CHAIN, height: 7n });
    // An earlier height can still be anchored, and the latest stays the latest.
    await state(1, ROOT, 3n);
    await state(2, ROOT, 3n);
    expect(await anchors.read.chainOf({ chain: CHAIN })).to.deep.equal({
      ...{ threshold: 2, notaries: 3, latest: 7n, agreement: AGREEMENT },
    });
    const proves = async (record: typeof ONE, path: readonly (typeof ONE)[]) =>
      await anchors.read.proves({ chain: CHAIN, height: 3n, record, path });
    expect([await proves(ONE, [leafOf(TWO)]), await proves(TWO, [leafOf(ONE)])]).to.deep.equal([true, true]);
    expect([await proves(ONE, [leafOf(ONE)]), await proves(ONE, [])]).to.deep.equal([false, false]);
  });
});

describe("ChainAnchors: who states and what stands", () => {
  it("given a party that is no notary of the chain, or a height that nobody anchored: refuses", async () => {
    const { books, anchors, notaries, state } = await admitted();
    const outsider = await books.file("outsider");
    const [first = 0] = notaries;
    for (const [by, who, chain] of [
      [outsider, "outsider", CHAIN],
      [first, "n1", ascii("NEW")],
    ] as const) {
      const call = anchors.writeAndWait.stateRoot({ by, chain, height: 7n, root: ROOT }, await books.as(who));
      await expectRefusal(call, "ChainAnchorsNotNotary", { chain, party: by });
    }
    const proves = async (height: bigint) =>
      await anchors.read.proves({ chain: CHAIN, height, record: ONE, path: [leafOf(TWO)] });
    await state(1);
    await expectRefusal(proves(7n), "ChainAnchorsNone", { chain: CHAIN, height: 7n });
    await state(3);
    expect(await proves(7n)).to.equal(true);
    await expectRefusal(proves(8n), "ChainAnchorsNone", { chain: CHAIN, height: 8n });
  });
});
