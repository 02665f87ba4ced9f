import { expect } from "chai";
import type { Hex } from "viem";
import { ascii } from "../../fixtures/common.ts";
import {
  DAY,
  digest,
  expectRefusal,
  loadTraceBooks,
  MISSING,
  NO_DIGEST,
  type TraceBooks,
} from "../../fixtures/trace-books.ts";
import { byEachClock, type ChainClock } from "../../helpers/by-each-clock.ts";

const DIET = ascii("DIET");
const SPORT = ascii("SPORT");
const ALL = ascii("");
const ZERO = `0x${"00".repeat(20)}` as const;

async function person(clock: ChainClock) {
  const books = await loadTraceBooks(clock);
  const { sealed } = books.contracts;
  const owner = await sealed.read.ownerOfAccount({ account: books.address("person") });
  const as = await books.as("person");
  for (const [scope, document] of [
    [DIET, "breakfast"],
    [SPORT, "run"],
    [DIET, "lunch"],
  ] as const) {
    await sealed.writeAndWait.seal({ scope, content: digest(document) }, as);
  }
  const letIn = async (scope: Hex, { days = 10n, window = 600, envelope = "0x" as Hex } = {}) =>
    await sealed.writeAndWait.grant(
      { scope, reader: books.address("reader"), until: (await books.now()) + days * DAY, window, envelope },
      as,
    );
  return { books, sealed, owner, as, letIn, ask: asker(books, owner) };
}

function asker(books: TraceBooks, owner: Hex) {
  return async (scope: Hex, who = "reader") => {
    const opened = await books.contracts.sealed.writeAndWait.openQuery(
      { owner, scope, purpose: digest("purpose") },
      await books.as(who),
    );
    return opened.event("QueryOpened").args.query;
  };
}

