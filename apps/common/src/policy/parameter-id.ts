import { type Hex, pad, stringToHex } from "viem";

const TRADE_BYTES = 4;

/**
 * The id under which the policy registry keeps a parameter, as the `forTrade` of a domain's parameters makes it: the name from the left, the
 * trade's four digits in the last four bytes.
 *
 * @param id - the parameter's name, at most 28 ASCII characters
 * @param trade - the class of GB/T 4754 in four digits; left out for the value of all trades
 * @returns 32 bytes
 */
export function parameterId(id: string, trade?: string): Hex {
  const name = stringToHex(id, { size: 32 });
  return trade === undefined ? name : (`${name.slice(0, -2 * TRADE_BYTES)}${tradeId(trade).slice(2)}` as Hex);
}

/**
 * A trade as the contracts take it.
 *
 * @param trade - the class of GB/T 4754 in four digits
 * @returns 4 bytes of ASCII
 */
export function tradeId(trade: string): Hex {
  return stringToHex(trade, { size: TRADE_BYTES });
}

/**
 * A region as the contracts take it.
 *
 * @param region - an ISO 3166 code such as `"CN-SH"`, a district's GB/T 2260 code after a further hyphen
 * @returns 32 bytes, the code from the left
 */
export function regionId(region: string): Hex {
  return pad(stringToHex(region), { dir: "right", size: 32 });
}
