import { dayOf, type Line, moment, yuan } from "./calendar.ts";
import { merchants } from "./merchants.ts";
import type { Random } from "@banyan/app-common/story";

/** How many cards of which kind a merchant sells, and how often each is used. */
interface Plan {
  readonly merchant: string;
  readonly cards: number;
  readonly kind: "stored" | "visits" | "period";
  /** Most uses of a card. */
  readonly uses: number;
  /** Last day on which it serves. */
  readonly until: number;
}

const plans: readonly Plan[] = [
  { merchant: "M01", cards: 100, kind: "stored", uses: 22, until: 31 },
  { merchant: "M02", cards: 32, kind: "visits", uses: 9, until: 31 },
  { merchant: "M02", cards: 30, kind: "period", uses: 4, until: 31 },
  { merchant: "M03", cards: 38, kind: "visits", uses: 8, until: 31 },
  { merchant: "M04", cards: 36, kind: "stored", uses: 6, until: 17 },
  { merchant: "M06", cards: 18, kind: "stored", uses: 6, until: 31 },
  { merchant: "M07", cards: 28, kind: "stored", uses: 16, until: 31 },
];

/** A card in the making; money in fen, face in the card's unit. */
interface SampleCard {
  readonly name: string;
  readonly merchant: string;
  readonly holder: string;
  readonly paid: number;
  readonly face: number;
  readonly unit: number;
  readonly soldAt: number;
  left: number;
}

/** What the ordinary month leaves for the scenes: the cards of the merchant that defaults. */
export interface Trade {
  readonly lines: readonly Line[];
  readonly cards: number;
  readonly redemptions: number;
  /** Cards of a merchant with their holders. */
  readonly cardsOf: (merchant: string) => readonly { readonly name: string; readonly holder: string }[];
}

const LAST_DAY = 31;
const WEEK_OVER = 8;
const BATCH = 20;

/** The ordinary month: sales in the first ten days, then every day's redemptions, what is made final at night, and releases in step. */
export function tradeLines(random: Random): Trade {
  const lines: Line[] = [];
  const cards: SampleCard[] = [];
  const pending: { readonly name: string; readonly merchant: string; readonly day: number }[] = [];
  const earned = new Map<string, Map<number, number>>();
  let redemptions = 0;

  for (const plan of plans) {
    for (let index = 0; index < plan.cards; index++) {
      const card = sell(random, plan, cards.length + 1, lines);
      cards.push(card);
      for (const at of timesOf(random, plan, card)) {
        const entry = plan.kind === "period" ? accrue(card, at, redemptions + 1) : redeem(random, plan, card, at, redemptions + 1);
        if (entry === undefined) break;
        redemptions += 1;
        lines.push(entry.line);
        if (entry.signed) {
          const days = earned.get(card.merchant) ?? new Map<number, number>();
          earned.set(card.merchant, days);
          days.set(dayOf(at), (days.get(dayOf(at)) ?? 0) + entry.principal);
          continue;
        }
        if (random.chance(0.2)) {
          lines.push({ at: at + random.between(3_600, 200_000), fields: { event: "confirm", redemption: entry.name } });
        } else {
          pending.push({ name: entry.name, merchant: card.merchant, day: dayOf(at) });
        }
      }
    }
  }
  lines.push(...finalLines(pending), ...releaseLines(earned));
  return {
    lines,
    cards: cards.length,
    redemptions,
    cardsOf: (merchant) => cards.filter((card) => card.merchant === merchant),
  };
}

function sell(random: Random, plan: Plan, number: number, lines: Line[]): SampleCard {
  const { merchant, kind } = plan;
  const name = `K${String(number).padStart(4, "0")}`;
  const holder = `C${String(number).padStart(3, "0")}`;
  const at = moment(random.between(1, 10), random.between(9, 19), random.between(0, 59), random.between(0, 59));
  const { paid, face, unit, fields } = priceOf(random, kind, merchant);
  const percent = merchants.find((other) => other.name === merchant)?.custodyPercent ?? 0;
  lines.push({
    at,
    fields: {
      event: "sell",
      merchant,
      terms: `T${merchant.slice(1)}`,
      holder,
      buyerId: `identity document of ${holder}`,
      contract: `contract of ${name}`,
      toCustody: yuan(Math.ceil((paid * percent) / 100)),
      cards: [{ card: name, paid: yuan(paid), ...fields }],
    },
  });
  return { name, merchant, holder, paid, face, unit, soldAt: at, left: face };
}

