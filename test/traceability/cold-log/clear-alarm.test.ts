import { expect } from "chai";
import type { Hex } from "viem";
import { BOX, COLD, type ColdFixture, loadCold } from "../../fixtures/cold.ts";
import { ascii, digestOf } from "../../fixtures/common.ts";
import { commission, PARTY, receive, ship } from "../../fixtures/trace.ts";
import { MISSING, NO_PAPER } from "../../fixtures/trace-rules.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

type Paper = { readonly value: Hex; readonly algorithm: number };

const COLD_QUALITY = 320n;
const REASON = digestOf("opened at the ramp");

describe("ColdLog.clearAlarm", () => {
  let f: ColdFixture;
  const clear = (leg = 1, reason: Paper = REASON) => f.log.write.clearAlarm([leg, reason], f.officer);
  const send = async () => f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
  const watch = () => f.log.read.watchOf([1]);
  beforeEach(async () => {
    f = await loadCold();
    await f.capture("store", commission([BOX]));
  });

  it("given somebody without the role, or a leg that is none: refuses", async () => {
    await f.plan(COLD.CHILLED);
    const { bob } = f.accounts;
    const call = f.log.write.clearAlarm([1, REASON], { account: bob });
    await expectRevert(call, f.log, "AccessManagedUnauthorized", [bob.address]);
    await expectRevert(clear(9), f.log, "ColdLogUnknown", [9]);
  });

  it("given a leg that has not begun, or with nothing to decide on: refuses", async () => {
    await f.plan(COLD.CHILLED);
    await f.pass(3_600n);
    await expectRevert(clear(), f.log, "ColdLogNoAlarm", [1]);
    await send();
    await f.record({ values: [4_00, 5_00] });
    await expectRevert(clear(), f.log, "ColdLogNoAlarm", [1]);
  });

  it("C-41: given an officer of who planned, carried or is to receive: refuses; a third party's officer may", async () => {
    await f.plan(COLD.CHILLED);
    await send();
    await f.record({ values: [9_00, 5_00] });
    for (const actor of ["store", "carrier", "shop", "lab"] as const) {
      const { address } = f.accounts[actor];
      await f.authority.write.grantRole([COLD_QUALITY, address, 0], { account: f.accounts.admin });
      const call = () => f.log.write.clearAlarm([1, REASON], f.as(actor));
      if (actor !== "lab") await expectRevert(call(), f.log, "ColdLogOwnCause", [1, address]);
      else await call();
    }
    expect((await watch()).alarm).to.equal(false);
  });

  it("given no reason: refuses; given one, keeps that it was cleared and when, once", async () => {
    await f.plan(COLD.CHILLED);
    await send();
    await f.record({ values: [9_00, 5_00] });
    expect(await watch()).to.include({ alarm: true, consignee: PARTY.shop, carrier: PARTY.carrier, clearedAt: 0n });
    await expectRevert(clear(1, NO_PAPER), f.log, "DigestsMissing", MISSING);
    const officer = f.accounts.auditor.address;
    await expectEvents(f.connection, clear(), [event(f.log, "AlarmCleared", { leg: 1, officer, reason: REASON })]);
    expect(await watch()).to.include({ alarm: false, clearedAt: await f.now() });
    await expectRevert(clear(), f.log, "ColdLogNoAlarm", [1]);
  });

  it("C-44: given a log that begins later than one interval after the leg, or goes on after a gap: each raises an alarm of its own", async () => {
    await f.plan(COLD.CHILLED);
    await send();
    const { startedAt } = await f.cold.read.legOf([1]);
    await f.record({ from: startedAt + 601n, values: [4_00] });
    expect((await watch()).alarm).to.equal(true);
    await clear();
    const { to } = await f.figures();
    await f.record({ values: [4_00] });
    expect((await watch()).alarm).to.equal(false);
    await f.record({ from: BigInt(to) + 300n + 601n, values: [4_00] });
    expect((await watch()).alarm).to.equal(true);
  });

  it("C-44: given a log that begins one interval after the leg: raises none", async () => {
    await f.plan(COLD.CHILLED);
    await send();
    const { startedAt } = await f.cold.read.legOf([1]);
    await f.record({ from: startedAt + 600n, values: [4_00] });
    expect((await watch()).alarm).to.equal(false);
  });

  it("C-44: given time outside within what is tolerated, when it comes to more than is allowed altogether: raises an alarm", async () => {
    const from = (await f.now()) + 60n;
    const ids = [ascii("cold.CHIL.TRAN.tolerance"), ascii("cold.CHIL.TRAN.allowance")];
    const numbers = [ids, [600n, 900n], from, "Sample order"] as const;
    await f.policy.write.publish([ascii("CN-SH"), ...numbers], { account: f.accounts.regulator });
    await f.time.increaseTo(from + 1n);
    await f.plan(COLD.CHILLED);
    await send();
    await f.record({ values: [9_00, 9_00, 4_00, 9_00, 4_00] });
    expect([(await watch()).alarm, (await f.figures()).outside]).to.deep.equal([false, 900]);
    await f.record({ values: [9_00, 4_00] });
    expect([(await watch()).alarm, (await f.figures()).excursions]).to.deep.equal([true, 0]);
    await clear();
    await f.record({ values: [9_00, 4_00] });
    expect((await watch()).alarm).to.equal(false);
  });

  it("C-44: given a log that fell silent: an officer decides though no alarm was raised; given a leg that is over: nobody, nor another officer", async () => {
    await f.authority.write.grantRole([COLD_QUALITY, f.accounts.lab.address, 0], { account: f.accounts.admin });
    const second = () => f.log.write.clearAlarm([1, REASON], f.as("lab"));
    await f.plan(COLD.CHILLED);
    await send();
    await f.pass(601n);
    expect([(await watch()).alarm, await f.log.read.isOpen([1, await f.now()])]).to.deep.equal([false, true]);
    await clear();
    expect(await f.log.read.isOpen([1, await f.now()])).to.equal(false);
    await second();
    expect((await watch()).clearedBy.toLowerCase()).to.equal(f.accounts.lab.address.toLowerCase());
    await f.capture("shop", receive([BOX], PARTY.store, { eventTime: await f.moment() }));
    await f.pass(86_400n);
    await expectRevert(clear(), f.log, "ColdLogNoAlarm", [1]);
    await expectRevert(second(), f.log, "ColdLogNoAlarm", [1]);
  });
});
