import type { Abi, AbiParameter } from "viem";

/** Prints an ABI as a TypeScript literal; a formatter breaks the long lines. */
export function emitAbi(constant: string, comment: string, abi: Abi): string {
  const items = abi.map((item) => `  ${emitItem(item)},\n`).join("");
  return `${comment}export const ${constant} = [\n${items}] as const;\n`;
}

function emitItem(item: Abi[number]): string {
  return emitFields([
    ["type", item.type],
    ["name", "name" in item ? item.name : undefined],
    ["inputs", "inputs" in item ? item.inputs : undefined],
    ["outputs", "outputs" in item ? item.outputs : undefined],
    ["stateMutability", "stateMutability" in item ? item.stateMutability : undefined],
    ["anonymous", "anonymous" in item && item.anonymous === true ? true : undefined],
  ]);
}

function emitParameter(parameter: AbiParameter): string {
  return emitFields([
    ["name", parameter.name],
    ["type", parameter.type],
    // Said only where it tells more than the type.
    ["internalType", parameter.internalType === parameter.type ? undefined : parameter.internalType],
    ["indexed", "indexed" in parameter && parameter.indexed === true ? true : undefined],
    ["components", "components" in parameter ? parameter.components : undefined],
  ]);
}

type Value = string | boolean | readonly AbiParameter[] | undefined;

function emitFields(fields: readonly (readonly [string, Value])[]): string {
  const printed = fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${emitValue(value)}`]));
  return `{ ${printed.join(", ")} }`;
}

function emitValue(value: Exclude<Value, undefined>): string {
  return typeof value === "object" ? `[${value.map(emitParameter).join(", ")}]` : JSON.stringify(value);
}
