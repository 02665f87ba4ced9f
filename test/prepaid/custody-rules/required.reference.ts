import { SCALE } from "../../fixtures/custody.ts";

/** The numbers of a policy that custody depends on: fen, ppm and days; left out where the policy sets none. */
export interface CustodyPolicy {
  readonly general?: bigint;
  readonly generalRatio?: bigint;
  readonly specialShare?: bigint;
  readonly specialCap?: bigint;
  readonly specialRatio?: bigint;
  readonly youngDays?: bigint;
  readonly tradeRatio?: bigint;
  readonly quarter?: { readonly scale: bigint; readonly group: bigint; readonly brand: bigint };
}

/** What custody depends on beside the policy; money in fen, times in seconds. */
export interface CustodyCase {
  readonly balance: bigint;
  readonly quarterEnd: bigint;
  readonly scale: number;
  readonly revenue: bigint;
  readonly licensedAt: bigint;
  readonly now: bigint;
}

/**
 * What must be in custody, written from the texts (SH19 Art 11, MOFCOM order 9 Art 26) and not from the contract: as exact
 * fractions of a million, of which the largest is rounded up at the end.
 *
 * @param policy - The policy's numbers.
 * @param facts - The merchant.
 * @returns The requirement in fen.
 */
export function requiredReference(policy: CustodyPolicy, facts: CustodyCase): bigint {
  const { balance, quarterEnd, scale, revenue, licensedAt, now } = facts;
  const due: bigint[] = [0n];

  if (policy.general !== undefined && balance > policy.general) {
    due.push(balance * (policy.generalRatio ?? 0n));
    const lessThanAYear = policy.youngDays !== undefined && now - licensedAt < policy.youngDays * 86_400n;
    if (scale === SCALE.MALL || lessThanAYear || isOverSpecialLine(policy, policy.general, balance, revenue)) {
      due.push(balance * (policy.specialRatio ?? 0n));
    }
  }
  if (policy.tradeRatio !== undefined) due.push(balance * policy.tradeRatio);
  if (policy.quarter !== undefined) {
    if (scale === SCALE.SCALE) due.push(quarterEnd * policy.quarter.scale);
    if (scale === SCALE.GROUP) due.push(quarterEnd * policy.quarter.group);
    if (scale === SCALE.BRAND) due.push(quarterEnd * policy.quarter.brand);
  }

  const millionths = due.reduce((most, next) => (next > most ? next : most));
  return millionths % 1_000_000n === 0n ? millionths / 1_000_000n : millionths / 1_000_000n + 1n;
}

/** The special line is a share of last year's revenue where that is above the general line, and never above the cap. */
function isOverSpecialLine(policy: CustodyPolicy, general: bigint, balance: bigint, revenue: bigint): boolean {
  if (policy.specialShare === undefined) return false;
  const share = (revenue * policy.specialShare) / 1_000_000n;
  let line = share > general ? share : general;
  if (policy.specialCap !== undefined && line > policy.specialCap) line = policy.specialCap;
  return balance > line;
}
