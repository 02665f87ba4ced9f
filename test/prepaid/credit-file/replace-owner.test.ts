import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { CONSUMER, OPERATOR, openedFiles, STRANGER, SUBJECT } from "../../fixtures/credit-file.ts";
import { MISSING, NO_DIGEST, PAPER } from "../../fixtures/merchant.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const ZERO_ADDRESS = `0x${"00".repeat(20)}` as const;
const ZERO = `0x${"00".repeat(32)}` as const;

describe("CreditFile.replaceOwner", () => {
  it("refuses everyone but the platform", async () => {
    const { creditFile, accounts } = await openedFiles();
    for (const account of [accounts.admin, accounts.regulator, accounts.agent]) {
      const call = creditFile.write.replaceOwner([OPERATOR, accounts.bob.address, PAPER], { account });
      await expectRevert(call, creditFile, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a subject without a file, a missing or taken owner, and no evidence", async () => {
    const { creditFile, accounts, asPlatform } = await openedFiles();
    const write = creditFile.write.replaceOwner;
    const to = accounts.bob.address;
    const taken = accounts.consumer.address;
    await expectRevert(write([STRANGER, to, PAPER], asPlatform), creditFile, "CreditFileUnknown", [STRANGER]);
    const missing = write([OPERATOR, ZERO_ADDRESS, PAPER], asPlatform);
    await expectRevert(missing, creditFile, "CreditFileOwnerMissing", [OPERATOR]);
    const args = [taken, CONSUMER] as const;
    await expectRevert(write([OPERATOR, taken, PAPER], asPlatform), creditFile, "CreditFileOwnerTaken", args);
    await expectRevert(write([OPERATOR, to, NO_DIGEST], asPlatform), creditFile, "DigestsMissing", MISSING);
  });

  it("binds the file to another account, and frees the account before", async () => {
    const { creditFile, accounts, asPlatform, connection } = await openedFiles();
    const from = accounts.agent.address;
    const to = accounts.bob.address;
    await expectEvents(connection, creditFile.write.replaceOwner([OPERATOR, to, PAPER], asPlatform), [
      event(creditFile, "CreditFileOwnerReplaced", { subject: OPERATOR, from, to, evidence: PAPER }),
    ]);
    expect((await creditFile.read.ownerOf([OPERATOR])).toLowerCase()).to.equal(to.toLowerCase());
    expect(await creditFile.read.subjectOf([to])).to.equal(OPERATOR);
    expect(await creditFile.read.subjectOf([from])).to.equal(ZERO);
    const other = digestOf("did:example:other").value;
    await creditFile.write.register([other, from, SUBJECT.OPERATOR], asPlatform);
  });
});
