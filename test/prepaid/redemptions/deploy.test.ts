import { expect } from "chai";
import { SALT } from "../../fixtures/prepaid.ts";
import { deployCards, ZERO } from "../../fixtures/prepaid-cards.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCards);

describe("Redemptions: deployment", () => {
  it("refuses a part that is no contract, and a salt of zero", async () => {
    const { viem, authority, clock, policy, register, cards, redemptions, accounts } = await fixture();
    const nobody = accounts.alice.address;
    const parts = [authority, clock, policy, register, cards].map((part) => part.address);
    const deploy = (at: readonly `0x${string}`[], salt: `0x${string}`) => {
      const [a, b, c, d, e] = at;
      if (!a || !b || !c || !d || !e) throw new Error("five parts");
      return viem.deployContract("Redemptions", [a, b, c, d, e, salt]);
    };
    for (const index of parts.keys()) {
      const broken = parts.map((part, at) => (at === index ? nobody : part));
      await expectRevert(deploy(broken, SALT), redemptions, "GovernedNotAContract", [nobody]);
    }
    await expectRevert(deploy(parts, ZERO), redemptions, "SaltedEIP712ZeroSalt", []);
    const good = await deploy(parts, SALT);
    expect((await good.read.cards()).toLowerCase()).to.equal(cards.address.toLowerCase());
  });
});
