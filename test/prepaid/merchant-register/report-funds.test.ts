import { expect } from "chai";
import { china, filedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { prepaidFixture } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const QUARTER_END = china("2030-04-01T00:00:00");
const DUE = china("2030-04-26T00:00:00");

describe("MerchantRegister.reportFunds", () => {
  it("refuses everyone but the merchant's agent, and a merchant that is not filed", async () => {
    const { register, merchant, accounts, asAgent } = await filedMerchant();
    for (const account of [accounts.platform, accounts.settlement]) {
      const call = register.write.reportFunds([merchant, 2030, 1, PAPER], { account });
      await expectRevert(call, register, "MerchantRegisterNotAgent", [merchant, account.address]);
    }
    const call = register.write.reportFunds([NOBODY, 2030, 1, PAPER], asAgent);
    await expectRevert(call, register, "MerchantRegisterUnknown", [NOBODY]);
  });

  it("refuses a quarter that does not exist", async () => {
    const { register, merchant, asAgent } = await filedMerchant();
    for (const [year, quarter] of [
      [2030, 0],
      [2030, 5],
      [1969, 4],
      [10_000, 1],
    ] as const) {
      const call = register.write.reportFunds([merchant, year, quarter, PAPER], asAgent);
      await expectRevert(call, register, "MerchantRegisterInvalidQuarter", [year, quarter]);
      const read = register.read.fundsReportOf([merchant, year, quarter]);
      await expectRevert(read, register, "MerchantRegisterInvalidQuarter", [year, quarter]);
    }
  });

  it("refuses a quarter that is not over, to the second", async () => {
    const { register, merchant, asAgent, time } = await filedMerchant();
    await time.setNextBlockTimestamp(QUARTER_END - 1n);
    const report = () => register.write.reportFunds([merchant, 2030, 1, PAPER], asAgent);
    await expectRevert(report(), register, "MerchantRegisterQuarterNotOver", [merchant, QUARTER_END]);
    await time.setNextBlockTimestamp(QUARTER_END);
    await report();
  });

  it("refuses a quarter that was over before the filing", async () => {
    const { register, merchant, asAgent } = await filedMerchant();
    const call = register.write.reportFunds([merchant, 2029, 4, PAPER], asAgent);
    await expectRevert(call, register, "MerchantRegisterQuarterBeforeFiling", [merchant, china("2030-01-01T00:00:00")]);
  });

  it("refuses the quarter that ended in the second of the filing, and takes the one whose last second it was", async () => {
    for (const [filedAt, taken] of [
      [QUARTER_END, false],
      [QUARTER_END - 1n, true],
    ] as const) {
      const { register, filing, accounts, time } = await prepaidFixture();
      await time.setNextBlockTimestamp(filedAt);
      await register.write.file([await filing()], { account: accounts.platform });
      await time.increaseTo(QUARTER_END + 60n);
      const call = register.write.reportFunds([1n, 2030, 1, PAPER], { account: accounts.agent });
      if (taken) await call;
      else await expectRevert(call, register, "MerchantRegisterQuarterBeforeFiling", [1n, QUARTER_END]);
    }
  });

  it("refuses a report without a digest", async () => {
    const { register, merchant, asAgent, time } = await filedMerchant();
    await time.increaseTo(QUARTER_END);
    const call = register.write.reportFunds([merchant, 2030, 1, NO_DIGEST], asAgent);
    await expectRevert(call, register, "DigestsMissing", MISSING);
  });

  for (const [given, at, late] of [
    ["in the last second of the 25th", DUE - 1n, false],
    ["on the 26th", DUE, true],
  ] as const) {
    it(`A-23: takes the report of the quarter and tells whether it is late, given ${given}`, async () => {
      const { register, merchant, asAgent, connection, time } = await filedMerchant();
      expect(await register.read.fundsReportOf([merchant, 2030, 1])).to.deep.equal([0n, DUE]);
      await time.setNextBlockTimestamp(at);
      await expectEvents(connection, register.write.reportFunds([merchant, 2030, 1, PAPER], asAgent), [
        event(register, "FundsReported", { merchant, year: 2030, quarter: 1, late, correction: false, report: PAPER }),
      ]);
      expect(await register.read.fundsReportOf([merchant, 2030, 1])).to.deep.equal([at, DUE]);
      expect(await register.read.fundsReportOf([merchant, 2030, 2])).to.deep.equal([0n, china("2030-07-26T00:00:00")]);
    });
  }

  it("A-23: takes a correction, which leaves the first report's moment as it was", async () => {
    const { register, merchant, asAgent, connection, time } = await filedMerchant();
    await time.setNextBlockTimestamp(DUE - 1n);
    await register.write.reportFunds([merchant, 2030, 1, PAPER], asAgent);
    await time.setNextBlockTimestamp(DUE + 10n);
    await expectEvents(connection, register.write.reportFunds([merchant, 2030, 1, PAPER], asAgent), [
      event(register, "FundsReported", {
        merchant,
        year: 2030,
        quarter: 1,
        late: false,
        correction: true,
        report: PAPER,
      }),
    ]);
    expect(await register.read.fundsReportOf([merchant, 2030, 1])).to.deep.equal([DUE - 1n, DUE]);
  });

  it("A-23: takes the fourth quarter in January", async () => {
    const { register, merchant } = await filedMerchant();
    expect(await register.read.fundsReportOf([merchant, 2030, 4])).to.deep.equal([0n, china("2031-01-26T00:00:00")]);
  });

  it("G1: reads the day from the policy that held when the quarter ended", async () => {
    const { register, merchant, publish, time } = await filedMerchant();
    await time.increaseTo(QUARTER_END + 10n);
    await publish("CN-SH", { "prepaid.report.day": 20n });
    expect(await register.read.fundsReportOf([merchant, 2030, 1])).to.deep.equal([0n, DUE]);
    expect(await register.read.fundsReportOf([merchant, 2030, 2])).to.deep.equal([0n, china("2030-07-21T00:00:00")]);
  });

  it("reads a quarter before the filing by the policy of the filing", async () => {
    const { register, merchant } = await filedMerchant();
    expect((await register.read.fundsReportOf([merchant, 1970, 1]))[1]).to.equal(china("1970-04-26T00:00:00"));
    expect((await register.read.fundsReportOf([merchant, 9999, 4]))[1]).to.equal(china("+010000-01-26T00:00:00"));
    expect(await register.read.fundsReportOf([merchant, 2010, 1])).to.deep.equal([0n, china("2010-04-26T00:00:00")]);
  });
});
