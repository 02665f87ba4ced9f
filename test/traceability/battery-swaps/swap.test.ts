import { PassportStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { type Hex, zeroAddress, zeroHash } from "viem";
import { loadBatteries, UNKNOWN } from "../../fixtures/batteries.ts";
import { batteryCode, DeviceKind, PAGE } from "../../fixtures/devices-actors.ts";
import { expectForged, expectRefusal } from "../../fixtures/devices-app.ts";
import { expectOwnEvents } from "../../helpers/expect-own-events.ts";

const RENT = 198_00n;
const [FIRST, SECOND] = [batteryCode(1), batteryCode(2)];

async function world() {
  const batteries = await loadBatteries();
  const { app, actors, operator, group, issue } = batteries;
  const { swaps } = app.contracts;
  const cabinet = await actors.enrol("cabinet", { kind: DeviceKind.TERMINAL, owner: operator, group });
  for (const battery of [FIRST, SECOND]) await issue({ battery });
  const stock = async (codes: readonly Hex[] = [FIRST, SECOND], name = "operator", at = cabinet.id) =>
    await swaps.writeAndWait.stock({ cabinet: at, batteries: codes }, await app.as(name));
  const unstock = async (codes: readonly Hex[] = [FIRST], name = "operator", at = cabinet.id) =>
    await swaps.writeAndWait.unstock({ cabinet: at, batteries: codes }, await app.as(name));
  const offer = async (rent = RENT, name = "operator", payee = app.address("operator")) =>
    await swaps.writeAndWait.offerPlan({ operator, payee, rent }, await app.as(name));
  const pay = async (months = 1n, plan = 1n) =>
    await swaps.writeAndWait.payRent({ plan, months }, await app.as("rider"));
  return { ...batteries, swaps, cabinet, stock, unstock, offer, pay, rider: app.address("rider") };
}

describe("BatterySwaps: plans and rent", () => {
  it("given no plan, a stranger, no rent or payee, a closed plan or months out of range: refuses", async () => {
    const { app, operator, swaps, offer, pay } = await world();
    await expectRefusal(pay(), "BatterySwapsUnknown", { id: 1n });
    await expectRefusal(swaps.read.planOf({ plan: 1n }), "BatterySwapsUnknown", { id: 1n });
    const stranger = { party: operator, caller: app.address("rider") };
    await expectRefusal(offer(RENT, "rider"), "PartyUserNotAgent", stranger);
    await expectRefusal(offer(0n), "BatterySwapsInvalidPlan", {});
    await expectRefusal(offer(RENT, "operator", zeroAddress), "BatterySwapsInvalidPlan", {});
    await offer();
    for (const months of [0n, 13n]) {
      await expectRefusal(pay(months), "BatterySwapsNotOnOffer", { plan: 1n, months });
    }
    const close = async (name: string) => await swaps.writeAndWait.closePlan({ plan: 1n }, await app.as(name));
    await expectRefusal(close("rider"), "PartyUserNotAgent", stranger);
    expectOwnEvents(await close("operator"), [["PlanOffered", { plan: 1n, operator, rent: RENT, open: false }]]);
    await expectRefusal(pay(), "BatterySwapsNotOnOffer", { plan: 1n, months: 1n });
  });

  it("given an open plan and tokens: the payee has the rent and the rider the month", async () => {
    const { app, actors, operator, swaps, offer, pay, rider } = await world();
    expectOwnEvents(await offer(), [["PlanOffered", { plan: 1n, operator, rent: RENT, open: true }]]);
    await actors.fund("rider", RENT * 2n);
    const paid = await pay(2n);
    const paidUntil = await swaps.read.paidUntil({ rider, operator });
    expectOwnEvents(paid, [["RentPaid", { rider, plan: 1n, months: 2n, paid: RENT * 2n, paidUntil }]]);
    expect(await app.contracts.token.read.balanceOf({ account: app.address("operator") })).to.equal(RENT * 2n);
    expect(await app.contracts.token.read.balanceOf({ account: rider })).to.equal(0n);
  });
});

describe("BatterySwaps: stock and unstock", () => {
  it("given no cabinet, a stranger, no batteries or too many, or batteries that are not free: refuse", async () => {
    const { app, actors, operator, other, group, swaps, stock, unstock, cabinet, issue } = await world();
    const meter = await actors.enrol("meter", { kind: DeviceKind.METER, owner: operator, group });
    for (const act of [stock, unstock]) {
      await expectRefusal(act([FIRST], "operator", 99), "DeviceRegisterUnknown", { device: 99 });
      await expectRefusal(act([FIRST], "operator", meter.id), "BatterySwapsNotCabinet", { cabinet: meter.id });
      await expectRefusal(act([FIRST], "rider"), "PartyUserNotAgent", {
        ...{ party: operator, caller: app.address("rider") },
      });
      for (const count of [0, 31]) {
        await expectRefusal(act(Array<Hex>(count).fill(FIRST)), "BatterySwapsBatch", {
          ...{ count: BigInt(count), max: 30n },
        });
      }
    }
    await expectRefusal(stock([UNKNOWN]), "BatteryPassportsUnknown", { battery: UNKNOWN });
    await expectRefusal(unstock(), "BatterySwapsNotFree", { battery: FIRST });
    await expectRefusal(stock([FIRST, FIRST]), "BatterySwapsNotFree", { battery: FIRST });
    const foreign = batteryCode(3);
    await issue({ battery: foreign, operator: other, owner: other }, "other");
    await expectRefusal(stock([foreign]), "BatterySwapsNotFree", { battery: foreign });
    await app.contracts.passports.writeAndWait.changeStatus(
      { battery: FIRST, status: PassportStatus.WASTE, evidence: app.digest("scrapped") },
      await app.as("operator"),
    );
    await expectRefusal(stock(), "BatterySwapsNotFree", { battery: FIRST });
    expect(await swaps.read.cabinetOf({ battery: SECOND })).to.equal(0);
    await stock([SECOND]);
    expectOwnEvents(await unstock([SECOND]), [["BatteryStocked", { cabinet: 0, battery: SECOND }]]);
    expectOwnEvents(await stock([SECOND]), [["BatteryStocked", { cabinet: cabinet.id, battery: SECOND }]]);
    expect(await swaps.read.cabinetOf({ battery: SECOND })).to.equal(cabinet.id);
  });
});

describe("BatterySwaps.swap", () => {
  it("B-36: given anything but the rider's own, next, signed swap of what he has and what may be issued: refuses", async () => {
    const { app, actors, operator, swaps, stock, offer, pay, cabinet, rider } = await world();
    await stock();
    await offer();
    const sent = async (wish: Parameters<typeof actors.signSwap>[2], name = "rider") =>
      await swaps.writeAndWait.swap(await actors.signSwap(cabinet, "rider", wish), await app.as(name));
    const issued = FIRST;
    await expectRefusal(sent({ issued }, "thief"), "BatterySwapsNotRider", { rider, caller: app.address("thief") });
    await expectRefusal(sent({}), "BatterySwapsEmpty", {});
    await expectRefusal(sent({ issued, at: (await app.now()) + 3_600n }), "BatterySwapsEmpty", {});
    for (const sequence of [0n, 2n]) {
      await expectRefusal(sent({ issued, sequence }), "BatterySwapsOutOfSequence", {
        ...{ cabinet: cabinet.id, expected: 1n, given: sequence },
      });
    }
    const signed = await actors.signSwap(cabinet, "rider", { issued });
    const altered = { ...signed, entry: { ...signed.entry, issued: SECOND } };
    await expectForged(swaps.writeAndWait.swap(altered, await app.as("rider")), app.address("cabinet"));
    await expectRefusal(sent({ issued }), "BatterySwapsRentDue", { rider, operator, paidUntil: 0n });
    await actors.fund("rider", RENT);
    await pay();
    await expectRefusal(sent({ returned: SECOND, issued }), "BatterySwapsWrongReturn", {
      ...{ rider, held: zeroHash, returned: SECOND },
    });
    await expectRefusal(sent({ issued, issuedCharge: 799_999 }), "BatterySwapsNotIssuable", {
      ...{ battery: FIRST, charge: 799_999 },
    });
    await expectRefusal(sent({ issued: UNKNOWN }), "BatterySwapsNotIssuable", { battery: UNKNOWN, charge: 950_000 });
    expect(await swaps.read.count()).to.equal(0n);
  });

  it("B-36: given first, next and last battery: keeps each swap, who has what, and where it lies", async () => {
    const { app, actors, operator, passports, swaps, stock, offer, pay, cabinet, rider } = await world();
    await stock();
    await offer();
    await actors.fund("rider", RENT);
    await pay();
    const entries: unknown[] = [];
    let held: Hex = zeroHash;
    for (const issued of [FIRST, SECOND, zeroHash]) {
      const signed = await actors.signSwap(cabinet, "rider", { returned: held, issued });
      const outcome = await swaps.writeAndWait.swap(signed, await app.as("rider"));
      entries.push(signed.entry);
      const args = { swap: BigInt(entries.length), rider, cabinet: cabinet.id, entry: signed.entry };
      expectOwnEvents(outcome, [["BatteriesSwapped", args]]);
      held = issued;
      expect(await swaps.read.heldBy({ rider, operator })).to.equal(held);
      for (const battery of [FIRST, SECOND]) {
        const isHeld = battery === held;
        expect(await swaps.read.cabinetOf({ battery })).to.equal(isHeld ? 0 : cabinet.id);
        expect((await passports.read.batteryOf({ battery })).keeper).to.equal(isHeld ? rider : zeroAddress);
      }
    }
    expect(await swaps.read.sequenceOf({ cabinet: cabinet.id })).to.equal(3n);
    for (const name of ["rider", "operator"]) {
      const list = await swaps.read.swapsOfRider({ rider, operator, ...PAGE }, await app.as(name));
      expect(list).to.deep.equal({ swaps: entries, next: 0n });
    }
    const stranger = await app.as("thief");
    const account = app.address("thief");
    await expectRefusal(swaps.read.swapsOfRider({ rider, operator, ...PAGE }, stranger), "BatterySwapsNotReader", {
      account,
    });
    await expectRefusal(swaps.read.swapsOf({ battery: FIRST, ...PAGE }, stranger), "BatterySwapsNotReader", {
      account,
    });
    const of = await swaps.read.swapsOf({ battery: FIRST, ...PAGE }, await app.as("operator"));
    expect(of).to.deep.equal({ swaps: entries.slice(0, 2), next: 0n });
  });
});
