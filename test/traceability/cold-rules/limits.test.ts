import { expect } from "chai";
import { BOX, COLD, type ColdFixture, loadCold, STAGE, VERDICT } from "../../fixtures/cold.ts";
import { ascii, digestOf } from "../../fixtures/common.ts";
import { commission, PARTY, pack, sell, sgtin, ship } from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const MOST = 32_767;
const NEVER = 4_294_967_295;

describe("ColdRules", () => {
  let f: ColdFixture;
  const limits = (kept: number, stage: number, party: keyof typeof PARTY = "store") =>
    f.rules.read.limitsFor([PARTY[party], kept, stage]);
  const send = async () => f.capture("store", ship([BOX], PARTY.shop, { eventTime: await f.moment() }));
  /** How long a unit of a class was outside, having read this for one interval of a transport. */
  const outside = async (kept: number, value: number) => {
    f = await loadCold();
    await f.capture("store", commission([BOX]));
    await f.plan(kept);
    await send();
    await f.record({ values: [value] });
    return (await f.figures()).outside;
  };
  beforeEach(async () => {
    f = await loadCold();
  });

  describe("limitsFor", () => {
    it("given a class that policy does not know: refuses, and names the parameter", async () => {
      const now = await f.now();
      const id = ascii("cold.ANY_.TRAN.lower");
      await expectRevert(limits(COLD.NONE, STAGE.TRANSPORT), f.policy, "PolicyRegistryParameterNotSet", [
        ...[ascii("CN-SH"), now, id],
      ] as const);
    });

    it("C-36: given cold medicines: 2 to 8 degrees, at every stage", async () => {
      for (const stage of [STAGE.TRANSPORT, STAGE.STORE]) {
        expect(await limits(COLD.COLD_MEDICINE, stage)).to.deep.equal({
          ...{ lower: 2_00, upper: 8_00, hardUpper: MOST, recover: MOST, tolerance: 0, allowance: NEVER },
          ...{ logEvery: stage === STAGE.TRANSPORT ? 300 : 1_800, alarmEvery: 120, receiptLag: 3_600 },
          ...{ strict: false, fullLog: false },
        });
      }
    });

    it("C-36: given cold medicines at 2 and 8 degrees: in range; a hundredth beyond: outside", async () => {
      for (const value of [2_00, 8_00]) expect(await outside(COLD.COLD_MEDICINE, value)).to.equal(0);
      for (const value of [1_99, 8_01]) expect(await outside(COLD.COLD_MEDICINE, value)).to.equal(300);
    });

    it("C-39: given chilled and frozen goods outside Shanghai: 0 to 8 degrees, and -18 or colder", async () => {
      const chilled = await limits(COLD.CHILLED, STAGE.TRANSPORT, "grower");
      expect(chilled).to.include({ lower: 0, upper: 8_00, hardUpper: MOST, recover: MOST });
      const frozen = await limits(COLD.FROZEN, STAGE.TRANSPORT, "grower");
      expect(frozen).to.include({ lower: -60_00, upper: -18_00, hardUpper: MOST, recover: MOST });
    });

    it("C-39, C-41: given chilled goods in Shanghai: 7 degrees on the way, 8 in store, 10 on display", async () => {
      const upper = async (stage: number) => (await limits(COLD.CHILLED, stage)).upper;
      expect([await upper(STAGE.TRANSPORT), await upper(STAGE.STORE), await upper(STAGE.DISPLAY)]).to.deep.equal([
        ...[7_00, 8_00, 10_00],
      ]);
    });

    it("C-39: given frozen goods in store at -18: in range; a hundredth warmer: outside", async () => {
      for (const [value, time] of [
        [-18_00, 0],
        [-17_99, 300],
      ] as const) {
        f = await loadCold();
        await f.capture("store", commission([BOX]));
        await f.plan(COLD.FROZEN, STAGE.STORE);
        await f.record({ values: [value] });
        expect((await f.figures()).outside).to.equal(time);
      }
    });

    it("C-42: given food on the way, in store and on display: logs each ten minutes, or each half hour", async () => {
      for (const kept of [COLD.CHILLED, COLD.FROZEN]) {
        const every = async (stage: number) => (await limits(kept, stage)).logEvery;
        expect([await every(STAGE.TRANSPORT), await every(STAGE.STORE), await every(STAGE.DISPLAY)]).to.deep.equal([
          ...[600, 1_800, 1_800],
        ]);
      }
    });

    it("C-42: given food logged each ten minutes: conformant; a second more: refused as a log", async () => {
      await f.capture("store", commission([BOX]));
      await f.plan(COLD.CHILLED);
      await send();
      await expectRevert(f.record({ values: [4_00], interval: 601 }), f.log, "ColdLogInvalidBatch", [1]);
      await f.record({ values: [4_00], interval: 600 });
      expect(await f.cold.read.verdictOfLeg([1])).to.equal(VERDICT.CONFORMANT);
    });
  });

  describe("retainUntil", () => {
    const day = 86_400n;

    it("C-43: given food in Shanghai: the log is kept two years after the leg, or to expiry where that is later", async () => {
      const now = await f.now();
      const kept = (kept: number, party: keyof typeof PARTY, expires: bigint) =>
        f.rules.read.retainUntil([PARTY[party], kept, now, now + 10n, expires]);
      for (const food of [COLD.CHILLED, COLD.FROZEN]) {
        expect(await kept(food, "store", 0n)).to.equal(now + 10n + 730n * day);
        expect(await kept(food, "store", now)).to.equal(now + 10n + 730n * day);
        expect(await kept(food, "store", now + 731n * day)).to.equal(now + 731n * day);
        expect(await kept(food, "grower", 0n)).to.equal(now + 10n);
      }
      expect(await kept(COLD.VACCINE, "store", now)).to.equal(now + 1_825n * day);
    });
  });

  describe("isLegRequired and sensorErrorFor", () => {
    it("C-37: given the shipped policies: legs are asked of vaccines alone, calibrated sensors of medicines", async () => {
      for (const kept of [COLD.CHILLED, COLD.FROZEN, COLD.COLD_MEDICINE, COLD.ULTRA_COLD, COLD.VACCINE]) {
        const isVaccine = kept === COLD.VACCINE;
        expect(await f.rules.read.isLegRequired([PARTY.store, kept])).to.equal(isVaccine);
        const asked = isVaccine || kept === COLD.COLD_MEDICINE;
        expect(await f.rules.read.sensorErrorFor([PARTY.store, kept, STAGE.TRANSPORT])).to.deep.equal([
          asked,
          asked ? 50n : 0n,
        ]);
      }
    });
  });

  describe("classOfProduct", () => {
    it("given the temperature that a product is filed with: its class; a vaccine is one whatever it is filed with", async () => {
      const file = async (gtin: string, temperature: number, classes: number) =>
        await f.catalogue.write.file(
          [
            {
              ...{ gtin: BigInt(gtin), owner: PARTY.processor, unit: "0x000000", classes, temperature },
              ...{ shelfLife: 0n, drug: "0x00000000000000", name: digestOf(gtin) },
            },
          ],
          f.as("processor"),
        );
      const gtins = ["06975310000054", "06975310000061", "06975310000078", "06975310000085", "06975310000092"];
      const kept = [COLD.NONE, COLD.CHILLED, COLD.FROZEN, COLD.COLD_MEDICINE, COLD.ULTRA_COLD];
      for (const [temperature, gtin] of gtins.entries()) {
        await file(gtin, temperature, 1 << 1);
        expect(await f.rules.read.classOfProduct([sgtin(gtin, "1")])).to.equal(kept[temperature]);
      }
      await file("06975310000108", 1, 1 << 5);
      expect(await f.rules.read.classOfProduct([sgtin("06975310000108", "1")])).to.equal(COLD.VACCINE);
      expect(await f.rules.read.classOfProduct([sgtin("06975310000115", "1")])).to.equal(COLD.NONE);
      expect(await f.rules.read.classOfProduct([BOX])).to.equal(COLD.NONE);
    });
  });

  it("C-38: given medicines that expired: they are not sold", async () => {
    const gtin = "06975310000054";
    const vial = sgtin(gtin, "V1");
    await f.catalogue.write.file(
      [
        {
          ...{ gtin: BigInt(gtin), owner: PARTY.processor, unit: "0x000000", classes: 1 << 4, temperature: 3 },
          ...{ shelfLife: 0n, drug: "0x00000000000000", name: digestOf(gtin) },
        },
      ],
      f.as("processor"),
    );
    await f.catalogue.write.license([BigInt(gtin), PARTY.store, true], f.as("processor"));
    const expiresAt = (await f.now()) + 1_000n;
    await f.capture("store", commission([vial], { ilmd: { expiresAt } }));
    await f.pass(1_000n);
    const eventTime = await f.moment();
    const call = f.capture("store", sell([vial], { eventTime }));
    await expectRevert(call, f.state, "TraceStateExpired", [vial, expiresAt, eventTime]);
    await f.capture("store", pack(BOX, [vial], { eventTime: await f.moment() }));
  });
});
