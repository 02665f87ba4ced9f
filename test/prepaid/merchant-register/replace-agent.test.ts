import { expect } from "chai";
import { filedMerchant, MISSING, NO_DIGEST, NOBODY, PAPER } from "../../fixtures/merchant.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const ZERO_ADDRESS = `0x${"00".repeat(20)}` as const;

describe("MerchantRegister.replaceAgent", () => {
  it("refuses everyone but the platform", async () => {
    const { register, merchant, accounts } = await filedMerchant();
    for (const account of [accounts.agent, accounts.admin, accounts.regulator]) {
      const call = register.write.replaceAgent([merchant, accounts.agent2.address, PAPER], { account });
      await expectRevert(call, register, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("refuses a merchant that is not filed, the zero account, one that is taken, and no evidence", async () => {
    const { register, merchant, accounts, asPlatform } = await filedMerchant();
    const to = accounts.agent2.address;
    const write = register.write.replaceAgent;
    await expectRevert(write([NOBODY, to, PAPER], asPlatform), register, "MerchantRegisterUnknown", [NOBODY]);
    await expectRevert(write([merchant, ZERO_ADDRESS, PAPER], asPlatform), register, "MerchantRegisterZeroAccount", []);
    const taken = accounts.agent.address;
    await expectRevert(write([merchant, taken, PAPER], asPlatform), register, "MerchantRegisterAgentTaken", [
      taken,
      merchant,
    ]);
    await expectRevert(write([merchant, to, NO_DIGEST], asPlatform), register, "DigestsMissing", MISSING);
  });

  it("gives the merchant another agent", async () => {
    const { register, merchant, accounts, asPlatform, connection } = await filedMerchant();
    const from = accounts.agent.address;
    const to = accounts.agent2.address;
    await expectEvents(connection, register.write.replaceAgent([merchant, to, PAPER], asPlatform), [
      event(register, "AgentReplaced", { merchant, from, to, evidence: PAPER }),
    ]);
    expect((await register.read.agentOf([merchant])).toLowerCase()).to.equal(to.toLowerCase());
    expect(await register.read.idOfAgent([to])).to.equal(merchant);
    expect(await register.read.idOfAgent([from])).to.equal(0n);
  });
});
