import type { ContractModel } from "../contract-model/types.ts";
import { contractPage } from "./contract-page.ts";
import { collectErrors, errorPage } from "./error-catalogue.ts";
import { page, prose, table } from "./markdown.ts";
import { domainOf } from "./read-project-contracts.ts";
import type { RoleMatrix } from "./role-matrix.ts";
import { rolePage, roleProblems } from "./roles-page.ts";

/** What the reference is written from. */
export interface ReferenceInput {
  /** Every contract, interface and library of the project. */
  readonly contracts: readonly ContractModel[];
  /** The roles of every app. */
  readonly matrices: readonly RoleMatrix[];
}

/** The reference. */
export interface Reference {
  /** Pages by their path under docs/reference. */
  readonly files: ReadonlyMap<string, string>;
  /** What is missing from the contracts' documentation, each naming its place; the reference is complete if there are none. */
  readonly problems: readonly string[];
}

/** Writes the pages: one per contract that can be deployed, the error catalogue, the role matrix, and the table of contents. */
export function writeReference({ contracts, matrices }: ReferenceInput): Reference {
  const deployable = contracts.filter(({ kind }) => kind === "contract");
  const catalogue = collectErrors(contracts);
  const files = new Map<string, string>([
    ["README.md", contentsPage(deployable)],
    ["errors.md", errorPage(catalogue.entries)],
    ["roles.md", rolePage(matrices)],
    ...deployable.map((contract): [string, string] => [pathOf(contract), contractPage(contract)]),
  ]);
  return { files, problems: [...catalogue.problems, ...missingCallers(deployable), ...roleProblems(matrices)] };
}

function pathOf(contract: ContractModel): string {
  return `${domainOf(contract)}/${contract.name}.md`;
}

/** Transactions that the project declares and that do not say who may send them. */
function missingCallers(contracts: readonly ContractModel[]): string[] {
  return contracts.flatMap(({ name, functions }) =>
    functions
      .filter(({ mutability, source, doc }) => {
        const isView = mutability === "view" || mutability === "pure";
        return !isView && source?.startsWith("contracts/") === true && doc.caller === undefined;
      })
      .map(
        ({ signature, source }) => `${name}.${signature} in ${source} does not say who may call it (@custom:caller)`,
      ),
  );
}

function contentsPage(contracts: readonly ContractModel[]): string {
  const domains = [...new Set(contracts.map(domainOf))].sort();
  return page(
    "# Reference / 参考",
    "Written by `npx hardhat report` from the contracts and their deployment; not edited by hand. / 由 `npx hardhat report` 根据合约及其部署生成，请勿手工修改。",
    "- [Error catalogue / 错误目录](errors.md)\n- [Roles / 角色](roles.md)",
    ...domains.map((domain) =>
      page(
        `## ${domain}`,
        table(
          ["Contract / 合约", "Purpose / 用途"],
          contracts
            .filter((contract) => domainOf(contract) === domain)
            .map((contract) => [
              `[${contract.name}](${pathOf(contract)})`,
              prose(contract.doc.notice ?? contract.doc.title),
            ]),
        ),
      ),
    ),
  );
}
