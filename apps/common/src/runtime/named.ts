import type { Abi, AbiParameter } from "viem";

/** Values by the names of their parameters. */
export function named(parameters: readonly AbiParameter[], values: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(parameters.map((parameter, index) => [parameter.name ?? "", values[index]]));
}

/** A lookup table that is computed once per ABI, however many clients share the ABI. */
export function indexBy<item>(
  entries: (abi: Abi) => readonly (readonly [string, item])[],
): (abi: Abi) => ReadonlyMap<string, item> {
  const cache = new WeakMap<Abi, ReadonlyMap<string, item>>();
  return (abi) => {
    let index = cache.get(abi);
    if (index === undefined) {
      index = new Map(entries(abi));
      cache.set(abi, index);
    }
    return index;
  };
}
