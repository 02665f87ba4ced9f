import { expect } from "chai";
import { filedMerchant, linkedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { REFUSAL } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("MerchantRegister.refuse and lift", () => {
  it("refuse everyone but the regulator", async () => {
    const { register, merchant, accounts } = await filedMerchant();
    for (const account of [accounts.admin, accounts.platform, accounts.agent]) {
      for (const call of [register.write.refuse, register.write.lift]) {
        const action = call([merchant, REFUSAL.MAJOR_RISK, PAPER], { account });
        await expectRevert(action, register, "AccessManagedUnauthorized", [account.address]);
      }
    }
  });

  it("refuse a merchant that is not filed, and no evidence", async () => {
    const { register, merchant, asRegulator } = await filedMerchant();
    for (const call of [register.write.refuse, register.write.lift]) {
      const unknown = call([NOBODY, REFUSAL.MAJOR_RISK, PAPER], asRegulator);
      await expectRevert(unknown, register, "MerchantRegisterUnknown", [NOBODY]);
    }
    const refuse = register.write.refuse([merchant, REFUSAL.ABNORMAL, NO_DIGEST], asRegulator);
    await expectRevert(refuse, register, "DigestsMissing", MISSING);
    await register.write.refuse([merchant, REFUSAL.ABNORMAL, PAPER], asRegulator);
    const lift = register.write.lift([merchant, REFUSAL.ABNORMAL, NO_DIGEST], asRegulator);
    await expectRevert(lift, register, "DigestsMissing", MISSING);
  });

  for (const [name, rule] of [
    ["DISHONEST", "A-02"],
    ["ABNORMAL", "A-02"],
    ["DEREGISTERING", "A-02"],
    ["MAJOR_RISK", "A-13"],
    ["ORDER", "A-20"],
  ] as const) {
    it(`${rule}: stop issuing at once for ${name}, and only for it, until it is lifted`, async () => {
      const { register, merchant, asRegulator, connection } = await linkedMerchant();
      const reason = REFUSAL[name];
      await expectEvents(connection, register.write.refuse([merchant, reason, PAPER], asRegulator), [
        event(register, "IssuingRefused", { merchant, reason, evidence: PAPER }),
      ]);
      for (const each of Object.values(REFUSAL)) {
        expect(await register.read.refusedFor([merchant, each])).to.equal(each === reason);
      }
      expect(await register.read.mayIssue([merchant])).to.equal(false);
      const issue = register.read.requireMayIssue([merchant]);
      await expectRevert(issue, register, "MerchantRegisterRefused", [merchant, reason]);
      const again = register.write.refuse([merchant, reason, PAPER], asRegulator);
      await expectRevert(again, register, "MerchantRegisterAlreadyRefused", [merchant, reason]);

      await expectEvents(connection, register.write.lift([merchant, reason, PAPER], asRegulator), [
        event(register, "RefusalLifted", { merchant, reason, evidence: PAPER }),
      ]);
      expect(await register.read.refusedFor([merchant, reason])).to.equal(false);
      expect(await register.read.mayIssue([merchant])).to.equal(true);
      const liftAgain = register.write.lift([merchant, reason, PAPER], asRegulator);
      await expectRevert(liftAgain, register, "MerchantRegisterNotRefused", [merchant, reason]);
    });
  }

  it("A-42: put a merchant with its responsible persons on the serious-breach list", async () => {
    const { register, merchant, asRegulator, connection } = await linkedMerchant();
    const reason = REFUSAL.SERIOUS_BREACH;
    const { responsible } = (await register.read.merchantOf([merchant])).filing;
    await expectEvents(connection, register.write.refuse([merchant, reason, PAPER], asRegulator), [
      event(register, "IssuingRefused", { merchant, reason, evidence: PAPER }),
      event(register, "SeriousBreachListed", { merchant, responsible }),
    ]);
    const issue = register.read.requireMayIssue([merchant]);
    await expectRevert(issue, register, "MerchantRegisterRefused", [merchant, reason]);
    await register.write.lift([merchant, reason, PAPER], asRegulator);
    expect(await register.read.mayIssue([merchant])).to.equal(true);
  });

  it("keep several refusals apart, and name the first", async () => {
    const { register, merchant, asRegulator } = await linkedMerchant();
    const issue = () => register.read.requireMayIssue([merchant]);
    await register.write.refuse([merchant, REFUSAL.ORDER, PAPER], asRegulator);
    await register.write.refuse([merchant, REFUSAL.MAJOR_RISK, PAPER], asRegulator);
    await expectRevert(issue(), register, "MerchantRegisterRefused", [merchant, REFUSAL.MAJOR_RISK]);
    await register.write.lift([merchant, REFUSAL.MAJOR_RISK, PAPER], asRegulator);
    await expectRevert(issue(), register, "MerchantRegisterRefused", [merchant, REFUSAL.ORDER]);
  });
});
