import type { Text } from "@banyan/app-common/app";
import { wordOf } from "@banyan/app-common/story";
import { PassportStatus } from "@banyan/trace-common/client";
import type { DeviceContracts } from "@banyan/trace-common/devices";
import type { Address } from "viem";
import { packBattery } from "./fields.ts";
import type { NameBook } from "./names.ts";

/** A battery at the end. */
export interface BatterySheet {
  readonly battery: string;
  readonly status: string;
  readonly operator: string;
  readonly owner: string;
  readonly pledged: boolean;
  /** A rider, a cabinet, or nothing. */
  readonly where: string;
  readonly batches: number;
  readonly moves: number;
  readonly swaps: number;
  /** Full cycles, in hundredths. */
  readonly cycles: number;
  /** What was claimed last, in ppm; 0 = nothing. */
  readonly health: number;
  readonly endOfLife: boolean;
}

/** Two figures that must agree. */
export interface Book {
  readonly book: Text;
  readonly left: bigint;
  readonly right: bigint;
  readonly holds: boolean;
}

/** What a play shows at its end. */
export interface PlayFigures {
  readonly batteries: readonly BatterySheet[];
  readonly books: readonly Book[];
  readonly epcisEvents: number;
}

/** What the figures are read from. */
export interface FiguresOptions {
  readonly contracts: DeviceContracts;
  readonly names: NameBook;
  /** The address of a party of the story. */
  readonly addressOf: (party: string) => Address;
}

const BOOKS = {
  places: { en: "batteries on loan = batteries that riders have", zh: "借出电池 = 骑手所持电池" },
  entries: { en: "issued less returned = batteries on loan", zh: "领取次数 − 归还次数 = 借出电池" },
  batches: { en: "batches in histories = batches the modules signed", zh: "履历批数 = 模组签署批数" },
  energy: { en: "energy in histories = energy in batches (Wh)", zh: "履历电量 = 各批电量之和（Wh）" },
  rent: { en: "rent paid = what the payees hold (fen)", zh: "已付租金 = 收款方余额（分）" },
  pledges: { en: "batteries in pledges = batteries locked", zh: "质押数量 = 锁定电池" },
  owners: { en: "owners in passports = owners by EPCIS", zh: "护照所有者 = EPCIS 所有者" },
  rides: { en: "bonds to bicycles by EPCIS = batteries on loan", zh: "EPCIS 车辆关联 = 借出电池" },
} as const satisfies Readonly<Record<string, Text>>;

/** Reads what the chain says at the end, and balances it. */
export async function readFigures({ contracts, names, addressOf }: FiguresOptions): Promise<PlayFigures> {
  const batteries: BatterySheet[] = [];
  let [locked, onLoan, sameOwner, bonded, recorded, energy, signed] = [0n, 0n, 0n, 0n, 0n, 0n, 0n];
  for (const [code] of names.all("battery")) {
    const id = packBattery(code);
    const found = await readBattery(contracts, names, code, addressOf);
    batteries.push(found.sheet);
    recorded += BigInt(found.sheet.batches);
    energy += found.energy;
    if (found.sheet.pledged) locked += 1n;
    if (found.onLoan) onLoan += 1n;
    const { owner, bond } = await contracts.state.read.stateOf({ object: id });
    if (owner === found.owner) sameOwner += 1n;
    if (BigInt(bond) !== 0n) bonded += 1n;
  }
  for (const [, device] of names.all("device")) {
    signed += await contracts.records.read.sequenceOf({ device: Number(device) });
  }
  const books = [
    book("places", onLoan, await heldByRiders(contracts, names)),
    book("entries", await issuedLessReturned(contracts), onLoan),
    book("batches", recorded, signed),
    book("energy", energy, await energyOfBatches(contracts)),
    book("rent", await rentPaid(contracts), await rentHeld(contracts, names, addressOf)),
    book("pledges", await pledged(contracts), locked),
    book("owners", sameOwner, BigInt(batteries.length)),
    book("rides", bonded, onLoan),
  ];
  const epcisEvents = Number(await contracts.repository.read.eventCount());
  return { batteries, books, epcisEvents };
}

