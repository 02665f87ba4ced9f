import { BanyanError } from "@banyan/app-common";
import { count, name, parseEnum } from "@banyan/app-common/story";
import { PassportStatus } from "@banyan/trace-common/client";
import { refusalOf } from "@banyan/trace-common/story";
import { zeroHash } from "viem";
import { z } from "zod";
import { defineEvent, type EventKind } from "../event-kind.ts";
import { batteryId, cycles, percent, unpackBattery } from "../fields.ts";

const CORRECT = {
  en: "Correct the expectation, or the events above that lead to it.",
  zh: "请更正预期结果，或更正导致该结果的前述事件。",
};

function compare(
  what: string,
  expected: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): void {
  for (const [key, value] of Object.entries(expected)) {
    if (value === undefined || found[key] === value) continue;
    throw missed(`${what}: ${key} is ${found[key]}, not ${value}`, `${what}：${key} 为 ${found[key]}，而非 ${value}`);
  }
}

function missed(en: string, zh: string, cause?: unknown): BanyanError {
  return new BanyanError("EXPECTATION_MISSED", { en, zh }, { cure: CORRECT, cause });
}

/** Events that send nothing: they look whether the chain agrees with the file. */
export const expectationEvents: readonly EventKind[] = [
  defineEvent(
    "expectBattery",
    { en: "Compares a battery with what must be; sends nothing.", zh: "核对电池与预期结果；不发送交易。" },
    z.strictObject({
      ...{ battery: batteryId, status: parseEnum(PassportStatus).optional(), operator: name.optional() },
      ...{ owner: name.optional(), pledged: z.boolean().optional(), batches: count.optional() },
      ...{ moves: count.optional(), cycles: cycles.optional(), charge: percent.optional() },
      ...{ endOfLife: z.boolean().optional(), claims: count.optional() },
    }),
    async ({ contracts, names, asParty }, { battery, ...expected }) => {
      const passport = await contracts.passports.read.batteryOf({ battery: battery.id });
      const nameOf = (party: number) => names.nameOf("party", BigInt(party));
      const operator = nameOf(passport.operator) ?? "";
      const life = await contracts.records.read.lifeOf({ battery: battery.id }, await asParty(operator));
      const { suggested } = await contracts.records.read.endOfLife({ battery: battery.id });
      const { claims } = await contracts.records.read.healthOf({ battery: battery.id, cursor: 0n, limit: 100n });
      compare(`battery ${battery.code}`, expected, {
        ...{ status: passport.status, operator, owner: nameOf(passport.owner), pledged: passport.lender !== 0 },
        ...{ batches: life.batches, moves: life.moves, cycles: life.cycles, charge: life.charge },
        ...{ endOfLife: suggested, claims: claims.length },
      });
    },
  ),
  defineEvent(
    "expectRider",
    { en: "Compares what a rider has with what must be; sends nothing.", zh: "核对骑手所持电池；不发送交易。" },
    z.strictObject({ rider: name, operator: name, holds: batteryId.nullable().optional(), swaps: count.optional() }),
    async ({ contracts, names, as, address }, { rider, operator, holds, swaps: expected }) => {
      const party = Number(names.id("party", operator));
      const held = await contracts.swaps.read.heldBy({ rider: address(rider), operator: party });
      const { swaps } = await contracts.swaps.read.swapsOfRider(
        { rider: address(rider), operator: party, cursor: 0n, limit: 100n },
        await as(rider),
      );
      compare(
        `rider ${rider}`,
        { holds: holds === undefined ? undefined : (holds?.code ?? ""), swaps: expected },
        { holds: held === zeroHash ? "" : unpackBattery(held), swaps: swaps.length },
      );
    },
  ),
  defineEvent(
    "refused",
    { en: "Tries an event that must be refused, and compares the error.", zh: "尝试一个应被拒绝的事件，并核对错误。" },
    z.strictObject({ attempt: z.record(z.unknown()), error: z.string() }),
    async (play, { attempt, error: expected }) => {
      try {
        await play.apply(attempt);
      } catch (error) {
        const found = refusalOf(error)?.errorName ?? (error instanceof BanyanError ? error.code : undefined);
        if (found === undefined) throw error;
        if (found === expected) return;
        throw missed(
          `the attempt was refused with ${found}, not ${expected}`,
          `该尝试被拒绝的原因是 ${found}，而非 ${expected}`,
          error,
        );
      }
      throw missed(
        `the attempt succeeded, it should be refused with ${expected}`,
        `该尝试成功了，而它本应因 ${expected} 被拒绝`,
      );
    },
  ),
];
