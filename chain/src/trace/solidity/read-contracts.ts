import type { AbiEntry, AbiInput, AstNode, BuildInfo, CompiledContract } from "./build-info.ts";
import { type CompilerVersion, type Contract, parseVersion } from "./contract.ts";
import {
  createSourceFile,
  type FunctionKind,
  type Location,
  type SolidityFunction,
  type SourceFile,
} from "./source-file.ts";

/** A contract with what the compiler made of it. */
export interface ReadContract {
  readonly contract: Contract;
  readonly compiled: CompiledContract;
  /** The sources of its build, by the numbers that source maps use. */
  readonly files: ReadonlyMap<number, SourceFile>;
}

/** A contract while its bases are still to be taken in. */
interface Draft {
  readonly name: string;
  readonly isLibrary: boolean;
  readonly location: Location;
  readonly bases: readonly number[];
  readonly compiled: CompiledContract;
  constructorFunction: SolidityFunction | undefined;
  fallback: SolidityFunction | undefined;
  receive: SolidityFunction | undefined;
  readonly own: Map<string, SolidityFunction>;
}

/** A file while its functions are being collected. */
interface OpenFile {
  readonly file: SourceFile;
  readonly functions: SolidityFunction[];
}

const kinds: ReadonlyMap<string | undefined, FunctionKind> = new Map([
  ["constructor", "constructor"],
  ["fallback", "fallback"],
  ["receive", "receive"],
  ["freeFunction", "free"],
]);

/**
 * Reads what a build says of its contracts: their functions with selectors and places. Of the ASTs nothing is kept but that.
 * @param build one run of the compiler
 * @returns contracts and libraries in the order of the build; interfaces have no code
 */
export function readContracts(build: BuildInfo): readonly ReadContract[] {
  const sources = build.output.sources ?? {};
  const open = new Map<number, OpenFile>();
  for (const [name, { id }] of Object.entries(sources)) {
    const functions: SolidityFunction[] = [];
    const content = build.input.sources[name]?.content ?? "";
    open.set(id, { file: createSourceFile(name, content, functions), functions });
  }
  const drafts = new Map<number, Draft>();
  for (const [name, { id, ast }] of Object.entries(sources)) {
    const target = open.get(id);
    if (target !== undefined) readFile(ast?.nodes ?? [], build.output.contracts?.[name] ?? {}, target, open, drafts);
  }
  const files = new Map([...open].map(([id, { file }]) => [id, file]));
  const version = parseVersion(build.solcVersion);
  return [...drafts.values()].map((draft) => ({
    contract: complete(draft, drafts, version),
    compiled: draft.compiled,
    files,
  }));
}

function readFile(
  nodes: readonly AstNode[],
  contracts: Readonly<Record<string, CompiledContract>>,
  { functions }: OpenFile,
  open: ReadonlyMap<number, OpenFile>,
  drafts: Map<number, Draft>,
): void {
  for (const node of nodes) {
    const location = locate(node, open);
    if (location === undefined) continue;
    if (node.nodeType === "FunctionDefinition" && node.implemented !== false)
      functions.push(functionOf(node, location, undefined));
    if (node.nodeType !== "ContractDefinition" || node.contractKind === "interface" || node.id === undefined) continue;
    const compiled = contracts[node.name ?? ""] ?? {};
    const draft: Draft = {
      name: node.name ?? "",
      isLibrary: node.contractKind === "library",
      location,
      bases: node.linearizedBaseContracts ?? [],
      compiled,
      constructorFunction: undefined,
      fallback: undefined,
      receive: undefined,
      own: new Map(),
    };
    readMembers(draft, node.nodes ?? [], functions, open);
    drafts.set(node.id, draft);
  }
}

