import { expect } from "chai";
import type { Address, Hex } from "viem";
import { zeroAddress, zeroHash } from "viem";
import { BOX, COLD, type ColdFixture, loadCold, VERDICT } from "../../fixtures/cold.ts";
import { commission, GTIN, lgtin, PARTY, pack, qty, receive, sgtin, ship, unpack } from "../../fixtures/trace.ts";

const FIVE = 5_00;
const ITEM = sgtin(GTIN.BOX, "1");
const LOT = lgtin(GTIN.TEA, "T1");

/** The consumer's page over the fixture's cold chain, or over none. */
async function pageOver(f: ColdFixture, coldChain: Address) {
  const { viem, authority, clock, parties, catalogue, state, repository, marks } = f;
  const [a, c] = [authority.address, clock.address];
  const scans = await viem.deployContract("ScanDesk", [a, c, catalogue.address, state.address]);
  const page = await viem.deployContract("ConsumerPage", [
    a,
    {
      ...{ clock: c, parties: parties.address, catalogue: catalogue.address, state: state.address },
      ...{ repository: repository.address, scans: scans.address, recalls: marks.address },
      ...{ produce: zeroAddress, batches: zeroAddress, quarantines: zeroAddress, coldChain },
    },
  ]);
  return async (object: Hex) => (await page.read.pageOf([object, zeroHash, 0, 10n])).coldChain;
}

describe("ConsumerPage.pageOf: the cold chain's verdict", () => {
  let f: ColdFixture;
  let told: (object: Hex) => Promise<number>;
  const send = async () => f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
  const take = async () => f.capture("shop", receive([BOX], PARTY.store, { eventTime: await f.moment() }));

  beforeEach(async () => {
    f = await loadCold();
    told = await pageOver(f, f.cold.address);
    await f.capture("store", commission([BOX]));
  });

  it("C-44: given no leg, or one that is only planned: tells none", async () => {
    expect(await told(BOX)).to.equal(VERDICT.NONE);
    await f.plan(COLD.VACCINE);
    expect(await told(BOX)).to.equal(VERDICT.NONE);
  });

  it("C-37: given a log in range, running and received: tells that it conforms", async () => {
    await f.plan(COLD.VACCINE);
    await send();
    await f.record({ values: [FIVE, FIVE] });
    expect(await told(BOX)).to.equal(VERDICT.CONFORMANT);
    await take();
    await f.pass(86_400n);
    expect(await told(BOX)).to.equal(VERDICT.CONFORMANT);
  });

  it("C-44: given a run outside longer than tolerated: tells an excursion", async () => {
    await f.plan(COLD.CHILLED);
    await send();
    await f.record({ values: [4_00, 7_01] });
    expect(await told(BOX)).to.equal(VERDICT.EXCURSION);
  });

  it("C-44: given a log that fell silent on the way: tells an excursion, one second after the logging interval", async () => {
    await f.plan(COLD.CHILLED);
    await send();
    await f.record({ values: [4_00] });
    const to = BigInt((await f.figures()).to);
    await f.time.increaseTo(to + 600n);
    expect(await told(BOX)).to.equal(VERDICT.CONFORMANT);
    await f.time.increaseTo(to + 601n);
    expect(await told(BOX)).to.equal(VERDICT.EXCURSION);
  });

  it("C-37: given a vaccine out of range: tells that it must be refused, and says so for good", async () => {
    await f.plan(COLD.VACCINE);
    await send();
    await f.record({ values: [8_01, FIVE] });
    expect(await told(BOX)).to.equal(VERDICT.REFUSE);
  });

  it("C-40: given frozen goods above -12: tells that they must be refused", async () => {
    await f.plan(COLD.FROZEN);
    await send();
    await f.record({ values: [-11_99, -20_00] });
    expect(await told(BOX)).to.equal(VERDICT.REFUSE);
  });

  it("C-44: given an item and a lot that lay in the container on one leg of two: tells of them what that leg came to", async () => {
    await f.capture("processor", commission([ITEM, qty(LOT, 2)]));
    await f.capture("processor", ship([ITEM], PARTY.store, { eventTime: await f.moment() }));
    await f.capture("processor", ship([qty(LOT, 1)], PARTY.store, { eventTime: await f.moment() }));
    await f.capture("store", receive([ITEM], PARTY.processor, { eventTime: await f.moment() }));
    await f.capture("store", receive([qty(LOT, 1)], PARTY.processor, { eventTime: await f.moment() }));
    expect(await told(ITEM)).to.equal(VERDICT.NONE);
    await f.capture("store", pack(BOX, [ITEM, qty(LOT, 1)], { eventTime: await f.moment() }));
    await f.plan(COLD.VACCINE);
    await send();
    await f.record({ values: [FIVE] });
    await take();
    await f.pass(60n);
    await f.capture("shop", unpack(BOX, [ITEM, qty(LOT, 1)], { eventTime: await f.moment() }));
    for (const object of [ITEM, LOT]) expect(await told(object)).to.equal(VERDICT.CONFORMANT);
    await f.pass(60n);
    await f.plan(COLD.VACCINE, 2, "shop");
    await f.record({ leg: 2, values: [9_00] });
    expect(await told(BOX)).to.equal(VERDICT.REFUSE);
    for (const object of [ITEM, LOT]) expect(await told(object)).to.equal(VERDICT.CONFORMANT);
  });

  it("given a deployment without a cold chain: tells none", async () => {
    const without = await pageOver(f, zeroAddress);
    await f.plan(COLD.VACCINE);
    await send();
    await f.record({ values: [9_00] });
    expect([await told(BOX), await without(BOX)]).to.deep.equal([VERDICT.REFUSE, VERDICT.NONE]);
  });
});
