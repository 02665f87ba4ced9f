import { expect } from "chai";
import { deployCommon, digestOf } from "../fixtures/common.ts";
import { expectRevert } from "../helpers/expect-revert.ts";
import { defineFixture } from "../helpers/fixture.ts";

const fixture = defineFixture(deployCommon);

it("books a deposit for a custodian bank, and refuses everybody else", async () => {
  const { token, accounts } = await fixture();
  const { alice, custodian } = accounts;
  const deposit = [alice.address, 12_345n, digestOf("statement of 2026-03-02, line 1")] as const;
  const asAlice = token.write.mint(deposit, { account: alice });
  await expectRevert(asAlice, token, "AccessManagedUnauthorized", [alice.address]);
  await token.write.mint(deposit, { account: custodian });
  expect(await token.read.balanceOf([alice.address])).to.equal(12_345n);
});
