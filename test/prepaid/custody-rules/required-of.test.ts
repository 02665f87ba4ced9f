import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { DAY, deployCustody, REGION, SCALE, TRADE, YUAN } from "../../fixtures/custody.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const GENERAL = 200_000n * YUAN;

const fixture = defineFixture(async (connection) => deployCustody(connection));

describe("CustodyRules.requiredOf in Shanghai (SH19 Art 11)", () => {
  it("refuses a merchant that is not on file", async () => {
    const { rules, register } = await fixture();
    const { read } = rules;
    for (const call of [
      read.requiredOf([1n]),
      read.requiredAt([1n, 5n]),
      read.approvalThreshold([1n]),
      read.lowWaterPpm([1n]),
      read.cureTime([1n]),
    ]) {
      await expectRevert(call, register, "MerchantRegisterUnknown", [1n]);
    }
  });

  it("asks nothing up to 200,000.00, and 40% of the whole from 200,000.01 on (A-14)", async () => {
    const { rules, records, fileMerchant, people } = await fixture();
    const merchant = await fileMerchant(people.agent);
    expect(await rules.read.requiredOf([merchant])).to.equal(0n);
    await records.paid(merchant, GENERAL);
    expect(await rules.read.requiredOf([merchant])).to.equal(0n);
    await records.paid(merchant, 1n);
    // 40% of 20,000,001 fen are 8,000,000.4 fen.
    expect(await rules.read.requiredOf([merchant])).to.equal(8_000_001n);
    expect(await rules.read.requiredAt([merchant, GENERAL])).to.equal(0n);
    await records.redeemed(merchant, 1n);
    expect(await rules.read.requiredOf([merchant])).to.equal(0n);
  });

  it("rounds up to the fen, for the holders", async () => {
    const { rules, fileMerchant, people } = await fixture();
    const merchant = await fileMerchant(people.agent);
    for (const [balance, required] of [
      [20_000_002n, 8_000_001n],
      [20_000_003n, 8_000_002n],
      [20_000_005n, 8_000_002n],
      [20_000_006n, 8_000_003n],
    ] as const) {
      expect(await rules.read.requiredAt([merchant, balance]), `${balance}`).to.equal(required);
    }
  });

  it("asks all of it once over 20% of last year's revenue (A-15)", async () => {
    const { rules, fileMerchant, people } = await fixture();
    const merchant = await fileMerchant(people.agent, { revenue: 5_000_000n * YUAN });
    const line = 1_000_000n * YUAN;
    expect(await rules.read.requiredAt([merchant, line])).to.equal((line * 4n) / 10n);
    expect(await rules.read.requiredAt([merchant, line + 1n])).to.equal(line + 1n);
  });

  it("rounds the special line down, for the holders (A-15)", async () => {
    const { rules, fileMerchant, people } = await fixture();
    // 20% of 100,000,004 fen are 20,000,000.8 fen, of 100,000,005 fen 20,000,001.
    const below = await fileMerchant(people.agent, { revenue: 100_000_004n });
    expect(await rules.read.requiredAt([below, 20_000_001n])).to.equal(20_000_001n);
    const exact = await fileMerchant(people.otherAgent, { revenue: 100_000_005n });
    expect(await rules.read.requiredAt([exact, 20_000_001n])).to.equal(8_000_001n);
    expect(await rules.read.requiredAt([exact, 20_000_002n])).to.equal(20_000_002n);
  });

  it("takes 200,000 for the special line where 20% of the revenue is less, and where there is none (A-15)", async () => {
    const { rules, fileMerchant, people } = await fixture();
    const small = await fileMerchant(people.agent, { revenue: 900_000n * YUAN });
    const none = await fileMerchant(people.otherAgent, { revenue: 0n });
    for (const merchant of [small, none]) {
      expect(await rules.read.requiredAt([merchant, GENERAL])).to.equal(0n);
      expect(await rules.read.requiredAt([merchant, GENERAL + 1n])).to.equal(GENERAL + 1n);
    }
  });

  it("caps the special line at 50,000,000 (A-15)", async () => {
    const { rules, fileMerchant, people } = await fixture();
    const cap = 50_000_000n * YUAN;
    for (const [account, revenue] of [
      [people.agent, 250_000_000n * YUAN],
      [people.otherAgent, 900_000_000n * YUAN],
    ] as const) {
      const merchant = await fileMerchant(account, { revenue });
      expect(await rules.read.requiredAt([merchant, cap])).to.equal((cap * 4n) / 10n);
      expect(await rules.read.requiredAt([merchant, cap + 1n])).to.equal(cap + 1n);
    }
  });

  it("asks all of it in the first year after the licence, to the second, but nothing up to 200,000 (A-16)", async () => {
    const { rules, fileMerchant, people, now, time } = await fixture();
    const licensedAt = (await now()) - 100n * DAY;
    const merchant = await fileMerchant(people.agent, { licensedAt });
    const balance = 300_000n * YUAN;
    expect(await rules.read.requiredAt([merchant, GENERAL])).to.equal(0n);
    await time.increaseTo(licensedAt + 365n * DAY - 1n);
    expect(await rules.read.requiredAt([merchant, balance])).to.equal(balance);
    await time.increaseTo(licensedAt + 365n * DAY);
    expect(await rules.read.requiredAt([merchant, balance])).to.equal(120_000n * YUAN);
  });

  it("asks all of it of a mall-type issuer, but nothing up to 200,000 (A-16)", async () => {
    const { rules, fileMerchant, people } = await fixture();
    const merchant = await fileMerchant(people.agent, { scale: SCALE.MALL });
    expect(await rules.read.requiredAt([merchant, GENERAL])).to.equal(0n);
    expect(await rules.read.requiredAt([merchant, GENERAL + 1n])).to.equal(GENERAL + 1n);
  });

  it("follows figures that are filed anew", async () => {
    const { rules, register, fileMerchant, people, asPlatform } = await fixture();
    const merchant = await fileMerchant(people.agent, { revenue: 0n });
    const balance = 300_000n * YUAN;
    expect(await rules.read.requiredAt([merchant, balance])).to.equal(balance);
    const evidence = digestOf("accounts of last year");
    await register.write.updateFigures([merchant, SCALE.OTHER, 5_000_000n * YUAN, 0n, 0n, evidence], asPlatform);
    expect(await rules.read.requiredAt([merchant, balance])).to.equal(120_000n * YUAN);
    await register.write.updateFigures([merchant, SCALE.MALL, 5_000_000n * YUAN, 0n, 0n, evidence], asPlatform);
    expect(await rules.read.requiredAt([merchant, balance])).to.equal(balance);
  });

  it("follows the policy of the day, from its from-date on", async () => {
    const { rules, publish, fileMerchant, people } = await fixture();
    const merchant = await fileMerchant(people.agent);
    expect(await rules.read.requiredAt([merchant, 20_000_001n])).to.equal(8_000_001n);
    await publish(REGION.SHANGHAI, { "prepaid.warning.general": 20_000_001n, "prepaid.ratio.general": 500_000n });
    expect(await rules.read.requiredAt([merchant, 20_000_001n])).to.equal(0n);
    expect(await rules.read.requiredAt([merchant, 20_000_002n])).to.equal(10_000_001n);
  });
});

