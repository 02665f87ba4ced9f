import { expect } from "chai";
import { COLOUR } from "../../fixtures/custody.ts";
import { CARD_KIND } from "../../fixtures/prepaid.ts";
import { CARD_STATUS, END_CAUSE } from "../../fixtures/prepaid-cards.ts";
import { requiredReference } from "../custody-rules/required.reference.ts";
import { REVENUE, type Trader, type World } from "./world.ts";

const REFUND = { APPROVED: 2, PAID: 3 } as const;
const RULED = 2n ** 128n - 1n;

/** Every card that was sold, by its number, as it stands. */
export async function cardsOf({ cards }: World) {
  const count = await cards.read.count();
  const ids = Array.from({ length: Number(count) }, (_, index) => BigInt(index) + 1n);
  return Promise.all(ids.map(async (id) => ({ id, ...(await cards.read.cardOf([id])) })));
}

type Cards = Awaited<ReturnType<typeof cardsOf>>;

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);

/**
 * Checks everything that must hold whatever happened: each card, each merchant's book, custody and code, each refund and
 * each round of default claims.
 *
 * @param world - The deployment.
 */
export async function checkWorld(world: World): Promise<void> {
  const cards = await cardsOf(world);
  for (const card of cards) checkCard(card);
  for (const trader of world.traders) {
    const own = cards.filter(({ merchant }) => merchant === trader.id);
    await checkBook(world, trader, own);
    await checkCustody(world, trader);
    await checkCode(world, trader);
    await checkClaims(world, trader);
  }
  await checkRefunds(world, cards);
}

/** A card's payments are all somewhere, and it ends for one cause, with nothing left in it. */
function checkCard(card: Cards[number]) {
  const at = `card ${card.id}`;
  expect(card.paidTotal, at).to.equal(card.principal + card.redeemed + card.refunded);
  expect(card.trancheUsed + card.reserved <= card.trancheFace, at).to.equal(true);
  expect(card.principal <= card.tranchePaid, at).to.equal(true);
  const ends = card.status === CARD_STATUS.ENDING || card.status === CARD_STATUS.ENDED;
  expect(card.cause !== END_CAUSE.NONE, at).to.equal(ends);
  if (card.status === CARD_STATUS.ENDED) expect([card.principal, card.reserved], at).to.deep.equal([0n, 0n]);
}

/** The book is the sum of the cards, and exposures are the sum of each consumer's. */
async function checkBook({ book, buyers }: World, { id }: Trader, cards: Cards) {
  const totals = await book.read.totalsOf([id]);
  expect(await book.read.balanceOf([id])).to.equal(sum(cards.map(({ principal }) => principal)));
  expect(totals).to.deep.equal({
    paid: sum(cards.map(({ paidTotal }) => paidTotal)),
    redeemed: sum(cards.map(({ redeemed }) => redeemed)),
    refunded: sum(cards.map(({ refunded }) => refunded)),
    cards: BigInt(cards.length),
    live: BigInt(cards.filter(({ status }) => status !== CARD_STATUS.ENDED).length),
  });
  for (const { key } of buyers) {
    const left = (kind: number) =>
      sum(cards.filter((card) => card.consumerKey === key && card.kind === kind).map(({ principal }) => principal));
    const exposure = await book.read.exposureOf([id, key]);
    expect([exposure.storedPrincipal, exposure.visitsPrincipal, exposure.periodPrincipal]).to.deep.equal([
      left(CARD_KIND.STORED_VALUE),
      left(CARD_KIND.VISITS),
      left(CARD_KIND.PERIOD),
    ]);
  }
}

/** What came into a vault is in it or went to the merchant for what was redeemed, to holders, or back. */
async function checkCustody({ custody, book, token }: World, { id }: Trader) {
  const account = await custody.read.accountOf([id]);
  const vault = await custody.read.vaultBalanceOf([id]);
  const { redeemed } = await book.read.totalsOf([id]);
  expect(account.paidIn).to.equal(vault + account.released + account.refunded + account.returned);
  expect(account.released <= redeemed, "released <= redeemed").to.equal(true);
  expect(await token.read.balanceOf([account.vault])).to.equal(vault);
}

/** Colour and compliance are what anybody computes from balance, custody, cover and policy, and are what was announced. */
async function checkCode({ code, custody, book, register, now }: World, { id, policy }: Trader) {
  const time = await now();
  const balance = await book.read.balanceOf([id]);
  const covers = await Promise.all((await custody.read.coversOf([id])).map((cover) => custody.read.coverById([cover])));
  const cover = sum(
    covers.filter(({ startsAt, expiresAt }) => startsAt <= time && time < expiresAt).map(({ amount }) => amount),
  );
  const held = await custody.read.vaultBalanceOf([id]);
  const { filing, linkedAt } = await register.read.merchantOf([id]);
  const required = requiredReference(policy, {
    balance,
    quarterEnd: 0n,
    scale: filing.scale,
    revenue: policy.general === undefined ? 0n : REVENUE,
    licensedAt: filing.licensedAt,
    now: time,
  });
  let colour: number = COLOUR.YELLOW;
  if (linkedAt === 0n) colour = COLOUR.GREY;
  else if (held + cover === 0n) colour = COLOUR.RED;
  else if (held + cover >= balance) colour = COLOUR.GREEN;
  const compliant = held + cover >= required;
  const facts = { colour, compliant, balance, custody: held, cover, required };
  expect(await code.read.factsOf([id]), `merchant ${id}`).to.deep.equal(facts);
  expect(await code.read.lastColourOf([id]), `announced of merchant ${id}`).to.equal(colour);
  expect((await code.read.shortSince([id])) === 0n, `announced of merchant ${id}`).to.equal(compliant);
}

/** No refund gives back more than was paid, less what was redeemed on the basis of its cause. */
async function checkRefunds({ refunds }: World, cards: Cards) {
  const count = await refunds.read.count();
  for (let id = 1n; id <= count; id++) {
    const refund = await refunds.read.refundOf([id]);
    const card = cards.find((each) => each.id === refund.card);
    if (card === undefined) throw new Error(`refund ${id} of a card that was never sold`);
    const at = `refund ${id}`;
    expect(refund.paidFromCustody + refund.paidByMerchant <= refund.principal, at).to.equal(true);
    expect(refund.fromCard <= card.refunded, at).to.equal(true);
    if (refund.status === REFUND.PAID) {
      expect(refund.paidFromCustody + refund.paidByMerchant, at).to.equal(refund.principal);
    }
    if (refund.status !== REFUND.PAID && refund.status !== REFUND.APPROVED) continue;
    expect(refund.principal + refund.refundedBefore <= card.paidTotal, at).to.equal(true);
    const atListPrice = refund.cause === END_CAUSE.CONSUMER && card.kind !== CARD_KIND.PERIOD;
    if (!atListPrice || refund.kept === RULED || refund.principal === 0n) continue;
    const redeemed = card.listUsed;
    expect(refund.principal + refund.refundedBefore + redeemed <= card.paidTotal, `${at} at list price`).to.equal(true);
  }
}

/** A round pays its pot and no more; once everybody has claimed, exactly its pot. */
async function checkClaims({ claims }: World, { id }: Trader) {
  const rounds = await claims.read.roundsOf([id]);
  for (let round = 1n; round <= rounds; round++) {
    const { pot, base, claimed, paid } = await claims.read.roundOf([id, round]);
    expect(pot <= base && claimed <= base && paid <= pot, `round ${round}`).to.equal(true);
    if (claimed === base) expect(paid, `round ${round}`).to.equal(pot);
  }
}
