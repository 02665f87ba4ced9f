import type { Abi, AbiParameter } from "viem";
import { type Ast, type AstNode, nodeIn, nodesIn, textIn } from "./ast.ts";
import { parseNatSpec } from "./natspec.ts";
import type { ParameterModel, TypeModel } from "./types.ts";

/** What a parameter's Solidity type is called, where it has a name of its own. */
export interface NamedTypeReference {
  readonly kind: TypeModel["kind"];
  readonly canonicalName: string;
}

/** The struct, enum or user-defined value type of a parameter, arrays taken off; undefined for elementary types. */
export function namedTypeOf(parameter: AbiParameter): NamedTypeReference | undefined {
  const internal = parameter.internalType?.replace(/(\[\d*\])+$/, "").replace(/ (storage|memory|calldata).*$/, "");
  const elementary = parameter.type.replace(/(\[\d*\])+$/, "");
  if (internal === undefined || internal === elementary) return undefined;
  const [first = "", second] = internal.split(" ");
  if (first === "struct" && second !== undefined) return { kind: "struct", canonicalName: second };
  if (first === "enum" && second !== undefined) return { kind: "enum", canonicalName: second };
  return second === undefined && first !== "function" ? { kind: "value", canonicalName: first } : undefined;
}

/** Every named type that occurs in the ABI, sorted by name. */
export function collectTypes(ast: Ast, abi: Abi): TypeModel[] {
  const found = new Map<string, TypeModel>();
  const visit = (parameter: AbiParameter): void => {
    const reference = namedTypeOf(parameter);
    const components = "components" in parameter ? parameter.components : [];
    if (reference !== undefined && !found.has(reference.canonicalName)) {
      found.set(reference.canonicalName, readType(ast, reference, parameter, components));
    }
    components.forEach(visit);
  };
  for (const item of abi) {
    if ("inputs" in item) item.inputs?.forEach(visit);
    if (item.type === "function") item.outputs.forEach(visit);
  }
  return [...found.values()].sort((a, b) => (a.canonicalName < b.canonicalName ? -1 : 1));
}

const nodeTypes = { struct: "StructDefinition", enum: "EnumDefinition", value: "UserDefinedValueTypeDefinition" };

function readType(
  ast: Ast,
  { kind, canonicalName }: NamedTypeReference,
  parameter: AbiParameter,
  components: readonly AbiParameter[],
): TypeModel {
  const node = ast.ofType(nodeTypes[kind]).find((candidate) => textIn(candidate, "canonicalName") === canonicalName);
  const written =
    textIn(nodeIn(node, "documentation"), "text") ?? (node === undefined ? undefined : ast.commentOf(node));
  const doc = parseNatSpec(written);
  const text = [doc.notice, doc.details].filter((part) => part !== undefined).join("\n\n") || undefined;
  const base = { canonicalName, text };
  const members = nodesIn(node, "members");
  const memberText = (member: AstNode | undefined): string | undefined =>
    member === undefined ? undefined : parseNatSpec(ast.commentOf(member)).notice;
  if (kind === "value") return { ...base, kind, underlying: parameter.type.replace(/(\[\d*\])+$/, "") };
  if (kind === "enum") {
    return {
      ...base,
      kind,
      values: members.map((member) => ({ name: textIn(member, "name") ?? "", text: memberText(member) })),
    };
  }
  return {
    ...base,
    kind,
    members: components.map((abi, index): ParameterModel => {
      const name = abi.name ?? "";
      return {
        name,
        abi,
        text: doc.params.get(name) ?? memberText(members[index]),
        unit: doc.units.get(name),
        indexed: false,
      };
    }),
  };
}
