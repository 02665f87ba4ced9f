import { createRandom } from "@banyan/app-common/story";
import { aggregationEvent, objectEvent, type SampleFiles } from "@banyan/trace-common/sample";
import { createFleet, cyclesOf, RATED_WH } from "./fleet.ts";
import {
  batteryCode,
  batteryUri,
  bicycle,
  cabinetOf,
  crate,
  createWriter,
  glnOf,
  iso,
  MINUTE,
  moduleOf,
  moment,
  PARTIES,
  partyUri,
  riderOf,
  type Writer,
} from "./world.ts";

const SEED = 20_300_601;
const BATTERIES = 24;
const PER_CRATE = 6;
const CABINETS = 4;
const RIDERS = 12;
/** The one that was old when the month began: 820 full cycles. */
const OLD = 24;
const POOL = Array.from({ length: 12 }, (_, index) => 13 + index);

/** What was made. */
export interface Month {
  readonly files: SampleFiles;
  readonly events: number;
  readonly swaps: number;
  readonly batches: number;
}

/** Makes June 2030: batteries arrive, riders swap them, a lender watches its pool, and one battery begins a second life. */
export function makeMonth(): Month {
  const writer = createWriter();
  const random = createRandom(SEED);
  const fleet = createFleet(writer, random);
  open(writer);
  arrive(writer);
  fit(writer);

  for (let cabinet = 1; cabinet <= CABINETS; cabinet++) {
    const first = (cabinet - 1) * PER_CRATE;
    const numbers = Array.from({ length: PER_CRATE }, (_, index) => first + index + 1).filter((n) => n !== OLD);
    fleet.stock(cabinet, numbers, moment(2, 6, cabinet));
  }
  const old = fleet.battery(OLD, 820 * RATED_WH);
  fleet.record(old, moment(2, 5), -200, "depot");

  for (let number = 1; number <= RIDERS; number++) {
    const at = moment(2, 7, number * 2);
    fleet.join(number, at);
    if (number === RIDERS) {
      writer.refusedStep(
        at,
        { event: "swap", rider: riderOf(number), cabinet: cabinetOf(1), issued: batteryCode(1), issuedCharge: 96 },
        "BatterySwapsRentDue",
      );
    }
    writer.step(at, { event: "rent", rider: riderOf(number), plan: "city", months: 1, deposit: "198.00" });
    fleet.first(number, at + MINUTE);
  }

  pledge(writer);
  for (let day = 2; day <= 29; day++) {
    fleet.ride(day, 0.6);
    if (day === 9) fleet.record(old, moment(9, 3), 150, "depot", { max: 61.5, warnings: 1 });
    if (day === 12) watch(writer);
    if (day === 15) claims(writer, fleet);
    if (day === 16) attacks(writer, fleet);
  }
  secondLife(writer, old.number);
  expect(writer, fleet);
  return { files: writer.files("month.jsonl"), events: writer.events(), ...fleet.counts() };
}

/** Who takes part. */
function open(writer: Writer): void {
  const at = moment(1, 6);
  writer.step(at, {
    ...{ event: "open", format: "banyan-battery/1", region: "CN-SH", salt: "sample-battery-passport-2030" },
    title: "June 2030: a month of a sample swap fleet",
  });
  for (const [who, { party, roles }] of Object.entries(PARTIES)) {
    writer.step(at, { event: "party", party, gln: glnOf(who as keyof typeof PARTIES), roles, region: "CN-SH" });
  }
  writer.step(at, { event: "group", group: "fleet", owner: "P02" });
  writer.step(at, { event: "group", group: "storage", owner: "P05" });
  writer.step(at, { event: "plan", plan: "city", operator: "P02", rent: "198.00" });
  for (let cabinet = 1; cabinet <= CABINETS; cabinet++) {
    const device = { device: cabinetOf(cabinet), kind: "TERMINAL", owner: "P02", maker: "P01", group: "fleet" };
    writer.step(at, { event: "device", ...device });
  }
}

