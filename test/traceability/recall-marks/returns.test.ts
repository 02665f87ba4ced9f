import { expect } from "chai";
import {
  BATCH,
  box,
  commission,
  loadBatch,
  MEDICINE,
  PAPER,
  PARTY,
  pack,
  qty,
  ROLE_BIT,
  receive,
  sell,
  sgtin,
  ship,
  sscc,
  unpack,
} from "../../fixtures/recall.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const RETURNED = { disposition: "returned" };
const [CASE] = BATCH.cases;
if (CASE === undefined) throw new Error("no case");

/** The batch recalled by the processor: a marked case at the shop, unpacked, and tea of a marked lot out of the sack; the rest as it was. */
async function recalled() {
  const batch = await loadBatch();
  const recall = await batch.open([BATCH.root]);
  await batch.advance(recall, 50);
  await batch.capture("shop", unpack(BATCH.pallet, [CASE ?? "0x"]), unpack(BATCH.sack, [qty(BATCH.parts[2], 2)]));
  return { ...batch, recall };
}

describe("Recalled things that are returned", () => {
  it("C-29: given marked goods, when they are returned to a party that they did not come from, then it is refused", async () => {
    const { capture, marks } = await recalled();
    for (const to of ["store", "lab", "carrier", "grower"] as const) {
      for (const [what, object] of [
        [[CASE], CASE],
        [[BATCH.pallet], BATCH.pallet],
        [[qty(BATCH.parts[2], 1)], BATCH.parts[2]],
      ] as const) {
        const returned = capture("shop", ship(what, PARTY[to], RETURNED));
        await expectRevert(returned, marks, "RecallMarksNotUpTheChain", [object, PARTY[to]]);
      }
    }
    await capture("shop", ship([CASE, BATCH.pallet, qty(BATCH.parts[2], 1)], PARTY.processor, RETURNED));
    await capture("processor", receive([CASE, BATCH.pallet], PARTY.shop, RETURNED));
    await capture("processor", receive([qty(BATCH.parts[2], 1)], PARTY.shop, RETURNED));
  });

  it("C-28: given marked goods, when they are returned to a recycler or an office, then they go there to be destroyed", async () => {
    const { capture, parties, accounts, stateOf } = await recalled();
    const roles = { store: ROLE_BIT.RECYCLER, lab: ROLE_BIT.OFFICE };
    for (const [name, role] of Object.entries(roles) as ["store" | "lab", number][]) {
      await parties.write.changeRoles([PARTY[name], role, PAPER], { account: accounts.platform });
    }
    await capture("shop", ship([CASE], PARTY.store, RETURNED), ship([BATCH.pallet], PARTY.lab, RETURNED));
    await capture("lab", receive([BATCH.pallet], 0, RETURNED));
    expect((await stateOf(BATCH.pallet)).possessor).to.equal(PARTY.lab);
  });

  it("C-29: given marked goods that passed through several hands, when returned, then to each of them, and to who recalls", async () => {
    const { capture, catalogue, as, marks, open, advance, stateOf } = await loadBatch();
    // The grower makes boxes by license; the brand's owner recalls them.
    await catalogue.write.license([6975310000030n, PARTY.grower, true], as("processor"));
    const [own, other] = [box(901), box(902)];
    await capture("grower", commission([own, other]), ship([own, other], PARTY.store));
    await capture("store", receive([own, other], 0), ship([own, other], PARTY.shop));
    await capture("shop", receive([own, other], 0));
    await advance(await open([own, other]), 50);
    const astray = capture("shop", ship([own], PARTY.lab, RETURNED));
    await expectRevert(astray, marks, "RecallMarksNotUpTheChain", [own, PARTY.lab]);
    await capture("shop", ship([own], PARTY.store, RETURNED), ship([other], PARTY.processor, RETURNED));
    await capture("store", receive([own], 0, RETURNED), ship([own], PARTY.grower, RETURNED));
    await capture("grower", receive([own], 0, RETURNED));
    await capture("processor", receive([other], 0, RETURNED));
    expect([(await stateOf(own)).possessor, (await stateOf(other)).possessor]).to.deep.equal([
      PARTY.grower,
      PARTY.processor,
    ]);
  });

  it("C-29: given a container that another packed, when it is returned, then to who recalls what lies in it, too", async () => {
    const { capture, marks, open, advance, catalogue, as } = await loadBatch();
    await catalogue.write.license([6975310000030n, PARTY.grower, true], as("processor"));
    const [one, crate] = [box(903), sscc(77)];
    await capture("grower", commission([one]), ship([one], PARTY.shop));
    await capture("shop", receive([one], 0), pack(crate, [one]), ship([crate], PARTY.store));
    await capture("store", receive([crate], 0));
    await advance(await open([one]), 50);
    const astray = capture("store", ship([crate], PARTY.grower, RETURNED));
    await expectRevert(astray, marks, "RecallMarksNotUpTheChain", [crate, PARTY.grower]);
    await capture("store", ship([crate], PARTY.processor, RETURNED));
  });

  it("given goods that no recall marked, when they are returned, then to whomever", async () => {
    const { capture, stateOf } = await recalled();
    const free = sgtin(MEDICINE, "1");
    await capture("processor", commission([free]), ship([free], PARTY.lab, RETURNED));
    expect((await stateOf(free)).consignee).to.equal(PARTY.lab);
  });
});

