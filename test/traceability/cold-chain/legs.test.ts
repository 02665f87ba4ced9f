import { expect } from "chai";
import { hashTypedData, keccak256, stringToHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { BOX, COLD, type ColdFixture, LEG, loadCold, STAGE, VERDICT } from "../../fixtures/cold.ts";
import { digestOf } from "../../fixtures/common.ts";
import { commission, epcis, PARTY, pack, receive, sgtin, ship, sscc, unpack } from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

/** 5 degC, in hundredths: in range for a vaccine. */
const FIVE = 5_00;

describe("ColdChain", () => {
  let f: ColdFixture;
  beforeEach(async () => {
    f = await loadCold();
    await f.capture("store", commission([BOX]));
  });

  /** Ships the unit now; the leg begins. */
  const send = async () => f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
  const take = async () => f.capture("shop", receive([BOX], PARTY.store, { eventTime: await f.moment() }));
  const refuse = async () =>
    f.capture("shop", epcis({ step: "void_shipping", objects: [BOX], eventTime: await f.moment() }));
  const steps = (count: number, value: number) => Array.from({ length: count }, () => value);

  describe("plan", () => {
    it("C-35: given somebody who does not possess the unit, when a leg is planned, then it is refused", async () => {
      const call = f.plan(COLD.FROZEN, STAGE.TRANSPORT, "shop");
      await expectRevert(call, f.cold, "ColdChainNotPossessor", [BOX, PARTY.shop]);
    });

    it("C-35: given a device bound to another thing, when a leg is planned, then it is refused", async () => {
      const other = sscc(901);
      await f.capture("store", commission([other]));
      const call = f.plan(COLD.FROZEN, STAGE.TRANSPORT, "store", other);
      await expectRevert(call, f.cold, "ColdChainDeviceNotBound", [1, other]);
    });

    it("C-35: given a sensor whose error is too large, when a leg is planned, then it is refused", async () => {
      await f.register.write.calibrate([1, 51, (await f.now()) + 1_000n, digestOf("worse")], f.officer);
      await expectRevert(f.plan(COLD.VACCINE), f.cold, "ColdChainNotCalibrated", [1, 51, 50n]);
    });

    it("C-35: given a calibration that is over, when a leg is planned, then it is refused", async () => {
      await f.time.increase(31_536_001n);
      await expectRevert(f.plan(COLD.VACCINE), f.cold, "ColdChainNotCalibrated", [1, 30, 50n]);
    });

    it("C-35: given a leg that is not over, when another is planned, then it is refused", async () => {
      await f.plan(COLD.FROZEN);
      await expectRevert(f.plan(COLD.FROZEN), f.cold, "ColdChainInvalidPlan", [BOX, 1]);
      await expectRevert(f.plan(COLD.NONE), f.cold, "ColdChainInvalidPlan", [BOX, 1]);
    });

    it("C-40: given the policy of Shanghai, when a frozen transport is planned, then its limits are kept", async () => {
      await f.plan(COLD.FROZEN);
      const limits = await f.log.read.limitsOf([1]);
      expect(limits).to.include({ lower: -60_00, upper: -15_00, hardUpper: -12_00, recover: -18_00, logEvery: 600 });
      expect((await f.cold.read.legOf([1])).status).to.equal(LEG.PLANNED);
    });
  });

  describe("record", () => {
    beforeEach(async () => {
      await f.plan(COLD.VACCINE);
      await send();
    });

    it("C-35: given another key, when a batch is recorded, then it is refused", async () => {
      await f.time.increase(300n);
      const thief = privateKeyToAccount(keccak256(stringToHex("thief")));
      const { batch, signature } = await f.signLog({ values: [FIVE] }, thief);
      const call = f.log.write.record([batch, signature], { account: f.accounts.bob });
      const { domain, types, primaryType, message } = f.toSign(batch);
      const digest = hashTypedData({ domain, types, primaryType, message });
      await expectRevert(call, f.log, "SaltedEIP712InvalidSignature", [f.sensor.address, digest]);
    });

    it("C-35: given a batch that was recorded, when it comes again, then it is refused", async () => {
      await f.time.increase(300n);
      const { batch, signature } = await f.signLog({ values: [FIVE] });
      await f.log.write.record([batch, signature]);
      const call = f.log.write.record([batch, signature]);
      await expectRevert(call, f.log, "ColdLogOutOfSequence", [1, 2n, 1n]);
    });

    it("C-35: given a log, when something is to be brought in before its end, then it is refused", async () => {
      await f.record({ values: [FIVE, FIVE] });
      const { from, to } = await f.figures();
      const call = f.record({ from: BigInt(from), values: [FIVE] });
      await expectRevert(call, f.log, "ColdLogWrongTime", [1, BigInt(from), BigInt(to) - 300n]);
    });

    it("C-35: given an interval longer than policy demands, when it is recorded, then it is refused", async () => {
      await expectRevert(f.record({ values: [FIVE], interval: 301 }), f.log, "ColdLogInvalidBatch", [1]);
    });

    it("C-35: given a leg that was received, when a batch comes late, then nothing is brought back in", async () => {
      await f.record({ values: steps(4, FIVE) });
      await take();
      await expectRevert(f.record({ values: [FIVE] }), f.log, "ColdLogNotRunning", [1]);
    });

    it("C-44: given intervals outside and gaps, when they are added up, then every figure is kept", async () => {
      await f.record({ values: [FIVE, [1_90, 2_10], 8_01, FIVE] });
      const { to } = await f.figures();
      await f.record({ from: BigInt(to) + 301n, values: [9_50], interval: 120 });
      expect(await f.figures()).to.include({
        ...{ intervals: 5, min: 1_90, max: 9_50, lastMax: 9_50, outside: 720, run: 120, longestRun: 600 },
        ...{ excursions: 2, gaps: 1, longestGap: 301, coarse: 2 },
      });
    });
  });

  describe("receipt", () => {
    it("C-37: given a vaccine with a full log in range, when it is received, then it is conformant", async () => {
      await f.plan(COLD.VACCINE);
      await send();
      await f.record({ values: steps(12, FIVE) });
      await take();
      expect((await f.cold.read.legOf([1])).status).to.equal(LEG.RECEIVED);
      expect((await f.cold.read.verdictOf([BOX]))[0]).to.equal(VERDICT.CONFORMANT);
    });

    it("C-37: given a vaccine that was out of range once, when it is received, then it must be refused, and is reported", async () => {
      await f.plan(COLD.VACCINE);
      await send();
      await f.record({ values: [FIVE, 8_01, FIVE] });
      await expectRevert(take(), f.cold, "ColdChainMustRefuse", [BOX, 1, 8_01, 300, 0]);
      await refuse();
      expect((await f.cold.read.legOf([1])).status).to.equal(LEG.REFUSED);
      expect(await f.cold.read.verdictOfLeg([1])).to.equal(VERDICT.REFUSE);

      const report = [1, PARTY.shop, digestOf("report to the authority")] as const;
      const foreign = f.cold.write.reportRefusal([1, PARTY.store, report[2]], f.as("store"));
      await expectRevert(foreign, f.cold, "ColdChainNotRefuser", [1, PARTY.store]);
      await f.cold.write.reportRefusal(report, f.as("shop"));
      const again = f.cold.write.reportRefusal(report, f.as("shop"));
      await expectRevert(again, f.cold, "ColdChainWrongStatus", [1]);
    });

    it("C-37: given a vaccine without a full log, when it is received, then it must be refused", async () => {
      await f.plan(COLD.VACCINE);
      await send();
      await f.record({ values: steps(3, FIVE) });
      await f.time.increase(301n);
      await expectRevert(take(), f.cold, "ColdChainMustRefuse", [BOX, 1, FIVE, 0, 0]);
    });

    it("C-40: given frozen goods above -12, when they are received, then they must be refused", async () => {
      await f.plan(COLD.FROZEN);
      await send();
      await f.record({ values: [-18_00, -11_99, -19_00] });
      await expectRevert(take(), f.cold, "ColdChainMustRefuse", [BOX, 1, -11_99, 300, 0]);
    });

    it("C-40: given frozen goods that rose to -15 and came back to -18, when they are received, then they are conformant", async () => {
      await f.plan(COLD.FROZEN);
      await send();
      await f.record({ values: [-20_00, -15_00, -18_00] });
      await take();
      expect(await f.cold.read.verdictOfLeg([1])).to.equal(VERDICT.CONFORMANT);
    });

    it("C-40: given frozen goods that did not come back to -18, when they are judged, then it is an excursion", async () => {
      await f.plan(COLD.FROZEN);
      await send();
      await f.record({ values: [-20_00, -15_00] });
      expect(await f.cold.read.verdictOfLeg([1])).to.equal(VERDICT.EXCURSION);
    });

    it("C-41: given chilled goods above 7, when they are received, then a second office clears the alarm first, with a reason", async () => {
      await f.plan(COLD.CHILLED);
      await send();
      await f.record({ values: [4_00, 7_01, 5_00] });
      expect((await f.log.read.watchOf([1])).alarm).to.equal(true);
      await expectRevert(take(), f.cold, "ColdChainAlarmOpen", [BOX, 1]);
      const clear = [1, digestOf("ten minutes at the ramp")] as const;
      const caller = f.accounts.store.address;
      await expectRevert(f.log.write.clearAlarm(clear, f.as("store")), f.log, "AccessManagedUnauthorized", [caller]);
      await f.authority.write.grantRole([320n, caller, 0], { account: f.accounts.admin });
      await expectRevert(f.log.write.clearAlarm(clear, f.as("store")), f.log, "ColdLogOwnCause", [1, caller]);
      await f.log.write.clearAlarm(clear, f.officer);
      await expectRevert(f.log.write.clearAlarm(clear, f.officer), f.log, "ColdLogNoAlarm", [1]);
      await take();
      // What the log says stays: it was an excursion.
      expect(await f.cold.read.verdictOfLeg([1])).to.equal(VERDICT.EXCURSION);
    });

    it("C-12: given a receipt declared erroneous, when the leg goes on, then it is judged by all of its log", async () => {
      await f.plan(COLD.VACCINE);
      await send();
      await f.record({ values: steps(2, FIVE) });
      const received = receive([BOX], PARTY.store, { eventTime: await f.moment() });
      await f.capture("shop", received);
      await f.declare("shop", received);
      expect((await f.cold.read.legOf([1])).status).to.equal(LEG.RUNNING);
      await f.record({ values: [9_00] });
      await expectRevert(take(), f.cold, "ColdChainMustRefuse", [BOX, 1, 9_00, 300, 0]);
    });
  });

  describe("containers", () => {
    const vaccine = "06975310000054";
    const vial = sgtin(vaccine, "V1");
    beforeEach(async () => {
      await f.catalogue.write.file(
        [
          {
            ...{ gtin: BigInt(vaccine), owner: PARTY.processor, unit: "0x000000", classes: (1 << 4) | (1 << 5) },
            ...{ temperature: 3, shelfLife: 0n, drug: "0x00000000000000", name: digestOf("vaccine") },
          },
        ],
        f.as("processor"),
      );
      await f.catalogue.write.license([BigInt(vaccine), PARTY.store, true], f.as("processor"));
      await f.capture("store", commission([vial]), pack(BOX, [vial]));
    });

    it("C-37: given vaccines in a unit, when it is shipped without a planned leg, then it is refused", async () => {
      expect(await f.cold.read.classOf([BOX])).to.equal(COLD.VACCINE);
      await expectRevert(send(), f.cold, "ColdChainLegMissing", [BOX, COLD.VACCINE]);
      await expectRevert(f.plan(COLD.CHILLED), f.cold, "ColdChainWrongClass", [BOX, COLD.VACCINE, COLD.CHILLED]);
      await f.plan(COLD.VACCINE);
      await send();
    });

    it("C-37: given vaccines that go back, when they are shipped as returned without a leg, then none is asked for, and none begins", async () => {
      await f.capture("store", ship([BOX], PARTY.shop, { disposition: "returned", eventTime: await f.moment() }));
      expect(await f.cold.read.count()).to.equal(0n);
      expect((await f.cold.read.verdictOf([vial]))[0]).to.equal(VERDICT.NONE);
    });

    it("C-44: given a vial that travelled in a unit, when it is asked for after unpacking, then it has the unit's leg, and a later leg of the unit is not its own", async () => {
      await f.plan(COLD.VACCINE);
      await send();
      await f.record({ values: steps(3, FIVE) });
      await take();
      expect((await f.cold.read.verdictOf([vial]))[0]).to.equal(VERDICT.CONFORMANT);
      await f.time.increase(60n);
      await f.capture("shop", unpack(BOX, [], { eventTime: await f.moment() }));
      await f.time.increase(60n);
      await f.cold.write.plan(
        [PARTY.shop, { object: BOX, class: COLD.VACCINE, stage: STAGE.STORE, device: 1, carrier: 0 }],
        f.as("shop"),
      );
      await f.record({ leg: 2, values: [15_00] });
      const [verdict, figures, legs] = await f.cold.read.verdictOf([vial]);
      expect([verdict, figures.max, legs]).to.deep.equal([VERDICT.CONFORMANT, FIVE, 1n]);
      expect((await f.cold.read.verdictOf([BOX]))[0]).to.equal(VERDICT.REFUSE);
    });

    it("C-37: given a leg, when it is asked how long its readings are kept, then until expiry and five years", async () => {
      await f.plan(COLD.VACCINE);
      expect(await f.cold.read.retainUntil([1, 2_000_000_000n])).to.equal(2_000_000_000n + 1_825n * 86_400n);
    });
  });
});
