import { parameterId, regionId, tradeId } from "@banyan/app-common/policy";
import { expect } from "chai";
import { filedMerchant, MISSING, NO_DIGEST, NOBODY } from "../../fixtures/merchant.ts";
import { DAY, prepaidFixture, START, STATUS } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const ZERO_ADDRESS = `0x${"00".repeat(20)}` as const;

describe("MerchantRegister.file", () => {
  it("refuses everyone but the platform", async () => {
    const { register, filing, accounts } = await prepaidFixture();
    for (const account of [accounts.admin, accounts.regulator, accounts.agent]) {
      await expectRevert(register.write.file([await filing()], { account }), register, "AccessManagedUnauthorized", [
        account.address,
      ]);
    }
  });

  for (const field of ["agent", "settlement"] as const) {
    it(`refuses a filing without ${field}`, async () => {
      const { register, filing, accounts } = await prepaidFixture();
      const call = register.write.file([await filing({ [field]: ZERO_ADDRESS })], { account: accounts.platform });
      await expectRevert(call, register, "MerchantRegisterZeroAccount", []);
    });
  }

  it("refuses an agent that acts for a merchant", async () => {
    const { register, filing, merchant, accounts, asPlatform } = await filedMerchant();
    const { address } = accounts.agent;
    const call = register.write.file([await filing()], asPlatform);
    await expectRevert(call, register, "MerchantRegisterAgentTaken", [address, merchant]);
  });

  it("refuses a trade that is no class of GB/T 4754", async () => {
    const { register, filing, accounts } = await prepaidFixture();
    for (const trade of ["", "893", "893/", "893:", "/930", "FITN"]) {
      const call = register.write.file([await filing({ trade: tradeId(trade) })], { account: accounts.platform });
      await expectRevert(call, register, "MerchantRegisterInvalidTrade", [tradeId(trade)]);
    }
  });

  it("refuses a licence without a date, or from tomorrow", async () => {
    const { register, filing, accounts, time } = await prepaidFixture();
    for (const licensedAt of [0n, START + 11n]) {
      await time.setNextBlockTimestamp(START + 10n);
      const call = register.write.file([await filing({ licensedAt })], { account: accounts.platform });
      await expectRevert(call, register, "MerchantRegisterLicenceDate", [licensedAt, START + 10n]);
    }
  });

  it("refuses a lease that is over", async () => {
    const { register, filing, accounts, time } = await prepaidFixture();
    await time.setNextBlockTimestamp(START + 10n);
    const call = register.write.file([await filing({ leaseEndsAt: START + 10n })], { account: accounts.platform });
    await expectRevert(call, register, "MerchantRegisterLeaseOver", [START + 10n, START + 10n]);
  });

  it("refuses a franchisor that is not filed", async () => {
    const { register, filing, accounts } = await prepaidFixture();
    const call = register.write.file([await filing({ franchisor: NOBODY })], { account: accounts.platform });
    await expectRevert(call, register, "MerchantRegisterUnknown", [NOBODY]);
  });

  for (const field of ["licence", "responsible"] as const) {
    it(`A-55: takes digests in the place of names and numbers, and refuses a filing without that of ${field}`, async () => {
      const { register, filing, accounts } = await prepaidFixture();
      const call = register.write.file([await filing({ [field]: NO_DIGEST })], { account: accounts.platform });
      await expectRevert(call, register, "DigestsMissing", MISSING);
    });
  }

  it("refuses a licence that is filed", async () => {
    const { register, filing, merchant, accounts, asPlatform } = await filedMerchant();
    const { licence } = (await register.read.merchantOf([merchant])).filing;
    const again = await filing({ agent: accounts.agent2.address, licence });
    await expectRevert(register.write.file([again], asPlatform), register, "MerchantRegisterLicenceFiled", [
      licence.value,
      merchant,
    ]);
  });

  it("refuses a region whose policy lacks a required parameter, and names it", async () => {
    const { register, filing, accounts, time } = await prepaidFixture();
    await time.setNextBlockTimestamp(START + 10n);
    const call = register.write.file([await filing({ region: regionId("XX") })], { account: accounts.platform });
    await expectRevert(call, register, "PolicyRegistryParameterNotSet", [
      regionId("XX"),
      START + 10n,
      parameterId("prepaid.coolingOff.days"),
    ]);
  });

  const required = [
    "prepaid.coolingOff.days",
    "prepaid.refund.payDays",
    "prepaid.notice.closing",
    "prepaid.notice.exit",
    "prepaid.contest.days",
    "prepaid.answer.days",
    "prepaid.mark.workingDays",
    "prepaid.report.day",
    "prepaid.penalty.days",
  ];
  for (const missing of required) {
    it(`refuses a region that sets all required parameters but ${missing}`, async () => {
      const { register, filing, publish, accounts, time } = await prepaidFixture();
      await publish("XX", Object.fromEntries(required.filter((id) => id !== missing).map((id) => [id, 1n])));
      const at = BigInt(await time.latest()) + 5n;
      await time.setNextBlockTimestamp(at);
      const call = register.write.file([await filing({ region: regionId("XX") })], { account: accounts.platform });
      await expectRevert(call, register, "PolicyRegistryParameterNotSet", [regionId("XX"), at, parameterId(missing)]);
    });
  }

  it("takes a required parameter that is set for the merchant's trade, not for another's", async () => {
    const { register, filing, publish, accounts, time } = await prepaidFixture();
    await publish("XX", Object.fromEntries(required.slice(1).map((id) => [id, 1n])));
    await publish("XX", { "prepaid.coolingOff.days": 7n }, "8930");
    const region = regionId("XX");
    await register.write.file([await filing({ region })], { account: accounts.platform });
    const other = await filing({ region, trade: tradeId("8931"), agent: accounts.agent2.address });
    const at = BigInt(await time.latest()) + 5n;
    await time.setNextBlockTimestamp(at);
    const call = register.write.file([other], { account: accounts.platform });
    const args = [region, at, parameterId("prepaid.coolingOff.days")] as const;
    await expectRevert(call, register, "PolicyRegistryParameterNotSet", args);
  });

  it("files a merchant under the next number, and announces it", async () => {
    const { register, filing, accounts, connection, time } = await prepaidFixture();
    const filed = await filing({ licensedAt: START + 10n, leaseEndsAt: START + 11n });
    await time.setNextBlockTimestamp(START + 10n);
    await expectEvents(connection, register.write.file([filed], { account: accounts.platform }), [
      event(register, "MerchantFiled", { merchant: 1n, agent: accounts.agent.address, filing: filed }),
      event(register, "MerchantStatusChanged", { merchant: 1n, from: STATUS.NONE, to: STATUS.FILED }),
    ]);
    const { filing: stored, ...state } = await register.read.merchantOf([1n]);
    expect(stored.licence).to.deep.equal(filed.licence);
    expect(stored.responsible).to.deep.equal(filed.responsible);
    expect(stored.region).to.equal(filed.region);
    expect(stored.leaseEndsAt).to.equal(START + 11n);
    expect(state).to.deep.equal({
      status: STATUS.FILED,
      refusals: 0,
      filedAt: START + 10n,
      linkedAt: 0n,
      markDueAt: 0n,
      markShownAt: 0n,
      closingKind: 0,
      noticeAt: 0n,
      lastDay: 0n,
      stoppedAt: 0n,
      defaultedAt: 0n,
      lastPenaltyAt: 0n,
      warnings: 0,
      penalties: 0,
      claimsOpenedAt: 0n,
    });
    expect(await register.read.count()).to.equal(1n);
    expect(await register.read.idOfAgent([accounts.agent.address])).to.equal(1n);
    expect((await register.read.agentOf([1n])).toLowerCase()).to.equal(accounts.agent.address.toLowerCase());
    expect((await register.read.settlementOf([1n])).toLowerCase()).to.equal(accounts.settlement.address.toLowerCase());
    expect(await register.read.scopeOf([1n])).to.deep.equal([regionId("CN-SH"), tradeId("8930")]);
    expect(await register.read.isLinked([1n])).to.equal(false);
  });

  it("A-52: keeps a franchisee's franchisor", async () => {
    const { register, fileMerchant, merchant, accounts } = await filedMerchant();
    const franchisee = await fileMerchant({ franchisor: merchant, agent: accounts.agent2.address });
    expect(franchisee).to.equal(2n);
    expect((await register.read.merchantOf([franchisee])).filing.franchisor).to.equal(merchant);
  });

  it("files a licence anew once its merchant has left", async () => {
    const { register, fileMerchant, merchant, accounts, asAgent, asPlatform, time } = await filedMerchant();
    const { licence } = (await register.read.merchantOf([merchant])).filing;
    await register.write.requestExit([merchant, licence], asAgent);
    await time.increase(31n * DAY);
    await register.write.completeExit([merchant], asPlatform);
    expect(await fileMerchant({ agent: accounts.agent2.address, licence })).to.equal(2n);
    await expectRevert(
      fileMerchant({ agent: accounts.agent3.address, licence }),
      register,
      "MerchantRegisterLicenceFiled",
      [licence.value, 2n],
    );
  });

  it("reads nothing of a merchant that is not filed", async () => {
    const { register } = await prepaidFixture();
    expect(await register.read.statusOf([NOBODY])).to.equal(STATUS.NONE);
    expect(await register.read.mayIssue([NOBODY])).to.equal(false);
    expect(await register.read.isLinked([NOBODY])).to.equal(false);
    for (const reader of ["merchantOf", "agentOf", "settlementOf", "scopeOf", "requireMayIssue"] as const) {
      await expectRevert(register.read[reader]([NOBODY]), register, "MerchantRegisterUnknown", [NOBODY]);
    }
    await expectRevert(register.read.merchantOf([0n]), register, "MerchantRegisterUnknown", [0n]);
    await expectRevert(register.read.fundsReportOf([NOBODY, 2030, 1]), register, "MerchantRegisterUnknown", [NOBODY]);
  });

  it("is not deployed over a part that is no contract", async () => {
    const { viem, register, authority, clock, policy, calendar, book, accounts } = await prepaidFixture();
    const { address } = accounts.bob;
    const parts = [authority, clock, policy, calendar, book].map((part) => part.address);
    for (let index = 0; index < parts.length; ++index) {
      const [a = address, b = address, c = address, d = address, e = address] = parts.with(index, address);
      const call = viem.deployContract("MerchantRegister", [a, b, c, d, e]);
      await expectRevert(call, register, "GovernedNotAContract", [address]);
    }
  });
});