describe("TraceState.cameFrom", () => {
  it("given a thing, when asked, then its producer, shippers and packers are told from others", async () => {
    const { state, capture } = await loadBatch();
    const from = async (object: `0x${string}`) => {
      const names = ["grower", "processor", "carrier", "shop", "lab", "store"] as const;
      const told = await Promise.all(names.map((name) => state.read.cameFrom([object, PARTY[name]])));
      return names.filter((_, i) => told[i]);
    };
    const [one, crate] = [box(904), sscc(78)];
    expect(await from(one)).to.deep.equal([]);
    await capture("processor", commission([one]), ship([one], PARTY.store, { flow: { carrier: PARTY.carrier } }));
    expect(await from(one)).to.deep.equal(["processor"]);
    await capture("store", receive([one], 0), pack(crate, [one]), ship([crate], PARTY.shop));
    await capture("shop", receive([crate], 0));
    expect([await from(one), await from(crate)]).to.deep.equal([["processor", "store"], ["store"]]);
    await capture("shop", unpack(crate, [one]));
    expect(await from(one)).to.deep.equal(["processor", "store"]);
    await capture("shop", sell([one]), receive([one], 0, RETURNED));
    expect(await from(one)).to.deep.equal(["processor", "shop", "store"]);
    // Of a lot whoever had some of it, though none is left.
    await capture("shop", unpack(BATCH.sack), ship([qty(BATCH.sound, 3)], PARTY.store));
    await capture("store", receive([qty(BATCH.sound, 3)], PARTY.shop));
    expect(await from(BATCH.sound)).to.deep.equal(["processor", "shop", "store"]);
    expect(await from(BATCH.root)).to.deep.equal(["processor"]);
  });

  it("given more than 16 changes since, when asked, then only the producer is remembered beyond them", async () => {
    const { state, capture } = await loadBatch();
    const one = box(905);
    await capture("processor", commission([one]), ship([one], PARTY.store));
    await capture("store", receive([one], 0), ship([one], PARTY.shop));
    await capture("shop", receive([one], 0));
    for (let i = 0; i < 7; i++) await capture("shop", pack(sscc(80 + i), [one]), unpack(sscc(80 + i), [one]));
    expect(await state.read.cameFrom([one, PARTY.store])).to.equal(true);
    await capture("shop", pack(sscc(90), [one]), unpack(sscc(90), [one]));
    expect([
      await state.read.cameFrom([one, PARTY.store]),
      await state.read.cameFrom([one, PARTY.processor]),
    ]).to.deep.equal([false, true]);
  });
});
