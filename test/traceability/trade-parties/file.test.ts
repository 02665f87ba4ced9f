import { expect } from "chai";
import { ascii } from "../../fixtures/common.ts";
import { ROLE_BIT } from "../../fixtures/trace.ts";
import { BEGIN, DEALER, GLN, GROWER, loadTrade, MISSING, NO_ACCOUNT, NO_PAPER, PAPER } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const SECRET = `0x${"c5".repeat(32)}` as const;
const NONE = `0x${"00".repeat(32)}` as const;

describe("TradeParties.file and fileConfidential", () => {
  it("refuse everyone but the platform", async () => {
    const { parties, accounts, partyFiling } = await loadTrade();
    for (const account of [accounts.admin, accounts.regulator, accounts.growerAgent, accounts.stranger]) {
      for (const call of [
        parties.write.file([partyFiling()], { account }),
        parties.write.fileConfidential([partyFiling({ gln: 0n }), SECRET], { account }),
      ]) {
        await expectRevert(call, parties, "AccessManagedUnauthorized", [account.address]);
      }
    }
  });

  it("C-17: given a GLN with a wrong check digit, none, or 14 digits, when filed, then it is refused", async () => {
    const { parties, asPlatform, partyFiling } = await loadTrade();
    for (const gln of [GLN.free + 1n, 0n, 10000000000007n]) {
      const call = parties.write.file([partyFiling({ gln })], asPlatform);
      await expectRevert(call, parties, "TradePartiesInvalidGln", [gln]);
    }
  });

  it("given a GLN that is filed, when filed again, then it is refused and the party that has it is named", async () => {
    const { parties, asPlatform, partyFiling } = await loadTrade();
    const call = parties.write.file([partyFiling({ gln: GLN.dealer })], asPlatform);
    await expectRevert(call, parties, "TradePartiesGlnTaken", [GLN.dealer, DEALER]);
  });

  it("given no role, the bit of none, or a role that does not exist, when filed, then it is refused", async () => {
    const { parties, asPlatform, partyFiling } = await loadTrade();
    for (const roles of [0, 1, ROLE_BIT.CARRIER | 1, 1 << 20, 2 ** 31]) {
      const open = parties.write.file([partyFiling({ roles })], asPlatform);
      await expectRevert(open, parties, "TradePartiesInvalidRoles", [roles]);
      const hidden = parties.write.fileConfidential([partyFiling({ gln: 0n, roles }), SECRET], asPlatform);
      await expectRevert(hidden, parties, "TradePartiesInvalidRoles", [roles]);
    }
  });

  it("given a malformed region, when filed, then it is refused", async () => {
    const { parties, asPlatform, partyFiling } = await loadTrade();
    for (const code of ["", "cn", "CN-", "-SH", "CN--SH", "CN SH"]) {
      const region = ascii(code);
      const call = parties.write.file([partyFiling({ region })], asPlatform);
      await expectRevert(call, parties, "TradePartiesInvalidRegion", [region]);
    }
  });

  it("given no name, no agent, or an agent that acts for a party, when filed, then it is refused", async () => {
    const { parties, accounts, asPlatform, partyFiling } = await loadTrade();
    const nameless = parties.write.file([partyFiling({ name: NO_PAPER })], asPlatform);
    await expectRevert(nameless, parties, "DigestsMissing", MISSING);
    const nobody = parties.write.file([partyFiling({ agent: NO_ACCOUNT })], asPlatform);
    await expectRevert(nobody, parties, "TradePartiesZeroAccount", []);
    const agent = accounts.growerAgent.address;
    const taken = parties.write.file([partyFiling({ agent })], asPlatform);
    await expectRevert(taken, parties, "TradePartiesAgentTaken", [agent, GROWER]);
  });

  it("given a GLN beside the digest, no digest, or one that is filed, when filed as confidential, then it is refused", async () => {
    const { parties, accounts, asPlatform, partyFiling } = await loadTrade();
    const both = parties.write.fileConfidential([partyFiling(), SECRET], asPlatform);
    await expectRevert(both, parties, "TradePartiesInvalidGln", [GLN.free]);
    const none = parties.write.fileConfidential([partyFiling({ gln: 0n }), NONE], asPlatform);
    await expectRevert(none, parties, "TradePartiesCommitmentMissing", []);
    await parties.write.fileConfidential([partyFiling({ gln: 0n }), SECRET], asPlatform);
    const agent = accounts.stranger.address;
    const again = parties.write.fileConfidential([partyFiling({ gln: 0n, agent }), SECRET], asPlatform);
    await expectRevert(again, parties, "TradePartiesCommitmentTaken", [SECRET]);
  });

  it("C-19: given a filing, when filed, then it has the next number and is found by GLN and by agent", async () => {
    const { parties, accounts, asPlatform, partyFiling, connection, nextBlockAt } = await loadTrade();
    const agent = accounts.spare.address;
    const roles = ROLE_BIT.PRODUCER | ROLE_BIT.RECYCLER;
    const filedAt = await nextBlockAt(BEGIN + 60n);
    await expectEvents(connection, parties.write.file([partyFiling({ roles })], asPlatform), [
      event(parties, "PartyFiled", {
        ...{ party: 3, agent, gln: GLN.free, region: ascii("CN-SH"), roles, commitment: NONE, name: PAPER },
      }),
    ]);
    expect(await parties.read.recordOf([3])).to.deep.equal({
      ...{ gln: GLN.free, region: ascii("CN-SH"), roles, suspended: false, mandate: false },
      ...{ filedAt, revealedAt: 0n, commitment: NONE, name: PAPER },
    });
    expect(await parties.read.partyCount()).to.equal(3n);
    expect(await parties.read.partyByGln([GLN.free])).to.equal(3);
    expect(await parties.read.partyOf([agent])).to.equal(3);
    expect(await parties.read.agentCount([3])).to.equal(1n);
    expect(await parties.read.actsFor([agent, 3])).to.equal(true);
    expect(await parties.read.regionOf([3])).to.equal(ascii("CN-SH"));
  });

  it("given a confidential partner, when filed, then it acts like any other and is found by its digest alone", async () => {
    const { parties, accounts, asPlatform, partyFiling, connection, nextBlockAt } = await loadTrade();
    const agent = accounts.spare.address;
    const filedAt = await nextBlockAt(BEGIN + 60n);
    const filing = partyFiling({ gln: 0n });
    await expectEvents(connection, parties.write.fileConfidential([filing, SECRET], asPlatform), [
      event(parties, "PartyFiled", { party: 3, ...filing, commitment: SECRET }),
    ]);
    const { region, roles, name } = filing;
    expect(await parties.read.recordOf([3])).to.deep.equal({
      ...{
        gln: 0n,
        region,
        roles,
        suspended: false,
        mandate: false,
        filedAt,
        revealedAt: 0n,
        commitment: SECRET,
        name,
      },
    });
    expect(await parties.read.partyByCommitment([SECRET])).to.equal(3);
    expect(await parties.read.partyByGln([0n])).to.equal(0);
    expect(await parties.read.actsFor([agent, 3])).to.equal(true);
  });
});
