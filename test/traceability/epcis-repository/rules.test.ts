import { digestOf } from "../../fixtures/common.ts";
import {
  ACTION,
  bond,
  commission,
  epcis,
  GTIN,
  KIND,
  lgtin,
  loadTrace,
  loose,
  NO_DIGEST,
  observe,
  pack,
  pieces,
  qty,
  sgtin,
  sscc,
  transform,
  transformation,
} from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const BOX = sgtin(GTIN.BOX, "1");
const TEA = lgtin(GTIN.TEA, "T1");
const DIGEST = digestOf("sample").value;
const ORDER = { kind: 6, id: digestOf("order") };

/** What each rule refuses: the rule, what is wrong, the event, the error and its arguments. */
const REFUSED = [
  ["C-01", "no kind", epcis({ kind: 0 }), "EpcisRulesKindMissing", []],
  ["C-01", "no time", observe([BOX], { eventTime: 0n }), "EpcisRulesTimeMissing", []],
  ["C-01", "an offset over 14 hours", observe([BOX], { zoneOffset: 841 }), "EpcisRulesOffsetOutOfRange", [841]],
  ["C-01", "an offset under -14 hours", observe([BOX], { zoneOffset: -841 }), "EpcisRulesOffsetOutOfRange", [-841]],
  ["C-02", "no action", observe([BOX], { action: ACTION.NONE }), "EpcisRulesWrongAction", [KIND.OBJECT, ACTION.NONE]],
  ["C-02", "an addition of nothing", commission([]), "EpcisRulesObjectsMissing", [KIND.OBJECT, ACTION.ADD]],
  [
    "C-02",
    "sensor data alone without a read point",
    observe([], { sensors: DIGEST }),
    "EpcisRulesObjectsMissing",
    [KIND.OBJECT, ACTION.OBSERVE],
  ],
  [
    "C-02",
    "master data of what is observed",
    observe([BOX], { ilmd: { producedAt: 1n } }),
    "EpcisRulesIlmdNotAllowed",
    [KIND.OBJECT, ACTION.OBSERVE],
  ],
  [
    "C-02",
    "master data of what is packed",
    pack(sscc(1), [BOX], { ilmd: { digest: DIGEST } }),
    "EpcisRulesIlmdNotAllowed",
    [KIND.AGGREGATION, ACTION.ADD],
  ],
  ["C-02", "an item as the lot", commission([BOX], { ilmd: { lot: BOX } }), "EpcisRulesIlmdLot", [BOX]],
  ["C-03", "packing nothing", pack(sscc(1), []), "EpcisRulesObjectsMissing", [KIND.AGGREGATION, ACTION.ADD]],
  [
    "C-03",
    "packing into nothing",
    epcis({ kind: KIND.AGGREGATION, action: ACTION.ADD, objects: [BOX] }),
    "EpcisRulesParentMissing",
    [KIND.AGGREGATION, ACTION.ADD],
  ],
  [
    "C-03",
    "a parent of an object event",
    observe([BOX], { parent: sscc(1) }),
    "EpcisRulesFieldNotAllowed",
    [KIND.OBJECT],
  ],
  [
    "C-04",
    "an association without a parent",
    epcis({ kind: KIND.ASSOCIATION, objects: [BOX] }),
    "EpcisRulesParentMissing",
    [KIND.ASSOCIATION, ACTION.OBSERVE],
  ],
  ["C-04", "an association of nothing", bond(sscc(1), []), "EpcisRulesObjectsMissing", [KIND.ASSOCIATION, ACTION.ADD]],
  [
    "C-05",
    "no business transaction",
    epcis({ kind: KIND.TRANSACTION, objects: [BOX] }),
    "EpcisRulesTransactionMissing",
    [KIND.TRANSACTION],
  ],
  [
    "C-05",
    "a business transaction without an identifier",
    observe([BOX], { transactions: [{ kind: 6, id: { value: NO_DIGEST, algorithm: 0 } }] }),
    "EpcisRulesTransactionMissing",
    [KIND.OBJECT],
  ],
  [
    "C-05",
    "a transaction about nothing",
    epcis({ kind: KIND.TRANSACTION, transactions: [ORDER] }),
    "EpcisRulesObjectsMissing",
    [KIND.TRANSACTION, ACTION.OBSERVE],
  ],
  [
    "C-06",
    "an action of a transformation",
    transform([qty(TEA, 1)], [BOX], { action: ACTION.ADD }),
    "EpcisRulesWrongAction",
    [KIND.TRANSFORMATION, ACTION.ADD],
  ],
  ["C-06", "outputs of nothing", transform([], [BOX]), "EpcisRulesObjectsMissing", [KIND.TRANSFORMATION, ACTION.NONE]],
  ["C-06", "inputs into nothing", transform([BOX], []), "EpcisRulesObjectsMissing", [KIND.TRANSFORMATION, ACTION.NONE]],
  [
    "C-06",
    "a shared id of nothing",
    transform([], [], { transformation: transformation("x") }),
    "EpcisRulesObjectsMissing",
    [KIND.TRANSFORMATION, ACTION.NONE],
  ],
  [
    "C-06",
    "an item as the shared id",
    transform([BOX], [], { transformation: BOX }),
    "EpcisRulesFieldNotAllowed",
    [KIND.TRANSFORMATION],
  ],
  ["C-06", "outputs of an observation", observe([BOX], { outputs: [BOX] }), "EpcisRulesFieldNotAllowed", [KIND.OBJECT]],
  [
    "C-06",
    "a shared id of an observation",
    observe([BOX], { transformation: transformation("x") }),
    "EpcisRulesFieldNotAllowed",
    [KIND.OBJECT],
  ],
  [
    "C-06",
    "a parent of a transformation",
    transform([BOX], [qty(TEA, 1)], { parent: sscc(1) }),
    "EpcisRulesFieldNotAllowed",
    [KIND.TRANSFORMATION],
  ],
  ["C-07", "an item among quantities", observe([pieces(BOX, 1)]), "EpcisRulesInvalidQuantity", [BOX, "0x000000"]],
  [
    "C-07",
    "a unit in small letters",
    observe([qty(TEA, 1, "0x6b676d")]),
    "EpcisRulesInvalidQuantity",
    [TEA, "0x6b676d"],
  ],
  [
    "C-07",
    "a unit of one character",
    observe([qty(TEA, 1, "0x4b0000")]),
    "EpcisRulesInvalidQuantity",
    [TEA, "0x4b0000"],
  ],
  [
    "C-07",
    "a unit with a gap",
    transform([BOX], [qty(TEA, 1, "0x4b004d")]),
    "EpcisRulesInvalidQuantity",
    [TEA, "0x4b004d"],
  ],
  ["C-09", "an own step without its term", observe([BOX], { step: 42 }), "EpcisRulesExtensionsMissing", []],
  [
    "C-09",
    "an own disposition without its term",
    observe([BOX], { disposition: 34 }),
    "EpcisRulesExtensionsMissing",
    [],
  ],
  [
    "C-09",
    "an own type of transaction without its term",
    observe([BOX], { transactions: [{ ...ORDER, kind: 14 }] }),
    "EpcisRulesExtensionsMissing",
    [],
  ],
  ["C-09", "an own persistent disposition", observe([BOX], { set: 1n << 34n }), "EpcisRulesExtensionsMissing", []],
  [
    "C-10",
    "a disposition set and unset",
    observe([BOX], { set: 6n, unset: 4n }),
    "EpcisRulesInvalidPersistent",
    [6n, 4n],
  ],
  ["C-10", "a persistent NONE", observe([BOX], { set: 1n }), "EpcisRulesInvalidPersistent", [1n, 0n]],
  [
    "C-10",
    "an unknown persistent disposition",
    observe([BOX], { unset: 1n << 35n }),
    "EpcisRulesInvalidPersistent",
    [0n, 1n << 35n],
  ],
] as const;

