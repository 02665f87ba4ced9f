import { type AstNode, descendants, nodeIn, nodesIn, textIn } from "../../tasks/contract-model/ast.ts";
import type { Edit } from "./mutant.ts";

/** An operator and what a slip of the finger makes of it. A bound is moved by one, and turned round. */
const BINARY: Readonly<Record<string, readonly [kind: string, ...replacements: string[]]>> = {
  "<": ["comparison", "<=", ">="],
  "<=": ["comparison", "<", ">"],
  ">": ["comparison", ">=", "<="],
  ">=": ["comparison", ">", "<"],
  "==": ["comparison", "!="],
  "!=": ["comparison", "=="],
  "&&": ["logic", "||"],
  "||": ["logic", "&&"],
  "+": ["arithmetic", "-"],
  "-": ["arithmetic", "+"],
  "*": ["arithmetic", "/"],
  "/": ["arithmetic", "*"],
  "%": ["arithmetic", "/"],
};

const ASSIGNMENT: Readonly<Record<string, string>> = { "+=": "-=", "-=": "+=", "|=": "&=", "&=": "|=" };

/** Words that come in pairs: the way of rounding, the smaller or the greater. */
const OPPOSITES: readonly (readonly [kind: string, pattern: RegExp, replacement: string])[] = [
  ["rounding", /^Ceil$/, "Floor"],
  ["rounding", /^Floor$/, "Ceil"],
  ["rounding", /^(\w+)Up$/, "$1Down"],
  ["rounding", /^(\w+)Down$/, "$1Up"],
  ["extreme", /^min$/, "max"],
  ["extreme", /^max$/, "min"],
];

interface Text {
  span(node: AstNode | undefined): { readonly start: number; readonly end: number };
  slice(start: number, end: number): string;
}

/**
 * Every fault the mutator knows for a source, in source order.
 *
 * @param ast - The syntax tree of the source, see `parseSolidity`.
 * @param source - The source.
 */
export function findEdits(ast: AstNode, source: string): Edit[] {
  const text = textOf(source);
  const bodies = [...descendants(ast)].filter(
    ({ nodeType }) => nodeType === "FunctionDefinition" || nodeType === "ModifierDefinition",
  );
  const edits = bodies.flatMap((body) => [
    ...(body.nodeType === "FunctionDefinition" ? modifierEdits(body, text) : []),
    ...[...descendants(nodeIn(body, "body"))].flatMap((node) => nodeEdits(node, text)),
  ]);
  return edits.sort((a, b) => a.start - b.start || a.end - b.end || a.text.localeCompare(b.text));
}

function textOf(source: string): Text {
  const bytes = Buffer.from(source);
  return {
    span(node) {
      const [start = 0, length = 0] = (node?.src ?? "0:0").split(":").map(Number);
      return { start, end: start + length };
    },
    slice: (start, end) => bytes.subarray(start, end).toString(),
  };
}

function nodeEdits(node: AstNode, text: Text): Edit[] {
  switch (node.nodeType) {
    case "BinaryOperation":
      return binaryEdits(node, text);
    case "UnaryOperation":
      return unaryEdits(node, text);
    case "Assignment":
      return assignmentEdits(node, text);
    case "Literal":
      return literalEdits(node, text);
    case "Identifier":
    case "MemberAccess":
      return oppositeEdits(node, text);
    case "IfStatement":
    case "Conditional":
      return conditionEdits(node, text);
    case "ExpressionStatement":
    case "EmitStatement":
      return [{ kind: dropKind(node), ...statementSpan(node, text), text: "{}" }];
    default:
      return [];
  }
}

/** Access control and guards are modifiers: each is left out once. A base constructor's arguments are no guard. */
function modifierEdits(node: AstNode, text: Text): Edit[] {
  if (textIn(node, "kind") === "constructor") return [];
  return nodesIn(node, "modifiers").map((modifier) => ({ kind: "drop-modifier", ...text.span(modifier), text: "" }));
}

function binaryEdits(node: AstNode, text: Text): Edit[] {
  const operator = textIn(node, "operator") ?? "";
  const [kind, ...replacements] = BINARY[operator] ?? [""];
  const place = operatorPlace(operator, nodeIn(node, "leftExpression"), nodeIn(node, "rightExpression"), text);
  return place === undefined ? [] : replacements.map((replacement) => ({ kind, ...place, text: replacement }));
}

