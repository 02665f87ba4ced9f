import { filedMerchant, PAPER } from "../../fixtures/merchant.ts";
import { prepaidFixture } from "../../fixtures/prepaid.ts";
import { wireFunctions } from "../../fixtures/prepaid-roles.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

async function unwired() {
  const prepaid = await prepaidFixture();
  const { viem, authority, clock, policy, calendar, book, accounts } = prepaid;
  const register = await viem.deployContract("MerchantRegister", [
    authority.address,
    clock.address,
    policy.address,
    calendar.address,
    book.address,
  ]);
  await wireFunctions({ MerchantRegister: register }, authority, accounts.admin);
  return { ...prepaid, register, asAdmin: { account: accounts.admin }, asPlatform: { account: accounts.platform } };
}

describe("MerchantRegister.wireCode", () => {
  it("refuses everyone but the administrator", async () => {
    const { register, code, accounts } = await unwired();
    for (const account of [accounts.regulator, accounts.platform]) {
      const call = register.write.wireCode([code.address], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses an address that is no contract", async () => {
    const { register, accounts, asAdmin } = await unwired();
    const { address } = accounts.bob;
    const call = register.write.wireCode([address], asAdmin);
    await expectRevert(call, register, "GovernedNotAContract", [address]);
  });

  it("refuses a second code", async () => {
    const { register, code, rules, asAdmin } = await filedMerchant();
    const call = register.write.wireCode([rules.address], asAdmin);
    await expectRevert(call, register, "CodeUserAlreadyWired", [code.address]);
  });

  it("wires the code once; before, nothing that moves a code goes through", async () => {
    const { register, code, filing, asAdmin, asPlatform, connection } = await unwired();
    await register.write.file([await filing()], asPlatform);
    const call = register.write.link([1n, PAPER], asPlatform);
    await expectRevert(call, register, "CodeUserNotWired", [1n]);
    await expectEvents(connection, register.write.wireCode([code.address], asAdmin), [
      event(register, "CodeWired", { code: code.address }),
    ]);
  });
});
