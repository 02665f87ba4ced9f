import {
  type Abi,
  type AbiEvent,
  type AbiFunction,
  type AbiParameter,
  toEventSelector,
  toFunctionSelector,
} from "viem";
import { formatAbiItem } from "viem/utils";
import { type Ast, type AstNode, idsIn, nodeIn, nodesIn, textIn } from "./ast.ts";
import type { ArtifactFile, Compilation } from "./compilation.ts";
import { libraryErrors } from "./library-notes.ts";
import { emptyNatSpec, inheritNatSpec, type NatSpec, parseNatSpec, splitFirstWord, UNNAMED } from "./natspec.ts";
import { isRestricted, reachableErrors } from "./reachable-errors.ts";
import { collectTypes } from "./read-types.ts";
import type { ContractModel, ErrorModel, EventModel, FunctionModel, ParameterModel, ThrownError } from "./types.ts";

type AbiItem = Abi[number];
type AbiError = Extract<AbiItem, { type: "error" }>;

/**
 * Joins a contract's ABI with what its source says: documentation of the function or of what it overrides, and the errors it can reach.
 *
 * @param artifact - the compiled contract
 * @param compilation - the compilation it came from
 */
export function readContract(artifact: ArtifactFile, compilation: Compilation): ContractModel {
  const { ast } = compilation;
  const root = compilation.roots.get(artifact.inputSourceName ?? artifact.sourceName);
  const node = nodesIn(root, "nodes").find(
    (candidate) => candidate.nodeType === "ContractDefinition" && textIn(candidate, "name") === artifact.contractName,
  );
  const scope = createScope(ast, node);
  const abi = nameParameters(artifact.abi);
  const errors = abi.filter((item): item is AbiError => item.type === "error").map((item) => readError(scope, item));
  const constructorAbi = abi.find((item) => item.type === "constructor");
  const constructorDoc = scope.documentation(nodesIn(node, "nodes").find((member) => member.kind === "constructor"));
  return {
    name: artifact.contractName,
    source: artifact.sourceName,
    kind: kindOf(node),
    doc: scope.contractDocumentation(),
    abi,
    bytecode: artifact.bytecode,
    links: linksOf(artifact),
    constructorInputs: parameters(constructorAbi?.inputs ?? [], constructorDoc),
    constructorPayable: constructorAbi?.stateMutability === "payable",
    functions: keyed(abi.filter((item): item is AbiFunction => item.type === "function")).map(([key, item]) =>
      readFunction(scope, key, item),
    ),
    events: keyed(abi.filter((item): item is AbiEvent => item.type === "event")).map(([key, item]) =>
      readEvent(scope, key, item),
    ),
    errors,
    types: collectTypes(ast, abi),
  };
}

/** The declarations that a contract sees, most derived first. */
interface Scope {
  readonly ast: Ast;
  readonly contract: AstNode | undefined;
  find(nodeTypes: readonly string[], selectorField: string, selector: string): AstNode | undefined;
  documentation(node: AstNode | undefined): NatSpec;
  contractDocumentation(): NatSpec;
}

function createScope(ast: Ast, contract: AstNode | undefined): Scope {
  const line = idsIn(contract, "linearizedBaseContracts").flatMap((id) => ast.byId.get(id) ?? []);
  const own = [
    ...line.flatMap((base) => nodesIn(base, "nodes")),
    ...[...idsIn(contract, "usedErrors"), ...idsIn(contract, "usedEvents")].flatMap((id) => ast.byId.get(id) ?? []),
  ];
  const documentation = (node: AstNode | undefined): NatSpec => withLibraryNotes(ast, node, documentationOf(ast, node));
  return {
    ast,
    contract,
    documentation,
    find: (nodeTypes, selectorField, selector) =>
      own.find((node) => nodeTypes.includes(node.nodeType) && textIn(node, selectorField) === selector.slice(2)),
    contractDocumentation() {
      const name = textIn(contract, "name") ?? "";
      const own = documentation(contract);
      const face = line.find((base) => textIn(base, "name") === `I${name}`);
      const said = documentation(face);
      // A contract whose own text only points at its interface says less than the interface.
      const points = own.notice === undefined || own.notice.includes(`{I${name}}`);
      const [first, second] = points ? [said, own] : [own, said];
      const doc = face === undefined ? own : inheritNatSpec(first, second, new Map());
      // A title that repeats the name says nothing.
      return { ...doc, title: doc.title === name || doc.title === `I${name}` ? undefined : doc.title };
    },
  };
}

