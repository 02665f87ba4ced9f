import { expect } from "chai";
import { DEALER, GLN, GROWER, loadTrade, NOBODY } from "../../fixtures/trade.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("TradeParties: reading", () => {
  it("given a number that is not filed, when a reader needs the party, then it refuses", async () => {
    const { parties, accounts } = await loadTrade();
    for (const party of [0, NOBODY]) {
      for (const call of [
        () => parties.read.recordOf([party]),
        () => parties.read.regionOf([party]),
        () => parties.read.requireActive([party]),
        () => parties.read.requireActsFor([accounts.growerAgent.address, party]),
      ]) {
        await expectRevert(call(), parties, "TradePartiesUnknown", [party]);
      }
    }
  });

  it("given an account of another party or of none, when it would act, then it is refused", async () => {
    const { parties, accounts } = await loadTrade();
    for (const { address } of [accounts.dealerAgent, accounts.stranger, accounts.admin]) {
      const call = parties.read.requireActsFor([address, GROWER]);
      await expectRevert(call, parties, "TradePartiesNotAgent", [GROWER, address]);
    }
    expect(await parties.read.actsFor([accounts.stranger.address, 0])).to.equal(false);
    expect(await parties.read.actsFor([accounts.stranger.address, NOBODY])).to.equal(false);
  });

  it("given the parties, when read by agent and by GLN, then each has its number and what is unknown has 0", async () => {
    const { parties, accounts } = await loadTrade();
    expect(await parties.read.partyCount()).to.equal(2n);
    expect(await parties.read.partyOf([accounts.dealerAgent.address])).to.equal(DEALER);
    expect(await parties.read.partyOf([accounts.stranger.address])).to.equal(0);
    expect(await parties.read.partyByGln([GLN.grower])).to.equal(GROWER);
    expect(await parties.read.partyByGln([GLN.free])).to.equal(0);
    expect(await parties.read.agentCount([NOBODY])).to.equal(0n);
  });
});
