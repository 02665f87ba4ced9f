import path from "node:path";
import type { Abi } from "viem";
import { artifactsDirOf, createCompilationLoader, readArtifactFile } from "../../contract-model/compilation.ts";
import { readContract } from "../../contract-model/read-contract.ts";
import type { ContractModel, ErrorModel, TypeModel } from "../../contract-model/types.ts";
import { emitAbi } from "./emit-abi.ts";
import { emitContract, emitErrors, isDeployable, RUNTIME } from "./emit-contract.ts";
import { emitErrorGuide } from "./emit-error-guide.ts";
import { emitTypes } from "./emit-types.ts";
import { camel, nameTypes, type TypeNames, typesOf } from "./naming.ts";
import { createTypePrinter } from "./print-type.ts";
import { tsdoc } from "./tsdoc.ts";

/** The part of TypeChain's configuration that a target is given. */
interface TargetConfig {
  /** Where the client is written. */
  readonly outDir?: string | undefined;
  /** The artifacts to write clients for. */
  readonly filesToProcess: readonly string[];
  /** These and the artifacts of which only the errors are wanted. */
  readonly allFiles: readonly string[];
}

interface OutputFile {
  readonly path: string;
  readonly contents: string;
}

/**
 * The TypeChain target for viem. TypeChain loads this module by its path, hands it the artifacts and writes what it returns:
 * `<Contract>.ts`, `<Contract>.bytecode.ts`, `types.ts`, `errors.ts`, `error-guide.ts` and `index.ts`.
 */
export default class ViemTarget {
  readonly name = "viem";
  readonly #outDir: string;
  readonly #contracts: readonly ContractModel[];
  readonly #errorsOnly: readonly ContractModel[];
  readonly #names: TypeNames;

  constructor(config: TargetConfig) {
    this.#outDir = path.resolve(config.outDir ?? "client");
    const read = createReader();
    this.#contracts = config.filesToProcess.map((file) => read(file)).sort(byName);
    const others = config.allFiles.filter((file) => !config.filesToProcess.includes(file));
    this.#errorsOnly = others
      .map((file) => read(file, (abi) => abi.filter(({ type }) => type === "error")))
      .sort(byName);
    const taken = new Set(this.#contracts.map(({ name }) => name));
    this.#names = nameTypes(typesOf([...this.#contracts, ...this.#errorsOnly]), taken);
  }

  /** Nothing is common to all runs. */
  beforeRun(): OutputFile[] {
    return [];
  }

  /** Called per artifact; the names depend on all of them, so the work is done at the end. */
  transformFile(): OutputFile[] {
    return [];
  }

  /** Emits the client. */
  afterRun(): OutputFile[] {
    return [
      ...this.#contracts.flatMap((contract) => this.#emitContract(contract)),
      ...(this.#types().length === 0
        ? []
        : [this.#file("types.ts", emitTypes(header("the shared types"), this.#types(), this.#names))]),
      this.#file("errors.ts", this.#emitErrors()),
      this.#file("error-guide.ts", `${header("the documentation of all errors")}\n${emitErrorGuide(this.#errors())}`),
      this.#file("index.ts", this.#emitIndex()),
    ];
  }

  #emitContract(contract: ContractModel): OutputFile[] {
    const { name, source } = contract;
    const client = this.#file(`${name}.ts`, emitContract(header(source), contract, this.#names));
    if (!isDeployable(contract)) return [client];
    const bytecode = [
      header(source),
      `import type { Bytecode } from "${RUNTIME}";`,
      "",
      `${tsdoc([`The creation code of \`${name}\`.`])}export const ${camel(name)}Bytecode: Bytecode = {`,
      `  object: "${contract.bytecode.replace(/__\$[0-9a-f]{34}\$__/g, "0".repeat(40))}",`,
      `  links: ${JSON.stringify(contract.links)},`,
      "};",
      "",
    ].join("\n");
    return [client, this.#file(`${name}.bytecode.ts`, bytecode)];
  }

  #types(): TypeModel[] {
    return typesOf([...this.#contracts, ...this.#errorsOnly]);
  }

  /** Every error once, sorted by signature. */
  #errors(): ErrorModel[] {
    const errors = new Map(
      [...this.#contracts, ...this.#errorsOnly]
        .flatMap(({ errors }) => errors)
        .map((error) => [error.signature, error]),
    );
    return [...errors.values()].sort((a, b) => (a.signature < b.signature ? -1 : 1));
  }

  #emitErrors(): string {
    const sorted = this.#errors();
    const printer = createTypePrinter(this.#names);
    const abi: Abi = sorted.map(({ name, inputs }) => ({
      type: "error",
      name,
      inputs: inputs.map((input) => input.abi),
    }));
    const body = [
      `${tsdoc(["Any error of the contracts of this client, or of Solidity itself, told apart by `errorName`."])}export type AnyError = ContractError<AnyErrors & SolidityErrors>;\n`,
      `${tsdoc(
        [
          "Names the reason of a failure, whichever contract it came from: the errors of other contracts bubble through a call.",
        ],
        [
          "@param error - what was caught",
          "@returns the error with its arguments, or undefined if it is none of those known here",
        ],
      )}export function decodeAnyError(error: unknown): AnyError | undefined {
  return decodeContractError<typeof errorsAbi, AnyErrors>(errorsAbi, error) ?? decodeContractError<typeof solidityErrorsAbi, SolidityErrors>(solidityErrorsAbi, error);
}\n`,
      emitErrors(
        "AnyErrors",
        "The errors of all contracts that this client knows, with their arguments.",
        sorted,
        printer,
      ),
      emitAbi("errorsAbi", tsdoc(["The errors of all contracts that this client knows."]), abi),
    ].join("\n");
    const viem = printer.usedViemTypes();
    const types = printer.usedTypes();
    const imports = [
      `import { type ContractError, decodeContractError, type SolidityErrors, solidityErrorsAbi } from "${RUNTIME}";\n`,
      viem.length === 0 ? "" : `import type { ${viem.join(", ")} } from "viem";\n`,
      types.length === 0 ? "" : `import type { ${types.join(", ")} } from "./types.ts";\n`,
    ].join("");
    return `${header("the errors of all contracts")}\n${imports}\n${body}`;
  }

  #emitIndex(): string {
    const files = [...this.#contracts.map(({ name }) => name), "errors", "error-guide", "types"].filter(
      (name) => name !== "types" || this.#types().length > 0,
    );
    return `${header("the artifacts")}\n${files.map((name) => `export * from "./${name}.ts";\n`).join("")}`;
  }

  #file(name: string, contents: string): OutputFile {
    return { path: path.join(this.#outDir, name), contents };
  }
}

function header(source: string): string {
  return `// Generated by \`npx hardhat bindings\` from ${source}: do not edit.\n`;
}

function byName(a: ContractModel, b: ContractModel): number {
  return a.name < b.name ? -1 : 1;
}

type Reader = (file: string, select?: (abi: Abi) => Abi) => ContractModel;

function createReader(): Reader {
  const loaders = new Map<string, ReturnType<typeof createCompilationLoader>>();
  return (file, select = (abi) => abi) => {
    const dir = artifactsDirOf(file);
    const load = loaders.get(dir) ?? createCompilationLoader(dir);
    loaders.set(dir, load);
    const artifact = readArtifactFile(file);
    return readContract({ ...artifact, abi: select(artifact.abi) }, load(artifact));
  };
}
