import { expect } from "chai";
import type { CapturedEvent } from "../../../apps/trace-common/epcis/index.ts";
import {
  ACTION,
  type Actor,
  commission,
  epcis,
  GTIN,
  giai,
  KIND,
  lgtin,
  loadTrace,
  observe,
  PARTY,
  pack,
  qty,
  receive,
  sgtin,
  ship,
  sscc,
} from "../../fixtures/trace.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const BOX = sgtin(GTIN.BOX, "1");
const LEAF = lgtin(GTIN.LEAF, "L1");
const PALLET = sscc(1);
const STOLEN = 1n << 31n;

/** A box on a pallet, and leaf, of the processor and the grower. */
async function grown() {
  const trace = await loadTrace();
  await trace.capture("processor", commission([BOX]), pack(PALLET, [BOX]));
  await trace.capture("grower", commission([qty(LEAF, 100)]));
  const refuses = (actor: Actor, object: typeof BOX, event: CapturedEvent) =>
    expectRevert(trace.capture(actor, event), trace.state, "TraceStateNotConcerned", [object, PARTY[actor]]);
  return { ...trace, refuses };
}

describe("TraceState: observations", () => {
  it("C-15: given goods of others, when a party that has nothing to do with them observes them, then it is refused", async () => {
    const { refuses, stateOf } = await grown();
    await refuses("shop", BOX, observe([BOX], { set: STOLEN, disposition: "stolen" }));
    await refuses("carrier", BOX, epcis({ kind: KIND.TRANSACTION, objects: [BOX], transactions: [order] }));
    await refuses(
      "store",
      PALLET,
      epcis({ kind: KIND.TRANSACTION, action: ACTION.DELETE, parent: PALLET, transactions: [order] }),
    );
    await refuses("shop", BOX, epcis({ kind: KIND.AGGREGATION, parent: PALLET, objects: [BOX] }));
    await refuses("processor", LEAF, observe([qty(LEAF, 1)], { disposition: "damaged" }));
    await refuses("store", LEAF, epcis({ step: "accepting", quantities: [qty(LEAF, 1)] }));
    expect((await stateOf(BOX)).persistent).to.equal(0n);
  });

  it("C-15: given goods, when their possessor, carrier, shipper, consignee or owner observes them, then it is kept", async () => {
    const { capture, eventsOf, refuses } = await grown();
    await capture("processor", observe([BOX]));
    await capture("processor", ship([PALLET], PARTY.shop, { flow: { carrier: PARTY.carrier } }));
    for (const actor of ["processor", "carrier", "shop"] as const) {
      await capture(actor, observe([PALLET, BOX], { step: "arriving" }));
    }
    await capture("shop", receive([PALLET], PARTY.processor));
    await refuses("carrier", PALLET, observe([PALLET]));
    await capture("processor", observe([BOX])); // its owner still
    await capture("shop", observe([BOX]));
    expect(await eventsOf(BOX)).to.have.length(8);
  });

  it("C-15: given goods of others, when a laboratory observes them, then it is kept", async () => {
    const { capture, stateOf, lotOf } = await grown();
    await capture("lab", observe([BOX, qty(LEAF, 1)], { disposition: "non_conformant" }));
    expect((await stateOf(BOX)).disposition).to.equal(22);
    expect((await lotOf(LEAF)).disposition).to.equal(22);
  });

  it("C-15: given a lot, when who is to receive, has in a container, or held some of it observes it, then it is kept", async () => {
    const { capture, refuses } = await grown();
    await capture("grower", ship([qty(LEAF, 30)], PARTY.processor));
    await refuses("processor", LEAF, observe([qty(LEAF, 1)]));
    await capture("processor", observe([qty(LEAF, 1)], { flow: { fromHolder: PARTY.grower } }));
    await capture("processor", receive([qty(LEAF, 30)], PARTY.grower), ship([qty(LEAF, 30)], PARTY.store));
    await capture("processor", observe([qty(LEAF, 1)]));
    const sack = sscc(2);
    await capture("grower", pack(sack, [qty(LEAF, 5)]), ship([sack], PARTY.shop));
    await capture("shop", observe([qty(LEAF, 5)], { step: "arriving" }));
    await capture("shop", receive([sack], PARTY.grower), observe([qty(LEAF, 5)]));
    await refuses("carrier", LEAF, observe([qty(LEAF, 5)]));
  });

  it("C-04: given an asset of another, when a stranger associates a thing of its own with it, then it is refused", async () => {
    const { capture, refuses, state } = await grown();
    const lorry = giai("LORRY");
    const sensor = giai("SENSOR");
    await capture("carrier", commission([lorry]));
    await capture("shop", commission([sensor]));
    const bond = { kind: KIND.ASSOCIATION, action: ACTION.ADD, step: "installing", parent: lorry, objects: [sensor] };
    await refuses("shop", lorry, epcis(bond));
    await expectRevert(capture("shop", epcis({ ...bond, parent: giai("NONE") })), state, "TraceStateUnknown", [
      giai("NONE"),
    ]);
    await capture("carrier", epcis({ ...bond, objects: [], quantities: [], action: ACTION.DELETE }));
  });
});

const order = { kind: 6, id: { value: `0x${"11".repeat(32)}` as const, algorithm: 2 } };
