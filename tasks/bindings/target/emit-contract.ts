import { callerOf } from "../../contract-model/caller.ts";
import type { ContractModel, ErrorModel, FunctionModel, ParameterModel } from "../../contract-model/types.ts";
import { sentence } from "../../support/sentence.ts";
import { emitAbi } from "./emit-abi.ts";
import { describe, emitFields } from "./emit-types.ts";
import { camel, pascal, property, type TypeNames } from "./naming.ts";
import { createTypePrinter, type TypePrinter } from "./print-type.ts";
import { tsdoc } from "./tsdoc.ts";

/** Where generated files import the run time from. */
export const RUNTIME = "@banyan/app-common/runtime";

/** Whether there is code to deploy. */
export function isDeployable({ kind, bytecode }: ContractModel): boolean {
  return kind === "contract" && bytecode !== "0x";
}

/** Prints the client of one contract. */
export function emitContract(header: string, contract: ContractModel, names: TypeNames): string {
  const { name } = contract;
  const printer = createTypePrinter(names);
  const views = contract.functions.filter(({ mutability }) => mutability === "view" || mutability === "pure");
  const transactions = contract.functions.filter((item) => !views.includes(item));
  const parts = [
    emitClass(contract),
    emitMethods(`${name}Views`, `What can be read from {@link ${name}}, by name.`, name, views, printer),
    emitMethods(`${name}Transactions`, `What changes {@link ${name}}, by name.`, name, transactions, printer),
    emitEvents(contract, printer),
    `${tsdoc([`An error that {@link ${name}} declares, told apart by \`errorName\`.`])}export type ${name}Error = ContractError<${name}Errors>;\n`,
    emitErrors(
      `${name}Errors`,
      `The errors that {@link ${name}} declares, with their arguments.`,
      contract.errors,
      printer,
    ),
    emitConstructorArgs(contract, printer),
    ...contract.functions.map((item) => emitArgs(name, item, printer)),
    emitAbi(`${camel(name)}Abi`, tsdoc([`The ABI of {@link ${name}}.`]), contract.abi),
  ];
  const body = parts.filter((part) => part !== "").join("\n");
  return `${header}\n${emitImports(contract, printer)}\n${body}`;
}

function emitImports(contract: ContractModel, printer: TypePrinter): string {
  const deployable = isDeployable(contract);
  const viem = [...new Set(["Address", ...printer.usedViemTypes()])].sort();
  const runtime = [
    "ContractClient",
    "type ContractClients",
    "type ContractError",
    "type ContractEvent",
    "decodeContractError",
    ...(deployable ? ["type DeployOptions", "deploy"] : []),
    "type ViemClient",
  ];
  const types = printer.usedTypes();
  return [
    `import { ${runtime.join(", ")} } from "${RUNTIME}";\n`,
    `import type { ${viem.join(", ")} } from "viem";\n`,
    deployable ? `import { ${camel(contract.name)}Bytecode } from "./${contract.name}.bytecode.ts";\n` : "",
    types.length === 0 ? "" : `import type { ${types.join(", ")} } from "./types.ts";\n`,
  ].join("");
}

function emitClass(contract: ContractModel): string {
  const { name, doc } = contract;
  const abi = `${camel(name)}Abi`;
  const comment = tsdoc([
    doc.title && sentence(doc.title),
    doc.notice && sentence(doc.notice),
    doc.details && sentence(doc.details),
  ]);
  return `${comment}export class ${name} extends ContractClient<typeof ${abi}, ${name}Views, ${name}Transactions, ${name}Events> {
  /**
   * @param address - where the contract is
   * @param clients - the viem clients to work through; without a wallet it only reads
   */
  constructor(address: Address, clients: ContractClients) {
    super(${abi}, address, clients);
  }

  /** The same contract through another wallet. */
  override as(wallet: ViemClient): ${name} {
    return new ${name}(this.address, { public: this.clients.public, wallet });
  }
${emitDeploy(contract)}
  /**
   * Names the reason of a failure.
   *
   * @param error - what a method of this class threw
   * @returns the contract's own error with its arguments, or undefined if the failure is something else
   */
  static decodeError(error: unknown): ${name}Error | undefined {
    return decodeContractError<typeof ${abi}, ${name}Errors>(${abi}, error);
  }
}
`;
}

function emitDeploy(contract: ContractModel): string {
  if (!isDeployable(contract)) return "";
  const { name, constructorInputs } = contract;
  const abi = `${camel(name)}Abi`;
  const hasArgs = constructorInputs.length > 0;
  const values = constructorInputs.map((input) => `args${access(input.name)}`);
  const libraries = [...new Set(contract.links.map(({ library }) => library))].sort();
  const comment = tsdoc(
    [
      "Deploys the contract and waits until it is mined.",
      libraries.length === 0 ? undefined : `Needs the addresses of ${libraries.join(", ")} in \`options.libraries\`.`,
    ],
    [
      "@param clients - the viem clients to work through; the wallet deploys",
      ...(hasArgs ? ["@param args - the constructor's arguments"] : []),
      `@param options - sender, gas${contract.constructorPayable ? ", value" : ""}, libraries`,
    ],
    2,
  );
  return `
${comment}  static async deploy(clients: ContractClients, ${hasArgs ? `args: ${name}ConstructorArgs, ` : ""}options: DeployOptions = {}): Promise<${name}> {
    return new ${name}(await deploy(${abi}, ${camel(name)}Bytecode, clients, [${values.join(", ")}], options), clients);
  }
`;
}

