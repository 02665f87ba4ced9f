import { BizStep, BizTransactionType, ErrorReason, EventKind, PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { CapturedEvent } from "../../../apps/trace-common/epcis/index.ts";
import { ascii } from "../../fixtures/common.ts";
import { digest, expectRefusal } from "../../fixtures/trace-books.ts";
import {
  commission,
  epcis,
  NO_DIGEST,
  observe,
  pieces,
  receive,
  ship,
  transform,
} from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf, lotOf } from "../../fixtures/trace-keys.ts";
import { asCaptured, loadTraceWorld } from "../../fixtures/trace-world.ts";

/** Fields, as `IKeyDataElements.KeyDataElement` counts them. */
const KeyDataElement = {
  READ_POINT: 0,
  LOCATION: 1,
  FROM_OWNER: 2,
  TO_OWNER: 3,
  FROM_HOLDER: 4,
  TO_HOLDER: 5,
  CARRIER: 6,
  LOT: 7,
  QUANTITY: 8,
  PRODUCED_AT: 9,
  EXPIRES_AT: 10,
  CERTIFICATE: 11,
  PURCHASE_ORDER: 12,
  INVOICE: 13,
  DESPATCH_ADVICE: 14,
  BILL_OF_LADING: 15,
  PEDIGREE: 16,
  TEST_RESULT: 17,
  SENSORS: 18,
  MASTER_DATA: 19,
} as const;

const LETTUCE = gtinOf(145);
const LOT = lotOf(LETTUCE, "TLC-1");
const PART = lotOf(LETTUCE, "TLC-2");
const STANDARD = ascii("FSMA-204");
const NOTHING = ascii("");
const US = ascii("US");
const bits = (...elements: readonly number[]) => elements.reduce((set, element) => set | (1n << BigInt(element)), 0n);
const ALL = (1n << 20n) - 1n;
const SHIPPING = bits(KeyDataElement.LOT, KeyDataElement.QUANTITY, KeyDataElement.DESPATCH_ADVICE);

/** A packer and a buyer in the US; the packer is enrolled under a standard with fields for three steps and for transformations. */
async function enrolled() {
  const world = await loadTraceWorld();
  const { elements } = world.contracts;
  const region = "US";
  const packer = await world.party("packer", { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER], region });
  const buyer = await world.party("buyer", { roles: [PartyRole.DISTRIBUTOR], region });
  await world.product("packer", packer.id, LETTUCE);
  await world.publish(
    {
      "trace.kde.FSMA-204.05": bits(KeyDataElement.PRODUCED_AT),
      "trace.kde.FSMA-204.33": SHIPPING,
      "trace.kde.FSMA-204.17": ALL,
      "trace.kde.FSMA-204.T": bits(KeyDataElement.LOT, KeyDataElement.MASTER_DATA),
    },
    region,
  );
  const enrol = async (party: number, standard = STANDARD, who = "regulator") =>
    await elements.writeAndWait.enrol({ party, standard }, await world.as(who));
  await enrol(packer.id);
  const missing = async (event: CapturedEvent, { standard = STANDARD, in: where = US } = {}) => {
    const [captured] = asCaptured([event]);
    if (captured === undefined) throw new Error("nothing captured");
    return await elements.read.missingOf({ standard, region: where, captured });
  };
  const verify = async (events: readonly CapturedEvent[], object = LOT) =>
    await elements.read.verifyCustody({ standard: STANDARD, region: US, object, events: asCaptured(events) });
  const picked = commission([pieces(LOT, 10)], { ilmd: { producedAt: 1_900_000_000n } });
  const advice = { transactions: [{ kind: BizTransactionType.DESADV, id: digest("despatch advice") }] };
  return { ...world, elements, packer, buyer, enrol, missing, verify, picked, advice };
}

describe("KeyDataElements.enrol", () => {
  it("C-45: given anybody but the regulator, a name that is too long, or a party that is unknown or suspended, when it is enrolled, then it is refused", async () => {
    const { enrol, packer, buyer, address, contracts, as, elements } = await enrolled();
    const caller = address("packer");
    await expectRefusal(enrol(packer.id, STANDARD, "packer"), "AccessManagedUnauthorized", { caller });
    const long = ascii("A-STANDARD-OF-17C");
    await expectRefusal(enrol(packer.id, long), "KeyDataElementsInvalidStandard", { standard: long });
    await expectRefusal(enrol(99), "TradePartiesUnknown", { party: 99 });
    await contracts.parties.writeAndWait.suspend({ party: buyer.id, reason: digest("order") }, await as("regulator"));
    await expectRefusal(enrol(buyer.id), "TradePartiesSuspended", { party: buyer.id });
    expect(await elements.read.standardOf({ party: buyer.id })).to.equal(NOTHING);
  });

  it("C-45: given the regulator, when it enrols a party under a standard of 16 characters and under none, then that stands", async () => {
    const { elements, enrol, buyer } = await enrolled();
    for (const standard of [ascii("A-STANDARD-OF-16"), NOTHING]) {
      const outcome = await enrol(buyer.id, standard);
      expect(outcome.event("PartyEnrolled").args).to.deep.equal({ party: buyer.id, standard });
      expect(await elements.read.standardOf({ party: buyer.id })).to.equal(standard);
    }
  });
});

