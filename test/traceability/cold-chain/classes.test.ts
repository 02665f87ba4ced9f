import { expect } from "chai";
import { BOX, COLD, type ColdFixture, loadCold } from "../../fixtures/cold.ts";
import { digestOf } from "../../fixtures/common.ts";
import { commission, GTIN, PARTY, pack, sgtin } from "../../fixtures/trace.ts";

const VACCINE = "06975310000092";
const [FIRST, SECOND, PLAIN] = [sgtin(VACCINE, "1"), sgtin(VACCINE, "2"), sgtin(GTIN.BOX, "1")];

describe("ColdChain.classOf", () => {
  let f: ColdFixture;
  beforeEach(async () => {
    f = await loadCold();
    const filing = {
      gtin: BigInt(VACCINE),
      owner: PARTY.processor,
      unit: "0x000000",
      classes: (1 << 4) | (1 << 5),
      temperature: 3,
      shelfLife: 0n,
      drug: "0x00000000000000",
      name: digestOf("vaccine"),
    } as const;
    await f.catalogue.write.file([filing], f.as("processor"));
    for (const gtin of [VACCINE, GTIN.BOX]) {
      await f.catalogue.write.license([BigInt(gtin), PARTY.store, true], f.as("processor"));
    }
    await f.capture("store", commission([BOX, FIRST, SECOND, PLAIN]));
  });
  const classOf = () => f.cold.read.classOf([BOX]);

  it("C-12: given the packing that gave a unit its class, when declared erroneous, then the unit has none, and takes any", async () => {
    const packing = pack(BOX, [FIRST]);
    await f.capture("store", pack(BOX, [PLAIN]), packing);
    expect(await classOf()).to.equal(COLD.VACCINE);
    await f.declare("store", packing);
    expect(await classOf()).to.equal(COLD.NONE);
  });

  it("C-12: given another thing of the class in the unit, when one packing is declared erroneous, then the class stays until the last", async () => {
    const packings = [pack(BOX, [FIRST]), pack(BOX, [SECOND])] as const;
    await f.capture("store", ...packings);
    await f.declare("store", packings[0]);
    expect(await classOf()).to.equal(COLD.VACCINE);
    await f.declare("store", packings[1]);
    expect(await classOf()).to.equal(COLD.NONE);
  });
});
