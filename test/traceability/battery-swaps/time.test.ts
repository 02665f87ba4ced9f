import { PassportStatus } from "@banyan/trace-common/client";
import { expect } from "chai";
import { type Hex, zeroHash } from "viem";
import { loadBatteries } from "../../fixtures/batteries.ts";
import { batteryCode, DeviceKind, PAGE } from "../../fixtures/devices-actors.ts";
import { expectRefusal, type loadDevicesApp } from "../../fixtures/devices-app.ts";
import { byEachClock } from "../../helpers/by-each-clock.ts";

const RENT = 198_00n;
const FIRST = batteryCode(1);
/** 2030-04-04, 9:30 in China: a month after the sample chain's first morning, and half an hour. */
const CHINA = 28_800n;

/** An operator's cabinet with a battery in it, a plan, and a rider with tokens for many months. */
async function world(...clock: Parameters<typeof loadDevicesApp>) {
  const batteries = await loadBatteries(...clock);
  const { app, actors, operator, group, issue } = batteries;
  const { swaps } = app.contracts;
  const cabinet = await actors.enrol("cabinet", { kind: DeviceKind.TERMINAL, owner: operator, group });
  await issue({ battery: FIRST });
  await swaps.writeAndWait.stock({ cabinet: cabinet.id, batteries: [FIRST] }, await app.as("operator"));
  const payee = app.address("payee");
  await swaps.writeAndWait.offerPlan({ operator, payee, rent: RENT }, await app.as("operator"));
  const rider = app.address("rider");
  await actors.fund("rider", RENT * 40n);
  const pay = async (months = 1n, plan = 1n) =>
    await swaps.writeAndWait.payRent({ plan, months }, await app.as("rider"));
  const swap = async (wish: Parameters<typeof actors.signSwap>[2], by = cabinet) =>
    await swaps.writeAndWait.swap(await actors.signSwap(by, "rider", wish), await app.as("rider"));
  return { ...batteries, swaps, cabinet, rider, payee, pay, swap };
}

/** The same hour of the same day of a later month in China. */
function monthsAfter(moment: bigint, months: number): bigint {
  const local = new Date(Number(moment + CHINA) * 1_000);
  const later = Date.UTC(
    ...([local.getUTCFullYear(), local.getUTCMonth() + months, local.getUTCDate()] as const),
    ...([local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()] as const),
  );
  return BigInt(later / 1_000) - CHINA;
}

describe("BatterySwaps: rent runs out", () => {
  byEachClock((clock) => {
    it("B-36: given rent paid to a second: a battery is issued in the one before it, and no more in it", async () => {
      const { app, operator, rider, swaps, pay, swap } = await world(clock);
      const { until } = { until: (await pay()).event("RentPaid").args.paidUntil };
      expect(until).to.equal(monthsAfter(await app.now(), 1));
      await app.nextAt(until);
      await expectRefusal(swap({ issued: FIRST }), "BatterySwapsRentDue", { rider, operator, paidUntil: until });
      // Rent that ran out begins anew with the payment, not where it ended.
      await app.nextAt(until + 1_000n);
      const next = (await pay(2n)).event("RentPaid").args.paidUntil;
      expect(next).to.equal(monthsAfter(until + 1_000n, 2));
      await app.nextAt(next - 1n);
      await swap({ issued: FIRST, at: next - 2n });
      expect(await swaps.read.heldBy({ rider, operator })).to.equal(FIRST);
    });

    it("B-36: given rent that still runs: months are added to its end; a battery comes back without rent", async () => {
      const { app, operator, rider, cabinet, swaps, pay, swap } = await world(clock);
      const first = (await pay(1n)).event("RentPaid").args.paidUntil;
      await app.pass(86_400n);
      const second = (await pay(12n)).event("RentPaid").args.paidUntil;
      expect(second).to.equal(monthsAfter(first, 12));
      expect(await swaps.read.paidUntil({ rider, operator })).to.equal(second);
      await swap({ issued: FIRST });
      await app.pass(second - (await app.now()) + 10n);
      await swap({ returned: FIRST });
      expect(await swaps.read.cabinetOf({ battery: FIRST })).to.equal(cabinet.id);
    });

    it("given a swap dated one second ahead: refuses; dated now: takes it", async () => {
      const { app, pay, swap } = await world(clock);
      await pay();
      const now = (await app.now()) + 100n;
      await app.nextAt(now);
      await expectRefusal(swap({ issued: FIRST, at: now + 1n }), "BatterySwapsEmpty", {});
      await app.nextAt(now + 1n);
      await swap({ issued: FIRST, at: now + 1n });
    });
  });

  it("given too few tokens, or too few that the desk may take: refuses, and no month is paid", async () => {
    const { app, operator, swaps, pay, rider } = await world();
    const { token } = app.contracts;
    await token.writeAndWait.approve({ spender: swaps.address, value: RENT - 1n }, await app.as("rider"));
    await expectRefusal(pay(), "ERC20InsufficientAllowance", {
      ...{ spender: swaps.address, allowance: RENT - 1n, needed: RENT },
    });
    await token.writeAndWait.approve({ spender: swaps.address, value: RENT * 100n }, await app.as("rider"));
    await token.writeAndWait.transfer({ to: app.address("friend"), value: RENT * 39n + 1n }, await app.as("rider"));
    await expectRefusal(pay(), "ERC20InsufficientBalance", { sender: rider, balance: RENT - 1n, needed: RENT });
    expect(await swaps.read.paidUntil({ rider, operator })).to.equal(0n);
  });
});