/** Batteries are made, packed in crates, shipped and received; bicycles are put into service. */
function arrive(writer: Writer): void {
  for (let number = 1; number <= BATTERIES / PER_CRATE; number++) {
    const items = Array.from({ length: PER_CRATE }, (_, index) => batteryUri((number - 1) * PER_CRATE + index + 1));
    const at = moment(1, 7, number * 3);
    const box = crate(number);
    const flow = {
      from: { owner: partyUri("maker"), holder: partyUri("maker") },
      to: { owner: partyUri("operator"), holder: partyUri("operator") },
    };
    writer.capture(at + 2 * MINUTE, "P01", `crate-${number}-packed`, [
      ...items.map((item) =>
        objectEvent("ADD", { items: [item] }, { at, step: "commissioning", disposition: "active" }),
      ),
      objectEvent("ADD", { items: [box] }, { at, step: "commissioning", disposition: "active" }),
      aggregationEvent("ADD", box, { items }, { at: at + 30, step: "packing" }),
      objectEvent("OBSERVE", { items: [box] }, { at: at + 60, step: "shipping", disposition: "in_transit", ...flow }),
    ]);
    const arrived = moment(1, 14, number * 3);
    writer.capture(arrived + 2 * MINUTE, "P02", `crate-${number}-received`, [
      objectEvent("OBSERVE", { items: [box] }, { at: arrived, step: "receiving", disposition: "in_progress", ...flow }),
      aggregationEvent("DELETE", box, { items }, { at: arrived + 60, step: "unpacking" }),
    ]);
  }
  const at = moment(1, 16);
  writer.capture(
    at + MINUTE,
    "P02",
    "bicycles",
    Array.from({ length: RIDERS }, (_, index) =>
      objectEvent("ADD", { items: [bicycle(index + 1)] }, { at, step: "commissioning", disposition: "active" }),
    ),
  );
  writer.refused(
    moment(1, 17),
    "P01",
    "crate-1-shipped-again",
    [
      objectEvent("OBSERVE", { items: [crate(1)] }, {
        ...{ at: moment(1, 16, 50), step: "shipping", disposition: "in_transit" },
        to: { holder: partyUri("storage") },
      }),
    ],
    "TRACE_STATE_NOT_POSSESSOR",
  );
}

/** Each battery gets its module and its passport. */
function fit(writer: Writer): void {
  const at = moment(1, 18);
  for (let number = 1; number <= BATTERIES; number++) {
    const module = moduleOf(number);
    writer.step(at + number, { event: "device", device: module, kind: "MODULE", owner: "P02", maker: "P01", group: "fleet" });
    writer.step(at + number, {
      ...{ event: "passport", battery: batteryCode(number), operator: "P02", group: "fleet", module },
      ...{ ratedWh: RATED_WH, fields: `passport of ${batteryCode(number)}` },
    });
  }
  writer.refusedStep(
    moment(1, 19),
    {
      ...{ event: "passport", battery: batteryCode(1), operator: "P05", group: "storage", module: moduleOf(1) },
      ...{ ratedWh: 900, fields: "a second passport" },
    },
    "BatteryPassportsExists",
  );
}

/** Half of the fleet is security of a loan. */
function pledge(writer: Writer): void {
  const at = moment(3, 9);
  writer.step(at, {
    ...{ event: "pledge", pledge: "loan-1", owner: "P02", lender: "P03" },
    ...{ batteries: POOL.map(batteryCode), loan: "loan contract 2030-06" },
  });
  const transfer = { event: "transfer", battery: batteryCode(14), owner: "P02", to: "P05" };
  writer.refusedStep(at + 1, transfer, "BatteryPassportsLocked");
  writer.refusedStep(at + 2, { event: "look", battery: batteryCode(14), by: "P03" }, "BatteryRecordsNotReader");
  for (const [index, reader] of ["P03", "P04"].entries()) {
    writer.step(at + 3 + index, { event: "letIn", group: "fleet", reader, until: iso(moment(60, 0)) });
  }
}

/** The lender looks after its pool. */
function watch(writer: Writer): void {
  const at = moment(13, 2);
  writer.step(at, { event: "read", group: "fleet", by: "P03", purpose: "control of the pool" });
  for (const number of POOL) writer.step(at + 5, { event: "look", battery: batteryCode(number), by: "P03" });
}

