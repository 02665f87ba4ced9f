import { expect } from "chai";
import { bearerOrder } from "../../fixtures/prepaid-cards.ts";
import { china, deploySaleRules } from "../../fixtures/sale-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deploySaleRules);

describe("SaleRules: the term of a bearer card", () => {
  it("A-07: refuses less than three calendar years and takes exactly three", async () => {
    const { check, passes, saleRules, time } = await fixture();
    await time.increaseTo(china("2030-05-31", "12:00:00"));
    const least = china("2033-05-31", "12:00:00");
    await expectRevert(check([bearerOrder({ expiresAt: least - 1n })]), saleRules, "SaleRulesTerm", [
      0n,
      least - 1n,
      least,
    ]);
    await passes([bearerOrder({ expiresAt: least })]);
    await passes([bearerOrder()]);
  });

  it("A-07: where the policy sets no least term, takes any that is not over", async () => {
    const { check, passes, saleRules, publish, now } = await fixture();
    await publish("CN-GZ", { "prepaid.bearer.minMonths": 0n });
    const time = await now();
    await expectRevert(check([bearerOrder({ expiresAt: time - 1n })]), saleRules, "SaleRulesTerm", [
      0n,
      time - 1n,
      time,
    ]);
    await passes([bearerOrder({ expiresAt: time })]);
  });

  it("A-07: gives a reactivated card the least term again, or none where the policy sets none", async () => {
    const { saleRules, merchant, publish, time } = await fixture();
    await time.increaseTo(china("2032-02-29", "08:00:00"));
    expect(await saleRules.read.reactivatedUntil([merchant])).to.equal(china("2035-02-28", "08:00:00"));
    await publish("CN-GZ", { "prepaid.bearer.minMonths": 0n });
    expect(await saleRules.read.reactivatedUntil([merchant])).to.equal(0n);
  });
});
