/**
 * The check digit of a GS1 key (C-17): weights 3 and 1 from the right, up to the next ten.
 *
 * @param digits - the key without its check digit
 */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let index = digits.length - 1, weight = 3; index >= 0; index--, weight = 4 - weight) {
    sum += weight * (digits.charCodeAt(index) - 48);
  }
  return String((10 - (sum % 10)) % 10);
}

/**
 * Whether a key's last digit is its check digit.
 *
 * @param digits - the key with its check digit
 */
export function hasCheckDigit(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && checkDigit(digits.slice(0, -1)) === digits.slice(-1);
}
