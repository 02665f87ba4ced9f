import { expect } from "chai";
import { network } from "hardhat";
import { type Address, type Hex, keccak256 } from "viem";
import { ascii } from "../../fixtures/common.ts";
import { layDown, stageOf } from "../../fixtures/stage-files.ts";
import {
  DAY,
  deployBooks,
  digest,
  expectRefusal,
  loadTraceBooks,
  openBooks,
  type TraceBooks,
} from "../../fixtures/trace-books.ts";
import { gtinOf, lotOf } from "../../fixtures/trace-keys.ts";
import { leafOf, nodeOf } from "../../helpers/merkle.ts";
import { system } from "../../helpers/system.ts";

const SALAD = lotOf(gtinOf(83), "SALAD-0304");
const ORIGIN_CHAIN = ascii("FOOD-ORIGIN");
const DIET = ascii("DIET");

system("shanghai-foodchain", () => {
  let books: TraceBooks;

  beforeEach(async () => {
    books = await loadTraceBooks();
  });

  /** The records of a lot on another chain of its own, with the Merkle tree over their digests. */
  const recordsElsewhere = async () => {
    const connection = await network.create();
    try {
      const addresses: Readonly<Record<string, Address>> = await deployBooks(connection);
      const origin = await openBooks(connection, addresses);
      const files = await layDown(origin, "SALAD", [stageOf("GROWING"), stageOf("WASHING")]);
      const farm = await files.join("farm");
      await files.open(farm, SALAD);
      for (const [stage, document] of ["grown in house 4", "washed and cut"].entries()) {
        await files.enter(farm, { subject: SALAD, stage, document });
      }
      return (await files.read(SALAD)).map(({ content }) => content);
    } finally {
      await connection.close();
    }
  };

  it("proves on one chain what another recorded, by a root that several notaries stated", async () => {
    const { anchors } = books.contracts;
    const [grown, washed] = await recordsElsewhere();
    if (grown === undefined || washed === undefined) throw new Error("the other chain has no records");
    expect([grown, washed]).to.deep.equal([digest("grown in house 4").value, digest("washed and cut").value]);
    const root = nodeOf(leafOf(grown), leafOf(washed));
    const notaries = [await books.file("exchange"), await books.file("university"), await books.file("association")];
    await anchors.writeAndWait.admitChain(
      { chain: ORIGIN_CHAIN, notaries, threshold: 2, agreement: digest("agreement of both alliances") },
      books.administrator,
    );
    const state = async (name: string, index: number, stated: Hex) =>
      await anchors.writeAndWait.stateRoot(
        { by: notaries[index] ?? 0, chain: ORIGIN_CHAIN, height: 120n, root: stated },
        await books.as(name),
      );
    const proves = async (record: Hex, path: readonly Hex[]) =>
      await anchors.read.proves({ chain: ORIGIN_CHAIN, height: 120n, record, path });

    await state("exchange", 0, root);
    await expectRefusal(proves(washed, [leafOf(grown)]), "ChainAnchorsNone", { chain: ORIGIN_CHAIN, height: 120n });
    await state("university", 1, keccak256("0x01"));
    await state("association", 2, root);

    expect(await proves(washed, [leafOf(grown)])).to.equal(true);
    expect(await proves(grown, [leafOf(washed)])).to.equal(true);
    expect(await proves(digest("never washed").value, [leafOf(grown)])).to.equal(false);
    const stranger = await books.file("stranger");
    await expectRefusal(
      anchors.writeAndWait.stateRoot(
        { by: stranger, chain: ORIGIN_CHAIN, height: 121n, root },
        await books.as("stranger"),
      ),
      "ChainAnchorsNotNotary",
      { chain: ORIGIN_CHAIN, party: stranger },
    );
  });

  it("shares a consumer's profile only with the person's consent, which the person takes back", async () => {
    const { sealed } = books.contracts;
    const owner = await sealed.read.ownerOfAccount({ account: books.address("consumer") });
    const reader = books.address("caterer");
    await sealed.writeAndWait.seal(
      { scope: DIET, content: digest("no peanuts, 2,100 kcal") },
      await books.as("consumer"),
    );
    const ask = async () => {
      const opened = await sealed.writeAndWait.openQuery(
        { owner, scope: DIET, purpose: digest("menu of the week") },
        await books.as("caterer"),
      );
      return opened.event("QueryOpened").args.query;
    };
    const read = async (query: bigint) =>
      (await sealed.read.readOne({ query, record: 1n }, await books.as("caterer"))).content;

    await expectRefusal(ask(), "SealedRecordsNotGranted", { owner, scope: DIET, reader });
    // Nobody consents in the person's place: a grant of the caterer is about its own data.
    const consent = { scope: DIET, reader, until: (await books.now()) + DAY, window: 600, envelope: "0x" } as const;
    await sealed.writeAndWait.grant(consent, await books.as("caterer"));
    await expectRefusal(ask(), "SealedRecordsNotGranted", { owner, scope: DIET, reader });
    await sealed.writeAndWait.grant(consent, await books.as("consumer"));
    const query = await ask();
    expect(await read(query)).to.deep.equal(digest("no peanuts, 2,100 kcal"));

    await sealed.writeAndWait.revoke({ scope: DIET, reader }, await books.as("consumer"));
    await expectRefusal(read(query), "SealedRecordsQueryClosed", { query, caller: reader });
  });
});
