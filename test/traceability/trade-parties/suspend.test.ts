import { expect } from "chai";
import { DEALER, GROWER, loadTrade, MISSING, NO_PAPER, NOBODY, PAPER } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("TradeParties.suspend and reinstate", () => {
  it("refuse everyone but the regulator", async () => {
    const { parties, accounts } = await loadTrade();
    for (const account of [accounts.admin, accounts.platform, accounts.growerAgent]) {
      for (const call of [parties.write.suspend, parties.write.reinstate]) {
        const action = call([GROWER, PAPER], { account });
        await expectRevert(action, parties, "AccessManagedUnauthorized", [account.address]);
      }
    }
  });

  it("given a party that is not filed, or no reason, when called, then they refuse", async () => {
    const { parties, asRegulator } = await loadTrade();
    for (const call of [parties.write.suspend, parties.write.reinstate]) {
      await expectRevert(call([NOBODY, PAPER], asRegulator), parties, "TradePartiesUnknown", [NOBODY]);
    }
    await expectRevert(parties.write.suspend([GROWER, NO_PAPER], asRegulator), parties, "DigestsMissing", MISSING);
    await parties.write.suspend([GROWER, PAPER], asRegulator);
    await expectRevert(parties.write.reinstate([GROWER, NO_PAPER], asRegulator), parties, "DigestsMissing", MISSING);
  });

  it("given a suspension, when made twice or lifted twice, then it is refused", async () => {
    const { parties, asRegulator } = await loadTrade();
    const lift = () => parties.write.reinstate([GROWER, PAPER], asRegulator);
    const suspend = () => parties.write.suspend([GROWER, PAPER], asRegulator);
    await expectRevert(lift(), parties, "TradePartiesNotSuspended", [GROWER]);
    await suspend();
    await expectRevert(suspend(), parties, "TradePartiesSuspended", [GROWER]);
    await lift();
    await expectRevert(lift(), parties, "TradePartiesNotSuspended", [GROWER]);
  });

  it("given a suspended party, when its agent acts, then it is refused until the party is reinstated; others go on", async () => {
    const { parties, accounts, asRegulator, connection } = await loadTrade();
    const agent = accounts.growerAgent.address;
    await expectEvents(connection, parties.write.suspend([GROWER, PAPER], asRegulator), [
      event(parties, "PartySuspended", { party: GROWER, reason: PAPER }),
    ]);
    expect((await parties.read.recordOf([GROWER])).suspended).to.equal(true);
    expect(await parties.read.actsFor([agent, GROWER])).to.equal(false);
    const blocked = parties.read.requireActsFor([agent, GROWER]);
    await expectRevert(blocked, parties, "TradePartiesSuspended", [GROWER]);
    await expectRevert(parties.read.requireActive([GROWER]), parties, "TradePartiesSuspended", [GROWER]);
    await parties.read.requireActive([DEALER]);

    await expectEvents(connection, parties.write.reinstate([GROWER, PAPER], asRegulator), [
      event(parties, "PartyReinstated", { party: GROWER, reason: PAPER }),
    ]);
    await parties.read.requireActive([GROWER]);
    await parties.read.requireActsFor([agent, GROWER]);
  });

  it("given a suspended party, when it puts its own agents in order, then it may", async () => {
    const { parties, accounts, asGrower, asRegulator } = await loadTrade();
    await parties.write.suspend([GROWER, PAPER], asRegulator);
    await parties.write.addAgent([GROWER, accounts.spare.address], asGrower);
    await parties.write.removeAgent([GROWER, accounts.spare.address], asGrower);
    expect(await parties.read.agentCount([GROWER])).to.equal(1n);
  });
});
