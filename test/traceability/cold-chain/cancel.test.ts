import { expect } from "chai";
import { BOX, COLD, type ColdFixture, LEG, loadCold, STAGE, VERDICT } from "../../fixtures/cold.ts";
import { digestOf } from "../../fixtures/common.ts";
import { commission, epcis, PARTY, receive, ship } from "../../fixtures/trace.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

describe("ColdChain.cancel", () => {
  let f: ColdFixture;
  const cancel = (leg = 1, actor: "store" | "shop" = "store") => f.cold.write.cancel([leg], f.as(actor));
  const send = async () => f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
  const leg = (number = 1) => f.cold.read.legOf([number]);
  beforeEach(async () => {
    f = await loadCold();
    await f.capture("store", commission([BOX]));
  });

  it("given no leg, a caller who did not plan it, a leg that runs, or one that is over: refuses", async () => {
    await expectRevert(cancel(9), f.cold, "ColdChainUnknown", [9]);
    await f.plan(COLD.FROZEN);
    await expectRevert(cancel(1, "shop"), f.cold, "PartyUserNotAgent", [PARTY.store, f.accounts.shop.address]);
    await send();
    await expectRevert(cancel(), f.cold, "ColdChainWrongStatus", [1]);
  });

  it("C-35: given a planned leg: it is void, without a verdict, and another can be planned", async () => {
    await f.plan(COLD.FROZEN);
    await expectEvents(f.connection, cancel(), [event(f.cold, "LegCancelled", { leg: 1, object: BOX })]);
    expect(await leg()).to.include({ status: LEG.VOIDED, startedAt: 0n, endedAt: await f.now() });
    expect(await f.cold.read.verdictOfLeg([1])).to.equal(VERDICT.NONE);
    await expectRevert(cancel(), f.cold, "ColdChainWrongStatus", [1]);
    await f.plan(COLD.CHILLED);
    await send();
    expect([(await leg()).status, (await leg(2)).status]).to.deep.equal([LEG.VOIDED, LEG.RUNNING]);
    expect((await f.cold.read.verdictOf([BOX]))[2]).to.equal(1n);
  });
});

describe("ColdChain.plan: what a former possessor left open", () => {
  let f: ColdFixture;
  const at = async () => ({ eventTime: await f.moment() });
  const send = async () => f.capture("store", ship([BOX], PARTY.shop, await at()));
  const take = async () => f.capture("shop", receive([BOX], PARTY.store, await at()));
  const leg = (number: number) => f.cold.read.legOf([number]);
  beforeEach(async () => {
    f = await loadCold();
    await f.capture("store", commission([BOX]));
  });

  it("C-35: given a stay that runs on: the next possessor's plan ends it, with what its log comes to", async () => {
    await f.plan(COLD.FROZEN, STAGE.STORE);
    await f.record({ values: [-20_00] });
    await send();
    await take();
    const figures = await f.figures();
    const moment = (await f.now()) + 10n;
    await f.nextAt(moment);
    await expectEvents(f.connection, f.plan(COLD.FROZEN, STAGE.STORE, "shop"), [
      event(f.cold, "LegEnded", { leg: 1, object: BOX, verdict: VERDICT.CONFORMANT, figures }),
      event(f.cold, "LegPlanned", { leg: 2, object: BOX, device: 1, class: COLD.FROZEN, stage: STAGE.STORE }),
      event(f.cold, "LegStarted", { leg: 2, object: BOX, at: moment }),
    ]);
    expect(await leg(1)).to.include({ status: LEG.RECEIVED, endedAt: moment });
  });

  it("C-35: given a leg that is on its way: nobody plans over it, neither shipper nor carrier", async () => {
    await f.plan(COLD.FROZEN);
    const carried = { flow: { carrier: PARTY.carrier } };
    await f.capture("store", ship([BOX], PARTY.shop, { ...(await at()), ...carried }));
    const holder = (await f.state.read.possessorOf([BOX])) === PARTY.carrier ? "carrier" : "store";
    const call = f.plan(COLD.FROZEN, STAGE.STORE, holder);
    await expectRevert(call, f.cold, "ColdChainInvalidPlan", [BOX, 1]);
  });

  it("C-12: given a refusal that was reported and declared erroneous: the next refusal is reported again", async () => {
    await f.plan(COLD.VACCINE);
    await send();
    await f.record({ values: [9_00] });
    const refuse = async () => {
      const refused = epcis({ step: "void_shipping", objects: [BOX], ...(await at()) });
      await f.capture("shop", refused);
      await f.cold.write.reportRefusal([1, PARTY.shop, digestOf("report")], f.as("shop"));
      return refused;
    };
    const first = await refuse();
    await f.declare("shop", first);
    expect((await leg(1)).status).to.equal(LEG.RUNNING);
    await refuse();
    expect((await leg(1)).status).to.equal(LEG.REFUSED);
  });
});
