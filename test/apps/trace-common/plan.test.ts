import { type CapturedEvent, NO_DIGEST, NO_OBJECT, packObjectId, unpackObjectId } from "@banyan/trace-common/epcis";
import { expect } from "chai";
import fc from "fast-check";
import type { Hex } from "viem";
import { makeBatches, type Task, weightOf } from "../../../apps/trace-common/trace/plan/batches.ts";
import { findCapturer } from "../../../apps/trace-common/trace/plan/find-capturer.ts";
import { stockNode } from "../../../apps/trace-common/trace/plan/lot-nodes.ts";
import { openingStock } from "../../../apps/trace-common/trace/plan/opening-stock.ts";
import { orderEvents } from "../../../apps/trace-common/trace/plan/order-events.ts";

const EMPTY: CapturedEvent = {
  kind: 1,
  action: 2,
  step: 0,
  disposition: 0,
  eventTime: 1_000_000n,
  zoneOffset: 0,
  contentId: NO_DIGEST,
  readPoint: 0,
  location: 0,
  flow: { fromOwner: 0, toOwner: 0, fromHolder: 0, toHolder: 0, carrier: 0 },
  parent: NO_OBJECT,
  objects: [],
  quantities: [],
  outputs: [],
  outputQuantities: [],
  transformation: NO_OBJECT,
  transactions: [],
  set: 0n,
  unset: 0n,
  ilmd: { lot: NO_OBJECT, producedAt: 0n, expiresAt: 0n, certificate: NO_DIGEST, digest: NO_DIGEST },
  sensors: NO_DIGEST,
  extensions: NO_DIGEST,
};
const [SHIPPING, RECEIVING] = [33, 24];
const STEP = { INSPECTING: 17, INSTALLING: 18, PACKING: 22, SELLING: 30, RETURNED: 28 };

function item(serial: number): Hex {
  return packObjectId({ kind: 1, number: "09506000134352", text: String(serial) });
}
const UNIT = packObjectId({ kind: 3, number: "195060000000000012", text: "" });
const LOT = packObjectId({ kind: 2, number: "09506000134352", text: "L1" });

const NAMES = { party: (party: number) => `urn:example:party:${party}`, place: () => ({ gln: "", extension: "" }) };

function taskOf(by: number, event: Partial<CapturedEvent>, at: number): Task {
  return { by, event: { ...EMPTY, contentId: `0x${at.toString(16).padStart(64, "0")}`, ...event }, opening: false };
}