describe("EpcisRules", () => {
  for (const [rule, what, event, error, args] of REFUSED) {
    it(`${rule}: given ${what}, when it is captured, then it is refused`, async () => {
      const trace = await loadTrace();
      await expectRevert(trace.capture("processor", event), trace.repository, error, args as never);
    });
  }

  it("given the extremes that the rules allow, when they are captured, then they are", async () => {
    const trace = await loadTrace();
    const own = { step: 42, disposition: 34, extensions: DIGEST, set: 1n << 34n };
    await trace.capture(
      "processor",
      commission([BOX, qty(TEA, 3)], { zoneOffset: 840 }),
      observe([BOX], { zoneOffset: -840, ...own, transactions: [{ ...ORDER, kind: 14 }] }),
      observe([]),
      observe([], { sensors: DIGEST, readPoint: 1 }),
      observe([{ ...qty(TEA, 1, "0x4b4700") }]),
      epcis({ kind: KIND.AGGREGATION, objects: [BOX] }),
      epcis({ kind: KIND.TRANSACTION, action: ACTION.DELETE, transactions: [ORDER] }),
      epcis({ kind: KIND.TRANSACTION, action: ACTION.ADD, objects: [BOX], transactions: [ORDER] }),
      pack(sscc(1), [qty(TEA, 1)]),
      loose(sscc(1)),
    );
  });
});