describe("CustodyRules.requiredOf elsewhere", () => {
  it("asks all of the balance of youth sports training in Beijing, from the first fen, and nothing of a fitness club (A-19)", async () => {
    const { rules, fileMerchant, people } = await fixture();
    const sport = await fileMerchant(people.agent, { region: REGION.BEIJING, trade: TRADE.YOUTH_SPORT });
    const club = await fileMerchant(people.otherAgent, { region: REGION.BEIJING });
    for (const balance of [0n, 1n, 300_000n * YUAN]) {
      expect(await rules.read.requiredAt([sport, balance])).to.equal(balance);
      expect(await rules.read.requiredAt([club, balance])).to.equal(0n);
    }
  });

  it("asks the share of the last quarter-end by the scale of a store, rounded up, whatever the balance now (A-18)", async () => {
    const { rules, book, register, records, fileMerchant, people, now, time, asPlatform } = await fixture();
    const merchant = await fileMerchant(people.agent, { region: REGION.GUIZHOU, trade: TRADE.STORE });
    const quarterEnd = 1_000_001n;
    await records.paid(merchant, quarterEnd);
    expect(await book.read.quarterEndBalanceOf([merchant])).to.equal(0n);
    await time.increaseTo((await now()) + 92n * DAY);
    await records.redeemed(merchant, 999_999n);
    expect(await book.read.quarterEndBalanceOf([merchant])).to.equal(quarterEnd);
    const evidence = digestOf("accounts of last year");
    for (const [scale, required] of [
      [SCALE.OTHER, 0n],
      [SCALE.SCALE, 200_001n],
      [SCALE.GROUP, 300_001n],
      [SCALE.BRAND, 400_001n],
      [SCALE.MALL, 0n],
    ] as const) {
      await register.write.updateFigures([merchant, scale, 0n, 0n, 0n, evidence], asPlatform);
      expect(await rules.read.requiredOf([merchant]), `scale ${scale}`).to.equal(required);
      expect(await rules.read.requiredAt([merchant, 5n]), `scale ${scale}`).to.equal(required);
    }
  });

  it("asks nothing of the quarter-end where the policy sets no share for the trade (A-18)", async () => {
    const { rules, records, fileMerchant, people, now, time } = await fixture();
    const club = await fileMerchant(people.agent, { region: REGION.GUIZHOU, scale: SCALE.BRAND });
    await records.paid(club, 1_000_001n);
    await time.increaseTo((await now()) + 92n * DAY);
    expect(await rules.read.requiredOf([club])).to.equal(0n);
  });

  it("takes the stricter of the present balance and the quarter-end (A-14, A-18)", async () => {
    const { rules, records, fileMerchant, people, now, time } = await fixture();
    const store = await fileMerchant(people.agent, { trade: TRADE.STORE, scale: SCALE.GROUP });
    const quarterEnd = 400_000n * YUAN;
    await records.paid(store, quarterEnd);
    await time.increaseTo((await now()) + 92n * DAY);
    const ofQuarter = 120_000n * YUAN;
    for (const [balance, required] of [
      [0n, ofQuarter],
      [200_000n * YUAN, ofQuarter],
      [300_000n * YUAN, ofQuarter],
      [300_000n * YUAN + 3n, ofQuarter + 2n],
      [400_000n * YUAN, 160_000n * YUAN],
    ] as const) {
      expect(await rules.read.requiredAt([store, balance]), `${balance}`).to.equal(required);
    }
  });

  it("asks nothing where the policy sets no line, and takes the general share where it sets no special one", async () => {
    const { rules, publish, fileMerchant, people } = await fixture();
    const merchant = await fileMerchant(people.agent, { region: REGION.GUIZHOU, scale: SCALE.MALL });
    expect(await rules.read.requiredAt([merchant, 10n ** 12n])).to.equal(0n);
    await publish(REGION.GUIZHOU, { "prepaid.warning.general": 100n, "prepaid.ratio.general": 300_000n });
    expect(await rules.read.requiredAt([merchant, 100n])).to.equal(0n);
    expect(await rules.read.requiredAt([merchant, 101n])).to.equal(31n);
    await publish(REGION.GUIZHOU, { "prepaid.ratio.special": 250_000n });
    expect(await rules.read.requiredAt([merchant, 101n])).to.equal(31n);
    await publish(REGION.GUIZHOU, { "prepaid.ratio.special": 900_000n });
    expect(await rules.read.requiredAt([merchant, 101n])).to.equal(91n);
  });

  it("knows a special line without a cap", async () => {
    const { rules, publish, fileMerchant, people } = await fixture();
    const merchant = await fileMerchant(people.agent, { region: REGION.GUIZHOU, revenue: 10n ** 15n });
    await publish(REGION.GUIZHOU, {
      "prepaid.warning.general": 100n,
      "prepaid.ratio.general": 300_000n,
      "prepaid.warning.specialShare": 500_000n,
      "prepaid.ratio.special": 1_000_000n,
    });
    const line = 10n ** 15n / 2n;
    expect(await rules.read.requiredAt([merchant, line])).to.equal((line * 3n) / 10n);
    expect(await rules.read.requiredAt([merchant, line + 1n])).to.equal(line + 1n);
  });
});