describe("BatterySwaps: cabinets and lists", () => {
  it("given a cabinet that was retired: gives and takes nothing", async () => {
    const { app, cabinet, pay, swap } = await world();
    await pay();
    await app.contracts.register.writeAndWait.retire(
      { device: cabinet.id, reason: app.digest("flooded") },
      await app.as("regulator"),
    );
    await expectRefusal(swap({ issued: FIRST }), "BatterySwapsNotCabinet", { cabinet: cabinet.id });
  });

  it("B-39: given a battery that became waste in the cabinet: it is not issued", async () => {
    const { app, passports, pay, swap } = await world();
    await pay();
    await passports.writeAndWait.changeStatus(
      { battery: FIRST, status: PassportStatus.WASTE, evidence: app.digest("swollen") },
      await app.as("operator"),
    );
    await expectRefusal(swap({ issued: FIRST }), "BatterySwapsNotIssuable", { battery: FIRST, charge: 950_000 });
  });

  it("B-36: given a battery charged as little as policy allows: it is issued; in another cabinet: it is not", async () => {
    const { actors, operator, group, pay, swap } = await world();
    await pay();
    const other = await actors.enrol("other cabinet", { kind: DeviceKind.TERMINAL, owner: operator, group });
    await expectRefusal(swap({ issued: FIRST }, other), "BatterySwapsNotIssuable", { battery: FIRST, charge: 950_000 });
    await swap({ issued: FIRST, issuedCharge: 800_000 });
  });

  it("B-36: given a battery that the cabinet's operator answers for, or owns, and not both: it is stocked; neither: it is not", async () => {
    const { app, operator, other, cabinet, passports, swaps, issue } = await world();
    const stock = async (battery: Hex) =>
      await swaps.writeAndWait.stock({ cabinet: cabinet.id, batteries: [battery] }, await app.as("operator"));
    const [answered, owned, foreign] = [batteryCode(5), batteryCode(6), batteryCode(7)];
    await issue({ battery: answered, owner: other });
    for (const battery of [owned, foreign]) await issue({ battery, operator: other, owner: other }, "other");
    await passports.writeAndWait.transfer({ battery: owned, to: operator }, await app.as("other"));
    for (const battery of [answered, owned]) await stock(battery);
    await expectRefusal(stock(foreign), "BatterySwapsNotFree", { battery: foreign });
  });

  it("given a battery with a rider: it is not stocked", async () => {
    const { app, cabinet, swaps, pay, swap } = await world();
    await pay();
    await swap({ issued: FIRST });
    const call = swaps.writeAndWait.stock({ cabinet: cabinet.id, batteries: [FIRST] }, await app.as("operator"));
    await expectRefusal(call, "BatterySwapsNotFree", { battery: FIRST });
  });

  it("given pages of a rider's and a battery's swaps: tells them in their order", async () => {
    const { app, operator, rider, swaps, pay, swap } = await world();
    await pay();
    for (const round of [1, 2]) {
      await swap({ issued: FIRST, issuedCharge: 900_000 + round });
      await swap({ returned: FIRST, returnedCharge: round });
    }
    const operatorCalls = await app.as("operator");
    const ofRider = async (cursor: bigint, limit: bigint) =>
      await swaps.read.swapsOfRider({ rider, operator, cursor, limit }, operatorCalls);
    const first = await ofRider(0n, 3n);
    expect([first.swaps.map(({ issued }) => issued), first.next]).to.deep.equal([[FIRST, zeroHash, FIRST], 3n]);
    const last = await ofRider(3n, 3n);
    expect([last.swaps.map(({ returnedCharge }) => returnedCharge), last.next]).to.deep.equal([[2], 0n]);
    expect((await swaps.read.swapsOf({ battery: FIRST, ...PAGE }, operatorCalls)).swaps).to.have.length(4);
    await expectRefusal(ofRider(0n, 101n), "PagingLimitOutOfRange", { limit: 101n, max: 100n });
    await expectRefusal(ofRider(5n, 1n), "PagingOffsetOutOfRange", { offset: 5n, length: 4n });
    const none = swaps.read.swapsOf({ battery: FIRST, cursor: 0n, limit: 0n }, operatorCalls);
    await expectRefusal(none, "PagingLimitOutOfRange", { limit: 0n, max: 100n });
  });
});