function priceOf(random: Random, kind: Plan["kind"], merchant: string) {
  if (kind === "period") {
    const paid = random.pick([298_000, 365_000, 438_000]);
    return { paid, face: 365, unit: 0, fields: { days: 365, listUnitPrice: yuan(random.pick([1_500, 1_800])) } };
  }
  if (kind === "visits") {
    const visits = random.pick(merchant === "M03" ? [12, 16, 24] : [20, 30, 40]);
    const unit = random.pick(merchant === "M03" ? [15_000, 18_000] : [12_000, 15_000]);
    const paid = visits * unit;
    return { paid, face: visits, unit, fields: { visits, listUnitPrice: yuan(Math.round(unit * 1.25)) } };
  }
  const paid = random.pick([50_000, 80_000, 100_000, 200_000]);
  const bonus = random.pick([0, paid / 10, paid / 5]);
  return { paid, face: paid + bonus, unit: 1, fields: bonus === 0 ? {} : { bonus: yuan(bonus) } };
}

function timesOf(random: Random, { uses, until, kind }: Plan, card: SampleCard): number[] {
  const first = dayOf(card.soldAt) + 1;
  if (kind === "period") return [8, 15, 22, 29].filter((day) => day > first).map((day) => moment(day, 21, 0, random.between(0, 3_599)));
  return Array.from({ length: random.between(Math.ceil(uses * 0.75), uses) }, () =>
    moment(random.between(first, until), random.between(8, 20), random.between(0, 59), random.between(0, 59)),
  ).sort((a, b) => a - b);
}

interface Entry {
  readonly name: string;
  readonly line: Line;
  readonly signed: boolean;
  /** Principal that is earned at least, fen. */
  readonly principal: number;
}

function accrue(card: SampleCard, at: number, number: number): Entry {
  const name = `R${String(number).padStart(5, "0")}`;
  return { name, line: { at, fields: { event: "accrue", redemption: name, card: card.name } }, signed: true, principal: 0 };
}

function redeem(random: Random, plan: Plan, card: SampleCard, at: number, number: number): Entry | undefined {
  const name = `R${String(number).padStart(5, "0")}`;
  const stored = plan.kind === "stored";
  const face = stored ? random.between(1_200, 6_000) : 1;
  if (face > card.left) return undefined;
  card.left -= face;
  const signed = random.chance(0.72);
  const what = stored ? { amount: yuan(face), list: yuan(Math.ceil(face * 1.1)) } : { visits: 1, list: yuan(Math.round(card.unit * 1.25)) };
  const fields = {
    event: "redeem",
    redemption: name,
    card: card.name,
    ...what,
    evidence: `bill ${number}`,
    ...(signed ? { signedBy: card.holder } : {}),
  };
  return { name, line: { at, fields }, signed, principal: Math.floor((card.paid * face) / card.face) };
}

/** Each night the merchants make final what nobody contested in its week. */
function finalLines(pending: readonly { readonly name: string; readonly merchant: string; readonly day: number }[]): Line[] {
  const lines: Line[] = [];
  for (const { name: merchant } of merchants) {
    for (let day = 1; day + WEEK_OVER <= LAST_DAY; day++) {
      const ready = pending.filter((entry) => entry.merchant === merchant && entry.day === day).map(({ name }) => name);
      for (let start = 0; start < ready.length; start += BATCH) {
        const at = moment(day + WEEK_OVER, 23, 0, start);
        lines.push({ at, fields: { event: "finalise", redemptions: ready.slice(start, start + BATCH) } });
      }
    }
  }
  return lines;
}

/** Each Sunday the merchants take out what was redeemed, in proportion to what they keep in custody. */
function releaseLines(earned: ReadonlyMap<string, ReadonlyMap<number, number>>): Line[] {
  const lines: Line[] = [];
  for (const { name: merchant, custodyPercent } of merchants) {
    const days = earned.get(merchant);
    if (days === undefined || custodyPercent === 0) continue;
    for (const sunday of [10, 17, 24, 31]) {
      let sum = 0;
      for (let day = sunday - 6; day <= sunday; day++) sum += days.get(day) ?? 0;
      const amount = Math.floor((sum * custodyPercent) / 100);
      if (amount === 0 || (merchant === "M04" && sunday > 17)) continue;
      lines.push({ at: moment(sunday, 22, 30), fields: { event: "release", merchant, amount: yuan(amount) } });
    }
  }
  return lines;
}
