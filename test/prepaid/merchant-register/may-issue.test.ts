import { regionId, tradeId } from "@banyan/app-common/policy";
import { expect } from "chai";
import { filedMerchant, linkedMerchant } from "../../fixtures/merchant.ts";
import { DAY, START, STATUS } from "../../fixtures/prepaid.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("MerchantRegister.requireMayIssue and mayIssue", () => {
  it("refuse a merchant that is filed but not linked", async () => {
    const { register, merchant } = await filedMerchant();
    expect(await register.read.mayIssue([merchant])).to.equal(false);
    const issue = register.read.requireMayIssue([merchant]);
    await expectRevert(issue, register, "MerchantRegisterMayNotIssue", [merchant, STATUS.FILED]);
  });

  it("allow a linked merchant, however young its licence, where the policy sets no age", async () => {
    const { register, merchant } = await linkedMerchant({ licensedAt: START });
    expect(await register.read.mayIssue([merchant])).to.equal(true);
    await register.read.requireMayIssue([merchant]);
  });

  it("A-03: refuse a licence younger than the policy asks, to the second", async () => {
    const licensedAt = START - 100n * DAY;
    const allowedFrom = licensedAt + 183n * DAY;
    // Siping's bill asks for six months.
    const { register, merchant, time } = await linkedMerchant({ licensedAt, region: regionId("CN-JL-220300") });
    await time.increaseTo(allowedFrom - 1n);
    expect(await register.read.mayIssue([merchant])).to.equal(false);
    const issue = register.read.requireMayIssue([merchant]);
    await expectRevert(issue, register, "MerchantRegisterLicenceTooYoung", [merchant, allowedFrom]);
    await time.increaseTo(allowedFrom);
    expect(await register.read.mayIssue([merchant])).to.equal(true);
    await register.read.requireMayIssue([merchant]);
  });

  it("A-03: take the age of the merchant's own trade before that of all trades", async () => {
    const { register, merchant, publish } = await linkedMerchant({ licensedAt: START - 100n * DAY });
    await publish("CN-SH", { "prepaid.licence.minDays": 90n });
    await publish("CN-SH", { "prepaid.licence.minDays": 120n }, "6210");
    expect(await register.read.mayIssue([merchant])).to.equal(true);
    await publish("CN-SH", { "prepaid.licence.minDays": 120n }, "8930");
    expect(await register.read.mayIssue([merchant])).to.equal(false);
    // A trade's number of the region above goes before the region's own number for all trades.
    await publish("CN", { "prepaid.licence.minDays": 0n }, "8010");
    expect((await register.read.scopeOf([merchant]))[1]).to.equal(tradeId("8930"));
  });
});
