import { expect } from "chai";
import { SALT } from "../../fixtures/prepaid.ts";
import { deployCards, storedOrder, ZERO } from "../../fixtures/prepaid-cards.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCards);

describe("PrepaidSales: deployment", () => {
  it("refuses a part that is no contract, and a salt of zero", async () => {
    const { viem, authority, clock, token, register, custody, saleRules, cards, sales, accounts } = await fixture();
    const nobody = accounts.alice.address;
    const parts = [authority, clock, token, register, custody, saleRules, cards].map((part) => part.address);
    const deploy = (at: readonly `0x${string}`[], salt: `0x${string}`) => {
      const [a, b, c, d, e, f, g] = at;
      if (!a || !b || !c || !d || !e || !f || !g) throw new Error("seven parts");
      return viem.deployContract("PrepaidSales", [a, b, c, d, e, f, g, salt]);
    };
    for (const index of parts.keys()) {
      const broken = parts.map((part, at) => (at === index ? nobody : part));
      await expectRevert(deploy(broken, SALT), sales, "GovernedNotAContract", [nobody]);
    }
    await expectRevert(deploy(parts, ZERO), sales, "SaltedEIP712ZeroSalt", []);
    const good = await deploy(parts, SALT);
    expect(await good.read.domainVersion()).to.equal("1.0.0");
    expect((await good.read.cards()).toLowerCase()).to.equal(cards.address.toLowerCase());
  });

  it("sells nothing before the supervision code is wired", async () => {
    const { viem, authority, clock, token, register, custody, saleRules, cards, sale, merchant, asAgent, accounts } =
      await fixture();
    const bare = await viem.deployContract("PrepaidSales", [
      authority.address,
      clock.address,
      token.address,
      register.address,
      custody.address,
      saleRules.address,
      cards.address,
      SALT,
    ]);
    await authority.write.grantRole([100n, bare.address, 0], { account: accounts.admin });
    await expectRevert(bare.write.sell([sale(), [storedOrder()]], asAgent), bare, "CodeUserNotWired", [merchant]);
  });
});
