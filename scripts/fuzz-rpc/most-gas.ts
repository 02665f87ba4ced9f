/** Highest block gas limit that a request may set: code that never ends is to end soon, for there is much of it. */
export const MOST_GAS = 30_000_000n;
