import { expect } from "chai";
import { filedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { STATUS } from "../../fixtures/prepaid.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const GREY = 0;
const RED = 1;

describe("MerchantRegister.unlink", () => {
  it("refuses everyone but the platform", async () => {
    const { register, merchant, accounts } = await filedMerchant();
    for (const account of [accounts.admin, accounts.regulator, accounts.agent]) {
      const call = register.write.unlink([merchant, PAPER], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed or not linked, and no reason", async () => {
    const { register, merchant, asPlatform } = await filedMerchant();
    const unlink = (id: bigint, reason: typeof PAPER | typeof NO_DIGEST) =>
      register.write.unlink([id, reason], asPlatform);
    await expectRevert(unlink(NOBODY, PAPER), register, "MerchantRegisterUnknown", [NOBODY]);
    await expectRevert(unlink(merchant, PAPER), register, "MerchantRegisterNotLinked", [merchant]);
    await register.write.link([merchant, PAPER], asPlatform);
    await expectRevert(unlink(merchant, NO_DIGEST), register, "DigestsMissing", MISSING);
  });

  it("A-24: turns the code grey and the merchant back to filed", async () => {
    const { register, code, merchant, asPlatform, connection } = await filedMerchant();
    await register.write.link([merchant, PAPER], asPlatform);
    await expectEvents(connection, register.write.unlink([merchant, PAPER], asPlatform), [
      event(register, "MerchantUnlinked", { merchant, reason: PAPER }),
      event(register, "MerchantStatusChanged", { merchant, from: STATUS.LINKED, to: STATUS.FILED }),
      event(code, "ColourChanged", { merchant, from: RED, to: GREY, balance: 0n, custody: 0n, cover: 0n }),
    ]);
    expect(await register.read.isLinked([merchant])).to.equal(false);
  });

  it("leaves a merchant in default as it is", async () => {
    const { register, merchant, asPlatform, asRegulator, time } = await filedMerchant();
    await register.write.link([merchant, PAPER], asPlatform);
    await register.write.declareDefault([merchant, BigInt(await time.latest()), PAPER], asRegulator);
    await register.write.unlink([merchant, PAPER], asPlatform);
    expect(await register.read.statusOf([merchant])).to.equal(STATUS.DEFAULTED);
    expect(await register.read.isLinked([merchant])).to.equal(false);
  });
});