function documentationOf(ast: Ast, node: AstNode | undefined): NatSpec {
  if (node === undefined) return emptyNatSpec;
  const own = parseNatSpec(textIn(nodeIn(node, "documentation"), "text"));
  const bases = idsIn(node, "baseFunctions").flatMap((id) => ast.byId.get(id) ?? []);
  const base =
    own.inherits === undefined
      ? bases[0]
      : (bases.find((candidate) => declares(ast, own.inherits, candidate)) ?? bases[0]);
  if (base === undefined) return own;
  return inheritNatSpec(own, documentationOf(ast, base), renames(base, node));
}

/** A library's errors are explained by us: its own sources say little or nothing of them. */
function withLibraryNotes(ast: Ast, node: AstNode | undefined, doc: NatSpec): NatSpec {
  if (node?.nodeType !== "ErrorDefinition" || sourceOf(ast, node)?.startsWith("npm/") !== true) return doc;
  const note = libraryErrors[textIn(node, "name") ?? ""];
  return { ...doc, notice: note?.meaning ?? doc.notice, cure: note?.cure ?? doc.cure };
}

function declares(ast: Ast, contractName: string | undefined, node: AstNode): boolean {
  const scope = node.scope;
  return typeof scope === "number" && textIn(ast.byId.get(scope), "name") === contractName;
}

/** The base's parameter names and what the overriding function calls them. */
function renames(base: AstNode, node: AstNode): ReadonlyMap<string, string> {
  const names = (declaration: AstNode, field: string): string[] =>
    nodesIn(nodeIn(declaration, field), "parameters").map((parameter) => textIn(parameter, "name") ?? "");
  const pairs = ["parameters", "returnParameters"].flatMap((field) => {
    const here = names(node, field);
    return names(base, field).map((name, index): [string, string] => [name, here[index] || name]);
  });
  return new Map(pairs.filter(([name]) => name !== ""));
}

function readFunction(scope: Scope, key: string, item: AbiFunction): FunctionModel {
  const selector = toFunctionSelector(formatAbiItem(item));
  const node = scope.find(["FunctionDefinition", "VariableDeclaration"], "functionSelector", selector);
  const doc = scope.documentation(node);
  return {
    name: item.name,
    key,
    signature: formatAbiItem(item),
    selector,
    mutability: item.stateMutability,
    inputs: parameters(item.inputs, doc, item.outputs),
    outputs: results(item.outputs, doc),
    doc,
    errors: thrownErrors(scope, node, doc),
    restricted: isRestricted(node),
    source: sourceOf(scope.ast, node),
  };
}

function thrownErrors(scope: Scope, node: AstNode | undefined, doc: NatSpec): ThrownError[] {
  const documented = doc.errors.map(
    ({ name, condition }): ThrownError => ({ name, condition: condition || undefined, documented: true }),
  );
  const seen = new Set(documented.map(({ name }) => name));
  const reached =
    scope.contract === undefined || node === undefined ? [] : [...reachableErrors(scope.ast, scope.contract, node)];
  const others = reached.map((error) => ({
    name: textIn(error, "name") ?? "",
    condition: scope.documentation(error).notice,
    documented: false,
  }));
  others.sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...documented, ...others.filter(({ name }) => !seen.has(name) && seen.add(name))];
}

