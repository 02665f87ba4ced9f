import { expect } from "chai";
import { ROLE_BIT } from "../../fixtures/trace.ts";
import { DEALER, GROWER, loadTrade, MISSING, NO_PAPER, NOBODY, PAPER } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

/** Roles as `PartyRole` counts. */
const [RETAILER, LABORATORY, RECYCLER] = [8, 11, 19];

describe("TradeParties.changeRoles", () => {
  it("refuses everyone but the platform, the party's own agent too", async () => {
    const { parties, accounts } = await loadTrade();
    for (const account of [accounts.admin, accounts.regulator, accounts.dealerAgent]) {
      const call = parties.write.changeRoles([DEALER, ROLE_BIT.MARKET, PAPER], { account });
      await expectRevert(call, parties, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("given a party that is not filed, no role, one that does not exist, or no ground, when changed, then it is refused", async () => {
    const { parties, asPlatform } = await loadTrade();
    const unknown = parties.write.changeRoles([NOBODY, ROLE_BIT.MARKET, PAPER], asPlatform);
    await expectRevert(unknown, parties, "TradePartiesUnknown", [NOBODY]);
    for (const roles of [0, 1, 1 << 20]) {
      const call = parties.write.changeRoles([DEALER, roles, PAPER], asPlatform);
      await expectRevert(call, parties, "TradePartiesInvalidRoles", [roles]);
    }
    const baseless = parties.write.changeRoles([DEALER, ROLE_BIT.MARKET, NO_PAPER], asPlatform);
    await expectRevert(baseless, parties, "DigestsMissing", MISSING);
  });

  it("given new roles, when changed, then they replace those before, and only of this party", async () => {
    const { parties, asPlatform, connection } = await loadTrade();
    const newRoles = ROLE_BIT.LABORATORY | ROLE_BIT.RECYCLER;
    await expectEvents(connection, parties.write.changeRoles([DEALER, newRoles, PAPER], asPlatform), [
      event(parties, "PartyRolesChanged", { party: DEALER, oldRoles: ROLE_BIT.RETAILER, newRoles, evidence: PAPER }),
    ]);
    for (const role of [LABORATORY, RECYCLER]) {
      expect(await parties.read.hasRole([DEALER, role])).to.equal(true);
      await parties.read.requireRole([DEALER, role]);
    }
    expect(await parties.read.hasRole([DEALER, RETAILER])).to.equal(false);
    await expectRevert(parties.read.requireRole([DEALER, RETAILER]), parties, "TradePartiesRoleMissing", [
      DEALER,
      RETAILER,
    ]);
    expect((await parties.read.recordOf([GROWER])).roles).to.equal(ROLE_BIT.PRODUCER | ROLE_BIT.BRAND_OWNER);
  });

  it("given the role NONE, or a number that is not filed, when asked, then there is no such role", async () => {
    const { parties } = await loadTrade();
    expect(await parties.read.hasRole([GROWER, 0])).to.equal(false);
    expect(await parties.read.hasRole([NOBODY, RETAILER])).to.equal(false);
  });
});
