import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { COLOUR, COVER, deployCustody, YUAN } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const BALANCE = 300_000n * YUAN;
const REQUIRED = 120_000n * YUAN;
const HELD = 20_000n * YUAN;
const COVERED = 110_000n * YUAN;

const fixture = defineFixture(async (connection) => {
  const custody = await deployCustody(connection);
  const merchant = await custody.fileMerchant(custody.people.agent);
  await custody.give(custody.people.agent, HELD);
  await custody.custody.write.deposit([merchant, HELD], custody.asAgent);
  const now = await custody.now();
  await custody.custody.write.registerCover(
    [merchant, COVER.INSURANCE, COVERED, now, now + 10_000n, digestOf("policy")],
    custody.asInsurer,
  );
  await custody.records.paid(merchant, BALANCE);
  return { ...custody, merchant, start: now };
});

describe("Custody.reduceCover (A-17)", () => {
  it("refuses a cover that does not exist", async () => {
    const { custody, asInsurer } = await fixture();
    for (const cover of [0n, 2n]) {
      await expectRevert(custody.write.reduceCover([cover, 1n], asInsurer), custody, "CustodyUnknownCover", [cover]);
    }
  });

  it("refuses everyone but the provider that registered it, another insurer included", async () => {
    const { custody, people, accounts } = await fixture();
    for (const account of [people.stranger, people.agent, people.otherInsurer, accounts.regulator]) {
      await expectRevert(custody.write.reduceCover([1n, 1n], { account }), custody, "CustodyNotProvider", [
        1n,
        account.address,
      ]);
    }
  });

  it("refuses an amount of zero, and one over what is left", async () => {
    const { custody, merchant, asInsurer } = await fixture();
    await expectRevert(custody.write.reduceCover([1n, 0n], asInsurer), custody, "CustodyZeroAmount", [merchant]);
    await expectRevert(custody.write.reduceCover([1n, COVERED + 1n], asInsurer), custody, "CustodyCoverTooSmall", [
      1n,
      COVERED,
      COVERED + 1n,
    ]);
  });

  it("refuses to leave the merchant one fen under its requirement, and goes down to it exactly", async () => {
    const { connection, custody, merchant, asInsurer } = await fixture();
    const spare = HELD + COVERED - REQUIRED;
    await expectRevert(custody.write.reduceCover([1n, spare + 1n], asInsurer), custody, "CustodyBelowRequirement", [
      merchant,
      REQUIRED,
      REQUIRED - 1n,
    ]);
    await expectEvents(connection, custody.write.reduceCover([1n, spare], asInsurer), [
      event(custody, "CoverReduced", { cover: 1n, merchant, amount: spare, left: COVERED - spare }),
    ]);
    expect((await custody.read.coverById([1n])).amount).to.equal(COVERED - spare);
    expect(await custody.read.coverOf([merchant])).to.equal(COVERED - spare);
    await expectRevert(custody.write.reduceCover([1n, 1n], asInsurer), custody, "CustodyBelowRequirement", [
      merchant,
      REQUIRED,
      REQUIRED - 1n,
    ]);
  });

  it("refuses a cover that lapsed while the merchant is short without it", async () => {
    const { connection, custody, merchant, start, asInsurer } = await fixture();
    await connection.networkHelpers.time.increaseTo(start + 10_000n);
    await expectRevert(custody.write.reduceCover([1n, 1n], asInsurer), custody, "CustodyBelowRequirement", [
      merchant,
      REQUIRED,
      HELD,
    ]);
  });

  it("gives up the whole cover once nothing is required, and announces the colour", async () => {
    const { connection, custody, code, merchant, records, asInsurer } = await fixture();
    await records.refunded(merchant, BALANCE - HELD - 1n);
    await expectEvents(connection, custody.write.reduceCover([1n, COVERED], asInsurer), [
      event(custody, "CoverReduced", { cover: 1n, merchant, amount: COVERED, left: 0n }),
      event(code, "ColourChanged", {
        merchant,
        from: COLOUR.GREEN,
        to: COLOUR.YELLOW,
        balance: HELD + 1n,
        custody: HELD,
        cover: 0n,
      }),
    ]);
    expect(await custody.read.coverOf([merchant])).to.equal(0n);
  });
});
