import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { COLOUR, COVER, DAY, deployCustody, REGION, YUAN } from "../../fixtures/custody.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(async (connection) => {
  const deployed = await deployCustody(connection);
  const merchant = await deployed.fileMerchant(deployed.people.agent, { linked: false });
  await deployed.give(deployed.people.agent, 1_000_000n * YUAN);
  return { ...deployed, merchant };
});

const MARK = digestOf("mark");

describe("SupervisionCode.refresh", () => {
  it("refuses everyone but the prepaid contracts and the platform", async () => {
    const { code, merchant, people, accounts } = await fixture();
    for (const account of [people.stranger, people.agent, people.payer, accounts.regulator, accounts.admin]) {
      await expectRevert(code.write.refresh([merchant], { account }), code, "SupervisionCodeNotAllowed", [
        account.address,
      ]);
    }
  });

  it("says nothing when nothing changed, to the prepaid contracts and to the platform", async () => {
    const { connection, code, merchant, asLedger, asPlatform } = await fixture();
    await expectEvents(connection, code.write.refresh([merchant], asLedger), []);
    await expectEvents(connection, code.write.refresh([merchant], asPlatform), []);
    expect(await code.read.lastColourOf([merchant])).to.equal(COLOUR.GREY);
    expect(await code.read.shortSince([merchant])).to.equal(0n);
    expect(await code.read.lowWaterOf([merchant])).to.equal(false);
  });
});

describe("The colour of the code", () => {
  it("is grey while the merchant is not linked, whatever is in custody (A-24)", async () => {
    const { connection, custody, code, token, merchant, people, asAgent } = await fixture();
    const { vault } = await custody.read.accountOf([merchant]);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.GREY);
    await expectEvents(connection, custody.write.deposit([merchant, 5n], asAgent), [
      event(custody, "Deposited", { merchant, payer: people.agent.address, amount: 5n }),
      event(token, "Transfer", { from: people.agent.address, to: vault, value: 5n }),
    ]);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.GREY);
  });

  it("turns red in the transaction that links a merchant with nothing in custody (A-25)", async () => {
    const { code, register, merchant, asPlatform } = await fixture();
    await register.write.link([merchant, MARK], asPlatform);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.RED);
    expect(await code.read.lastColourOf([merchant])).to.equal(COLOUR.RED);
    const events = await code.getEvents.ColourChanged({ merchant });
    expect(events.map(({ args }) => args)).to.deep.equal([
      { merchant, from: COLOUR.GREY, to: COLOUR.RED, balance: 0n, custody: 0n, cover: 0n },
    ]);
  });

  it("turns grey in the transaction that takes the link back", async () => {
    const { code, register, custody, merchant, asAgent, asPlatform } = await fixture();
    await register.write.link([merchant, MARK], asPlatform);
    await custody.write.deposit([merchant, 5n], asAgent);
    expect(await code.read.lastColourOf([merchant])).to.equal(COLOUR.GREEN);
    await register.write.unlink([merchant, MARK], asPlatform);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.GREY);
    expect(await code.read.lastColourOf([merchant])).to.equal(COLOUR.GREY);
    const [event] = await code.getEvents.ColourChanged({ merchant });
    expect(event?.args).to.deep.equal({
      merchant,
      from: COLOUR.GREEN,
      to: COLOUR.GREY,
      balance: 0n,
      custody: 5n,
      cover: 0n,
    });
  });

  it("is red with a balance and neither custody nor cover (A-25)", async () => {
    const { code, register, records, merchant, asPlatform } = await fixture();
    await register.write.link([merchant, MARK], asPlatform);
    await records.paid(merchant, 100n);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.RED);
  });

  it("is yellow from one fen on, and green from the last (A-26, A-27)", async () => {
    const { connection, custody, code, token, register, records, merchant, people, asAgent, asPlatform } =
      await fixture();
    const { vault } = await custody.read.accountOf([merchant]);
    await register.write.link([merchant, MARK], asPlatform);
    await records.paid(merchant, 100n);
    const deposited = (amount: bigint) => [
      event(custody, "Deposited", { merchant, payer: people.agent.address, amount }),
      event(token, "Transfer", { from: people.agent.address, to: vault, value: amount }),
    ];
    const [booked, moved] = deposited(1n);
    const changed = event(code, "ColourChanged", {
      merchant,
      from: COLOUR.RED,
      to: COLOUR.YELLOW,
      balance: 100n,
      custody: 1n,
      cover: 0n,
    });
    if (!booked || !moved) throw new Error("two events");
    await expectEvents(connection, custody.write.deposit([merchant, 1n], asAgent), [booked, changed, moved]);
    await expectEvents(connection, custody.write.deposit([merchant, 98n], asAgent), deposited(98n));
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.YELLOW);
    await custody.write.deposit([merchant, 1n], asAgent);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.GREEN);
    expect(await code.read.lastColourOf([merchant])).to.equal(COLOUR.GREEN);
  });

  it("counts cover as custody, together with it (A-25, A-27)", async () => {
    const { custody, code, register, records, merchant, now, asAgent, asInsurer, asPlatform } = await fixture();
    await register.write.link([merchant, MARK], asPlatform);
    await records.paid(merchant, 100n);
    const time = await now();
    await custody.write.registerCover([merchant, COVER.TRUST, 60n, time, time + DAY, digestOf("deed")], asInsurer);
    expect(await code.read.lastColourOf([merchant])).to.equal(COLOUR.YELLOW);
    await custody.write.deposit([merchant, 40n], asAgent);
    expect(await code.read.lastColourOf([merchant])).to.equal(COLOUR.GREEN);
  });

  it("shows a cover that lapses at once, and announces it at the next refresh (A-56)", async () => {
    const { connection, custody, code, register, records, merchant, now, time, asInsurer, asPlatform } =
      await fixture();
    await register.write.link([merchant, MARK], asPlatform);
    await records.paid(merchant, 100n);
    const end = (await now()) + 1_000n;
    await custody.write.registerCover([merchant, COVER.TRUST, 100n, end - 1_000n, end, digestOf("deed")], asInsurer);
    await time.increaseTo(end - 1n);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.GREEN);
    await time.increaseTo(end);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.RED);
    expect(await code.read.lastColourOf([merchant])).to.equal(COLOUR.GREEN);
    await expectEvents(connection, code.write.refresh([merchant], asPlatform), [
      event(code, "ColourChanged", {
        merchant,
        from: COLOUR.GREEN,
        to: COLOUR.RED,
        balance: 100n,
        custody: 0n,
        cover: 0n,
      }),
    ]);
    expect(await code.read.lastColourOf([merchant])).to.equal(COLOUR.RED);
  });
});