describe("The plan of an import", () => {
  it("given events of several parties on few things, when put into batches, then each thing sees its events in order and no limit is passed", () => {
    const events = fc.array(
      fc.record({
        by: fc.integer({ min: 1, max: 4 }),
        things: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
      }),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(events, fc.integer({ min: 1, max: 20 }), (list, window) => {
        const tasks = list.map(({ by, things }, at) => taskOf(by, { objects: things.map(item) }, at));
        const batches = [...makeBatches(tasks, { events: 7, weight: () => 30, window })];
        const order = batches.flatMap((batch) => batch.tasks);
        expect(order).to.have.length(tasks.length);
        expect(new Set(order).size).to.equal(tasks.length);
        for (let thing = 1; thing <= 12; thing++) {
          const touching = ({ event }: Task) => event.objects.includes(item(thing));
          expect(order.filter(touching)).to.deep.equal(tasks.filter(touching));
        }
        for (const batch of batches) {
          expect(batch.tasks.every(({ by }) => by === batch.by)).to.equal(true);
          expect(batch.tasks.length).to.be.within(1, 7);
          const weight = batch.tasks.reduce((sum, { event }) => sum + weightOf(event), 0);
          expect(batch.tasks.length === 1 || weight <= 30).to.equal(true);
        }
      }),
    );
  });

  it("given two parties that take turns on things of their own, when put into batches, then there are two", () => {
    const tasks = Array.from({ length: 40 }, (_, at) => taskOf(1 + (at % 2), { objects: [item(at)] }, at));
    expect(
      [...makeBatches(tasks, { events: 50, weight: () => 1000 })].map(({ by, tasks: own }) => [by, own.length]),
    ).to.deep.equal([
      [1, 20],
      [2, 20],
    ]);
  });

  it("C-15: given steps of a handover, when the capturer is looked for, then each side captures its own", () => {
    const flow = { fromOwner: 1, toOwner: 2, fromHolder: 3, toHolder: 4, carrier: 0 };
    const ownerOf = (place: number) => (place === 9 ? 7 : undefined);
    const find = (event: Partial<CapturedEvent>, given?: number) =>
      findCapturer({ ...EMPTY, ...event }, { given, ownerOf, sender: 8 });
    expect(find({ step: SHIPPING, flow, readPoint: 9 })).to.equal(3);
    expect(find({ step: RECEIVING, flow, readPoint: 9 })).to.equal(4);
    expect(find({ step: RECEIVING, flow: { ...flow, toHolder: 0 } })).to.equal(2);
    expect(find({ step: RECEIVING, disposition: 28, flow, readPoint: 9 })).to.equal(7);
    expect(find({ readPoint: 9 })).to.equal(7);
    expect(find({ location: 9 })).to.equal(7);
    expect(find({ flow })).to.equal(3);
    expect(find({})).to.equal(8);
    expect(find({ flow }, 5)).to.equal(5);
    expect(findCapturer(EMPTY, { ownerOf })).to.equal(undefined);
  });

  it("C-15: given goods that were never commissioned, when their opening is looked for, then who has them first declares what lacks", () => {
    const quantity = (amount: bigint) => ({ object: LOT, amount, unit: "0x4b474d" as const });
    const tasks: Task[] = [
      taskOf(1, { action: 1, objects: [item(1)] }, 1),
      taskOf(1, { kind: 2, action: 1, parent: UNIT, objects: [item(1), item(2)], quantities: [quantity(5n)] }, 2),
      taskOf(1, { step: SHIPPING, objects: [UNIT] }, 3),
      taskOf(2, { step: RECEIVING, objects: [UNIT], flow: { ...EMPTY.flow, fromHolder: 1 } }, 4),
      taskOf(2, { step: SHIPPING, quantities: [quantity(7n)] }, 5),
      taskOf(2, { action: 1, quantities: [quantity(3n)] }, 6),
      taskOf(2, { step: SHIPPING, quantities: [quantity(4n)] }, 7),
      taskOf(2, { kind: 4, action: 0, objects: [item(4)], outputs: [item(5)] }, 8),
      taskOf(2, { objects: [item(5)] }, 9),
    ];
    const openings = openingStock(
      tasks,
      {
        exists: (object) => object === item(4),
        amount: (_, node) => (node === stockNode(2) ? 2n : 0n),
        inside: () => [],
      },
      NAMES,
    );
    expect(
      openings.map(({ by, opening, event }) => [
        by,
        opening,
        event.objects,
        event.quantities.map(({ amount }) => amount),
      ]),
    ).to.deep.equal([
      [1, true, [item(2)], [5n]],
      [2, true, [], [6n]],
    ]);
    for (const { event } of openings) {
      expect(event.eventTime < EMPTY.eventTime).to.equal(true);
      expect(event.contentId).not.to.equal(NO_DIGEST);
    }
  });

  it("C-15: given goods that are first received, unpacked or brought back, when what they presume is looked for, then they were shipped, packed or sold before", () => {
    const flow = { ...EMPTY.flow, fromHolder: 1, toHolder: 2 };
    const tasks: Task[] = [
      taskOf(3, { step: STEP.INSPECTING, objects: [item(3)] }, 1),
      taskOf(2, { step: RECEIVING, objects: [item(1)], flow }, 2),
      taskOf(2, { step: RECEIVING, objects: [item(2), item(3)] }, 3),
      taskOf(2, { step: RECEIVING, objects: [UNIT], flow }, 4),
      taskOf(2, { kind: 2, action: 3, parent: UNIT, objects: [item(4)] }, 5),
      taskOf(2, { step: RECEIVING, disposition: STEP.RETURNED, objects: [item(5)] }, 6),
      taskOf(2, { kind: 5, action: 3, parent: item(6), objects: [item(7)] }, 7),
      taskOf(2, { step: RECEIVING, quantities: [{ object: LOT, amount: 5n, unit: "0x4b474d" }], flow }, 8),
    ];
    const nothing = { exists: () => false, amount: () => 0n, inside: () => [] };
    const presumed = openingStock(tasks, nothing, NAMES);
    const said = presumed.map(({ by, opening, event: { kind, action, step, parent, objects, quantities, flow } }) =>
      [
        by,
        opening ? "opening" : `${kind}/${action}/${step}`,
        parent === NO_OBJECT ? "" : unpackObjectId(parent).text,
        objects.map((object) => unpackObjectId(object).text).join(),
        quantities.map(({ amount }) => amount).join(),
        flow.toHolder,
      ].join(" "),
    );
    expect(said).to.deep.equal([
      "1 opening  1,,4 5 0",
      "2 opening  2,5,6,7  0",
      "3 opening  3  0",
      `1 2/1/${STEP.PACKING}  4  0`,
      `2 5/1/${STEP.INSTALLING} 6 7  0`,
      `2 1/2/${STEP.SELLING}  5  0`,
      `1 1/2/${SHIPPING}  1, 5 2`,
      `2 1/2/${SHIPPING}  2  0`,
      `3 1/2/${SHIPPING}  3  2`,
    ]);
    expect(new Set(presumed.map(({ event }) => event.contentId)).size).to.equal(presumed.length);
    expect(openingStock(tasks, { ...nothing, exists: () => true, amount: () => 9n }, NAMES)).to.deep.equal([]);
  });

  it("C-11: given a wrong event, its declaration and its correction, when put in order, then the correction comes after the declaration", () => {
    const at = (time: string, more: object = {}) => ({ eventTime: time, ...more });
    const list = [
      at("2026-01-01T00:00:00Z", { eventID: "urn:x:wrong" }),
      at("2026-01-01T00:00:01Z", { eventID: "urn:x:right" }),
      at("2026-01-02T00:00:00Z", { eventID: "urn:x:other" }),
      at("2026-01-01T00:00:00Z", {
        eventID: "urn:x:wrong",
        errorDeclaration: { declarationTime: "2026-01-03T00:00:00Z", correctiveEventIDs: ["urn:x:right"] },
      }),
    ];
    const events = list.map((json, index) => ({
      read: { json, index, pointer: "", prefixes: {} as never },
      contentId: NO_DIGEST,
      ...("errorDeclaration" in json
        ? { declaration: { declarationTime: BigInt(Date.parse("2026-01-03T00:00:00Z")), reason: 2, corrective: [] } }
        : {}),
    }));
    expect(orderEvents(events).map(({ read }) => read.index)).to.deep.equal([0, 2, 3, 1]);
    const recorded = events.map((event, index) => ({
      ...event,
      read: { ...event.read, json: { ...event.read.json, recordTime: `2026-02-0${4 - index}T00:00:00Z` } },
    }));
    expect(orderEvents(recorded).map(({ read }) => read.index)).to.deep.equal([3, 2, 1, 0]);
  });
});
