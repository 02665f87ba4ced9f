import { createRequire } from "node:module";
import type { AstNode } from "../../tasks/contract-model/ast.ts";

interface ParseOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly sources?: Readonly<Record<string, { readonly ast: AstNode }>>;
}

const solc: { compile(input: string): string } = createRequire(import.meta.url)("solc");

/**
 * The syntax tree of one Solidity source. It is only parsed: imports are not followed.
 *
 * @throws {Error} with solc's message when the source is no Solidity
 */
export function parseSolidity(source: string): AstNode {
  const input = {
    language: "Solidity",
    sources: { source: { content: source } },
    settings: { stopAfter: "parsing", outputSelection: { "*": { "": ["ast"] } } },
  };
  const output: ParseOutput = JSON.parse(solc.compile(JSON.stringify(input)));
  const error = output.errors?.find(({ severity }) => severity === "error");
  const ast = output.sources?.source?.ast;
  if (error !== undefined || ast === undefined) throw new Error(error?.formattedMessage ?? "solc gave no syntax tree");
  return ast;
}
