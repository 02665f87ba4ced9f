import { expect } from "chai";
import { zeroHash } from "viem";
import { DIGEST_ALGORITHM, digestOf } from "../../fixtures/common.ts";
import { COLOUR, COVER, deployCustody } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const POLICY = digestOf("policy 2026-001");
const AMOUNT = 500_000n;

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  const start = (await custody.now()) + 1_000n;
  return { ...custody, merchant, start, end: start + 1_000n };
});

type Fixture = Awaited<ReturnType<typeof fixture>>;

/** Registers `count` covers of 10 fen each over the same term. */
async function registerMany({ custody, merchant, start, end, asInsurer }: Fixture, count: number, from = 0) {
  for (let i = from; i < from + count; i++) {
    await custody.write.registerCover(
      [merchant, COVER.GUARANTEE, 10n, start, end, digestOf(`guarantee ${i}`)],
      asInsurer,
    );
  }
}

describe("Custody.registerCover (A-17, A-56)", () => {
  it("refuses everyone but an insurer, guarantor or trustee", async () => {
    const { custody, merchant, start, end, people, accounts } = await fixture();
    for (const account of [people.stranger, people.agent, accounts.custodian, accounts.regulator]) {
      await expectRevert(
        custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, start, end, POLICY], { account }),
        custody,
        "AccessManagedUnauthorized",
        [account.address],
      );
    }
  });

  it("refuses a merchant without a vault, into which claims would be paid", async () => {
    const { custody, merchant, start, end, asInsurer } = await fixture();
    await expectRevert(
      custody.write.registerCover([merchant + 1n, COVER.INSURANCE, AMOUNT, start, end, POLICY], asInsurer),
      custody,
      "CustodyNoVault",
      [merchant + 1n],
    );
  });

  it("refuses an amount of zero", async () => {
    const { custody, merchant, start, end, asInsurer } = await fixture();
    await expectRevert(
      custody.write.registerCover([merchant, COVER.INSURANCE, 0n, start, end, POLICY], asInsurer),
      custody,
      "CustodyZeroAmount",
      [merchant],
    );
  });

  it("refuses a term that ends when it starts, or before", async () => {
    const { connection, custody, merchant, start, asInsurer } = await fixture();
    const time = start - 500n;
    for (const end of [start, start - 1n]) {
      await connection.networkHelpers.time.setNextBlockTimestamp(time);
      await expectRevert(
        custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, start, end, POLICY], asInsurer),
        custody,
        "CustodyInvalidCoverTerm",
        [start, end, time],
      );
    }
    await custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, start, start + 1n, POLICY], asInsurer);
    expect((await custody.read.coverById([1n])).expiresAt).to.equal(start + 1n);
  });

  it("refuses a term that is over, the second of its end included, and takes one that ends a second later", async () => {
    const { connection, custody, merchant, start, end, asInsurer } = await fixture();
    for (const time of [end, end + 1n]) {
      await connection.networkHelpers.time.setNextBlockTimestamp(time);
      await expectRevert(
        custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, start, end, POLICY], asInsurer),
        custody,
        "CustodyInvalidCoverTerm",
        [start, end, time],
      );
    }
    await connection.networkHelpers.time.setNextBlockTimestamp(end - 1n);
    await custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, start, end, POLICY], asInsurer);
    expect(await custody.read.coverOf([merchant])).to.equal(AMOUNT);
  });

  it("refuses a policy without digest or algorithm", async () => {
    const { custody, merchant, start, end, asInsurer } = await fixture();
    for (const policy of [
      { value: zeroHash, algorithm: POLICY.algorithm },
      { value: POLICY.value, algorithm: DIGEST_ALGORITHM.NONE },
    ]) {
      await expectRevert(
        custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, start, end, policy], asInsurer),
        custody,
        "DigestsMissing",
        [policy.value, policy.algorithm],
      );
    }
  });

  it("refuses a policy that is registered, for another merchant and by another insurer too", async () => {
    const { custody, merchant, start, end, fileMerchant, people, asInsurer } = await fixture();
    await custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, start, end, POLICY], asInsurer);
    const other = await fileMerchant(people.otherAgent);
    await expectRevert(
      custody.write.registerCover([other, COVER.TRUST, 1n, start, end, POLICY], { account: people.otherInsurer }),
      custody,
      "CustodyPolicyUsed",
      [POLICY.value],
    );
  });

  it("refuses a ninth cover while eight are in force or to come", async () => {
    const context = await fixture();
    const { custody, merchant, start, end, asInsurer } = context;
    await registerMany(context, 8);
    expect((await custody.read.accountOf([merchant])).covers).to.equal(8);
    await expectRevert(
      custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, start, end, POLICY], asInsurer),
      custody,
      "CustodyTooManyCovers",
      [merchant, 8n],
    );
  });

  it("drops the covers that lapsed to make room, and only those", async () => {
    const context = await fixture();
    const { connection, custody, code, merchant, start, end, accounts, asInsurer } = context;
    await registerMany(context, 3);
    await custody.write.registerCover([merchant, COVER.TRUST, 77n, start, end + 1n, digestOf("deed")], asInsurer);
    await registerMany(context, 4, 3);
    await connection.networkHelpers.time.setNextBlockTimestamp(end);
    const dropped = [1n, 8n, 7n, 6n, 5n, 2n, 3n];
    await expectEvents(
      connection,
      custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, end, end + 5n, POLICY], asInsurer),
      [
        ...dropped.map((cover) => event(custody, "CoverDropped", { cover, merchant })),
        event(custody, "CoverRegistered", {
          cover: 9n,
          merchant,
          provider: accounts.insurer.address,
          form: COVER.INSURANCE,
          amount: AMOUNT,
          startsAt: end,
          expiresAt: end + 5n,
          policy: POLICY,
        }),
        event(code, "ColourChanged", {
          merchant,
          from: COLOUR.RED,
          to: COLOUR.GREEN,
          balance: 0n,
          custody: 0n,
          cover: AMOUNT + 77n,
        }),
      ],
    );
    expect(await custody.read.coversOf([merchant])).to.deep.equal([4n, 9n]);
    expect((await custody.read.accountOf([merchant])).covers).to.equal(2);
    expect((await custody.read.coverById([1n])).amount).to.equal(10n);
  });

  it("drops a cover that is used up", async () => {
    const { custody, merchant, start, end, asInsurer } = await fixture();
    await custody.write.registerCover([merchant, COVER.TRUST, 5n, start, end, digestOf("deed")], asInsurer);
    await custody.write.reduceCover([1n, 5n], asInsurer);
    await custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, start, end, POLICY], asInsurer);
    expect(await custody.read.coversOf([merchant])).to.deep.equal([2n]);
  });

  it("records form, provider, sum, term and policy, and announces the colour it brings", async () => {
    const { connection, custody, code, merchant, start, accounts, asInsurer } = await fixture();
    await connection.networkHelpers.time.setNextBlockTimestamp(start);
    const { result } = await custody.simulate.registerCover(
      [merchant, COVER.GUARANTEE, AMOUNT, start, start + 9n, POLICY],
      { account: accounts.insurer.address },
    );
    expect(result).to.equal(1n);
    await expectEvents(
      connection,
      custody.write.registerCover([merchant, COVER.GUARANTEE, AMOUNT, start, start + 9n, POLICY], asInsurer),
      [
        event(custody, "CoverRegistered", {
          cover: 1n,
          merchant,
          provider: accounts.insurer.address,
          form: COVER.GUARANTEE,
          amount: AMOUNT,
          startsAt: start,
          expiresAt: start + 9n,
          policy: POLICY,
        }),
        event(code, "ColourChanged", {
          merchant,
          from: COLOUR.RED,
          to: COLOUR.GREEN,
          balance: 0n,
          custody: 0n,
          cover: AMOUNT,
        }),
      ],
    );
    const cover = await custody.read.coverById([1n]);
    expect({ ...cover, provider: cover.provider.toLowerCase() }).to.deep.equal({
      merchant,
      form: COVER.GUARANTEE,
      provider: accounts.insurer.address.toLowerCase(),
      amount: AMOUNT,
      startsAt: start,
      expiresAt: start + 9n,
      policy: POLICY,
    });
    expect(await custody.read.coverCount()).to.equal(1n);
    expect(await custody.read.coversOf([merchant])).to.deep.equal([1n]);
  });

  it("counts a cover from the second it starts until the second it expires (A-56)", async () => {
    const { connection, custody, merchant, start, end, asInsurer } = await fixture();
    const { time } = connection.networkHelpers;
    await custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, start, end, POLICY], asInsurer);
    await custody.write.registerCover([merchant, COVER.TRUST, 3n, start, end + 1n, digestOf("deed")], asInsurer);
    expect(await custody.read.coverOf([merchant])).to.equal(0n);
    for (const [moment, sum] of [
      [start - 1n, 0n],
      [start, AMOUNT + 3n],
      [end - 1n, AMOUNT + 3n],
      [end, 3n],
      [end + 1n, 0n],
    ] as const) {
      await time.increaseTo(moment);
      expect(await custody.read.coverOf([merchant]), `at ${moment}`).to.equal(sum);
    }
  });

  it("leaves another merchant's cover alone", async () => {
    const { connection, custody, merchant, start, end, fileMerchant, people, asInsurer } = await fixture();
    const other = await fileMerchant(people.otherAgent);
    await custody.write.registerCover([merchant, COVER.INSURANCE, AMOUNT, start, end, POLICY], asInsurer);
    await connection.networkHelpers.time.increaseTo(start);
    expect(await custody.read.coverOf([other])).to.equal(0n);
    expect(await custody.read.coversOf([other])).to.deep.equal([]);
  });
});
