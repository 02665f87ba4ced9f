import { BizStep, BizTransactionType, EventKind, PartyRole } from "@banyan/trace-common/client";
import { expect } from "chai";
import type { CapturedEvent } from "../../../apps/trace-common/epcis/index.ts";
import { ascii } from "../../fixtures/common.ts";
import type { Member } from "../../fixtures/stage-files.ts";
import { digest, expectRefusal } from "../../fixtures/trace-books.ts";
import { commission, type EventTerms, receive, ship } from "../../fixtures/trace-events.ts";
import { gtinOf, itemOf, lotOf } from "../../fixtures/trace-keys.ts";
import { asCaptured, loadTraceWorld, type TraceWorld } from "../../fixtures/trace-world.ts";
import { system } from "../../helpers/system.ts";

const DRUG = gtinOf(140);
const UNIT = itemOf(DRUG, "RX-000001");
const LOT = lotOf(DRUG, "LOT-7");
const STANDARD = ascii("US-DSCSA");
const US = ascii("US");
/** The fields that the standard requires, as `IKeyDataElements.KeyDataElement` counts them. */
const [FROM_OWNER, TO_OWNER, FROM_HOLDER, TO_HOLDER] = [2n, 3n, 4n, 5n];
const [LOT_NUMBER, EXPIRES_AT, DESPATCH_ADVICE] = [7n, 10n, 14n];
const bits = (...elements: readonly bigint[]) => elements.reduce((set, element) => set | (1n << element), 0n);
const SHIPPING = bits(FROM_OWNER, TO_OWNER, FROM_HOLDER, TO_HOLDER, DESPATCH_ADVICE);

system("us-pharma-supply-chain-sandbox", () => {
  let world: TraceWorld;
  let maker: Member;
  let distributor: Member;
  let pharmacy: Member;

  beforeEach(async () => {
    world = await loadTraceWorld();
    const region = "US";
    maker = await world.party("drug maker", { roles: [PartyRole.PRODUCER, PartyRole.BRAND_OWNER], region });
    distributor = await world.party("distributor", { roles: [PartyRole.DISTRIBUTOR], region });
    pharmacy = await world.party("pharmacy", { roles: [PartyRole.RETAILER], region });
    await world.product("drug maker", maker.id, DRUG);
    const { elements } = world.contracts;
    await world.publish(
      {
        "trace.kde.US-DSCSA.05": bits(LOT_NUMBER, EXPIRES_AT),
        "trace.kde.US-DSCSA.33": SHIPPING,
        "trace.kde.US-DSCSA.24": bits(FROM_HOLDER, TO_HOLDER),
      },
      region,
    );
    for (const { id } of [maker, distributor, pharmacy]) {
      await elements.writeAndWait.enrol({ party: id, standard: STANDARD }, await world.as("regulator"));
    }
  });

  const made = () => commission([UNIT], { ilmd: { lot: LOT, expiresAt: 2_000_000_000n } });
  const advice = { transactions: [{ kind: BizTransactionType.DESADV, id: digest("despatch advice") }] };
  const shipment = (from: Member, to: Member, terms: EventTerms = advice) =>
    ship([UNIT], to.id, { ...terms, flow: { fromOwner: from.id, toOwner: to.id, fromHolder: from.id, ...terms.flow } });
  const receipt = (from: Member, to: Member) =>
    receive([UNIT], from.id, { flow: { toHolder: to.id, fromOwner: from.id, toOwner: to.id } });
  const move = async (from: Member, to: Member): Promise<CapturedEvent[]> => {
    const [out, arrived] = [shipment(from, to), receipt(from, to)];
    await world.capture(from.agent, from.id, out);
    await world.capture(to.agent, to.id, arrived);
    return [out, arrived];
  };
  const verify = async (events: readonly CapturedEvent[]) =>
    await world.contracts.elements.read.verifyCustody({
      standard: STANDARD,
      region: US,
      object: UNIT,
      events: asCaptured(events),
    });

  it("C-45: verifies a unit's chain of custody from maker to dispenser against the fields that the standard requires", async () => {
    const first = made();
    await world.capture("drug maker", maker.id, first);
    const chain = [first, ...(await move(maker, distributor)), ...(await move(distributor, pharmacy))];
    expect(await verify(chain)).to.deep.equal({ complete: true, at: 5n, missing: 0n });
    // A link left out does not verify, nor does an event that was not captured as it is shown.
    expect(await verify([first, ...chain.slice(3)])).to.deep.equal({ complete: false, at: 1n, missing: 0n });
    const altered = chain.map((event, index) => (index === 3 ? { ...event, eventTime: event.eventTime + 1n } : event));
    expect(await verify(altered)).to.deep.equal({ complete: false, at: 3n, missing: 0n });
    expect((await verify([])).complete).to.equal(false);
  });

  it("C-45: fails a shipment that lacks a required field, naming the field", async () => {
    const { elements } = world.contracts;
    await world.capture("drug maker", maker.id, made());
    const bare = shipment(maker, distributor, { transactions: [] });
    await expectRefusal(world.capture("drug maker", maker.id, bare), "KeyDataElementsMissing", {
      ...{ by: maker.id, standard: STANDARD, missing: bits(DESPATCH_ADVICE) },
    });
    const unowned = ship([UNIT], distributor.id, advice);
    await expectRefusal(world.capture("drug maker", maker.id, unowned), "KeyDataElementsMissing", {
      ...{ by: maker.id, standard: STANDARD, missing: bits(FROM_OWNER, TO_OWNER, FROM_HOLDER) },
    });
    const [asBare] = asCaptured([bare]);
    if (asBare === undefined) throw new Error("nothing captured");
    expect(await elements.read.missingOf({ standard: STANDARD, region: US, captured: asBare })).to.equal(
      bits(DESPATCH_ADVICE),
    );
    expect(await verify([bare])).to.deep.equal({ complete: false, at: 0n, missing: bits(DESPATCH_ADVICE) });
    await world.capture("drug maker", maker.id, shipment(maker, distributor));
  });

  it("asks nothing of a party that is not enrolled, and reads each step's fields from the published policy", async () => {
    const { elements } = world.contracts;
    await elements.writeAndWait.enrol({ party: maker.id, standard: ascii("") }, await world.as("regulator"));
    await world.capture("drug maker", maker.id, commission([UNIT]), ship([UNIT], distributor.id));
    expect(
      await elements.read.parameterOf({ standard: STANDARD, kind: EventKind.OBJECT, step: BizStep.SHIPPING }),
    ).to.equal(ascii("trace.kde.US-DSCSA.33"));
    expect(
      await elements.read.parameterOf({ standard: STANDARD, kind: EventKind.TRANSFORMATION, step: BizStep.NONE }),
    ).to.equal(ascii("trace.kde.US-DSCSA.T"));
    const long = ascii("A-STANDARD-OF-17C");
    await expectRefusal(
      elements.writeAndWait.enrol({ party: maker.id, standard: long }, await world.as("regulator")),
      "KeyDataElementsInvalidStandard",
      { standard: long },
    );
  });
});
