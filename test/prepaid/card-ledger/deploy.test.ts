import { selectorsOf } from "@banyan/app-common/deploy";
import { expect } from "chai";
import { deployCards, storedOrder } from "../../fixtures/prepaid-cards.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCards);

describe("PrepaidCards: deployment", () => {
  it("refuses a part that is no contract", async () => {
    const { viem, authority, clock, register, book, saleRules, terms, cards, accounts } = await fixture();
    const nobody = accounts.alice.address;
    const parts = [authority, clock, register, book, saleRules, terms].map((part) => part.address);
    const deploy = (at: readonly `0x${string}`[]) => {
      const [a, b, c, d, e, f] = at;
      if (!a || !b || !c || !d || !e || !f) throw new Error("six parts");
      return viem.deployContract("PrepaidCards", [a, b, c, d, e, f]);
    };
    for (const index of parts.keys()) {
      const broken = parts.map((part, at) => (at === index ? nobody : part));
      await expectRevert(deploy(broken), cards, "GovernedNotAContract", [nobody]);
    }
    const good = await deploy(parts);
    expect((await good.read.termsRegister()).toLowerCase()).to.equal(terms.address.toLowerCase());
  });

  it("changes no card before the supervision code is wired", async () => {
    const { viem, authority, clock, register, book, saleRules, terms, sale, merchant, operator, asOperator, accounts } =
      await fixture();
    const bare = await viem.deployContract("PrepaidCards", [
      authority.address,
      clock.address,
      register.address,
      book.address,
      saleRules.address,
      terms.address,
    ]);
    const admin = { account: accounts.admin };
    for (const address of [bare.address, operator.address]) await authority.write.grantRole([100n, address, 0], admin);
    await authority.write.setTargetFunctionRole(
      [bare.address, selectorsOf(bare.abi, ["issue", "consume"]), 100n],
      admin,
    );
    await bare.write.issue([sale(), [storedOrder()]], asOperator);
    await expectRevert(bare.write.consume([1n, 4n, 4n, false], asOperator), bare, "CodeUserNotWired", [merchant]);
  });
});
