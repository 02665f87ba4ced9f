/**
 * The arithmetic of refunds written a second time, from the statute and not from the contracts: exact fractions, intervals
 * and calendar dates. Money in fen, times in seconds since 1970.
 */

/** Largest whole number not above n / d, found by what it must satisfy. */
function floorOf(n: bigint, d: bigint): bigint {
  const r = n / d;
  if (r * d > n || (r + 1n) * d <= n) throw new Error(`floor(${n} / ${d})`);
  return r;
}

/** Smallest whole number not below n / d. */
function ceilOf(n: bigint, d: bigint): bigint {
  return n % d === 0n ? floorOf(n, d) : floorOf(n, d) + 1n;
}

/** SPC 18(2): the used face counts in the proportion in which the whole face was paid for. */
export function valueAtRatio(paid: bigint, face: bigint, used: bigint): bigint {
  return floorOf(used * paid, face);
}

/** SPC 19 and 20: what is left at the price before discount, nothing where that is used up, nor more than `left`. */
export function leftAtListPrice(paid: bigint, listUsed: bigint, left: bigint): bigint {
  if (listUsed >= paid) return 0n;
  const rest = paid - listUsed;
  return rest < left ? rest : left;
}

/** SPC 22: the part of the term that lies after the end of the contract or the stop, whichever came first. */
export function termLeft(start: bigint, term: bigint, ended: bigint, stopped: bigint, ownCause: boolean): bigint {
  const end = start + term;
  if (ownCause && end <= ended) return 0n;
  const cut = stopped > 0n && stopped < ended ? stopped : ended;
  if (cut <= start) return term;
  return cut >= end ? 0n : end - cut;
}

/** SPC 22: payment x remaining term / whole term, a started fen for the holder. */
export function leftOfTerm(paid: bigint, term: bigint, remaining: bigint): bigint {
  return ceilOf(paid * remaining, term);
}

/** The calendar day of UTC+8 as a number of days, by the date library of the platform. */
function chinaDay(moment: bigint): bigint {
  const local = new Date(Number(moment) * 1000).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
  return BigInt(Date.parse(`${local}T00:00:00Z`)) / 86_400_000n;
}

/** Days of interest: the first day counts, the day of payment does not. */
export function daysOfInterest(from: bigint, to: bigint): bigint {
  return chinaDay(to) - chinaDay(from);
}

/** Simple interest on 365 days, a started fen for the holder. */
export function simpleInterest(principal: bigint, ppm: bigint, days: bigint): bigint {
  return ceilOf(principal * ppm * days, 1_000_000n * 365n);
}