function access(name: string): string {
  return property(name) === name ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function emitMethods(
  interfaceName: string,
  comment: string,
  contractName: string,
  functions: readonly FunctionModel[],
  printer: TypePrinter,
): string {
  const methods = functions.map((item) => {
    const args = item.inputs.length === 0 ? "" : `args: ${argsName(contractName, item)}`;
    return `${functionDoc(item)}  ${property(item.key)}(${args}): ${resultType(contractName, item, printer)};\n`;
  });
  return emitInterface(interfaceName, tsdoc([comment]), methods.join("\n"));
}

/** An interface, or a type without members where there are none: an empty interface would accept anything. */
function emitInterface(name: string, comment: string, members: string): string {
  return members === ""
    ? `${comment}export type ${name} = Readonly<Record<never, never>>;\n`
    : `${comment}export interface ${name} {\n${members}}\n`;
}

function functionDoc(item: FunctionModel): string {
  const { doc, outputs } = item;
  const [output] = outputs;
  const result = outputs.length === 1 && output !== undefined ? describe(output.text, output.unit) : undefined;
  return tsdoc(
    [
      doc.notice && sentence(doc.notice),
      doc.details && sentence(doc.details),
      [`Caller: ${sentence(callerOf(item))}`, ...doc.sources.map((source) => `Source: ${sentence(source)}`)].join("\n"),
      `Solidity: \`${item.signature}\`, selector \`${item.selector}\`${item.mutability === "payable" ? ", payable" : ""}.`,
    ],
    [
      ...(result === undefined ? [] : [`@returns ${result}`]),
      ...item.errors.map(
        ({ name, condition }) => `@throws \`${name}\`${condition === undefined ? "" : conditionText(condition)}`,
      ),
    ],
    2,
  );
}

/** A condition of NatSpec goes on after the name; a notice is a sentence of its own. */
function conditionText(condition: string): string {
  return /^[A-Z]/.test(condition) ? `: ${sentence(condition)}` : ` ${sentenceEnd(condition)}`;
}

function sentenceEnd(text: string): string {
  return /[.!?。]$/.test(text) ? text : `${text}.`;
}

function argsName(contractName: string, item: FunctionModel): string {
  return `${contractName}${pascal(item.key)}Args`;
}

function resultName(contractName: string, item: FunctionModel): string {
  return `${contractName}${pascal(item.key)}Result`;
}

function resultType(contractName: string, item: FunctionModel, printer: TypePrinter): string {
  const [output] = item.outputs;
  if (output === undefined) return "void";
  return item.outputs.length === 1 ? printer.print(output.abi) : resultName(contractName, item);
}

function emitArgs(contractName: string, item: FunctionModel, printer: TypePrinter): string {
  const print = (field: ParameterModel): string => printer.print(field.abi);
  const args =
    item.inputs.length === 0
      ? []
      : [
          `${tsdoc([`Arguments of \`${item.key}\`.`])}export interface ${argsName(contractName, item)} {\n${emitFields(item.inputs, print)}}\n`,
        ];
  const result =
    item.outputs.length < 2
      ? []
      : [
          `${tsdoc([`Result of \`${item.key}\`.`])}export interface ${resultName(contractName, item)} {\n${emitFields(item.outputs, print)}}\n`,
        ];
  return [...args, ...result].join("\n");
}

function emitConstructorArgs(contract: ContractModel, printer: TypePrinter): string {
  if (!isDeployable(contract) || contract.constructorInputs.length === 0) return "";
  const fields = emitFields(contract.constructorInputs, (field) => printer.print(field.abi));
  return `${tsdoc([`Arguments of {@link ${contract.name}.deploy}.`])}export interface ${contract.name}ConstructorArgs {\n${fields}}\n`;
}

function emitEvents({ name, events }: ContractModel, printer: TypePrinter): string {
  const members = events.map((event) => {
    const indexed = event.inputs.filter((input) => input.indexed).map((input) => `\`${input.name}\``);
    const comment = tsdoc(
      [
        event.doc.notice && sentence(event.doc.notice),
        event.doc.details && sentence(event.doc.details),
        `Solidity: \`${event.signature}\`${indexed.length === 0 ? "" : `, can be filtered by ${indexed.join(", ")}`}.`,
      ],
      [],
      2,
    );
    const fields = emitFields(event.inputs, ({ abi, indexed }) =>
      indexed ? printer.printIndexed(abi) : printer.print(abi),
    );
    return `${comment}  readonly ${property(event.key)}: ${fields === "" ? "Readonly<Record<never, never>>" : `{\n${fields}}`};\n`;
  });
  const union = `${tsdoc([`An event of {@link ${name}}, told apart by \`eventName\`.`])}export type ${name}Event = ContractEvent<${name}Events>;\n`;
  return `${union}\n${emitInterface(`${name}Events`, tsdoc([`The events of {@link ${name}}, with their arguments.`]), members.join("\n"))}`;
}

/** Prints an interface of errors. Errors of one name and different arguments share a member. */
export function emitErrors(
  interfaceName: string,
  comment: string,
  errors: readonly ErrorModel[],
  printer: TypePrinter,
): string {
  const names = [...new Set(errors.map(({ name }) => name))].sort();
  const members = names.map((name) => {
    const same = errors.filter((error) => error.name === name);
    const [{ doc, selector } = { doc: undefined, selector: undefined }] = same;
    const shapes = same.map(({ inputs }) => {
      const fields = emitFields(inputs, ({ abi }) => printer.print(abi));
      return fields === "" ? "Readonly<Record<never, never>>" : `{\n${fields}}`;
    });
    const text = tsdoc(
      [
        doc?.notice && sentence(doc.notice),
        doc?.details && sentence(doc.details),
        doc?.cure === undefined ? undefined : `Cure: ${sentence(doc.cure)}`,
        `Selector \`${selector}\`.`,
      ],
      [],
      2,
    );
    return `${text}  readonly ${name}: ${shapes.join(" | ")};\n`;
  });
  return emitInterface(interfaceName, tsdoc([comment]), members.join("\n"));
}
