import { filedMerchant } from "../../fixtures/merchant.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("MerchantRegister.wireCode", () => {
  it("refuses everyone but the administrator", async () => {
    const { register, code, accounts } = await filedMerchant();
    for (const account of [accounts.regulator, accounts.platform]) {
      const call = register.write.wireCode([code.address], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a second code", async () => {
    const { register, code, asAdmin } = await filedMerchant();
    const call = register.write.wireCode([code.address], asAdmin);
    await expectRevert(call, register, "CodeUserAlreadyWired", [code.address]);
  });
});