function readMembers(
  draft: Draft,
  nodes: readonly AstNode[],
  functions: SolidityFunction[],
  open: ReadonlyMap<number, OpenFile>,
): void {
  const identifiers = Object.entries(draft.compiled.evm?.methodIdentifiers ?? {});
  const named = new Map<string, number>();
  for (const { nodeType, name = "" } of nodes)
    if (nodeType === "FunctionDefinition") named.set(name, (named.get(name) ?? 0) + 1);
  for (const node of nodes) {
    const location = locate(node, open);
    if (location === undefined || node.implemented === false) continue;
    const isVariable = node.nodeType === "VariableDeclaration";
    if (isVariable && node.visibility !== "public") continue;
    if (!isVariable && node.nodeType !== "FunctionDefinition" && node.nodeType !== "ModifierDefinition") continue;
    const selector = selectorOf(node, identifiers, named);
    const member = functionOf(node, location, inputsOf(draft.compiled, node, selector, identifiers));
    functions.push(member);
    if (member.kind === "constructor") draft.constructorFunction = member;
    else if (member.kind === "fallback") draft.fallback = member;
    else if (member.kind === "receive") draft.receive = member;
    else if (selector !== undefined && member.kind !== "modifier") draft.own.set(selector, member);
  }
}

function locate({ src }: AstNode, open: ReadonlyMap<number, OpenFile>): Location | undefined {
  const [start, length, id] = (src ?? "").split(":").map(Number);
  const file = id === undefined ? undefined : open.get(id)?.file;
  if (start === undefined || length === undefined || file === undefined) return undefined;
  return { file, start, end: start + length };
}

function functionOf(node: AstNode, location: Location, inputs: readonly AbiInput[] | undefined): SolidityFunction {
  const kind =
    node.nodeType === "VariableDeclaration"
      ? "getter"
      : node.nodeType === "ModifierDefinition"
        ? "modifier"
        : (kinds.get(node.kind) ?? "function");
  return { name: node.name ?? "", kind, location, isPayable: node.stateMutability === "payable", inputs };
}

/** Newer compilers write selectors into the AST; of older ones the name has to do, if there is only one function of that name. */
function selectorOf(
  { functionSelector, name = "", visibility, kind }: AstNode,
  identifiers: readonly (readonly [string, string])[],
  named: ReadonlyMap<string, number>,
): string | undefined {
  if (functionSelector !== undefined) return functionSelector;
  if ((visibility !== "public" && visibility !== "external") || kinds.has(kind)) return undefined;
  if ((named.get(name) ?? 0) > 1) return undefined;
  const fitting = identifiers.filter(([signature]) => signature.startsWith(`${name}(`));
  return fitting.length === 1 ? fitting[0]?.[1] : undefined;
}

/** Parameters of a function by the ABI of the contract that declares it. */
function inputsOf(
  { abi = [] }: CompiledContract,
  { name }: AstNode,
  selector: string | undefined,
  identifiers: readonly (readonly [string, string])[],
): readonly AbiInput[] | undefined {
  if (selector === undefined) return undefined;
  const [signature] = identifiers.find(([, known]) => known === selector) ?? [];
  return abi.find((entry) => entry.type === "function" && entry.name === name && signatureOf(entry) === signature)
    ?.inputs;
}

/** `transfer(address,uint256)` */
export function signatureOf({ name = "", inputs = [] }: AbiEntry): string {
  return `${name}(${inputs.map(canonicalType).join(",")})`;
}

function canonicalType({ type, components }: AbiInput): string {
  if (!type.startsWith("tuple")) return type;
  return `(${(components ?? []).map(canonicalType).join(",")})${type.slice("tuple".length)}`;
}

function complete(draft: Draft, drafts: ReadonlyMap<number, Draft>, solc: CompilerVersion): Contract {
  let { fallback, receive } = draft;
  const functions = new Map(draft.own);
  for (const id of draft.bases) {
    const base = drafts.get(id);
    if (base === undefined || base === draft) continue;
    fallback ??= base.fallback;
    receive ??= base.receive;
    for (const [selector, inherited] of base.own) if (!functions.has(selector)) functions.set(selector, inherited);
  }
  const { abi = [], evm } = draft.compiled;
  return {
    name: draft.name,
    isLibrary: draft.isLibrary,
    location: draft.location,
    solc,
    constructorFunction: draft.constructorFunction,
    fallback,
    receive,
    functions,
    signatures: new Map(Object.entries(evm?.methodIdentifiers ?? {}).map(([signature, id]) => [id, signature])),
    errors: abi.filter(({ type }) => type === "error"),
  };
}