describe("CustodyRules, other numbers", () => {
  it("gives threshold, low water and cure time of the merchant's region, for its trade first", async () => {
    const { rules, publish, fileMerchant, people } = await fixture();
    const club = await fileMerchant(people.agent);
    const store = await fileMerchant(people.otherAgent, { trade: TRADE.STORE });
    await publish(
      REGION.SHANGHAI,
      { "prepaid.payout.threshold": 7n, "prepaid.lowWater": 8n, "prepaid.cure.days": 9n },
      TRADE.STORE,
    );
    expect(await rules.read.approvalThreshold([club])).to.equal(50_000n * YUAN);
    expect(await rules.read.lowWaterPpm([club])).to.equal(200_000n);
    expect(await rules.read.cureTime([club])).to.equal(30n * DAY);
    expect(await rules.read.approvalThreshold([store])).to.equal(7n);
    expect(await rules.read.lowWaterPpm([store])).to.equal(8n);
    expect(await rules.read.cureTime([store])).to.equal(9n * DAY);
  });

  it("gives 0 where the policy sets none", async () => {
    const { rules, fileMerchant, people } = await fixture();
    const merchant = await fileMerchant(people.agent, { region: REGION.GUIZHOU });
    expect(await rules.read.approvalThreshold([merchant])).to.equal(0n);
    expect(await rules.read.lowWaterPpm([merchant])).to.equal(0n);
    expect(await rules.read.cureTime([merchant])).to.equal(0n);
  });

  it("says what it stands on", async () => {
    const { rules, clock, policy, register, book } = await fixture();
    const { read } = rules;
    const named = await Promise.all([read.clock(), read.policies(), read.register(), read.book()]);
    expect(named.map((address) => address.toLowerCase())).to.deep.equal(
      [clock, policy, register, book].map(({ address }) => address),
    );
  });
});
