import { expect } from "chai";
import type { Address, Hex } from "viem";
import { BOX, COLD, type ColdFixture, LEG, loadCold, STAGE, VERDICT } from "../../fixtures/cold.ts";
import { ascii, digestOf } from "../../fixtures/common.ts";
import { commission, epcis, PARTY, receive, ship } from "../../fixtures/trace.ts";
import { MISSING, NO_PAPER } from "../../fixtures/trace-rules.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { event, expectEvents } from "../../helpers/expect-events.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

type Paper = { readonly value: Hex; readonly algorithm: number };

describe("ColdChain.plan", () => {
  let f: ColdFixture;
  beforeEach(async () => {
    f = await loadCold();
    await f.capture("store", commission([BOX]));
  });
  const plan = (changes: Partial<{ class: number; stage: number; device: number }>, by = PARTY.store) =>
    f.cold.write.plan(
      [by, { object: BOX, class: COLD.FROZEN, stage: STAGE.TRANSPORT, device: 1, carrier: 0, ...changes }],
      f.as("store"),
    );

  it("given a caller who does not act for the possessor: refuses", async () => {
    const { address } = f.accounts.store;
    await expectRevert(plan({}, PARTY.shop), f.cold, "PartyUserNotAgent", [PARTY.shop, address]);
  });

  it("given no class or no stage, or a device that is none: refuses", async () => {
    await expectRevert(plan({ class: COLD.NONE }), f.cold, "ColdChainInvalidPlan", [BOX, 0]);
    await expectRevert(plan({ stage: STAGE.NONE }), f.cold, "ColdChainInvalidPlan", [BOX, 0]);
    await expectRevert(plan({ device: 9 }), f.register, "DeviceRegisterUnknown", [9]);
  });

  it("C-36: given a class without a logging interval at the stage: refuses, and names what policy lacks", async () => {
    const at = (await f.now()) + 10n;
    await f.nextAt(at);
    const none = plan({ class: COLD.COLD_MEDICINE, stage: STAGE.DISPLAY });
    const missing = [ascii("CN-SH"), at, ascii("cold.COLD.DISP.logEvery")] as const;
    await expectRevert(none, f.policy, "PolicyRegistryParameterNotSet", missing);
  });

  it("C-35: given the possessor and a device bound to the unit: a transport waits for its shipping, a stay begins at once", async () => {
    const legPlanned = { leg: 1, object: BOX, device: 1, class: COLD.FROZEN, stage: STAGE.TRANSPORT };
    await expectEvents(f.connection, plan({}), [event(f.cold, "LegPlanned", legPlanned)]);
    expect(await f.cold.read.legOf([1])).to.include({
      ...{ object: BOX, class: COLD.FROZEN, stage: STAGE.TRANSPORT, status: LEG.PLANNED, device: 1, carrier: 0 },
      ...{ by: PARTY.store, plannedAt: await f.now(), startedAt: 0n, endedAt: 0n, startEvent: 0, endEvent: 0 },
    });
    expect(await f.log.read.watchOf([1])).to.include({ object: BOX, by: PARTY.store, consignee: 0, startedAt: 0n });
    expect(await f.cold.read.verdictOfLeg([1])).to.equal(VERDICT.NONE);

    f = await loadCold();
    await f.capture("store", commission([BOX]));
    const at = (await f.now()) + 10n;
    await f.nextAt(at);
    await expectEvents(f.connection, plan({ stage: STAGE.STORE }), [
      event(f.cold, "LegPlanned", { ...legPlanned, stage: STAGE.STORE }),
      event(f.cold, "LegStarted", { leg: 1, object: BOX, at }),
    ]);
    expect(await f.cold.read.legOf([1])).to.include({ status: LEG.RUNNING, startedAt: at });
  });
});

describe("ColdChain.plan: a calibration runs out", () => {
  byEachClock((clock) => {
    for (const [when, passes] of [
      ["the second before", true],
      ["the second in which", false],
    ] as const) {
      it(`C-35: given a vaccine, when its leg is planned ${when} the calibration is over, then it is ${passes ? "planned" : "refused"}`, async () => {
        const f = await loadCold(clock);
        await f.capture("store", commission([BOX]));
        const { calibratedUntil } = await f.register.read.deviceOf([1]);
        await f.nextAt(calibratedUntil - (passes ? 1n : 0n));
        if (passes) await f.plan(COLD.VACCINE);
        else await expectRevert(f.plan(COLD.VACCINE), f.cold, "ColdChainNotCalibrated", [1, 30, 50n]);
      });
    }
  });
});

