/**
 * What the tables ask of TypeScript. Where a state lies over another, both questions may throw (a missing page): nothing has changed by then.
 */

/**
 * Looks for an account below. Writes balance, code hash and nonce at an account record's offsets into `out`.
 * @returns 0 absent; 1 there; 3 there, with storage
 */
@external("host", "loadAccount")
export declare function loadAccount(address: usize, out: usize): u32;

/** Writes the value of a slot below into `out`, a word. */
@external("host", "loadSlot")
export declare function loadSlot(address: usize, key: usize, out: usize): void;

/** Linear memory is at its end. Throws. */
@external("host", "exhausted")
export declare function exhausted(): void;
