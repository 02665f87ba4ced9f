import { expect } from "chai";
import fc from "fast-check";
import { DAY } from "../../fixtures/prepaid.ts";
import { ENTRY } from "../../fixtures/prepaid-cards.ts";
import { deployRedemptions, EVIDENCE, REASON, RULING } from "../../fixtures/redemptions.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployRedemptions);
type Domain = Awaited<ReturnType<typeof fixture>>;

const ACTIONS = ["record", "confirm", "contest", "withdraw", "decide", "finalise", "hold", "capture", "close"] as const;

/** A step: what to do, with which of the entries or authorisations that allow it, and with how many visits. */
const step = fc.record({
  action: fc.constantFrom(...ACTIONS),
  pick: fc.nat(1_000),
  face: fc.bigInt({ min: 1n, max: 3n }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What the test knows of the entries and authorisations, by number. */
interface Model {
  readonly entries: Map<bigint, { status: number; face: bigint }>;
  readonly held: Map<bigint, bigint>;
  free: bigint;
}

const choose = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(items.length, 1)];

async function play(domain: Domain, model: Model, { action, pick, face }: Step): Promise<void> {
  const { redemptions, asAgent, asConsumer, asArbiter } = domain;
  const of = (...statuses: number[]) =>
    choose(
      [...model.entries].filter(([, entry]) => statuses.includes(entry.status)),
      pick,
    );
  if (action === "record" || action === "hold") {
    if (model.free < face) return;
    model.free -= face;
    if (action === "hold") model.held.set(await domain.hold({ face }), face);
    else model.entries.set(await domain.write(face, 0n), { status: ENTRY.PENDING, face });
    return;
  }
  if (action === "capture" || action === "close") {
    const [id, left] = choose([...model.held], pick) ?? [];
    if (id === undefined || left === undefined) return;
    if (action === "close") {
      await redemptions.write.void_([id], asAgent);
      model.held.delete(id);
      model.free += left;
      return;
    }
    const taken = face < left ? face : left;
    await redemptions.write.capture([id, taken, 0n, EVIDENCE], asAgent);
    model.entries.set(await redemptions.read.count(), { status: ENTRY.PENDING, face: taken });
    if (taken === left) model.held.delete(id);
    else model.held.set(id, left - taken);
    return;
  }
  const [id, entry] =
    (action === "decide"
      ? of(ENTRY.CONTESTED)
      : action === "withdraw"
        ? of(ENTRY.PENDING, ENTRY.CONTESTED)
        : of(ENTRY.PENDING)) ?? [];
  if (id === undefined || entry === undefined) return;
  if (action === "confirm") {
    await redemptions.write.confirm([id], asConsumer);
    entry.status = ENTRY.FINAL;
  } else if (action === "contest") {
    await redemptions.write.contest([id, REASON], asConsumer);
    entry.status = ENTRY.CONTESTED;
  } else if (action === "withdraw") {
    await redemptions.write.withdraw([id], asAgent);
    entry.status = ENTRY.CANCELLED;
    model.free += entry.face;
  } else if (action === "finalise") {
    const { networkHelpers } = domain.connection;
    const snapshot = await networkHelpers.takeSnapshot();
    await networkHelpers.time.increase(8n * DAY);
    await redemptions.write.finalise([[id]], asAgent);
    expect((await redemptions.read.redemptionOf([id])).status).to.equal(ENTRY.FINAL);
    // Time goes back, so that the other windows stay open.
    await snapshot.restore();
  } else {
    const stands = face < entry.face ? face : 0n;
    await redemptions.write.decide([id, stands, 0n, RULING], asArbiter);
    model.free += entry.face - stands;
    entry.status = stands === 0n ? ENTRY.CANCELLED : ENTRY.FINAL;
    if (stands !== 0n) entry.face = stands;
  }
}

describe("Redemptions: over random sequences", () => {
  it("what is open is set aside, what is final is earned, and nothing else", async function () {
    this.timeout(120_000);
    const property = fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
      const domain = await fixture();
      const model: Model = { entries: new Map(), held: new Map(), free: 10n };
      for (const item of steps) await play(domain, model, item);

      let open = [...model.held.values()].reduce((sum, left) => sum + left, 0n);
      let final = 0n;
      for (const [id, entry] of model.entries) {
        const stored = await domain.redemptions.read.redemptionOf([id]);
        expect([stored.status, stored.face]).to.deep.equal([entry.status, entry.face]);
        if (entry.status === ENTRY.PENDING || entry.status === ENTRY.CONTESTED) open += entry.face;
        if (entry.status === ENTRY.FINAL) final += entry.face;
      }
      // Ten visits for 100,000 fen.
      expect(await domain.figuresOf(domain.visits)).to.deep.include({
        reserved: open,
        trancheUsed: final,
        redeemed: final * 10_000n,
        principal: 100_000n - final * 10_000n,
      });
      expect(model.free).to.equal(10n - open - final);
    });
    // A failure prints its seed and the shortest sequence.
    await fc.assert(property, { numRuns: 6 });
  });
});
