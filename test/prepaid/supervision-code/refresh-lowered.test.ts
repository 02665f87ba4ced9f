import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { COLOUR, COVER, DAY, deployCustody, REGION, YUAN } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const BALANCE = 250_000n * YUAN;
const REQUIRED = 100_000n * YUAN;

const fixture = defineFixture(async (connection) => {
  const deployed = await deployCustody(connection);
  const merchant = await deployed.fileMerchant(deployed.people.agent);
  await deployed.give(deployed.people.agent, 1_000_000n * YUAN);
  return { ...deployed, merchant };
});

describe("SupervisionCode.refreshLowered", () => {
  it("refuses everyone but the prepaid contracts, the platform included", async () => {
    const { code, merchant, people, accounts } = await fixture();
    for (const account of [people.stranger, people.agent, people.payer, accounts.platform, accounts.admin]) {
      await expectRevert(code.write.refreshLowered([merchant], { account }), code, "SupervisionCodeNotAllowed", [
        account.address,
      ]);
    }
  });

  it("given a balance that falls to what is in custody, when told, then the colour is announced (A-27)", async () => {
    const { connection, book, code, custody, records, merchant, asAgent, asLedger } = await fixture();
    await records.paid(merchant, 100n);
    await custody.write.deposit([merchant, 60n], asAgent);
    await book.write.recordRedemption([merchant, 39n], asLedger);
    await expectEvents(connection, code.write.refreshLowered([merchant], asLedger), []);
    await book.write.recordRedemption([merchant, 1n], asLedger);
    await expectEvents(connection, code.write.refreshLowered([merchant], asLedger), [
      event(code, "ColourChanged", {
        merchant,
        from: COLOUR.YELLOW,
        to: COLOUR.GREEN,
        balance: 60n,
        custody: 60n,
        cover: 0n,
      }),
    ]);
    expect(await code.read.lastColourOf([merchant])).to.equal(COLOUR.GREEN);
  });

  it("given custody that is short, when the balance falls far enough, then it is announced to be made good", async () => {
    const { connection, book, code, custody, records, merchant, asAgent, asLedger } = await fixture();
    await records.paid(merchant, BALANCE);
    await custody.write.deposit([merchant, REQUIRED - 1n], asAgent);
    expect(await code.read.shortSince([merchant])).not.to.equal(0n);
    await book.write.recordRedemption([merchant, 3n], asLedger);
    await expectEvents(connection, code.write.refreshLowered([merchant], asLedger), [
      event(code, "ComplianceChanged", {
        merchant,
        compliant: true,
        required: REQUIRED - 1n,
        custody: REQUIRED - 1n,
        cover: 0n,
      }),
    ]);
    expect(await code.read.shortSince([merchant])).to.equal(0n);
  });

  it("given a cover that lapsed since the last look, when the balance falls, then all is looked at again (A-56)", async () => {
    const { connection, book, code, custody, records, merchant, now, time, asAgent, asInsurer, asLedger } =
      await fixture();
    const end = (await now()) + DAY;
    const cover = [merchant, COVER.INSURANCE, 1n, end - DAY, end, digestOf("deed")] as const;
    await custody.write.registerCover(cover, asInsurer);
    await custody.write.deposit([merchant, REQUIRED - 1n], asAgent);
    await records.paid(merchant, BALANCE);
    expect(await code.read.shortSince([merchant])).to.equal(0n);
    await book.write.recordRedemption([merchant, 1n], asLedger);
    await time.increaseTo(end);
    const moment = end + 10n;
    await time.setNextBlockTimestamp(moment);
    await expectEvents(connection, code.write.refreshLowered([merchant], asLedger), [
      event(code, "ComplianceChanged", {
        merchant,
        compliant: false,
        required: REQUIRED,
        custody: REQUIRED - 1n,
        cover: 0n,
      }),
    ]);
    expect(await code.read.shortSince([merchant])).to.equal(moment);
  });

  it("given a policy that came into force, when the balance falls, then only a refresh announces what it asks for", async () => {
    const { connection, book, code, custody, records, publish, merchant, asAgent, asLedger, asPlatform } =
      await fixture();
    await custody.write.deposit([merchant, REQUIRED], asAgent);
    await records.paid(merchant, BALANCE);
    await publish(REGION.SHANGHAI, { "prepaid.ratio.general": 500_000n });
    await book.write.recordRedemption([merchant, 2n], asLedger);
    await expectEvents(connection, code.write.refreshLowered([merchant], asLedger), []);
    expect(await code.read.compliantOf([merchant])).to.equal(false);
    await expectEvents(connection, code.write.refresh([merchant], asPlatform), [
      event(code, "ComplianceChanged", {
        merchant,
        compliant: false,
        required: BALANCE / 2n - 1n,
        custody: REQUIRED,
        cover: 0n,
      }),
    ]);
  });
});
