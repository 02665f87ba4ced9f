import { expect } from "chai";
import { digestOf } from "../../fixtures/common.ts";
import { COLOUR, COVER, DAY, REGION, STATUS } from "../../fixtures/custody.ts";
import { deployCards, storedOrder } from "../../fixtures/prepaid-cards.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCards);

describe("SupervisionDesk.sheetOf", () => {
  it("refuses a merchant that is not on file", async () => {
    const { desk, register, merchant } = await fixture();
    await expectRevert(desk.read.sheetOf([merchant + 1n]), register, "MerchantRegisterUnknown", [merchant + 1n]);
  });

  it("shows anybody a merchant that is new: red, compliant, nothing taken", async () => {
    const { desk, merchant, accounts } = await fixture();
    const sheet = await desk.read.sheetOf([merchant], { account: accounts.bob.address });
    expect(sheet).to.deep.equal({
      merchant,
      status: STATUS.LINKED,
      colour: COLOUR.RED,
      compliant: true,
      frozen: false,
      balance: 0n,
      custody: 0n,
      cover: 0n,
      required: 0n,
      paid: 0n,
      redeemed: 0n,
      refunded: 0n,
      released: 0n,
      liveCards: 0n,
    });
  });

  it("shows each figure of a merchant at work in its own place", async () => {
    const { desk, custody, cards, publish, merchant, sell, asAgent, asOperator, accounts, now } = await fixture();
    await sell(storedOrder({ paid: 100_000n, face: 100_000n }), { toCustody: 60_000n });
    const second = await sell(storedOrder({ paid: 200_000n, face: 200_000n }), { toCustody: 30_000n });
    await cards.write.consume([second, 50_000n, 50_000n, false], asOperator);
    await cards.write.beginEnding([1n, 3], asOperator);
    await cards.write.repay([1n, 7_000n], asOperator);
    await custody.write.release([merchant, 40_000n], asAgent);
    const time = await now();
    await custody.write.registerCover([merchant, COVER.TRUST, 11_000n, time, time + DAY, digestOf("deed")], {
      account: accounts.insurer,
    });
    await custody.write.freeze([merchant, digestOf("order")], { account: accounts.emergency });
    await publish(REGION.GUIZHOU, { "prepaid.ratio.trade": 300_000n });
    const balance = 243_000n;
    expect(await desk.read.sheetOf([merchant])).to.deep.equal({
      merchant,
      status: STATUS.LINKED,
      colour: COLOUR.YELLOW,
      compliant: false,
      frozen: true,
      balance,
      custody: 50_000n,
      cover: 11_000n,
      required: 72_900n,
      paid: 300_000n,
      redeemed: 50_000n,
      refunded: 7_000n,
      released: 40_000n,
      liveCards: 2n,
    });
  });
});
