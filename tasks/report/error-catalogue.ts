import type { ContractModel, ErrorModel } from "../contract-model/types.ts";
import { sentence } from "../support/sentence.ts";
import { code, page, prose, table } from "./markdown.ts";

/** An error of the catalogue. */
export interface CatalogueEntry {
  readonly selector: string;
  readonly signature: string;
  readonly name: string;
  /** The contract, interface or library that declares it. */
  readonly declaredIn: string;
  readonly meaning: string;
  readonly cure: string;
}

/** The catalogue, and what keeps it from being complete. */
export interface Catalogue {
  readonly entries: readonly CatalogueEntry[];
  readonly problems: readonly string[];
}

/** Collects every error that the contracts declare or inherit, each once, sorted by name. */
export function collectErrors(contracts: readonly ContractModel[]): Catalogue {
  const errors = new Map<string, ErrorModel>();
  for (const error of contracts.flatMap((contract) => contract.errors)) {
    const known = errors.get(error.signature);
    if (known === undefined || (known.doc.cure === undefined && error.doc.cure !== undefined))
      errors.set(error.signature, error);
  }
  const problems: string[] = [];
  const entries = [...errors.values()].map((error): CatalogueEntry => {
    const { name, signature, selector, declaredIn = "", source = "", doc } = error;
    const place = `${signature} in ${source}`;
    const meaning = doc.notice ?? doc.details;
    const { cure } = doc;
    if (meaning === undefined) problems.push(`${place} has no meaning (@notice)`);
    if (cure === undefined) problems.push(`${place} has no cure (@custom:cure)`);
    return { name, signature, selector, declaredIn, meaning: sentence(meaning ?? ""), cure: sentence(cure ?? "") };
  });
  entries.push(...solidityErrors);
  entries.sort((a, b) => (a.signature < b.signature ? -1 : 1));
  return { entries, problems: problems.sort() };
}

/** What Solidity itself throws. */
const solidityErrors: readonly CatalogueEntry[] = [
  {
    name: "Error",
    signature: "Error(string)",
    selector: "0x08c379a0",
    declaredIn: "Solidity",
    meaning: "A requirement failed that gives its reason as text.",
    cure: "Read the text.",
  },
  {
    name: "Panic",
    signature: "Panic(uint256)",
    selector: "0x4e487b71",
    declaredIn: "Solidity",
    meaning:
      "A check of the language failed. 0x01: assertion, 0x11: arithmetic overflow, 0x12: division by zero, 0x21: no such enum value, 0x32: index out of range.",
    cure: "Check the arguments; if they are sound, report a defect of the contract.",
  },
];

/** The page of the catalogue. */
export function errorPage(entries: readonly CatalogueEntry[]): string {
  return page(
    "# Error catalogue / 错误目录",
    "Every error that the contracts can answer with. The first four bytes of the revert data are the selector. In TypeScript `decodeError` of a generated client gives the error by name.",
    "合约可能返回的全部错误。回退数据的前四个字节即选择器；在 TypeScript 中，生成的客户端用 `decodeError` 给出错误名称与参数。",
    ...entries.map(({ name, selector, signature, declaredIn, meaning, cure }) =>
      page(
        `## ${name}`,
        table(
          ["Selector / 选择器", "Error / 错误", "Declared in / 声明于"],
          [[code(selector), code(signature), code(declaredIn)]],
        ),
        `- Meaning / 含义: ${prose(meaning)}\n- Cure / 处理: ${prose(cure)}`,
      ),
    ),
  );
}
