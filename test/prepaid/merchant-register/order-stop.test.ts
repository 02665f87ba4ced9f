import { expect } from "chai";
import { actAs, filedMerchant, linkedMerchant, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { REFUSAL } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const CODE = 103n;

describe("MerchantRegister.orderStop", () => {
  it("refuses everyone but the supervision code", async () => {
    const { register, merchant, accounts } = await filedMerchant();
    for (const account of [accounts.admin, accounts.regulator, accounts.platform]) {
      const call = register.write.orderStop([merchant], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed, or was ordered before", async () => {
    const linked = await linkedMerchant();
    const { register, merchant } = linked;
    const asCode = await actAs(linked, CODE);
    await expectRevert(register.write.orderStop([NOBODY], asCode), register, "MerchantRegisterUnknown", [NOBODY]);
    await register.write.orderStop([merchant], asCode);
    await expectRevert(register.write.orderStop([merchant], asCode), register, "MerchantRegisterAlreadyRefused", [
      merchant,
      REFUSAL.ORDER,
    ]);
  });

  it("A-20: stops issuing, until the regulator lifts the order", async () => {
    const linked = await linkedMerchant();
    const { register, merchant, asRegulator, connection } = linked;
    const asCode = await actAs(linked, CODE);
    await expectEvents(connection, register.write.orderStop([merchant], asCode), [
      event(register, "IssuingStopOrdered", { merchant }),
    ]);
    const issue = register.read.requireMayIssue([merchant]);
    await expectRevert(issue, register, "MerchantRegisterRefused", [merchant, REFUSAL.ORDER]);
    await register.write.lift([merchant, REFUSAL.ORDER, PAPER], asRegulator);
    expect(await register.read.mayIssue([merchant])).to.equal(true);
  });
});