describe("KeyDataElements.beforeCapture", () => {
  it("C-45: given a required field that is missing, when an enrolled party captures, then it is refused with every field that is missing", async () => {
    const { capture, packer, buyer, picked, advice } = await enrolled();
    const refused = { by: packer.id, standard: STANDARD };
    await expectRefusal(capture("packer", packer.id, commission([pieces(LOT, 10)])), "KeyDataElementsMissing", {
      ...{ ...refused, missing: bits(KeyDataElement.PRODUCED_AT) },
    });
    const item = itemOf(LETTUCE, "1");
    await expectRefusal(capture("packer", packer.id, picked, ship([item], buyer.id)), "KeyDataElementsMissing", {
      ...{ ...refused, missing: bits(KeyDataElement.LOT, KeyDataElement.DESPATCH_ADVICE) },
    });
    await capture("packer", packer.id, picked, ship([pieces(LOT, 4)], buyer.id, advice));
    const split = transform([pieces(LOT, 1)], [pieces(PART, 1)]);
    await expectRefusal(capture("packer", packer.id, split), "KeyDataElementsMissing", {
      ...{ ...refused, missing: bits(KeyDataElement.MASTER_DATA) },
    });
    await capture("packer", packer.id, { ...split, ilmd: { ...split.ilmd, digest: digest("data").value } });
  });

  it("C-45: given a party that is not enrolled, another region, or a step without fields, when events are captured, then nothing is asked for", async () => {
    const { capture, party, product, packer, buyer, picked, advice, enrol, contracts } = await enrolled();
    await capture(
      "packer",
      packer.id,
      picked,
      ship([pieces(LOT, 4)], buyer.id, advice),
      observe([pieces(LOT, 1)], { step: "storing" }),
    );
    await capture("buyer", buyer.id, receive([pieces(LOT, 4)], packer.id), ship([pieces(LOT, 1)], packer.id));
    const other = await party("other packer", { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER], region: "CN-SH" });
    await product("other packer", other.id, gtinOf(146));
    await enrol(other.id);
    await capture("other packer", other.id, commission([pieces(lotOf(gtinOf(146), "1"), 1)]));
    expect(await contracts.repository.read.eventCount()).to.equal(6n);
  });

  it("given anybody but the repository, when the guard is called, then it is refused", async () => {
    const { elements, packer, picked, as, address } = await enrolled();
    const [captured] = asCaptured([picked]);
    if (captured === undefined) throw new Error("nothing captured");
    const sender = await as("packer");
    const called = { by: packer.id, captured };
    const refusal = { caller: address("packer") };
    const before = elements.writeAndWait.beforeCapture({ ...called, arg1: 1 }, sender);
    await expectRefusal(before, "AccessManagedUnauthorized", refusal);
    const after = elements.writeAndWait.afterCapture({ ...called, id: 1 }, sender);
    await expectRefusal(after, "AccessManagedUnauthorized", refusal);
    const declared = elements.writeAndWait.afterDeclaration({ ...called, id: 1 }, sender);
    await expectRefusal(declared, "AccessManagedUnauthorized", refusal);
  });
});