async function readBattery(
  contracts: DeviceContracts,
  names: NameBook,
  code: string,
  addressOf: FiguresOptions["addressOf"],
) {
  const battery = packBattery(code);
  const passport = await contracts.passports.read.batteryOf({ battery });
  const nameOf = (party: number) => names.nameOf("party", BigInt(party)) ?? String(party);
  const operator = nameOf(passport.operator);
  const reader = { account: addressOf(operator) };
  const life = await contracts.records.read.lifeOf({ battery }, reader);
  const { claims } = await contracts.records.read.healthOf({ battery, cursor: 0n, limit: 100n });
  const { suggested } = await contracts.records.read.endOfLife({ battery });
  const { swaps } = await contracts.swaps.read.swapsOf({ battery, cursor: 0n, limit: 100n }, reader);
  const cabinet = await contracts.swaps.read.cabinetOf({ battery });
  const onLoan = BigInt(passport.keeper) !== 0n;
  const where = onLoan ? "rider" : (names.nameOf("device", BigInt(cabinet)) ?? "");
  const sheet: BatterySheet = {
    ...{ battery: code, status: wordOf(PassportStatus, passport.status), operator, owner: nameOf(passport.owner) },
    ...{ pledged: passport.lender !== 0, where, batches: life.batches, moves: life.moves, swaps: swaps.length },
    ...{ cycles: life.cycles, health: claims.at(-1)?.health ?? 0, endOfLife: suggested },
  };
  return { sheet, onLoan, owner: passport.owner, energy: life.chargedWh + life.dischargedWh };
}

async function heldByRiders(contracts: DeviceContracts, names: NameBook): Promise<bigint> {
  const entries = await contracts.swaps.events.BatteriesSwapped.get();
  const riders = new Set(entries.map(({ args }) => args.rider));
  const operators = new Set(names.all("plan").map(([plan]) => names.fact("plan", plan, "operator")));
  let held = 0n;
  for (const rider of riders) {
    for (const operator of operators) {
      const battery = await contracts.swaps.read.heldBy({ rider, operator: Number(names.id("party", operator)) });
      if (BigInt(battery) !== 0n) held += 1n;
    }
  }
  return held;
}

async function issuedLessReturned(contracts: DeviceContracts): Promise<bigint> {
  const entries = await contracts.swaps.events.BatteriesSwapped.get();
  return entries.reduce(
    (sum, { args: { entry } }) =>
      sum + (BigInt(entry.issued) === 0n ? 0n : 1n) - (BigInt(entry.returned) === 0n ? 0n : 1n),
    0n,
  );
}

async function energyOfBatches(contracts: DeviceContracts): Promise<bigint> {
  const events = await contracts.records.events.BatteryRecorded.get();
  return events.reduce((sum, { args: { batch } }) => sum + BigInt(batch.chargedWh + batch.dischargedWh), 0n);
}

async function rentPaid(contracts: DeviceContracts): Promise<bigint> {
  const events = await contracts.swaps.events.RentPaid.get();
  return events.reduce((sum, { args }) => sum + args.paid, 0n);
}

async function rentHeld(
  contracts: DeviceContracts,
  names: NameBook,
  addressOf: FiguresOptions["addressOf"],
): Promise<bigint> {
  const payees = new Set(names.all("plan").map(([plan]) => names.fact("plan", plan, "payee")));
  let held = 0n;
  for (const payee of payees) held += await contracts.token.read.balanceOf({ account: addressOf(payee) });
  return held;
}

async function pledged(contracts: DeviceContracts): Promise<bigint> {
  const count = await contracts.pledges.read.count();
  let sum = 0n;
  for (let id = 1n; id <= count; id++) sum += BigInt((await contracts.pledges.read.pledgeOf({ id })).batteries);
  return sum;
}

function book(name: keyof typeof BOOKS, left: bigint, right: bigint): Book {
  return { book: BOOKS[name], left, right, holds: left === right };
}
