import { expect } from "chai";
import { ascii, digestOf } from "../../fixtures/common.ts";
import { COVER, DAY, deployCustody, REGION, YUAN } from "../../fixtures/custody.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const THRESHOLD = 50_000n * YUAN;
const ORDER = digestOf("order");

const fixture = defineFixture(async (connection) => deployCustody(connection));

describe("Custody.releasableOf", () => {
  it("is what was redeemed, where that is least", async () => {
    const { custody, fileMerchant, trade, people, asAgent } = await fixture();
    const merchant = await fileMerchant(people.agent);
    await trade(merchant, { paid: 100_000n, redeemed: 40_000n, held: 90_000n }, people.agent);
    expect(await custody.read.releasableOf([merchant])).to.equal(40_000n);
    await custody.write.release([merchant, 15_000n], asAgent);
    expect(await custody.read.releasableOf([merchant])).to.equal(25_000n);
  });

  it("is what the vault holds, where that is least", async () => {
    const { custody, fileMerchant, trade, people, now, asInsurer } = await fixture();
    const merchant = await fileMerchant(people.agent);
    await trade(merchant, { paid: 100_000n, redeemed: 40_000n, held: 39_999n }, people.agent);
    const time = await now();
    await custody.write.registerCover([merchant, COVER.TRUST, 1_000_000n, time, time + DAY, ORDER], asInsurer);
    expect(await custody.read.releasableOf([merchant])).to.equal(39_999n);
  });

  it("is what the requirement leaves, where that is least, and nothing while custody is short", async () => {
    const { custody, fileMerchant, trade, records, people } = await fixture();
    const merchant = await fileMerchant(people.agent);
    await trade(
      merchant,
      { paid: 400_000n * YUAN, redeemed: 150_000n * YUAN, held: 100_000n * YUAN + 7n },
      people.agent,
    );
    expect(await custody.read.releasableOf([merchant])).to.equal(7n);
    await records.paid(merchant, 1_000n * YUAN);
    expect(await custody.read.releasableOf([merchant])).to.equal(0n);
  });

  it("is what the threshold leaves of the day, where that is least", async () => {
    const { connection, custody, fileMerchant, trade, people, now, asAgent } = await fixture();
    const merchant = await fileMerchant(people.agent);
    await trade(merchant, { paid: 190_000n * YUAN, redeemed: 190_000n * YUAN, held: 190_000n * YUAN }, people.agent);
    expect(await custody.read.releasableOf([merchant])).to.equal(THRESHOLD);
    await custody.write.release([merchant, THRESHOLD - 3n], asAgent);
    expect(await custody.read.releasableOf([merchant])).to.equal(3n);
    await connection.networkHelpers.time.increaseTo((await now()) + DAY);
    expect(await custody.read.releasableOf([merchant])).to.equal(THRESHOLD);
  });

  it("knows no threshold where the policy sets none", async () => {
    const { custody, fileMerchant, trade, people } = await fixture();
    const merchant = await fileMerchant(people.agent, { region: REGION.GUIZHOU });
    const held = 190_000n * YUAN;
    await trade(merchant, { paid: held, redeemed: held, held }, people.agent);
    expect(await custody.read.releasableOf([merchant])).to.equal(held);
  });

  it("is nothing while frozen, paused or in default, as release refuses then", async () => {
    const { custody, register, fileMerchant, trade, people, now, asAgent, asEmergency, asRegulator } = await fixture();
    const merchant = await fileMerchant(people.agent);
    await trade(merchant, { paid: 100_000n, redeemed: 40_000n, held: 90_000n }, people.agent);
    await custody.write.freeze([merchant, ORDER], asEmergency);
    expect(await custody.read.releasableOf([merchant])).to.equal(0n);
    await custody.write.unfreeze([merchant, ORDER], asRegulator);
    await custody.write.pause([ascii("PAYOUT"), ORDER], asEmergency);
    expect(await custody.read.releasableOf([merchant])).to.equal(0n);
    await custody.write.unpause([ascii("PAYOUT"), ORDER], asRegulator);
    expect(await custody.read.releasableOf([merchant])).to.equal(40_000n);
    await register.write.declareDefault([merchant, await now(), ORDER], asRegulator);
    expect(await custody.read.releasableOf([merchant])).to.equal(0n);
    await expectRevert(custody.write.release([merchant, 1n], asAgent), custody, "CustodyDefaulted", [merchant]);
  });
});
