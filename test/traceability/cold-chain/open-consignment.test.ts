import { expect } from "chai";
import { BOX, COLD, type ColdFixture, LEG, loadCold } from "../../fixtures/cold.ts";
import { ascii, digestOf } from "../../fixtures/common.ts";
import { commission, PARTY, receive, ship } from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const COLD_QUALITY = 320n;

describe("ColdChain: goods shipped to whoever receives them", () => {
  let f: ColdFixture;
  const clear = (actor: "shop" | "lab") => f.log.write.clearAlarm([1, digestOf("measured")], f.as(actor));
  const take = async () => f.capture("shop", receive([BOX], PARTY.store, { eventTime: await f.moment() }));

  beforeEach(async () => {
    f = await loadCold();
    const from = (await f.now()) + 60n;
    const number = [[ascii("trace.shipping.open")], [1n], from, "Sample order"] as const;
    await f.policy.write.publish([ascii("CN"), ...number], { account: f.accounts.regulator });
    await f.time.increaseTo(from + 1n);
    for (const actor of ["shop", "lab"] as const) {
      await f.authority.write.grantRole([COLD_QUALITY, f.accounts[actor].address, 0], { account: f.accounts.admin });
    }
    await f.capture("store", commission([BOX]));
    await f.plan(COLD.CHILLED);
    await f.capture("store", ship([BOX], 0, { eventTime: await f.moment() }));
    await f.record({ values: [9_00, 5_00] });
  });

  it("C-41: given an officer of the party that then receives, when it cleared the alarm, then it is not received until another officer decided", async () => {
    await clear("shop");
    expect((await f.log.read.watchOf([1])).consignee).to.equal(0);
    await expectRevert(take(), f.cold, "ColdChainAlarmOpen", [BOX, 1]);
    await expectRevert(clear("shop"), f.log, "ColdLogNoAlarm", [1]);
    await clear("lab");
    await take();
    expect((await f.cold.read.legOf([1])).status).to.equal(LEG.RECEIVED);
  });

  it("C-41: given an officer of nobody concerned, when it cleared the alarm, then whoever receives may", async () => {
    await clear("lab");
    await take();
    expect(await f.state.read.possessorOf([BOX])).to.equal(PARTY.shop);
  });
});
