import { expect } from "chai";
import { filedMerchant, NOBODY } from "../../fixtures/merchant.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const ZERO_ADDRESS = `0x${"00".repeat(20)}` as const;

describe("MerchantRegister.changeAgent", () => {
  it("refuses everyone but the merchant's agent, and a merchant that is not filed", async () => {
    const { register, merchant, accounts, asAgent } = await filedMerchant();
    const to = accounts.agent2.address;
    for (const account of [accounts.platform, accounts.settlement, accounts.agent2]) {
      const call = register.write.changeAgent([merchant, to], { account });
      await expectRevert(call, register, "MerchantRegisterNotAgent", [merchant, account.address]);
    }
    await expectRevert(register.write.changeAgent([NOBODY, to], asAgent), register, "MerchantRegisterUnknown", [
      NOBODY,
    ]);
  });

  it("refuses the zero account and an account that acts for a merchant, itself included", async () => {
    const { register, merchant, fileMerchant, accounts, asAgent } = await filedMerchant();
    const other = await fileMerchant({ agent: accounts.agent2.address });
    const change = (to: `0x${string}`) => register.write.changeAgent([merchant, to], asAgent);
    await expectRevert(change(ZERO_ADDRESS), register, "MerchantRegisterZeroAccount", []);
    for (const [taken, by] of [
      [accounts.agent2.address, other],
      [accounts.agent.address, merchant],
    ] as const) {
      await expectRevert(change(taken), register, "MerchantRegisterAgentTaken", [taken, by]);
    }
  });

  it("passes the office on, and the account before may act for another merchant", async () => {
    const { register, merchant, fileMerchant, accounts, asAgent, connection } = await filedMerchant();
    const from = accounts.agent.address;
    const to = accounts.agent2.address;
    await expectEvents(connection, register.write.changeAgent([merchant, to], asAgent), [
      event(register, "AgentChanged", { merchant, from, to }),
    ]);
    expect((await register.read.agentOf([merchant])).toLowerCase()).to.equal(to.toLowerCase());
    expect(await register.read.idOfAgent([to])).to.equal(merchant);
    expect(await register.read.idOfAgent([from])).to.equal(0n);
    const call = register.write.changeAgent([merchant, from], asAgent);
    await expectRevert(call, register, "MerchantRegisterNotAgent", [merchant, from]);
    expect(await fileMerchant()).to.equal(2n);
  });
});
