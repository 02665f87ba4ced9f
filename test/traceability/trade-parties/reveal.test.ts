import { expect } from "chai";
import { encodePacked, type Hex, sha256 } from "viem";
import { BEGIN, DEALER, GLN, GROWER, loadTrade, NOBODY } from "../../fixtures/trade.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const SALT: Hex = `0x${"5a".repeat(32)}`;
const OTHER_SALT: Hex = `0x${"5b".repeat(32)}`;

/** The digest of salt and number as the register takes it. */
const seal = (gln: bigint) => sha256(encodePacked(["bytes32", "uint64"], [SALT, gln]));

/** A confidential partner with what is hidden in its digest; its number is 3. */
async function hidden(gln: bigint) {
  const trade = await loadTrade();
  await trade.parties.write.fileConfidential([trade.partyFiling({ gln: 0n }), seal(gln)], trade.asPlatform);
  return trade;
}

describe("TradeParties.reveal", () => {
  it("given a party that is not filed, or that hides nothing, when opened, then it is refused", async () => {
    const { parties, asStranger } = await loadTrade();
    const unknown = parties.write.reveal([NOBODY, GLN.free, SALT], asStranger);
    await expectRevert(unknown, parties, "TradePartiesUnknown", [NOBODY]);
    const open = parties.write.reveal([GROWER, GLN.grower, SALT], asStranger);
    await expectRevert(open, parties, "TradePartiesNotConfidential", [GROWER]);
  });

  it("given a wrong number or a wrong salt, when opened, then it is refused", async () => {
    const { parties, asStranger } = await hidden(GLN.free);
    for (const [gln, salt] of [
      [GLN.dealer, SALT],
      [GLN.free, OTHER_SALT],
    ] as const) {
      const call = parties.write.reveal([3, gln, salt], asStranger);
      await expectRevert(call, parties, "TradePartiesWrongOpening", [3, gln]);
    }
  });

  it("C-17: given a digest that hides no GLN, when opened, then it is refused", async () => {
    const wrong = GLN.free + 1n;
    const { parties, asStranger } = await hidden(wrong);
    const call = parties.write.reveal([3, wrong, SALT], asStranger);
    await expectRevert(call, parties, "TradePartiesInvalidGln", [wrong]);
  });

  it("given a GLN that is filed openly, when opened, then it is refused and the party that has it is named", async () => {
    const { parties, asStranger } = await hidden(GLN.dealer);
    const call = parties.write.reveal([3, GLN.dealer, SALT], asStranger);
    await expectRevert(call, parties, "TradePartiesGlnTaken", [GLN.dealer, DEALER]);
  });

  it("given number and salt, when anyone opens it, then the GLN is known from then on, and is opened once", async () => {
    const { parties, accounts, asStranger, connection, nextBlockAt } = await hidden(GLN.free);
    const revealedAt = await nextBlockAt(BEGIN + 90n);
    await expectEvents(connection, parties.write.reveal([3, GLN.free, SALT], asStranger), [
      event(parties, "PartyRevealed", { party: 3, gln: GLN.free, by: accounts.stranger.address }),
    ]);
    expect(await parties.read.recordOf([3])).to.include({ gln: GLN.free, revealedAt, commitment: seal(GLN.free) });
    expect(await parties.read.partyByGln([GLN.free])).to.equal(3);
    const again = parties.write.reveal([3, GLN.free, SALT], asStranger);
    await expectRevert(again, parties, "TradePartiesNotConfidential", [3]);
  });

  it("given an opened partner, when its GLN is filed again, then it is refused", async () => {
    const { parties, accounts, asPlatform, asStranger, partyFiling } = await hidden(GLN.free);
    await parties.write.reveal([3, GLN.free, SALT], asStranger);
    const call = parties.write.file([partyFiling({ agent: accounts.stranger.address })], asPlatform);
    await expectRevert(call, parties, "TradePartiesGlnTaken", [GLN.free, 3]);
  });
});
