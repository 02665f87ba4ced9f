// Entry of the tests of the words and of keccak; no part of the machine.

export * from "./words";
export * from "./keccak";

/** Room for operands and input. */
export const scratch = __heap_base;