function readEvent(scope: Scope, key: string, item: AbiEvent): EventModel {
  const topic = toEventSelector(formatAbiItem(item));
  const doc = scope.documentation(scope.find(["EventDefinition"], "eventSelector", topic));
  return { name: item.name, key, signature: formatAbiItem(item), topic, inputs: parameters(item.inputs, doc), doc };
}

function readError(scope: Scope, item: AbiError): ErrorModel {
  const selector = toFunctionSelector(formatAbiItem(item));
  const node = scope.find(["ErrorDefinition"], "errorSelector", selector);
  const doc = scope.documentation(node);
  const owner = scope.ast
    .ofType("ContractDefinition")
    .find((contract) => node !== undefined && nodesIn(contract, "nodes").includes(node));
  return {
    name: item.name,
    signature: formatAbiItem(item),
    selector,
    inputs: parameters(item.inputs, doc),
    doc,
    source: sourceOf(scope.ast, node),
    declaredIn: textIn(owner, "name"),
  };
}

/** The source that declares a node, as artifacts name it: `contracts/…`, or `npm/…` for a package. */
function sourceOf(ast: Ast, node: AstNode | undefined): string | undefined {
  const file = node?.src.split(":")[2];
  const unit = ast.ofType("SourceUnit").find(({ src }) => src.split(":")[2] === file);
  return textIn(unit, "absolutePath")?.replace(/^project\//, "");
}

/** @param results - the results beside the parameters: a unit without a name is about them, if there are any */
function parameters(
  inputs: readonly AbiParameter[],
  doc: NatSpec,
  results: readonly AbiParameter[] = [],
): ParameterModel[] {
  const numbers = inputs.filter(({ type }) => /^u?int/.test(type));
  return inputs.map((abi) => {
    const name = abi.name ?? "";
    const only = results.length === 0 && numbers.length === 1 && numbers[0] === abi;
    const unit = doc.units.get(name) ?? (only ? doc.units.get(UNNAMED) : undefined);
    return { name, abi, text: doc.params.get(name), unit, indexed: "indexed" in abi && abi.indexed === true };
  });
}

function results(outputs: readonly AbiParameter[], doc: NatSpec): ParameterModel[] {
  return outputs.map((abi, index) => {
    const name = abi.name ?? "";
    const [first, rest] = splitFirstWord(doc.returns[index] ?? "");
    const text = first === name && name !== "" ? rest : doc.returns[index];
    const unit = doc.units.get(name) ?? (outputs.length === 1 ? doc.units.get(UNNAMED) : undefined);
    return { name, abi, text: text || undefined, unit, indexed: false };
  });
}

/** Names what Solidity left unnamed; names do not change the encoding. A single result stays as it is: nobody addresses it by name. */
function nameParameters(abi: Abi): Abi {
  return abi.map((item) => {
    const inputs =
      "inputs" in item
        ? { inputs: item.inputs?.map((input, index) => ({ ...input, name: input.name || `arg${index}` })) }
        : {};
    const outputs =
      item.type === "function" && item.outputs.length > 1
        ? { outputs: item.outputs.map((output, index) => ({ ...output, name: output.name || `result${index}` })) }
        : {};
    return { ...item, ...inputs, ...outputs } as AbiItem;
  });
}

function keyed<item extends AbiFunction | AbiEvent>(items: readonly item[]): [string, item][] {
  const overloaded = ({ name }: item): boolean => items.filter((other) => other.name === name).length > 1;
  return items.map((item) => [overloaded(item) ? formatAbiItem(item) : item.name, item]);
}

function kindOf(node: AstNode | undefined): ContractModel["kind"] {
  const kind = textIn(node, "contractKind");
  if (kind === "interface" || kind === "library") return kind;
  return node?.abstract === true ? "abstract" : "contract";
}

function linksOf({ linkReferences }: ArtifactFile): ContractModel["links"] {
  return Object.values(linkReferences)
    .flatMap((libraries) => Object.entries(libraries))
    .flatMap(([library, places]) => places.map(({ start }) => ({ library, start })))
    .sort((a, b) => a.start - b.start);
}
