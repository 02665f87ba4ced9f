import { expect } from "chai";
import { DEALER, GROWER, loadTrade, NOBODY, PAPER } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("TradeParties.setMandate", () => {
  it("refuses everyone but an agent of the party: the platform gives itself no mandate", async () => {
    const { parties, accounts } = await loadTrade();
    for (const account of [accounts.platform, accounts.admin, accounts.dealerAgent]) {
      const call = parties.write.setMandate([GROWER, true], { account });
      await expectRevert(call, parties, "TradePartiesNotAgent", [GROWER, account.address]);
    }
    const unknown = parties.write.setMandate([NOBODY, true], { account: accounts.growerAgent });
    await expectRevert(unknown, parties, "TradePartiesUnknown", [NOBODY]);
  });

  it("given no mandate, when the platform acts, then it is refused", async () => {
    const { parties, accounts } = await loadTrade();
    const { address } = accounts.platform;
    expect(await parties.read.actsFor([address, GROWER])).to.equal(false);
    const call = parties.read.requireActsFor([address, GROWER]);
    await expectRevert(call, parties, "TradePartiesNotAgent", [GROWER, address]);
  });

  it("given a mandate, when asked, then the platform acts for this party and for no other, and nobody else does", async () => {
    const { parties, accounts, asGrower, connection } = await loadTrade();
    await expectEvents(connection, parties.write.setMandate([GROWER, true], asGrower), [
      event(parties, "MandateChanged", { party: GROWER, given: true }),
    ]);
    expect((await parties.read.recordOf([GROWER])).mandate).to.equal(true);
    await parties.read.requireActsFor([accounts.platform.address, GROWER]);
    expect(await parties.read.actsFor([accounts.platform.address, DEALER])).to.equal(false);
    for (const account of [accounts.admin, accounts.regulator, accounts.dealerAgent]) {
      expect(await parties.read.actsFor([account.address, GROWER])).to.equal(false);
    }
  });

  it("given a mandate, when it is taken back or the party is suspended, then the platform acts no longer", async () => {
    const { parties, accounts, asGrower, asRegulator, connection } = await loadTrade();
    const { address } = accounts.platform;
    await parties.write.setMandate([GROWER, true], asGrower);
    await parties.write.suspend([GROWER, PAPER], asRegulator);
    expect(await parties.read.actsFor([address, GROWER])).to.equal(false);
    await parties.write.reinstate([GROWER, PAPER], asRegulator);
    expect(await parties.read.actsFor([address, GROWER])).to.equal(true);
    await expectEvents(connection, parties.write.setMandate([GROWER, false], asGrower), [
      event(parties, "MandateChanged", { party: GROWER, given: false }),
    ]);
    expect(await parties.read.actsFor([address, GROWER])).to.equal(false);
  });
});
