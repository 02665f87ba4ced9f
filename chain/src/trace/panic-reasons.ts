/** The codes of Solidity's `Panic(uint256)`, from the Solidity documentation ("Panic via assert and Error via require"). */
const panicReasons: Readonly<Record<string, string>> = {
  "0x1": "Assertion error",
  "0x11": "Arithmetic operation overflowed outside of an unchecked block",
  "0x12": "Division or modulo division by zero",
  "0x21": "Tried to convert a value into an enum, but the value was too big or negative",
  "0x22": "Incorrectly encoded storage byte array",
  "0x31": ".pop() was called on an empty array",
  "0x32": "Array accessed at an out-of-bounds or negative index",
  "0x41": "Too much memory was allocated, or an array was created that is too large",
  "0x51": "Called a zero-initialized variable of internal function type",
};

/** Says what a panic code means, in the words of Hardhat's network: `reverted with panic code 0x11 (…)`. */
export function describePanic(code: bigint): string {
  const hex = `0x${code.toString(16)}`;
  const reason = panicReasons[hex];
  return reason === undefined
    ? `reverted with unknown panic code ${hex}`
    : `reverted with panic code ${hex} (${reason})`;
}
