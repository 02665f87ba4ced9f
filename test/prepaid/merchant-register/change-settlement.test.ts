import { expect } from "chai";
import { filedMerchant, NOBODY } from "../../fixtures/merchant.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const ZERO_ADDRESS = `0x${"00".repeat(20)}` as const;

describe("MerchantRegister.changeSettlement", () => {
  it("refuses everyone but the merchant's agent, a merchant that is not filed, and the zero account", async () => {
    const { register, merchant, accounts, asAgent } = await filedMerchant();
    const to = accounts.settlement2.address;
    const write = register.write.changeSettlement;
    for (const account of [accounts.platform, accounts.settlement]) {
      await expectRevert(write([merchant, to], { account }), register, "MerchantRegisterNotAgent", [
        merchant,
        account.address,
      ]);
    }
    await expectRevert(write([NOBODY, to], asAgent), register, "MerchantRegisterUnknown", [NOBODY]);
    await expectRevert(write([merchant, ZERO_ADDRESS], asAgent), register, "MerchantRegisterZeroAccount", []);
  });

  it("names another account", async () => {
    const { register, merchant, accounts, asAgent, connection } = await filedMerchant();
    const from = accounts.settlement.address;
    const to = accounts.settlement2.address;
    await expectEvents(connection, register.write.changeSettlement([merchant, to], asAgent), [
      event(register, "SettlementChanged", { merchant, from, to }),
    ]);
    expect((await register.read.settlementOf([merchant])).toLowerCase()).to.equal(to.toLowerCase());
  });
});
