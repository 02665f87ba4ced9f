import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { DAY, digest, expectRefusal, loadTraceBooks } from "../../fixtures/trace-books.ts";

const SCOPE = ascii("HARVEST");

describe("SealedRecords of a party", () => {
  it("given a party, when its agent seals, lets a reader in and shuts the door, then each is the party's, and no stranger does it", async () => {
    const books = await loadTraceBooks();
    const { sealed } = books.contracts;
    const farm = await books.file("farm");
    const [owner, reader] = [await sealed.read.ownerOfParty({ party: farm }), books.address("reader")];
    const [asFarm, asReader, asStranger] = [await books.as("farm"), await books.as("reader"), await books.as("other")];
    const grant = {
      ...{ by: farm, scope: SCOPE, reader, until: (await books.now()) + DAY, window: 600 },
      envelope: "0xbeef" as const,
    };
    const refusal = { party: farm, caller: books.address("other") };
    await expectRefusal(sealed.writeAndWait.grantFor(grant, asStranger), "PartyUserNotAgent", refusal);
    const revoke = { by: farm, scope: SCOPE, reader };
    await expectRefusal(sealed.writeAndWait.revokeFor(revoke, asStranger), "PartyUserNotAgent", refusal);
    const notGranted = { owner, scope: SCOPE, reader };
    await expectRefusal(sealed.writeAndWait.revokeFor(revoke, asFarm), "SealedRecordsNotGranted", notGranted);

    const content = digest("harvest");
    const stored = await sealed.writeAndWait.sealFor({ by: farm, scope: SCOPE, content }, asFarm);
    expect(stored.event("RecordSealed").args).to.deep.equal({ owner, scope: SCOPE, record: 1n, content });
    const granted = await sealed.writeAndWait.grantFor(grant, asFarm);
    expect(granted.event("ReadingGranted").args).to.deep.equal({
      ...{ owner, scope: SCOPE, reader, until: grant.until, window: 600 },
    });
    const purpose = digest("purpose");
    const opened = await sealed.writeAndWait.openQuery({ owner, scope: SCOPE, purpose }, asReader);
    const { query } = opened.event("QueryOpened").args;
    expect((await sealed.read.readOne({ query, record: 1n }, asReader)).content).to.deep.equal(content);

    const shut = await sealed.writeAndWait.revokeFor(revoke, asFarm);
    expect(shut.event("ReadingRevoked").args).to.deep.equal({ owner, scope: SCOPE, reader });
    await expectRefusal(sealed.read.readOne({ query, record: 1n }, asReader), "SealedRecordsQueryClosed", {
      ...{ query, caller: reader },
    });
    await expectRefusal(
      sealed.writeAndWait.openQuery({ owner, scope: SCOPE, purpose }, asReader),
      "SealedRecordsNotGranted",
      notGranted,
    );
    await expectRefusal(sealed.writeAndWait.revokeFor(revoke, asFarm), "SealedRecordsNotGranted", notGranted);
  });

  it("given an account's grant, when it is taken back, then it is gone, and another of its grants stays", async () => {
    const books = await loadTraceBooks();
    const { sealed } = books.contracts;
    const as = await books.as("person");
    const reader = books.address("reader");
    const owner = await sealed.read.ownerOfAccount({ account: books.address("person") });
    const until = (await books.now()) + DAY;
    for (const scope of [SCOPE, ascii("SPORT")]) {
      await sealed.writeAndWait.grant({ scope, reader, until, window: 60, envelope: "0x" }, as);
    }
    await sealed.writeAndWait.revoke({ scope: SCOPE, reader }, as);
    expect((await sealed.read.grantOf({ owner, scope: SCOPE, reader })).until).to.equal(0n);
    expect((await sealed.read.grantOf({ owner, scope: ascii("SPORT"), reader })).until).to.equal(until);
  });
});
