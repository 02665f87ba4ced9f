import type { ContractModel, TypeModel } from "../../contract-model/types.ts";

/** What the named Solidity types are called in the client, by canonical name. */
export type TypeNames = ReadonlyMap<string, string>;

/** The types of all contracts of a client, each once, sorted by canonical name. */
export function typesOf(contracts: readonly ContractModel[]): TypeModel[] {
  const types = new Map(contracts.flatMap(({ types }) => types).map((type) => [type.canonicalName, type]));
  return [...types.values()].sort((a, b) => (a.canonicalName < b.canonicalName ? -1 : 1));
}

/**
 * The bare name where it is the only one of its kind in the client, else the declaring contract's name before it: `IPrepaidCards.State` is
 * `State`, or `PrepaidCardsState` beside an `IMerchants.State`.
 */
export function nameTypes(types: readonly TypeModel[], taken: ReadonlySet<string>): TypeNames {
  const bare = (canonicalName: string): string => canonicalName.split(".").at(-1) ?? canonicalName;
  const qualified = (canonicalName: string): string => canonicalName.split(".").map(withoutInterfacePrefix).join("");
  const count = (name: string): number => types.filter(({ canonicalName }) => bare(canonicalName) === name).length;
  return new Map(
    types.map(({ canonicalName }) => {
      const name = bare(canonicalName);
      return [canonicalName, count(name) > 1 || taken.has(name) ? qualified(canonicalName) : name];
    }),
  );
}

/** `IPrepaidCards` without its `I`. */
function withoutInterfacePrefix(name: string): string {
  return /^I[A-Z][a-z]/.test(name) ? name.slice(1) : name;
}

/** `currentFee` as a part of a type's name: `CurrentFee`; of an overloaded `find(address,uint256)`: `FindAddressUint256`. */
export function pascal(key: string): string {
  return key
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** `PrepaidCards` as a variable: `prepaidCards`; `ERC20` is `erc20`, `FOOBar` is `fooBar`. */
export function camel(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z]|[0-9]|$)|^[A-Z]/, (head) => head.toLowerCase());
}

/** A property's name, quoted where TypeScript asks for it. */
export function property(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
