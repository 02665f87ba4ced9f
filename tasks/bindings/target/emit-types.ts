import type { ParameterModel, TypeModel } from "../../contract-model/types.ts";
import { sentence } from "../../support/sentence.ts";
import type { TypeNames } from "./naming.ts";
import { property } from "./naming.ts";
import { createTypePrinter, elementary, type TypePrinter } from "./print-type.ts";
import { tsdoc } from "./tsdoc.ts";

/** Prints `types.ts`: the structs, enums and value types that the contracts of a client share. */
export function emitTypes(header: string, types: readonly TypeModel[], names: TypeNames): string {
  const printer = createTypePrinter(names);
  const body = types
    .map((type) => emitType(type, names.get(type.canonicalName) ?? type.canonicalName, printer))
    .join("\n");
  const viem = new Set(printer.usedViemTypes());
  for (const type of types) if (type.kind === "value") elementary(type.underlying, (name) => viem.add(name) && name);
  const imports = viem.size === 0 ? "" : `import type { ${[...viem].sort().join(", ")} } from "viem";\n\n`;
  return `${header}\n${imports}${body}`;
}

function emitType(type: TypeModel, name: string, printer: TypePrinter): string {
  const text = type.text === undefined ? undefined : sentence(type.text);
  if (type.kind === "value") {
    const comment = tsdoc([text, `Solidity: \`type ${type.canonicalName} is ${type.underlying}\`.`]);
    return `${comment}export type ${name} = ${elementary(type.underlying)};\n`;
  }
  const origin = `Solidity: \`${type.kind} ${type.canonicalName}\`.`;
  if (type.kind === "enum") {
    const values = type.values.map(
      (value, index) =>
        `${tsdoc([value.text === undefined ? undefined : sentence(value.text)], [], 2)}  ${value.name}: ${index},\n`,
    );
    const comment = tsdoc([text, origin]);
    return `${comment}export const ${name} = {\n${values.join("")}} as const;\n\n${comment}export type ${name} = (typeof ${name})[keyof typeof ${name}];\n`;
  }
  return `${tsdoc([text, origin])}export interface ${name} {\n${emitFields(type.members, (member) => printer.print(member.abi))}}\n`;
}

/** Prints the fields of an interface, each with its text and unit. */
export function emitFields(fields: readonly ParameterModel[], print: (field: ParameterModel) => string): string {
  return fields.map((field) => `${fieldDoc(field)}  readonly ${property(field.name)}: ${print(field)};\n`).join("");
}

function fieldDoc({ text, unit }: ParameterModel): string {
  return tsdoc([describe(text, unit)], [], 2);
}

/** A parameter's text with its unit, as one sentence. */
export function describe(text: string | undefined, unit: string | undefined): string | undefined {
  if (text === undefined) return unit === undefined ? undefined : `In ${unit}.`;
  const said = sentence(text);
  return unit === undefined ? said : `${said.replace(/\.$/, "")} (unit: ${unit}).`;
}