/** The laboratory measures six batteries and finds one at the end of its first life; one is assessed. */
function claims(writer: Writer, fleet: ReturnType<typeof createFleet>): void {
  const at = moment(16, 2);
  for (const [index, number] of [1, 5, 9, 13, 17, OLD].entries()) {
    const isOld = number === OLD;
    writer.step(at + index, {
      ...{ event: "health", battery: batteryCode(number), by: "P04", method: "CAPACITY_TEST" },
      ...{ health: isOld ? 78.9 : 99.2 - index * 0.3, cycle: isOld ? cyclesOf(fleet.battery(OLD)) : 0 },
      ...{ temperature: 25, report: `capacity test of ${batteryCode(number)}` },
    });
  }
  writer.step(at + 10, { event: "read", group: "fleet", by: "P04", purpose: "assessment for the lender" });
  writer.step(at + 11, {
    ...{ event: "assess", battery: batteryCode(OLD), by: "P04", value: "312.00" },
    report: "residual value for stationary storage",
  });
}

/** What must not succeed. */
function attacks(writer: Writer, fleet: ReturnType<typeof createFleet>): void {
  const at = moment(17, 1);
  const record = {
    ...{ event: "record", battery: batteryCode(OLD), from: iso(at - 600), to: iso(at - 60), charged: 10 },
    ...{ cycles: cyclesOf(fleet.battery(OLD)), charge: 90, min: 20, max: 25 },
  };
  writer.refusedStep(at, { ...record, signer: "D999" }, "SaltedEIP712InvalidSignature");
  writer.refusedStep(at, { ...record, sequence: 1 }, "BatteryRecordsOutOfSequence");
  writer.refusedStep(at, { ...record, from: iso(moment(2, 4)), to: iso(moment(2, 5)) }, "BatteryRecordsWrongTime");
}

/** The old battery is released, goes to a storage operator, and gets a new passport. */
function secondLife(writer: Writer, number: number): void {
  const battery = batteryCode(number);
  const at = moment(30, 8);
  const life = {
    ...{ event: "secondLife", battery, from: "P02", to: "P05", status: "REPURPOSED", group: "storage" },
    ...{ ratedWh: 1_100, fields: `second passport of ${battery}` },
  };
  writer.refusedStep(at, life, "BatteryPassportsLocked");
  writer.step(at + 1, { event: "release", pledge: "loan-1", batteries: [battery] });
  writer.step(at + 2, life);
  writer.step(at + 3, { event: "transfer", battery, owner: "P02", to: "P05" });
  const flow = {
    from: { owner: partyUri("operator"), holder: partyUri("operator") },
    to: { owner: partyUri("storage"), holder: partyUri("storage") },
  };
  const items = [batteryUri(number)];
  writer.capture(at + 600, "P02", "second-life-shipped", [
    objectEvent("OBSERVE", { items }, { at: at + 300, step: "shipping", disposition: "in_transit", ...flow }),
  ]);
  writer.capture(at + 7_200, "P05", "second-life-received", [
    objectEvent("OBSERVE", { items }, { at: at + 7_000, step: "receiving", disposition: "in_progress", ...flow }),
  ]);
  writer.refusedStep(
    at + 7_300,
    { event: "status", battery, by: "P02", status: "WASTE", evidence: "no longer ours" },
    "PartyUserNotAgent",
  );
}

/** What must be so at the end. */
function expect(writer: Writer, fleet: ReturnType<typeof createFleet>): void {
  const at = moment(30, 12);
  for (const state of fleet.states()) {
    const isOld = state.number === OLD;
    writer.step(at, {
      ...{ event: "expectBattery", battery: batteryCode(state.number), status: isOld ? "REPURPOSED" : "ORIGINAL" },
      ...{ operator: isOld ? "P05" : "P02", owner: isOld ? "P05" : "P02", endOfLife: isOld },
      ...{ pledged: POOL.includes(state.number) && !isOld, batches: state.batches, moves: state.moves },
      ...(state.batches === 0 ? {} : { cycles: cyclesOf(state), charge: state.charge }),
    });
  }
  for (const { number, battery, swaps } of fleet.riders) {
    writer.step(at + 1, {
      ...{ event: "expectRider", rider: riderOf(number), operator: "P02", swaps },
      holds: battery === undefined ? null : batteryCode(battery.number),
    });
    if (battery !== undefined) {
      const look = { battery: batteryCode(battery.number), by: riderOf(number), batches: battery.batches };
      writer.step(at + 2, { event: "look", ...look });
    }
  }
}
