/**
 * `base ** exponent % modulus`, by windows of the exponent from its highest digit on.
 * @param modulus greater than 1
 */
export function modularPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (exponent === 0n) return 1n;
  const reduced = base % modulus;
  if (reduced < 2n) return reduced;
  const digits = exponent.toString(16);
  // Few digits do not earn back a table of powers.
  return digits.length < 9 ? byBits(reduced, exponent, modulus) : byHexDigits(reduced, digits, modulus);
}

function byBits(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const bits = exponent.toString(2);
  let result = base;
  for (let i = 1; i < bits.length; i++) {
    result = (result * result) % modulus;
    if (bits.charCodeAt(i) === 49) result = (result * base) % modulus;
  }
  return result;
}

function byHexDigits(base: bigint, digits: string, modulus: bigint): bigint {
  const powers = [1n, base];
  for (let i = 2; i < 16; i++) powers.push(((powers[i - 1] ?? 0n) * base) % modulus);
  let result = powers[Number.parseInt(digits.charAt(0), 16)] ?? 0n;
  for (let i = 1; i < digits.length; i++) {
    result = (result * result) % modulus;
    result = (result * result) % modulus;
    result = (result * result) % modulus;
    result = (result * result) % modulus;
    const digit = Number.parseInt(digits.charAt(i), 16);
    if (digit !== 0) result = (result * (powers[digit] ?? 0n)) % modulus;
  }
  return result;
}