function assignmentEdits(node: AstNode, text: Text): Edit[] {
  const operator = textIn(node, "operator") ?? "";
  const replacement = ASSIGNMENT[operator];
  const place = operatorPlace(operator, nodeIn(node, "leftHandSide"), nodeIn(node, "rightHandSide"), text);
  return place === undefined || replacement === undefined ? [] : [{ kind: "arithmetic", ...place, text: replacement }];
}

/** Between two operands stand the operator, blanks, brackets and comments; a comment that holds the operator hides it. */
function operatorPlace(operator: string, left: AstNode | undefined, right: AstNode | undefined, text: Text) {
  if (operator === "") return undefined;
  const from = text.span(left).end;
  const between = text.slice(from, text.span(right).start);
  const at = between.indexOf(operator);
  if (at < 0 || between.includes("//") || between.includes("/*")) return undefined;
  return { start: from + at, end: from + at + operator.length };
}

function unaryEdits(node: AstNode, text: Text): Edit[] {
  const operator = textIn(node, "operator");
  const { start, end } = text.span(node);
  if (operator === "!") return [{ kind: "logic", start, end: start + 1, text: "" }];
  if (operator !== "++" && operator !== "--") return [];
  const place = node.prefix === true ? { start, end: start + 2 } : { start: end - 2, end };
  return [{ kind: "arithmetic", ...place, text: operator === "++" ? "--" : "++" }];
}

function literalEdits(node: AstNode, text: Text): Edit[] {
  const place = text.span(node);
  const written = text.slice(place.start, place.end);
  if (written === "true" || written === "false") {
    return [{ kind: "literal", ...place, text: written === "true" ? "false" : "true" }];
  }
  if (!/^\d[\d_]*$/.test(written)) return [];
  const value = BigInt(written.replaceAll("_", ""));
  const neighbours = value === 0n ? [1n] : [value + 1n, value - 1n];
  return neighbours.map((neighbour) => ({ kind: "literal", ...place, text: String(neighbour) }));
}

function oppositeEdits(node: AstNode, text: Text): Edit[] {
  const member = node.nodeType === "MemberAccess";
  const name = textIn(node, member ? "memberName" : "name") ?? "";
  const { end } = text.span(node);
  const start = end - Buffer.byteLength(name);
  if (text.slice(start, end) !== name) return [];
  return OPPOSITES.filter(([, pattern]) => pattern.test(name)).map(([kind, pattern, replacement]) => ({
    kind,
    start,
    end,
    text: name.replace(pattern, replacement),
  }));
}

/** A condition that is no comparison of its own is negated; a branch that only refuses is never taken. */
function conditionEdits(node: AstNode, text: Text): Edit[] {
  const condition = nodeIn(node, "condition");
  const place = text.span(condition);
  const written = text.slice(place.start, place.end);
  const edits: Edit[] = [];
  if (condition !== undefined && !["BinaryOperation", "UnaryOperation"].includes(condition.nodeType)) {
    edits.push({ kind: "condition", ...place, text: `!(${written})` });
  }
  if (node.nodeType === "IfStatement" && refuses(nodeIn(node, "trueBody"))) {
    edits.push({ kind: "drop-check", ...place, text: "false" });
  }
  return edits;
}

function refuses(body: AstNode | undefined): boolean {
  if (body?.nodeType === "RevertStatement") return true;
  const statements = nodesIn(body, "statements");
  return statements.length === 1 && statements[0]?.nodeType === "RevertStatement";
}

function dropKind(node: AstNode): string {
  const called = nodeIn(nodeIn(node, "expression"), "expression");
  if (node.nodeType === "EmitStatement") return "drop-event";
  return /^(?:require|revert)$/.test(textIn(called, "name") ?? "") ? "drop-check" : "drop-statement";
}

/** A statement with its semicolon, which solc leaves out of some. */
function statementSpan(node: AstNode, text: Text) {
  const { start, end } = text.span(node);
  if (text.slice(start, end).endsWith(";")) return { start, end };
  const rest = text.slice(end, end + 200);
  return { start, end: end + rest.indexOf(";") + 1 };
}
