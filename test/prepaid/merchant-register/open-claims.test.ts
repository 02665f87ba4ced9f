import { expect } from "chai";
import { actAs, linkedMerchant, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { DAY, START, STATUS } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const PAYER = 102n;
const NOW = START + 40n * DAY;

describe("MerchantRegister.openClaims", () => {
  it("refuses everyone but the contract that settles the claims", async () => {
    const { register, merchant, accounts } = await linkedMerchant();
    for (const account of [accounts.admin, accounts.regulator, accounts.platform]) {
      const call = register.write.openClaims([merchant], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed, or not in default", async () => {
    const linked = await linkedMerchant();
    const { register, merchant } = linked;
    const asPayer = await actAs(linked, PAYER);
    await expectRevert(register.write.openClaims([NOBODY], asPayer), register, "MerchantRegisterUnknown", [NOBODY]);
    await expectRevert(register.write.openClaims([merchant], asPayer), register, "MerchantRegisterWrongStatus", [
      merchant,
      STATUS.LINKED,
    ]);
  });

  it("A-43: keeps the moment of the first round, and later calls change nothing", async () => {
    const linked = await linkedMerchant();
    const { register, merchant, asRegulator, connection, time } = linked;
    const asPayer = await actAs(linked, PAYER);
    await register.write.declareDefault([merchant, BigInt(await time.latest()), PAPER], asRegulator);
    await time.setNextBlockTimestamp(NOW);
    await expectEvents(connection, register.write.openClaims([merchant], asPayer), [
      event(register, "ClaimsOpened", { merchant, openedAt: NOW }),
    ]);
    await expectEvents(connection, register.write.openClaims([merchant], asPayer), []);
    expect(await register.read.claimsOpenedAt([merchant])).to.equal(NOW);
    expect((await register.read.merchantOf([merchant])).claimsOpenedAt).to.equal(NOW);
  });
});
