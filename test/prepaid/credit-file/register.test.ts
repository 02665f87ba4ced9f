import { expect } from "chai";
import { CONSUMER, OPERATOR, openedFiles, STRANGER, SUBJECT } from "../../fixtures/credit-file.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const ZERO_ADDRESS = `0x${"00".repeat(20)}` as const;
const ZERO = `0x${"00".repeat(32)}` as const;

describe("CreditFile.register", () => {
  it("refuses everyone but the platform", async () => {
    const { creditFile, accounts } = await openedFiles();
    for (const account of [accounts.admin, accounts.regulator, accounts.bob]) {
      const call = creditFile.write.register([STRANGER, accounts.bob.address, SUBJECT.CONSUMER], { account });
      await expectRevert(call, creditFile, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a missing subject, kind or owner", async () => {
    const { creditFile, accounts, asPlatform } = await openedFiles();
    const owner = accounts.bob.address;
    const write = creditFile.write.register;
    const noSubject = write([ZERO, owner, SUBJECT.CONSUMER], asPlatform);
    await expectRevert(noSubject, creditFile, "CreditFileSubjectMissing", []);
    const noKind = write([STRANGER, owner, SUBJECT.NONE], asPlatform);
    await expectRevert(noKind, creditFile, "CreditFileKindMissing", [STRANGER]);
    const noOwner = write([STRANGER, ZERO_ADDRESS, SUBJECT.CONSUMER], asPlatform);
    await expectRevert(noOwner, creditFile, "CreditFileOwnerMissing", [STRANGER]);
  });

  it("refuses a subject that has a file, and an owner that owns one", async () => {
    const { creditFile, accounts, asPlatform } = await openedFiles();
    const again = creditFile.write.register([OPERATOR, accounts.bob.address, SUBJECT.OPERATOR], asPlatform);
    await expectRevert(again, creditFile, "CreditFileExists", [OPERATOR]);
    const owner = accounts.consumer.address;
    const taken = creditFile.write.register([STRANGER, owner, SUBJECT.OPERATOR], asPlatform);
    await expectRevert(taken, creditFile, "CreditFileOwnerTaken", [owner, CONSUMER]);
  });

  it("opens a file and binds it to its owner", async () => {
    const { creditFile, accounts, asPlatform, connection } = await openedFiles();
    const owner = accounts.bob.address;
    const kind = SUBJECT.CONSUMER;
    await expectEvents(connection, creditFile.write.register([STRANGER, owner, kind], asPlatform), [
      event(creditFile, "CreditFileOpened", { subject: STRANGER, kind, owner }),
    ]);
    expect((await creditFile.read.ownerOf([STRANGER])).toLowerCase()).to.equal(owner.toLowerCase());
    expect(await creditFile.read.kindOf([STRANGER])).to.equal(kind);
    expect(await creditFile.read.kindOf([OPERATOR])).to.equal(SUBJECT.OPERATOR);
    expect(await creditFile.read.subjectOf([owner])).to.equal(STRANGER);
    expect(await creditFile.read.summaryOf([STRANGER])).to.deep.equal([0n, 0n, 0n, 0n, 0n, 0n]);
  });

  it("is not deployed over a part that is no contract", async () => {
    const { viem, creditFile, authority, clock, accounts } = await openedFiles();
    const { address } = accounts.bob;
    for (const args of [
      [address, clock.address],
      [authority.address, address],
    ] as const) {
      await expectRevert(viem.deployContract("CreditFile", args), creditFile, "GovernedNotAContract", [address]);
    }
  });
});
