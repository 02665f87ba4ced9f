import { expect } from "chai";
import { BOX, COLD, type ColdFixture, LEG, loadCold, STAGE, VERDICT } from "../../fixtures/cold.ts";
import { ascii, digestOf } from "../../fixtures/common.ts";
import { commission, epcis, PARTY, receive, ship } from "../../fixtures/trace.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

/** 5 degC, in hundredths: in range for a vaccine. */
const FIVE = 5_00;
/** How long after a receipt it may be recorded, by the shipped policies, in seconds. */
const LAG = 3_600n;
/** The logging interval of a vaccine's transport, in seconds. */
const INTERVAL = 300n;

/** The events of a leg of the fixture's unit, from the store to the shop. */
function movements(f: ColdFixture) {
  return {
    send: async (disposition?: string) =>
      f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment(), ...told(disposition) })),
    /** Received, as the shop says, at a moment; now where none is given. */
    take: async (at?: bigint, disposition?: string) =>
      f.capture(
        "shop",
        receive([BOX], PARTY.store, { eventTime: (at ?? (await f.now())) * 1_000n, ...told(disposition) }),
      ),
    leg: (leg = 1) => f.cold.read.legOf([leg]),
    verdict: (leg = 1) => f.cold.read.verdictOfLeg([leg]),
  };
}

const told = (disposition?: string) => (disposition === undefined ? {} : { disposition });

describe("ColdChain: a receipt that is dated back", () => {
  byEachClock((clock) => {
    let f: ColdFixture;
    let m: ReturnType<typeof movements>;
    beforeEach(async () => {
      f = await loadCold(clock);
      m = movements(f);
      await f.capture("store", commission([BOX]));
      await f.plan(COLD.VACCINE);
      await m.send();
    });

    it("C-37: given a logger that fell silent, when the receipt is dated to its last reading, then it must be refused", async () => {
      await f.record({ values: [FIVE, FIVE] });
      const silent = BigInt((await f.figures()).to);
      await f.pass(6n * 3_600n);
      await expectRevert(m.take(silent), f.cold, "ColdChainMustRefuse", [BOX, 1, FIVE, 0, 0]);
    });

    it("C-37: given a receipt recorded as late as policy lets, when the log reached to within an interval, then it is taken as of an hour before", async () => {
      await f.record({ values: [FIVE, FIVE] });
      const silent = BigInt((await f.figures()).to);
      await f.nextAt(silent + LAG + INTERVAL);
      await m.take(silent);
      expect(await m.leg()).to.include({ status: LEG.RECEIVED, endedAt: silent + INTERVAL });
      expect(await m.verdict()).to.equal(VERDICT.CONFORMANT);
    });

    it("C-37: given a receipt recorded one second later than that, then it must be refused", async () => {
      await f.record({ values: [FIVE, FIVE] });
      const silent = BigInt((await f.figures()).to);
      await f.nextAt(silent + LAG + INTERVAL + 1n);
      await expectRevert(m.take(silent), f.cold, "ColdChainMustRefuse", [BOX, 1, FIVE, 0, 0]);
    });

    it("C-44: given a receipt dated before its shipping, then the leg ends where it began, at the earliest", async () => {
      const { startedAt } = await m.leg();
      await f.record({ values: [FIVE, FIVE] });
      await m.take(startedAt - 100n);
      expect(await m.leg()).to.include({ status: LEG.RECEIVED, startedAt, endedAt: startedAt });
    });

    it("C-44: given a receipt recorded at once, then the leg ends when it happened", async () => {
      await f.record({ values: [FIVE, FIVE] });
      const at = (await f.now()) - 60n;
      await m.take(at);
      expect((await m.leg()).endedAt).to.equal(at);
    });
  });

  for (const [late, passes] of [
    [0n, true],
    [1n, false],
  ] as const) {
    it(`C-37: given a policy that lets nothing be recorded late, when the receipt is recorded one interval and ${late} s after the log's end, then it is ${passes ? "taken" : "refused"}`, async () => {
      const f = await loadCold();
      const m = movements(f);
      const from = (await f.now()) + 60n;
      const number = [[ascii("cold.VACC.ANY_.receiptLag")], [0n], from, "Sample order"] as const;
      await f.policy.write.publish([ascii("CN-SH"), ...number], { account: f.accounts.regulator });
      await f.time.increaseTo(from + 1n);
      await f.capture("store", commission([BOX]));
      await f.plan(COLD.VACCINE);
      await m.send();
      await f.record({ values: [FIVE] });
      const to = BigInt((await f.figures()).to);
      await f.nextAt(to + INTERVAL + late);
      if (passes) await m.take(to);
      else await expectRevert(m.take(to), f.cold, "ColdChainMustRefuse", [BOX, 1, FIVE, 0, 0]);
    });
  }
});

