import { format } from "node:util";
import { decodeAbiParameters, parseAbiParameters, toFunctionSelector } from "viem";
import { toHex } from "../codec/hex.ts";

const plainTypes = ["uint256", "string", "bool", "address"] as const;
const MOST_ARGUMENTS = 4;

/** The signatures of `hardhat/console.sol`, by selector. */
function signatures(): Map<string, string> {
  const lists: string[] = [""];
  let longest: string[] = [""];
  for (let count = 1; count <= MOST_ARGUMENTS; count++) {
    longest = longest.flatMap((list) => plainTypes.map((type) => (list === "" ? type : `${list},${type}`)));
    lists.push(...longest);
  }
  lists.push("int256", "string,int256", "bytes", ...Array.from({ length: 32 }, (_, index) => `bytes${index + 1}`));
  // Older versions of the library computed their selectors from the short names of integers, which no ABI knows.
  const shortened = lists.filter((list) => /int256/.test(list)).map((list) => [list.replaceAll("int256", "int"), list]);
  return new Map([
    ...shortened.map(([short, list]): [string, string] => [toFunctionSelector(`log(${short})`), list ?? ""]),
    ...lists.map((list): [string, string] => [toFunctionSelector(`log(${list})`), list]),
  ]);
}

let bySelector: Map<string, string> | undefined;

/**
 * Writes the line of a call to the console contract, as `console.log` of Node would.
 * @param callData call data of the call
 * @returns the line, or `undefined` if the call is none of console.sol's
 */
export function consoleLine(callData: Uint8Array): string | undefined {
  bySelector ??= signatures();
  const hex = toHex(callData);
  const types = bySelector.get(hex.slice(0, 10));
  if (types === undefined) return undefined;
  if (types === "") return "";
  try {
    const kinds = types.split(",");
    const values = decodeAbiParameters(parseAbiParameters(types), `0x${hex.slice(10)}`);
    // Addresses as Hardhat prints them, without the capitals of a checksum.
    const texts = values.map((value, index) =>
      kinds[index] === "address" ? String(value).toLowerCase() : String(value),
    );
    // Numbers can be wider than JavaScript's: they are printed as text, whatever the placeholder says.
    texts[0] = texts[0]?.replace(/((?<!%)(?:%%)*)%[di]/g, "$1%s") ?? "";
    return format(...texts);
  } catch {
    return undefined;
  }
}
