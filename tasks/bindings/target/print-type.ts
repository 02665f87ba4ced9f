import type { AbiParameter } from "viem";
import { namedTypeOf } from "../../contract-model/read-types.ts";
import type { TypeNames } from "./naming.ts";

/** Up to this length a fixed array is a tuple in abitype's reading, and so here. */
const LONGEST_TUPLE = 99;

/** Prints TypeScript types as abitype understands the ABI's, and remembers which names a file has to import. */
export interface TypePrinter {
  print(parameter: AbiParameter): string;
  /** An indexed event argument: only the hash of it is known where its size is not fixed. */
  printIndexed(parameter: AbiParameter): string;
  /** Names of the client's own types used so far, sorted. */
  usedTypes(): string[];
  /** Names of viem's types used so far, sorted. */
  usedViemTypes(): string[];
}

/** @param names - what the client calls the named Solidity types */
export function createTypePrinter(names: TypeNames): TypePrinter {
  const types = new Set<string>();
  const viemTypes = new Set<string>();

  const viem = (name: string): string => {
    viemTypes.add(name);
    return name;
  };

  const print = (parameter: AbiParameter): string => {
    const array = /^(.*)\[(\d*)\]$/.exec(parameter.type);
    if (array !== null) {
      const item = print({ ...parameter, type: array[1] ?? "", ...withoutLastIndex(parameter) });
      const length = array[2] === "" ? Number.POSITIVE_INFINITY : Number(array[2]);
      if (length <= LONGEST_TUPLE) return `readonly [${Array.from({ length }, () => item).join(", ")}]`;
      return item.startsWith("readonly ") ? `readonly (${item})[]` : `readonly ${item}[]`;
    }
    const reference = namedTypeOf(parameter);
    const name = reference === undefined ? undefined : names.get(reference.canonicalName);
    if (name !== undefined) {
      types.add(name);
      return name;
    }
    if ("components" in parameter) {
      return `{ ${parameter.components.map((component) => `readonly ${component.name}: ${print(component)}`).join("; ")} }`;
    }
    return elementary(parameter.type, viem);
  };

  return {
    print,
    printIndexed: (parameter) => (isHashed(parameter.type) ? viem("Hex") : print(parameter)),
    usedTypes: () => [...types].sort(),
    usedViemTypes: () => [...viemTypes].sort(),
  };
}

/** Elementary Solidity types; whole numbers of up to 48 bits fit a JavaScript number. */
export function elementary(type: string, viem: (name: string) => string = (name) => name): string {
  const integer = /^u?int(\d*)$/.exec(type);
  if (integer !== null) return Number(integer[1] || 256) <= 48 ? "number" : "bigint";
  if (type === "bool") return "boolean";
  if (type === "string") return "string";
  return viem(type === "address" ? "Address" : "Hex");
}

function isHashed(type: string): boolean {
  return type === "string" || type === "bytes" || type.startsWith("tuple") || type.endsWith("]");
}

function withoutLastIndex({ internalType }: AbiParameter): { internalType?: string } {
  return internalType === undefined ? {} : { internalType: internalType.replace(/\[\d*\]$/, "") };
}