describe("Compliance of custody", () => {
  const BALANCE = 250_000n * YUAN;
  const REQUIRED = 100_000n * YUAN;

  it("is a fact apart from the colour: yellow and compliant, yellow and short, green and short (A-14, A-26, A-27)", async () => {
    const { code, custody, register, records, publish, merchant, asAgent, asPlatform } = await fixture();
    await register.write.link([merchant, MARK], asPlatform);
    await records.paid(merchant, BALANCE);
    await custody.write.deposit([merchant, REQUIRED - 1n], asAgent);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.YELLOW);
    expect(await code.read.compliantOf([merchant])).to.equal(false);
    await custody.write.deposit([merchant, 1n], asAgent);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.YELLOW);
    expect(await code.read.compliantOf([merchant])).to.equal(true);
    expect(await code.read.requiredOf([merchant])).to.equal(REQUIRED);
    await custody.write.deposit([merchant, BALANCE - REQUIRED], asAgent);
    await publish(REGION.SHANGHAI, { "prepaid.ratio.general": 1_100_000n });
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.GREEN);
    expect(await code.read.compliantOf([merchant])).to.equal(false);
    expect(await code.read.factsOf([merchant])).to.deep.equal({
      colour: COLOUR.GREEN,
      compliant: false,
      balance: BALANCE,
      custody: BALANCE,
      cover: 0n,
      required: (BALANCE * 11n) / 10n,
    });
  });

  it("is judged of a merchant that is not linked too", async () => {
    const { code, records, merchant } = await fixture();
    await records.paid(merchant, BALANCE);
    expect(await code.read.colourOf([merchant])).to.equal(COLOUR.GREY);
    expect(await code.read.compliantOf([merchant])).to.equal(false);
    expect(await code.read.shortSince([merchant])).not.to.equal(0n);
  });

  it("announces that custody is short, since when, and that it is made good, each once", async () => {
    const { connection, book, custody, code, token, merchant, people, now, time, asAgent, asLedger } = await fixture();
    const { vault } = await custody.read.accountOf([merchant]);
    await book.write.recordPayment([merchant, BALANCE, 1n], asLedger);
    const moment = (await now()) + 100n;
    await time.setNextBlockTimestamp(moment);
    await expectEvents(connection, code.write.refresh([merchant], asLedger), [
      event(code, "ComplianceChanged", {
        merchant,
        compliant: false,
        required: REQUIRED,
        custody: 0n,
        cover: 0n,
      }),
    ]);
    expect(await code.read.shortSince([merchant])).to.equal(moment);
    await custody.write.deposit([merchant, REQUIRED - 1n], asAgent);
    expect(await code.read.shortSince([merchant])).to.equal(moment);
    await expectEvents(connection, code.write.refresh([merchant], asLedger), []);
    await expectEvents(connection, custody.write.deposit([merchant, 1n], asAgent), [
      event(custody, "Deposited", { merchant, payer: people.agent.address, amount: 1n }),
      event(code, "ComplianceChanged", {
        merchant,
        compliant: true,
        required: REQUIRED,
        custody: REQUIRED,
        cover: 0n,
      }),
      event(token, "Transfer", { from: people.agent.address, to: vault, value: 1n }),
    ]);
    expect(await code.read.shortSince([merchant])).to.equal(0n);
  });

  it("counts cover, and custody with it (A-17)", async () => {
    const { code, custody, records, merchant, now, asAgent, asInsurer } = await fixture();
    await records.paid(merchant, BALANCE);
    const time = await now();
    await custody.write.deposit([merchant, 40_000n * YUAN], asAgent);
    const cover = 60_000n * YUAN;
    await custody.write.registerCover([merchant, COVER.INSURANCE, cover, time, time + DAY, digestOf("p")], asInsurer);
    expect(await code.read.compliantOf([merchant])).to.equal(true);
    expect(await code.read.shortSince([merchant])).to.equal(0n);
  });
});