describe("ColdChain: an excursion at receipt", () => {
  let f: ColdFixture;
  let m: ReturnType<typeof movements>;
  const clear = () => f.log.write.clearAlarm([1, digestOf("core temperature measured")], f.officer);
  beforeEach(async () => {
    f = await loadCold();
    m = movements(f);
    await f.capture("store", commission([BOX]));
    await f.plan(COLD.FROZEN);
    await m.send();
  });

  it("C-44: given a leg of which nothing was logged, when it is received, then a second role decides first", async () => {
    expect((await f.log.read.watchOf([1])).alarm).to.equal(false);
    await f.pass(601n);
    await expectRevert(m.take(), f.cold, "ColdChainAlarmOpen", [BOX, 1]);
    await clear();
    await m.take();
    expect(await m.verdict()).to.equal(VERDICT.EXCURSION);
  });

  it("C-40: given frozen goods that are not back at -18, when they are received, then a second role decides first", async () => {
    await f.record({ values: [-20_00, -17_99] });
    expect((await f.log.read.watchOf([1])).alarm).to.equal(false);
    await expectRevert(m.take(), f.cold, "ColdChainAlarmOpen", [BOX, 1]);
    await clear();
    await m.take();
    expect(await m.leg()).to.include({ status: LEG.RECEIVED });
  });

  it("C-40: given frozen goods above -12, when an officer clears the alarm, then they must be refused all the same", async () => {
    await f.record({ values: [-11_99, -19_00] });
    await clear();
    await expectRevert(m.take(), f.cold, "ColdChainMustRefuse", [BOX, 1, -11_99, 300, 0]);
  });

  it("C-38: given an alarm, when it is not cleared, then the goods are not received; refused, they go back", async () => {
    await f.record({ values: [-14_00, -19_00] });
    await expectRevert(m.take(), f.cold, "ColdChainAlarmOpen", [BOX, 1]);
    await f.capture("shop", epcis({ step: "void_shipping", objects: [BOX], eventTime: await f.moment() }));
    expect(await m.leg()).to.include({ status: LEG.REFUSED });
    expect(await f.state.read.possessorOf([BOX])).to.equal(PARTY.store);
  });
});

describe("ColdChain: a decision on a silent log", () => {
  byEachClock((clock) => {
    for (const [late, passes] of [
      [0n, true],
      [1n, false],
    ] as const) {
      it(`C-44: given an officer's decision, when the goods are received one logging interval and ${late} s later, then it ${passes ? "holds" : "holds no more"}`, async () => {
        const f = await loadCold(clock);
        const m = movements(f);
        await f.capture("store", commission([BOX]));
        await f.plan(COLD.FROZEN);
        await m.send();
        await f.pass(7_200n);
        await f.log.write.clearAlarm([1, digestOf("opened and measured")], f.officer);
        const decided = await f.now();
        expect((await f.log.read.watchOf([1])).clearedAt).to.equal(decided);
        const at = decided + 600n + late;
        await f.nextAt(at + 10n);
        if (passes) await m.take(at);
        else await expectRevert(m.take(at), f.cold, "ColdChainAlarmOpen", [BOX, 1]);
      });
    }
  });
});

describe("ColdChain: what is shipped as returned", () => {
  let f: ColdFixture;
  let m: ReturnType<typeof movements>;
  beforeEach(async () => {
    f = await loadCold();
    m = movements(f);
    await f.capture("store", commission([BOX]));
    await f.plan(COLD.VACCINE);
  });

  it("C-37: given goods that were not shipped as returned, when they are received as returned, then they must be refused all the same", async () => {
    await m.send();
    await f.record({ values: [9_00] });
    const call = m.take(undefined, "returned");
    await expectRevert(call, f.cold, "ColdChainMustRefuse", [BOX, 1, 9_00, 300, 0]);
  });

  it("C-37: given goods that go back, when they are received, then whatever the log says, and the leg is over with its verdict", async () => {
    await m.send("returned");
    await f.record({ values: [9_00] });
    await m.take(undefined, "returned");
    expect(await m.leg()).to.include({ status: LEG.RECEIVED });
    expect(await m.verdict()).to.equal(VERDICT.REFUSE);
    // Another leg can be planned.
    await f.cold.write.plan(
      [PARTY.shop, { object: BOX, class: COLD.VACCINE, stage: STAGE.STORE, device: 1, carrier: 0 }],
      f.as("shop"),
    );
  });
});
