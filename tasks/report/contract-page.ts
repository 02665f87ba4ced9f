import type { AbiParameter } from "viem";
import { callerOf } from "../contract-model/caller.ts";
import { namedTypeOf } from "../contract-model/read-types.ts";
import type { ContractModel, EventModel, FunctionModel, ParameterModel, TypeModel } from "../contract-model/types.ts";
import { sentence } from "../support/sentence.ts";
import { code, page, prose, table } from "./markdown.ts";

/** The page of one contract: what it does, its functions with caller, refusals and units, its events, errors and types. */
export function contractPage(contract: ContractModel): string {
  const { name, doc, source, functions, events, errors, types } = contract;
  const views = functions.filter(({ mutability }) => mutability === "view" || mutability === "pure");
  const transactions = functions.filter((item) => !views.includes(item));
  return page(
    `# ${name}`,
    prose(doc.title === undefined ? undefined : `**${sentence(doc.title)}**`),
    prose(doc.notice),
    prose(doc.details),
    `Source / 源码: ${code(source)}`,
    transactions.length === 0 ? undefined : "## Transactions / 写入",
    transactions.length === 0 ? undefined : overview(transactions),
    ...transactions.map(functionSection),
    views.length === 0 ? undefined : "## Views / 查询",
    ...views.map(functionSection),
    events.length === 0 ? undefined : "## Events / 事件",
    ...events.map(eventSection),
    errors.length === 0 ? undefined : "## Errors / 错误",
    errors.length === 0
      ? undefined
      : `${errors.map((error) => `- [${code(error.signature)}](../errors.md#${anchorOf(error.name)})`).join("\n")}`,
    types.length === 0 ? undefined : "## Types / 类型",
    ...types.map(typeSection),
  );
}

/** Where the error catalogue keeps an error. */
function anchorOf(errorName: string): string {
  return errorName.toLowerCase();
}

function overview(functions: readonly FunctionModel[]): string {
  return table(
    ["Function / 函数", "Caller / 调用者", "Refusals / 拒绝"],
    functions.map((item) => [
      code(item.signature),
      prose(callerOf(item)),
      item.errors.map(({ name }) => code(name)).join(", "),
    ]),
  );
}

function functionSection(item: FunctionModel): string {
  const { doc, inputs, outputs, errors } = item;
  const isView = item.mutability === "view" || item.mutability === "pure";
  return page(
    `### ${code(item.signature)}`,
    prose(doc.notice),
    prose(doc.details),
    [
      isView && doc.caller === undefined ? undefined : `- Caller / 调用者: ${prose(callerOf(item))}`,
      item.restricted ? "- Restricted by the AccessManager / 由 AccessManager 限制" : undefined,
      item.mutability === "payable" ? "- Payable / 可附带原生币" : undefined,
      `- Selector / 选择器: ${code(item.selector)}`,
      ...doc.sources.map((source) => `- Source / 依据: ${prose(source)}`),
    ]
      .filter((line) => line !== undefined)
      .join("\n"),
    parameterTable("Parameter / 参数", inputs),
    parameterTable("Result / 结果", outputs),
    errors.length === 0
      ? undefined
      : table(
          ["Refuses with / 拒绝", "When / 条件"],
          errors.map(({ name, condition }) => [`[${code(name)}](../errors.md#${anchorOf(name)})`, prose(condition)]),
        ),
  );
}

function eventSection({ signature, topic, doc, inputs }: EventModel): string {
  const rows = inputs.map((input) => [
    code(input.name),
    typeOf(input.abi),
    input.indexed ? "✓" : "",
    input.unit ?? "",
    prose(input.text),
  ]);
  return page(
    `### ${code(signature)}`,
    prose(doc.notice),
    prose(doc.details),
    `- Topic / 主题: ${code(topic)}`,
    rows.length === 0
      ? undefined
      : table(["Argument / 参数", "Type / 类型", "Indexed / 可检索", "Unit / 单位", "Meaning / 含义"], rows),
  );
}

function typeSection(type: TypeModel): string {
  const heading = `### ${code(type.kind === "value" ? `type ${type.canonicalName} is ${type.underlying}` : `${type.kind} ${type.canonicalName}`)}`;
  if (type.kind === "value") return page(heading, prose(type.text));
  if (type.kind === "enum") {
    const rows = type.values.map(({ name, text }, index) => [`${index}`, code(name), prose(text)]);
    return page(heading, prose(type.text), table(["Value / 值", "Name / 名称", "Meaning / 含义"], rows));
  }
  return page(heading, prose(type.text), parameterTable("Member / 成员", type.members));
}

function parameterTable(title: string, parameters: readonly ParameterModel[]): string | undefined {
  if (parameters.length === 0) return undefined;
  const rows = parameters.map(({ name, abi, unit, text }) => [
    name === "" ? "" : code(name),
    typeOf(abi),
    unit ?? "",
    prose(text),
  ]);
  return table([title, "Type / 类型", "Unit / 单位", "Meaning / 含义"], rows);
}

/** The Solidity type by the name its author gave it. */
function typeOf(parameter: AbiParameter): string {
  const named = namedTypeOf(parameter);
  const suffix = /(\[\d*\])*$/.exec(parameter.type)?.[0] ?? "";
  return code(named === undefined ? parameter.type : `${named.canonicalName}${suffix}`);
}
