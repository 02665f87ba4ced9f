import { expect } from "chai";
import { DEALER, GROWER, loadTrade, MISSING, NO_ACCOUNT, NO_PAPER, NOBODY, PAPER } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("TradeParties.addAgent", () => {
  it("refuses everyone but an agent of the party, the platform too", async () => {
    const { parties, accounts } = await loadTrade();
    const { address } = accounts.spare;
    for (const account of [accounts.platform, accounts.dealerAgent, accounts.stranger]) {
      const call = parties.write.addAgent([GROWER, address], { account });
      await expectRevert(call, parties, "TradePartiesNotAgent", [GROWER, account.address]);
    }
    for (const nobody of [0, NOBODY]) {
      const unknown = parties.write.addAgent([nobody, address], { account: accounts.stranger });
      await expectRevert(unknown, parties, "TradePartiesUnknown", [nobody]);
    }
  });

  it("given no account, or one that acts for a party, when added, then it is refused", async () => {
    const { parties, accounts, asGrower } = await loadTrade();
    const zero = parties.write.addAgent([GROWER, NO_ACCOUNT], asGrower);
    await expectRevert(zero, parties, "TradePartiesZeroAccount", []);
    for (const [agent, party] of [
      [accounts.dealerAgent.address, DEALER],
      [accounts.growerAgent.address, GROWER],
    ] as const) {
      const taken = parties.write.addAgent([GROWER, agent], asGrower);
      await expectRevert(taken, parties, "TradePartiesAgentTaken", [agent, party]);
    }
  });

  it("given an account, when added, then it acts for this party and for no other", async () => {
    const { parties, accounts, asGrower, connection } = await loadTrade();
    const agent = accounts.spare.address;
    await expectEvents(connection, parties.write.addAgent([GROWER, agent], asGrower), [
      event(parties, "AgentAdded", { party: GROWER, agent }),
    ]);
    expect(await parties.read.partyOf([agent])).to.equal(GROWER);
    expect(await parties.read.agentCount([GROWER])).to.equal(2n);
    expect(await parties.read.actsFor([agent, GROWER])).to.equal(true);
    expect(await parties.read.actsFor([agent, DEALER])).to.equal(false);
    expect(await parties.read.actsFor([agent, 0])).to.equal(false);
  });
});

describe("TradeParties.removeAgent", () => {
  it("refuses everyone but an agent of the party, an account that is none, and the last one", async () => {
    const { parties, accounts, asGrower } = await loadTrade();
    const agent = accounts.growerAgent.address;
    for (const account of [accounts.platform, accounts.dealerAgent]) {
      const call = parties.write.removeAgent([GROWER, agent], { account });
      await expectRevert(call, parties, "TradePartiesNotAgent", [GROWER, account.address]);
    }
    const unknown = parties.write.removeAgent([NOBODY, agent], asGrower);
    await expectRevert(unknown, parties, "TradePartiesUnknown", [NOBODY]);
    for (const other of [accounts.dealerAgent.address, accounts.stranger.address]) {
      const call = parties.write.removeAgent([GROWER, other], asGrower);
      await expectRevert(call, parties, "TradePartiesNotAgent", [GROWER, other]);
    }
    const last = parties.write.removeAgent([GROWER, agent], asGrower);
    await expectRevert(last, parties, "TradePartiesLastAgent", [GROWER]);
  });

  it("given two agents, when one removes the other, then that one acts for nobody and may act for another party", async () => {
    const { parties, accounts, asGrower, asDealer, connection } = await loadTrade();
    const agent = accounts.spare.address;
    await parties.write.addAgent([GROWER, agent], asGrower);
    await expectEvents(connection, parties.write.removeAgent([GROWER, agent], asGrower), [
      event(parties, "AgentRemoved", { party: GROWER, agent }),
    ]);
    expect(await parties.read.partyOf([agent])).to.equal(0);
    expect(await parties.read.agentCount([GROWER])).to.equal(1n);
    expect(await parties.read.actsFor([agent, GROWER])).to.equal(false);
    await parties.write.addAgent([DEALER, agent], asDealer);
    expect(await parties.read.partyOf([agent])).to.equal(DEALER);
  });
});

describe("TradeParties.restoreAgent", () => {
  it("refuses everyone but the platform, the party's own agent too", async () => {
    const { parties, accounts } = await loadTrade();
    for (const account of [accounts.admin, accounts.regulator, accounts.growerAgent]) {
      const call = parties.write.restoreAgent([GROWER, accounts.spare.address, PAPER], { account });
      await expectRevert(call, parties, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("given a party that is not filed, no identity check, no account or a taken one, when restored, then it is refused", async () => {
    const { parties, accounts, asPlatform } = await loadTrade();
    const agent = accounts.spare.address;
    const unknown = parties.write.restoreAgent([NOBODY, agent, PAPER], asPlatform);
    await expectRevert(unknown, parties, "TradePartiesUnknown", [NOBODY]);
    const unchecked = parties.write.restoreAgent([GROWER, agent, NO_PAPER], asPlatform);
    await expectRevert(unchecked, parties, "DigestsMissing", MISSING);
    const zero = parties.write.restoreAgent([GROWER, NO_ACCOUNT, PAPER], asPlatform);
    await expectRevert(zero, parties, "TradePartiesZeroAccount", []);
    const other = accounts.dealerAgent.address;
    const taken = parties.write.restoreAgent([GROWER, other, PAPER], asPlatform);
    await expectRevert(taken, parties, "TradePartiesAgentTaken", [other, DEALER]);
  });

  it("given a party whose keys are lost, when restored, then the new agent acts, the old one stays until it is removed", async () => {
    const { parties, accounts, asPlatform, connection } = await loadTrade();
    const agent = accounts.spare.address;
    const lost = accounts.growerAgent.address;
    await expectEvents(connection, parties.write.restoreAgent([GROWER, agent, PAPER], asPlatform), [
      event(parties, "AgentRestored", { party: GROWER, agent, evidence: PAPER }),
    ]);
    expect(await parties.read.agentCount([GROWER])).to.equal(2n);
    expect(await parties.read.actsFor([lost, GROWER])).to.equal(true);
    await parties.write.removeAgent([GROWER, lost], { account: accounts.spare });
    expect(await parties.read.actsFor([lost, GROWER])).to.equal(false);
    expect(await parties.read.actsFor([agent, GROWER])).to.equal(true);
  });
});