describe("KeyDataElements.missingOf and parameterOf", () => {
  it("C-45: given each field alone, when an event is checked against all of them, then exactly the others are missing", async () => {
    const { missing } = await enrolled();
    const digestOfPaper = digest("paper");
    const document = (kind: number) => ({ transactions: [{ kind, id: digestOfPaper }] });
    const cases: readonly (readonly [bigint, Parameters<typeof epcis>[0]])[] = [
      [0n, {}],
      [bits(KeyDataElement.READ_POINT), { readPoint: 1 }],
      [bits(KeyDataElement.LOCATION), { location: 1 }],
      [bits(KeyDataElement.FROM_OWNER), { flow: { fromOwner: 1 } }],
      [bits(KeyDataElement.TO_OWNER), { flow: { toOwner: 1 } }],
      [bits(KeyDataElement.FROM_HOLDER), { flow: { fromHolder: 1 } }],
      [bits(KeyDataElement.TO_HOLDER), { flow: { toHolder: 1 } }],
      [bits(KeyDataElement.CARRIER), { flow: { carrier: 1 } }],
      [bits(KeyDataElement.LOT), { ilmd: { lot: LOT } }],
      [bits(KeyDataElement.LOT, KeyDataElement.QUANTITY), { quantities: [pieces(LOT, 1)] }],
      [bits(KeyDataElement.LOT, KeyDataElement.QUANTITY), { outputQuantities: [pieces(LOT, 1)] }],
      [bits(KeyDataElement.QUANTITY), { objects: [itemOf(LETTUCE, "1")] }],
      [bits(KeyDataElement.QUANTITY), { outputs: [itemOf(LETTUCE, "1")], quantities: [pieces(LOT, 1)] }],
      [bits(KeyDataElement.PRODUCED_AT), { ilmd: { producedAt: 1n } }],
      [bits(KeyDataElement.EXPIRES_AT), { ilmd: { expiresAt: 1n } }],
      [bits(KeyDataElement.CERTIFICATE), { ilmd: { certificate: digestOfPaper.value } }],
      [bits(KeyDataElement.CERTIFICATE), document(BizTransactionType.CERT)],
      [bits(KeyDataElement.PURCHASE_ORDER), document(BizTransactionType.PO)],
      [bits(KeyDataElement.INVOICE), document(BizTransactionType.INV)],
      [bits(KeyDataElement.DESPATCH_ADVICE), document(BizTransactionType.DESADV)],
      [bits(KeyDataElement.BILL_OF_LADING), document(BizTransactionType.BOL)],
      [bits(KeyDataElement.PEDIGREE), document(BizTransactionType.PEDIGREE)],
      [bits(KeyDataElement.TEST_RESULT), document(BizTransactionType.TESTRES)],
      [0n, document(BizTransactionType.RECADV)],
      [bits(KeyDataElement.SENSORS), { sensors: digestOfPaper.value }],
      [bits(KeyDataElement.MASTER_DATA), { ilmd: { digest: digestOfPaper.value } }],
    ];
    for (const [present, terms] of cases) {
      expect(await missing(epcis({ step: BizStep.INSPECTING, ...terms }))).to.equal(ALL & ~present);
    }
    expect(NO_DIGEST).to.equal(NOTHING);
  });

  it("C-45: given another standard, region or step, when an event is checked, then nothing is missing", async () => {
    const { missing } = await enrolled();
    const bare = epcis({ step: BizStep.INSPECTING });
    expect(await missing(bare)).to.equal(ALL);
    expect(await missing(bare, { standard: ascii("FSMA-20") })).to.equal(0n);
    expect(await missing(bare, { in: ascii("CN") })).to.equal(0n);
    expect(await missing(epcis({ step: BizStep.STORING }))).to.equal(0n);
  });

  it("C-45: given a standard, a kind and a step, when the parameter is asked for, then it is named after them", async () => {
    const { elements } = await enrolled();
    const names = [
      [STANDARD, EventKind.OBJECT, BizStep.ACCEPTING, "trace.kde.FSMA-204.01"],
      [STANDARD, EventKind.AGGREGATION, BizStep.OWN, "trace.kde.FSMA-204.42"],
      [STANDARD, EventKind.TRANSFORMATION, BizStep.SHIPPING, "trace.kde.FSMA-204.T"],
      [ascii("A-STANDARD-OF-16"), EventKind.OBJECT, BizStep.SHIPPING, "trace.kde.A-STANDARD-OF-16.33"],
    ] as const;
    for (const [standard, kind, step, name] of names) {
      expect(await elements.read.parameterOf({ standard, kind, step })).to.equal(ascii(name));
    }
  });
});

describe("KeyDataElements.verifyCustody", () => {
  it("C-45: given the events of a lot in order, when they are verified, then the chain is complete; a gap, a change, an error or another lot breaks it there", async () => {
    const { verify, capture, packer, buyer, picked, advice, contracts, as } = await enrolled();
    const shipped = ship([pieces(LOT, 4)], buyer.id, advice);
    const received = receive([pieces(LOT, 4)], packer.id);
    await capture("packer", packer.id, picked, shipped);
    await capture("buyer", buyer.id, received);
    const chain = [picked, shipped, received];
    expect(await verify(chain)).to.deep.equal({ complete: true, at: 3n, missing: 0n });
    expect(await verify([])).to.deep.equal({ complete: false, at: 0n, missing: 0n });
    expect(await verify([picked, received])).to.deep.equal({ complete: false, at: 1n, missing: 0n });
    expect(await verify([picked, shipped, { ...received, zoneOffset: 0 }])).to.deep.equal({
      ...{ complete: false, at: 2n, missing: 0n },
    });
    expect(await verify(chain, PART)).to.deep.equal({ complete: false, at: 0n, missing: 0n });
    const declaration = {
      by: buyer.id,
      declarationTime: received.eventTime,
      reason: ErrorReason.DID_NOT_OCCUR,
      corrective: [],
    };
    const [captured] = asCaptured([received]);
    if (captured === undefined) throw new Error("nothing captured");
    await contracts.repository.writeAndWait.declareError({ ...declaration, captured }, await as("buyer"));
    expect(await verify(chain)).to.deep.equal({ complete: false, at: 2n, missing: 0n });
  });
});
