import { BanyanError } from "@banyan/app-common";
import { count, document, instant, money, name, parseEnum } from "@banyan/app-common/story";
import { HealthMethod } from "@banyan/trace-common/client";
import { keccak256, stringToHex, zeroHash } from "viem";
import { z } from "zod";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { batteryId, celsius, cycles, percent } from "../fields.ts";

/** Cabinets, riders and modules at work. */
export const rideEvents: readonly EventKind[] = [
  defineEvent(
    "stock",
    { en: "An operator puts batteries into a cabinet.", zh: "运营方将电池放入换电柜。" },
    z.strictObject({ cabinet: name, batteries: z.array(batteryId).min(1).max(30) }),
    async ({ contracts, names, asParty }, { cabinet, batteries }) => {
      await contracts.swaps.writeAndWait.stock(
        { cabinet: Number(names.id("device", cabinet)), batteries: batteries.map(({ id }) => id) },
        await asParty(names.fact("device", cabinet, "owner")),
      );
    },
  ),
  defineEvent(
    "unstock",
    { en: "An operator takes batteries out of a cabinet.", zh: "运营方从换电柜取出电池。" },
    z.strictObject({ cabinet: name, batteries: z.array(batteryId).min(1).max(30) }),
    async ({ contracts, names, asParty }, { cabinet, batteries }) => {
      await contracts.swaps.writeAndWait.unstock(
        { cabinet: Number(names.id("device", cabinet)), batteries: batteries.map(({ id }) => id) },
        await asParty(names.fact("device", cabinet, "owner")),
      );
    },
  ),
  defineEvent(
    "rent",
    { en: "A rider pays rent for months; the bank credits the deposit first.", zh: "骑手支付若干月租金，银行先入账。" },
    z.strictObject({ rider: name, plan: name, months: count, deposit: money }),
    async ({ contracts, names, as, address, digest }, { rider, plan, months, deposit }, at) => {
      if (deposit > 0n) {
        const bankEntry = digest(`deposit of ${rider} at ${at}`);
        await contracts.token.writeAndWait.mint({ to: address(rider), amount: deposit, bankEntry }, await as("bank"));
        await contracts.token.writeAndWait.approve(
          { spender: contracts.swaps.address, value: deposit },
          await as(rider),
        );
      }
      await contracts.swaps.writeAndWait.payRent(
        { plan: names.id("plan", plan), months: BigInt(months) },
        await as(rider),
      );
    },
  ),
  defineEvent(
    "swap",
    { en: "A rider swaps at a cabinet, which signs; the rider sends it.", zh: "骑手换电：换电柜签名，骑手提交。" },
    z.strictObject({
      ...{ rider: name, cabinet: name, returned: batteryId.optional(), issued: batteryId.optional() },
      ...{ returnedCharge: percent.optional(), issuedCharge: percent.optional() },
    }),
    async ({ contracts, names, as, address, sign }, { rider, cabinet, ...moved }, at) => {
      const device = Number(names.id("device", cabinet));
      const entry = {
        cabinet: device,
        sequence: (await contracts.swaps.read.sequenceOf({ cabinet: device })) + 1n,
        rider: address(rider),
        returned: moved.returned?.id ?? zeroHash,
        issued: moved.issued?.id ?? zeroHash,
        returnedCharge: moved.returnedCharge ?? 0,
        issuedCharge: moved.issuedCharge ?? 0,
        at,
      };
      const signature = await sign(cabinet, "BatterySwaps", "Swap", entry);
      await contracts.swaps.writeAndWait.swap({ entry, signature }, await as(rider));
    },
  ),
  defineEvent(
    "record",
    { en: "The module of a battery signs its next batch.", zh: "电池模组签署下一批数据。" },
    z.strictObject({
      ...{ battery: batteryId, from: instant, to: instant, charged: count.optional(), discharged: count.optional() },
      ...{ cycles, charge: percent, min: celsius, max: celsius, position: document.optional() },
      ...{ warnings: count.optional(), sequence: count.optional(), signer: name.optional() },
    }),
    async ({ contracts, names, as, digest, sign }, { battery, from, to, ...read }) => {
      const module = names.fact("battery", battery.code, "module");
      const device = Number(names.id("device", module));
      const batch = {
        ...{ battery: battery.id, device, from, to, cycles: read.cycles, charge: read.charge },
        sequence: BigInt(read.sequence ?? (await contracts.records.read.sequenceOf({ device })) + 1n),
        ...{ chargedWh: read.charged ?? 0, dischargedWh: read.discharged ?? 0 },
        ...{ minTemperature: read.min, maxTemperature: read.max, warnings: read.warnings ?? 0 },
        position: read.position === undefined ? zeroHash : digest(read.position).value,
        root: keccak256(stringToHex(`readings of ${battery.code} to ${to}`)),
      };
      const signature = await sign(read.signer ?? module, "BatteryRecords", "BatteryBatch", batch);
      await contracts.records.writeAndWait.record({ batches: [batch], signatures: [signature] }, await as("platform"));
    },
  ),
  defineEvent(
    "health",
    { en: "A state of health is claimed; it stands beside those before.", zh: "申报健康状态，与此前各次并存。" },
    z.strictObject({
      ...{ battery: batteryId, by: name, method: parseEnum(HealthMethod), health: percent },
      ...{ cycle: cycles, temperature: celsius, report: document },
    }),
    async ({ contracts, names, asParty, digest }, { battery, by, report, ...claim }) => {
      const party = Number(names.id("party", by));
      await contracts.records.writeAndWait.claimHealth(
        { battery: battery.id, by: party, ...claim, report: digest(report) },
        await asParty(by),
      );
    },
  ),
  defineEvent(
    "look",
    {
      en: "A rider or a party reads the life of a battery; sends nothing.",
      zh: "骑手或参与方查询电池履历；不发送交易。",
    },
    z.strictObject({ battery: batteryId, by: name, batches: count.optional() }),
    async ({ contracts, as }, { battery, by, batches }) => {
      const life = await contracts.records.read.lifeOf({ battery: battery.id }, await as(by));
      if (batches === undefined || life.batches === batches) return;
      throw new BanyanError("EXPECTATION_MISSED", {
        en: `battery ${battery.code} has ${life.batches} batches, not ${batches}`,
        zh: `电池 ${battery.code} 有 ${life.batches} 批数据，而非 ${batches}`,
      });
    },
  ),
];
