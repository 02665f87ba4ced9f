import { expect } from "chai";
import fc from "fast-check";
import { deployCardLedger } from "../../fixtures/card-ledger.ts";
import { CONSUMER_KEY } from "../../fixtures/prepaid-cards.ts";
import { defineFixture } from "../../helpers/fixture.ts";

const fixture = defineFixture(deployCardLedger);
type Ledger = Awaited<ReturnType<typeof fixture>>;

/** What a card should have, computed beside the contract in exact fractions. */
interface Model {
  paid: bigint;
  face: bigint;
  used: bigint;
  reserved: bigint;
  redeemed: bigint;
  refunded: bigint;
  paidTotal: bigint;
}

const ACTIONS = ["reserve", "unreserve", "consume", "consumeReserved", "topUp"] as const;

/** A step: what to do on which of the three cards, with how much of what is possible (in thousandths). */
const step = fc.record({
  action: fc.constantFrom(...ACTIONS),
  card: fc.integer({ min: 0, max: 2 }),
  share: fc.bigInt({ min: 1n, max: 1_000n }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const left = (card: Model) => card.paid - (card.face === 0n ? 0n : (card.paid * card.used) / card.face);

/** Does a step on chain and in the model; skips it where nothing is possible. */
async function play(ledger: Ledger, ids: readonly bigint[], models: readonly Model[], { action, card, share }: Step) {
  const { cards, sales, topUp, asAgent, asOperator } = ledger;
  const [id, model] = [ids[card], models[card]];
  if (id === undefined || model === undefined) throw new Error("three cards");
  const free = model.face - model.used - model.reserved;
  const most = action === "unreserve" || action === "consumeReserved" ? model.reserved : free;
  const face = (most * share) / 1_000n;
  if (action === "topUp") {
    const paid = share * 13n;
    await sales.write.topUp([topUp(id, { paid, face: paid + share })], asAgent);
    model.paid = left(model) + paid;
    model.face += paid + share - model.used;
    model.used = 0n;
    model.paidTotal += paid;
    return;
  }
  if (face === 0n) return;
  if (action === "reserve") {
    await cards.write.reserve([id, face], asOperator);
    model.reserved += face;
  } else if (action === "unreserve") {
    await cards.write.unreserve([id, face], asOperator);
    model.reserved -= face;
  } else {
    const fromReserve = action === "consumeReserved";
    const before = left(model);
    await cards.write.consume([id, face, 0n, fromReserve], asOperator);
    model.used += face;
    if (fromReserve) model.reserved -= face;
    model.redeemed += before - left(model);
  }
}

/** Ends a card at the free principal, then decides what is set aside in the holder's favour. */
async function refund(ledger: Ledger, id: bigint, model: Model) {
  const { cards, asOperator } = ledger;
  const set = await cards.read.reservedPrincipalOf([id]);
  const free = left(model) - set;
  await cards.write.beginEnding([id, 4], asOperator);
  if (free !== 0n) await cards.write.repay([id, free], asOperator);
  if (model.reserved !== 0n) await cards.write.unreserve([id, model.reserved], asOperator);
  if (set !== 0n) await cards.write.repay([id, set], asOperator);
  await cards.write.finishEnding([id], asOperator);
  model.refunded = free + set;
}

async function check(ledger: Ledger, ids: readonly bigint[], models: readonly Model[]) {
  const { cards, book, merchant } = ledger;
  let principals = 0n;
  for (const [index, id] of ids.entries()) {
    const model = models[index];
    if (model === undefined) throw new Error("three cards");
    const card = await cards.read.cardOf([id]);
    expect({
      principal: card.principal,
      redeemed: card.redeemed,
      refunded: card.refunded,
      used: card.trancheUsed,
      face: card.trancheFace,
      reserved: card.reserved,
    }).to.deep.equal({
      principal: left(model) - model.refunded,
      redeemed: model.redeemed,
      refunded: model.refunded,
      used: model.used,
      face: model.face,
      reserved: model.reserved,
    });
    expect(card.paidTotal).to.equal(model.paidTotal);
    expect(card.paidTotal).to.equal(card.principal + card.redeemed + card.refunded);
    principals += card.principal;
  }
  expect(await book.read.balanceOf([merchant])).to.equal(principals);
  const has = await book.read.exposureOf([merchant, CONSUMER_KEY]);
  expect(has.storedPrincipal + has.visitsPrincipal + has.periodPrincipal).to.equal(principals);
}

describe("CardLedger: over random sequences", () => {
  it("each card and the book balance, and refunds pay back exactly what was not redeemed", async function () {
    this.timeout(120_000);
    const property = fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20 }), async (steps) => {
      const ledger = await fixture();
      const ids = [ledger.stored, ledger.visits, ledger.pass];
      await ledger.publish("CN-GZ", { "prepaid.cap.named": 0n });
      const models = await Promise.all(
        ids.map(async (id): Promise<Model> => {
          const { tranchePaid: paid, trancheFace: face } = await ledger.cards.read.cardOf([id]);
          return { paid, face, used: 0n, reserved: 0n, redeemed: 0n, refunded: 0n, paidTotal: paid };
        }),
      );
      for (const item of steps) await play(ledger, ids, models, item);
      await check(ledger, ids, models);
      for (const [index, id] of ids.entries()) {
        const model = models[index];
        if (model !== undefined) await refund(ledger, id, { ...model });
        if (model !== undefined) Object.assign(model, { refunded: left(model), reserved: 0n });
      }
      await check(ledger, ids, models);
      expect((await ledger.book.read.totalsOf([ledger.merchant])).live).to.equal(0n);
    });
    // A failure prints its seed and the shortest sequence.
    await fc.assert(property, { numRuns: 6 });
  });
});
