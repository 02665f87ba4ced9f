import { type Ast, type AstNode, descendants, idsIn, nodesIn, textIn } from "./ast.ts";

/**
 * The errors that a function's code can reach: in its body, its modifiers, and whatever these call inside the contract or on a contract whose
 * code is known. What a call on a bare interface may throw is not seen.
 *
 * @param ast - the compilation
 * @param contract - the contract that the function is called on, which decides what a virtual function means
 * @param start - the function
 * @returns the declarations of the errors
 */
export function reachableErrors(ast: Ast, contract: AstNode, start: AstNode): ReadonlySet<AstNode> {
  const errors = new Set<AstNode>();
  const seen = new Set<AstNode>();
  const line = idsIn(contract, "linearizedBaseContracts").map((id) => ast.byId.get(id));
  const waiting = [start];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const part of [...descendants(node.body), ...descendants(node.modifiers)]) {
      const id = part.referencedDeclaration;
      const declaration = typeof id === "number" ? ast.byId.get(id) : undefined;
      if (declaration?.nodeType === "ErrorDefinition") errors.add(declaration);
      if (declaration?.nodeType === "FunctionDefinition" || declaration?.nodeType === "ModifierDefinition") {
        waiting.push(isSuperCall(part) ? declaration : mostDerived(line, declaration));
      }
    }
  }
  return errors;
}

/** Whether a function carries OpenZeppelin's `restricted` modifier: the AccessManager decides who may call. */
export function isRestricted(node: AstNode | undefined): boolean {
  return nodesIn(node, "modifiers").some((modifier) => {
    const name = modifier.modifierName;
    return typeof name === "object" && name !== null && "name" in name && name.name === "restricted";
  });
}

function isSuperCall(part: AstNode): boolean {
  const expression = part.expression;
  return typeof expression === "object" && expression !== null && "name" in expression && expression.name === "super";
}

/** The override that a call on the contract ends in; the declaration itself if none overrides it. */
function mostDerived(line: readonly (AstNode | undefined)[], declaration: AstNode): AstNode {
  if (declaration.virtual !== true || !line.some((contract) => nodesIn(contract, "nodes").includes(declaration)))
    return declaration;
  for (const contract of line) {
    for (const node of nodesIn(contract, "nodes")) {
      if (node === declaration || (node.nodeType === declaration.nodeType && overrides(node, declaration))) return node;
    }
  }
  return declaration;
}

function overrides(node: AstNode, declaration: AstNode): boolean {
  return textIn(node, "name") === textIn(declaration, "name") && parameterTypes(node) === parameterTypes(declaration);
}

function parameterTypes(node: AstNode): string {
  const list = node.parameters;
  if (typeof list !== "object" || list === null || !("parameters" in list) || !Array.isArray(list.parameters))
    return "";
  return list.parameters.map((parameter) => JSON.stringify(parameter.typeDescriptions?.typeIdentifier)).join(",");
}