describe("ColdChain.endStay", () => {
  byEachClock((clock) => {
    let f: ColdFixture;
    beforeEach(async () => {
      f = await loadCold(clock);
      await f.capture("store", commission([BOX]));
    });
    const end = (leg = 1, actor: "store" | "shop" = "store") => f.cold.write.endStay([leg], f.as(actor));

    it("given no leg, a caller who did not plan it, or a transport: refuses", async () => {
      await expectRevert(end(9), f.cold, "ColdChainUnknown", [9]);
      await f.plan(COLD.FROZEN);
      await expectRevert(end(1, "shop"), f.cold, "PartyUserNotAgent", [PARTY.store, f.accounts.shop.address]);
      await expectRevert(end(), f.cold, "ColdChainWrongStatus", [1]);
      await f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
      await expectRevert(end(), f.cold, "ColdChainWrongStatus", [1]);
    });

    it("C-39: given a stay that runs: ends it now, with what its log comes to, once", async () => {
      await f.plan(COLD.FROZEN, STAGE.STORE);
      await f.record({ values: [-20_00, -19_00] });
      const figures = await f.figures();
      await expectEvents(f.connection, end(), [
        event(f.cold, "LegEnded", { leg: 1, object: BOX, verdict: VERDICT.CONFORMANT, figures }),
      ]);
      expect(await f.cold.read.legOf([1])).to.include({ status: LEG.RECEIVED, endedAt: await f.now() });
      await expectRevert(end(), f.cold, "ColdChainWrongStatus", [1]);
      // What is over is judged as of its end.
      await f.pass(86_400n);
      expect(await f.cold.read.verdictOfLeg([1])).to.equal(VERDICT.CONFORMANT);
    });
  });
});

describe("ColdChain.reportRefusal", () => {
  let f: ColdFixture;
  const report = (changes: Partial<{ leg: number; by: number; paper: Paper }> = {}) => {
    const { leg = 1, by = PARTY.shop, paper = digestOf("report") } = changes;
    return f.cold.write.reportRefusal([leg, by, paper], f.as("shop"));
  };
  beforeEach(async () => {
    f = await loadCold();
    await f.capture("store", commission([BOX]));
    await f.plan(COLD.VACCINE);
    await f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
    await f.record({ values: [9_00] });
  });

  it("C-37: given no leg, a caller who acts for another, a leg that was not refused, or no report: refuses", async () => {
    await expectRevert(report({ leg: 9 }), f.cold, "ColdChainUnknown", [9]);
    await expectRevert(report({ by: PARTY.store }), f.cold, "PartyUserNotAgent", [
      ...[PARTY.store, f.accounts.shop.address],
    ] as const);
    await expectRevert(report(), f.cold, "ColdChainWrongStatus", [1]);
    await f.capture("shop", epcis({ step: "void_shipping", objects: [BOX], eventTime: await f.moment() }));
    await expectRevert(report({ paper: NO_PAPER }), f.cold, "DigestsMissing", MISSING);
  });

  it("C-37: given a consignee that refused: keeps its report with what the log came to", async () => {
    await f.capture("shop", epcis({ step: "void_shipping", objects: [BOX], eventTime: await f.moment() }));
    await expectEvents(f.connection, report(), [
      event(f.cold, "RefusalReported", {
        ...{ leg: 1, object: BOX, by: PARTY.shop, verdict: VERDICT.REFUSE, report: digestOf("report") },
      }),
    ]);
  });

  it("C-37: given a shipper that took the goods back: the leg is void and has no verdict, and nothing is reported of it", async () => {
    await f.capture("store", epcis({ step: "void_shipping", objects: [BOX], eventTime: await f.moment() }));
    expect((await f.cold.read.legOf([1])).status).to.equal(LEG.VOIDED);
    expect(await f.cold.read.verdictOfLeg([1])).to.equal(VERDICT.NONE);
    await expectRevert(report(), f.cold, "ColdChainWrongStatus", [1]);
  });
});

describe("ColdChain: guard and views", () => {
  it("given anybody but the repository: the guard refuses to be called", async () => {
    const f = await loadCold();
    const captured = receive([BOX], PARTY.store);
    const account: { address: Address } = f.accounts.store;
    for (const name of ["beforeCapture", "afterCapture", "afterDeclaration"] as const) {
      const call = f.cold.write[name]([PARTY.store, 1, captured], f.as("store"));
      await expectRevert(call, f.cold, "AccessManagedUnauthorized", [account.address]);
    }
  });

  it("given no such leg, or a page that is none: the views refuse", async () => {
    const f = await loadCold();
    await f.capture("store", commission([BOX]));
    for (const leg of [0, 1]) {
      await expectRevert(f.cold.read.legOf([leg]), f.cold, "ColdChainUnknown", [leg]);
      await expectRevert(f.cold.read.verdictOfLeg([leg]), f.cold, "ColdChainUnknown", [leg]);
      await expectRevert(f.cold.read.retainUntil([leg, 0n]), f.cold, "ColdChainUnknown", [leg]);
    }
    for (let leg = 1; leg <= 3; leg++) {
      await f.plan(COLD.FROZEN, STAGE.STORE);
      await f.cold.write.endStay([leg], f.as("store"));
    }
    expect(await f.cold.read.legsOf([BOX, 0n, 2n])).to.deep.equal([[1, 2], 2n]);
    expect(await f.cold.read.legsOf([BOX, 2n, 2n])).to.deep.equal([[3], 0n]);
    expect(await f.cold.read.count()).to.equal(3n);
    await expectRevert(f.cold.read.legsOf([BOX, 0n, 0n]), f.cold, "PagingLimitOutOfRange", [0n, 100n]);
    await expectRevert(f.cold.read.legsOf([BOX, 4n, 1n]), f.cold, "PagingOffsetOutOfRange", [4n, 3n]);
  });
});