describe("The low-water warning (A-22)", () => {
  it("comes once when the vault falls below 20% of what was paid in, and again after it rose", async () => {
    const { connection, custody, code, token, merchant, accounts, asAgent, asLedger, asPayer } = await fixture();
    await custody.write.deposit([merchant, 1_003n], asAgent);
    // 20% of 1,003 fen are 200.6 fen: 201 are enough, 200 are not.
    await custody.write.payHolder([merchant, accounts.alice.address, 802n], asPayer);
    await expectEvents(connection, code.write.refresh([merchant], asLedger), []);
    expect(await code.read.lowWaterOf([merchant])).to.equal(false);
    await custody.write.payHolder([merchant, accounts.alice.address, 1n], asPayer);
    await expectEvents(connection, code.write.refresh([merchant], asLedger), [
      event(code, "LowWater", { merchant, custody: 200n, paidIn: 1_003n }),
    ]);
    expect(await code.read.lowWaterOf([merchant])).to.equal(true);
    await custody.write.payHolder([merchant, accounts.alice.address, 1n], asPayer);
    await expectEvents(connection, code.write.refresh([merchant], asLedger), []);
    await custody.write.deposit([merchant, 997n], asAgent);
    expect(await code.read.lowWaterOf([merchant])).to.equal(false);
    await custody.write.payHolder([merchant, accounts.alice.address, 797n], asPayer);
    await expectEvents(connection, code.write.refresh([merchant], asLedger), [
      event(code, "LowWater", { merchant, custody: 399n, paidIn: 2_000n }),
    ]);
    const { vault } = await custody.read.accountOf([merchant]);
    expect(await token.read.balanceOf([vault])).to.equal(399n);
  });

  it("stays away where the policy sets no share, and at exactly the share", async () => {
    const { custody, code, fileMerchant, give, merchant, people, accounts, asAgent, asLedger, asPayer } =
      await fixture();
    const other = await fileMerchant(people.otherAgent, { region: REGION.GUIZHOU });
    await give(people.otherAgent, 1_000n);
    await custody.write.deposit([other, 1_000n], { account: people.otherAgent });
    await custody.write.payHolder([other, accounts.alice.address, 1_000n], asPayer);
    await code.write.refresh([other], asLedger);
    expect(await code.read.lowWaterOf([other])).to.equal(false);
    await custody.write.deposit([merchant, 1_000n], asAgent);
    await custody.write.payHolder([merchant, accounts.alice.address, 800n], asPayer);
    await code.write.refresh([merchant], asLedger);
    expect(await code.read.lowWaterOf([merchant])).to.equal(false);
  });
});