byEachClock((clock) => {
  describe("SealedRecords.seal", () => {
    it("given no content, or a party that the caller does not act for: refuses", async () => {
      const { books, sealed, as } = await person(clock);
      await expectRefusal(sealed.writeAndWait.seal({ scope: DIET, content: NO_DIGEST }, as), "DigestsMissing", MISSING);
      const farm = await books.file("farm");
      await expectRefusal(
        sealed.writeAndWait.sealFor({ by: farm, scope: DIET, content: digest("x") }, as),
        "PartyUserNotAgent",
        { party: farm, caller: books.address("person") },
      );
    });

    it("given a record: tells owner, scope and digest, and an account is no party", async () => {
      const { books, sealed, owner, as } = await person(clock);
      const outcome = await sealed.writeAndWait.seal({ scope: SPORT, content: digest("swim") }, as);
      expect(outcome.event("RecordSealed").args).to.deep.equal({
        owner,
        scope: SPORT,
        record: 4n,
        content: digest("swim"),
      });
      expect(BigInt(owner)).to.equal(BigInt(books.address("person")));
      expect(BigInt(await sealed.read.ownerOfParty({ party: 5 }))).to.equal((1n << 255n) + 5n);
    });
  });

  describe("SealedRecords.grant and revoke", () => {
    it("given no reader, an end that is over, no window or a long envelope: refuse", async () => {
      const { books, sealed, as } = await person(clock);
      const until = (await books.now()) + DAY;
      const good = { scope: DIET, reader: books.address("reader"), until, window: 60, envelope: "0x" as Hex };
      for (const [wrong, length] of [
        [{ ...good, reader: ZERO }, 0n],
        [{ ...good, until: 1_000n }, 0n],
        [{ ...good, window: 0 }, 0n],
        [{ ...good, envelope: `0x${"ab".repeat(1_025)}` as Hex }, 1_025n],
      ] as const) {
        await expectRefusal(sealed.writeAndWait.grant(wrong, as), "SealedRecordsInvalidGrant", {
          ...{ reader: wrong.reader, until: wrong.until, window: wrong.window, envelope: length },
        });
      }
      // An end that is now is over; a second later it is not.
      const now = (await books.now()) + 60n;
      await books.pin(now);
      await expectRefusal(sealed.writeAndWait.grant({ ...good, until: now }, as), "SealedRecordsInvalidGrant", {
        ...{ reader: good.reader, until: now, window: 60, envelope: 0n },
      });
      await sealed.writeAndWait.grant({ ...good, envelope: `0x${"ab".repeat(1_024)}` }, as);
    });

    it("given no grant: there is nothing to take back", async () => {
      const { books, sealed, owner, as } = await person(clock);
      await expectRefusal(
        sealed.writeAndWait.revoke({ scope: DIET, reader: books.address("reader") }, as),
        "SealedRecordsNotGranted",
        { owner, scope: DIET, reader: books.address("reader") },
      );
    });

    it("given a grant: keeps its key, and a later one replaces it and closes its queries", async () => {
      const { books, sealed, owner, letIn, ask } = await person(clock);
      const granted = await letIn(DIET, { envelope: "0xbeef" });
      expect(granted.event("ReadingGranted").args).to.include({ owner, scope: DIET, window: 600 });
      const grantOf = { owner, scope: DIET, reader: books.address("reader") };
      expect((await sealed.read.grantOf(grantOf)).envelope).to.equal("0xbeef");
      const query = await ask(DIET);
      await letIn(DIET);
      await expectRefusal(
        sealed.read.read({ query, cursor: 0n, limit: 10n }, await books.as("reader")),
        "SealedRecordsQueryClosed",
        { query, caller: books.address("reader") },
      );
    });
  });

  describe("SealedRecords.openQuery and read", () => {
    it("given no purpose, or a grant that is over: refuse", async () => {
      const { books, sealed, owner, letIn, ask } = await person(clock);
      await letIn(DIET, { days: 1n });
      await expectRefusal(
        sealed.writeAndWait.openQuery({ owner, scope: DIET, purpose: NO_DIGEST }, await books.as("reader")),
        "DigestsMissing",
        MISSING,
      );
      await books.pass(DAY);
      await expectRefusal(ask(DIET), "SealedRecordsNotGranted", {
        owner,
        scope: DIET,
        reader: books.address("reader"),
      });
    });

    it("given a grant of everything: covers each scope; given one of a scope: that alone", async () => {
      const { books, sealed, owner, letIn, ask } = await person(clock);
      const read = async (query: bigint, cursor = 0n, limit = 10n) =>
        await sealed.read.read({ query, cursor, limit }, await books.as("reader"));
      await letIn(DIET);
      const diet = await ask(DIET);
      expect((await read(diet)).ids).to.deep.equal([1n, 3n]);
      await expectRefusal(ask(ALL), "SealedRecordsNotGranted", { owner, scope: ALL, reader: books.address("reader") });
      await letIn(ALL);
      const all = await ask(ALL);
      expect((await read(all)).ids).to.deep.equal([1n, 2n, 3n]);
      const page = await read(all, 1n, 1n);
      expect([page.ids, page.next]).to.deep.equal([[2n], 2n]);
      expect((await read(await ask(SPORT))).ids).to.deep.equal([2n]);
      // The whole includes each part for other contracts' guards as well; a part does not include another.
      const reader = books.address("reader");
      await sealed.read.requireOpen({ query: all, reader, owner, scope: SPORT });
      await expectRefusal(
        sealed.read.requireOpen({ query: diet, reader, owner, scope: SPORT }),
        "SealedRecordsNotGranted",
        { owner, scope: SPORT, reader },
      );
    });

    it("given an open query: closes at the end of its window, and no later than the grant", async () => {
      const { books, sealed, owner, letIn, ask } = await person(clock);
      await letIn(DIET, { days: 1n, window: 200_000 });
      const query = await ask(DIET);
      const [logged] = (await sealed.read.queriesOf({ owner, cursor: 0n, limit: 1n })).queries;
      const grant = await sealed.read.grantOf({ owner, scope: DIET, reader: books.address("reader") });
      expect(logged?.until).to.equal(grant.until);
      await expectRefusal(
        sealed.read.readOne({ query, record: 99n }, await books.as("reader")),
        "SealedRecordsUnknown",
        {
          record: 99n,
        },
      );
      expect((await sealed.read.readOne({ query, record: 3n }, await books.as("reader"))).content).to.deep.equal(
        digest("lunch"),
      );
      await expectRefusal(
        sealed.read.readOne({ query, record: 2n }, await books.as("reader")),
        "SealedRecordsOutsideQuery",
        { query, record: 2n },
      );
      expect([await sealed.read.count(), await sealed.read.queryCount()]).to.deep.equal([3n, 1n]);
    });
  });
});
