import { expect } from "chai";
import { filedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("MerchantRegister.warn", () => {
  it("refuses everyone but the regulator", async () => {
    const { register, merchant, accounts } = await filedMerchant();
    for (const account of [accounts.admin, accounts.platform, accounts.agent]) {
      const call = register.write.warn([merchant, PAPER], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed, and no reason", async () => {
    const { register, merchant, asRegulator } = await filedMerchant();
    await expectRevert(register.write.warn([NOBODY, PAPER], asRegulator), register, "MerchantRegisterUnknown", [
      NOBODY,
    ]);
    await expectRevert(register.write.warn([merchant, NO_DIGEST], asRegulator), register, "DigestsMissing", MISSING);
  });

  it("counts the warnings", async () => {
    const { register, merchant, asRegulator, connection } = await filedMerchant();
    for (const warnings of [1, 2]) {
      await expectEvents(connection, register.write.warn([merchant, PAPER], asRegulator), [
        event(register, "MerchantWarned", { merchant, warnings, reason: PAPER }),
      ]);
    }
    expect((await register.read.merchantOf([merchant])).warnings).to.equal(2);
  });
});
