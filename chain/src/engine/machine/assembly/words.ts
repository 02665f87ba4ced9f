// 256-bit arithmetic of the Yellow Paper (appendix H.2).
//
// A word is 32 bytes of linear memory: four u64 limbs, least significant first. `d` is the destination and may be any of the operands.

export * from "./words-basic";
export * from "./words-product";
export * from "./words-quotient";
