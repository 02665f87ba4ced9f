import { expect } from "chai";
import { stringToHex } from "viem";
import { KeyKind, packObjectId } from "../../../apps/trace-common/epcis/index.ts";
import {
  CLASS_BIT,
  commission,
  type EventTerms,
  GTIN,
  lgtin,
  loadRules,
  observe,
  PARTY,
  pieces,
  qty,
  sgtin,
  transform,
} from "../../fixtures/trace-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const PILLS = "06975310000061";
const DRUG = stringToHex("8312345");
const code = (text: string) => packObjectId({ kind: KeyKind.MEDICINE, number: "", text });
const pack = code("83123450000000000001");
const lot = lgtin(PILLS, "P1");
/** Lot and expiry, as a commissioning of medicine states them. */
const stated: EventTerms = { ilmd: { lot, expiresAt: 2_000_000_000n } };

/** The processor holds the licence of a medicine. */
async function licensed() {
  const rules = await loadRules();
  await rules.fileProduct(PILLS, "processor", { classes: CLASS_BIT.MEDICINE, drug: DRUG });
  return rules;
}

describe("MedicineCodes", () => {
  it("C-31: given a code whose first seven characters name no drug, when it is commissioned, then it is refused", async () => {
    const { medicines, capture } = await licensed();
    const unknown = code("83999990000000000001");
    const commissioned = capture("processor", commission([pack, unknown], stated));
    await expectRevert(commissioned, medicines, "MedicineCodesUnknownDrug", [unknown, stringToHex("8399999")]);
    expect(await medicines.read.isUsed([pack])).to.equal(false);
  });

  it("C-31: given a party without the licence, when it commissions a code of the drug, then it is refused until it is licensed", async () => {
    const { medicines, catalogue, capture, as, stateOf } = await licensed();
    const foreign = () => capture("grower", commission([pack], stated));
    await expectRevert(foreign(), medicines, "MedicineCodesNotProducer", [pack, BigInt(PILLS), PARTY.grower]);
    await catalogue.write.license([BigInt(PILLS), PARTY.grower, true], as("processor"));
    await foreign();
    expect((await stateOf(pack)).producer).to.equal(PARTY.grower);
  });

  it("C-31: given no lot or no expiry, when a code is commissioned, then it is refused", async () => {
    const { medicines, capture } = await licensed();
    for (const ilmd of [{}, { lot }, { expiresAt: 2_000_000_000n }]) {
      await expectRevert(capture("processor", commission([pack], { ilmd })), medicines, "MedicineCodesLotMissing", [
        pack,
      ]);
    }
  });

  it("C-31: given a code in use, when it is commissioned again, then it is refused, even after its commissioning was declared erroneous", async () => {
    const { medicines, capture, declare } = await licensed();
    const twice = capture("processor", commission([pack, pack], stated));
    await expectRevert(twice, medicines, "MedicineCodesUsed", [pack]);
    const first = commission([pack], stated);
    await capture("processor", first);
    expect(await medicines.read.isUsed([pack])).to.equal(true);
    const again = () => capture("processor", commission([pack], stated));
    await expectRevert(again(), medicines, "MedicineCodesUsed", [pack]);
    await declare("processor", first);
    expect(await medicines.read.isUsed([pack])).to.equal(true);
    await expectRevert(again(), medicines, "MedicineCodesUsed", [pack]);
  });

  it("C-31: given a refused call, when the code is commissioned properly, then it is free; the rest of the code is opaque", async () => {
    const { medicines, capture } = await licensed();
    const opaque = code("83123459876543210987");
    await expectRevert(capture("processor", commission([opaque])), medicines, "MedicineCodesLotMissing", [opaque]);
    await capture("processor", commission([pack, opaque], stated));
    for (const each of [pack, opaque]) expect(await medicines.read.isUsed([each])).to.equal(true);
  });

  it("C-31: given codes as outputs of a transformation, when it is captured, then the same rules hold", async () => {
    const { medicines, catalogue, capture, as } = await licensed();
    const tea = lgtin(GTIN.TEA, "T1");
    const basis = { value: `0x${"11".repeat(32)}`, algorithm: 1 } as const;
    await catalogue.write.stateFactor([BigInt(GTIN.TEA), BigInt(PILLS), 1_000_000n, basis], as("processor"));
    await capture("processor", commission([qty(tea, 10)]));
    const unknown = code("83999990000000000001");
    const made = (output: `0x${string}`, terms: EventTerms = stated) =>
      capture("processor", transform([qty(tea, 1)], [output], terms));
    await expectRevert(made(unknown), medicines, "MedicineCodesUnknownDrug", [unknown, stringToHex("8399999")]);
    await expectRevert(made(pack, {}), medicines, "MedicineCodesLotMissing", [pack]);
    await capture("processor", commission([pack], stated));
    await expectRevert(made(pack), medicines, "MedicineCodesUsed", [pack]);
  });

  it("C-31: given a GS1 code of the medicine, or a medicine's code that is only observed, when it is captured, then nothing is used up", async () => {
    const { medicines, capture } = await licensed();
    const gs1 = sgtin(PILLS, "1");
    await capture("processor", commission([gs1]), commission([pieces(lot, 1)]), commission([pack], stated));
    await capture("processor", observe([pack]), observe([pack]));
    expect(await medicines.read.isUsed([gs1])).to.equal(false);
  });

  it("given anybody but the repository, when the guard is called, then it is refused", async () => {
    const { medicines, accounts, as } = await licensed();
    const direct = medicines.write.beforeCapture([PARTY.processor, 1, commission([pack], stated)], as("processor"));
    await expectRevert(direct, medicines, "AccessManagedUnauthorized", [accounts.processor.address]);
  });
});
