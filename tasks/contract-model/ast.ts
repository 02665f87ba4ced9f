/** A node of solc's syntax tree, as far as every node is alike. */
export interface AstNode {
  readonly id: number;
  readonly nodeType: string;
  /** `start:length:file`, in bytes. */
  readonly src: string;
  readonly [key: string]: unknown;
}

/** The syntax trees of one compilation, ready to be looked things up in. */
export interface Ast {
  readonly byId: ReadonlyMap<number, AstNode>;
  /** The nodes of a type, in the order of their sources. */
  ofType(nodeType: string): readonly AstNode[];
  /** The comment lines above or behind a node, for what solc keeps no documentation of. */
  commentOf(node: AstNode): string | undefined;
}

/** One source of a compilation. */
export interface AstSource {
  readonly id: number;
  readonly ast: AstNode;
  readonly content: string;
}

/** Indexes the syntax trees of one compilation. */
export function createAst(sources: readonly AstSource[]): Ast {
  const byId = new Map<number, AstNode>();
  const byType = new Map<string, AstNode[]>();
  const contents = new Map(sources.map(({ id, content }) => [id, Buffer.from(content)]));
  for (const { ast } of sources) {
    for (const node of descendants(ast)) {
      byId.set(node.id, node);
      const alike = byType.get(node.nodeType);
      if (alike === undefined) byType.set(node.nodeType, [node]);
      else alike.push(node);
    }
  }
  return {
    byId,
    ofType: (nodeType) => byType.get(nodeType) ?? [],
    commentOf(node) {
      const [start, length, file] = node.src.split(":").map(Number);
      const content = contents.get(file ?? -1);
      if (content === undefined || start === undefined || length === undefined) return undefined;
      return (
        commentAbove(content.subarray(0, start).toString()) ??
        commentBehind(content.subarray(start + length).toString())
      );
    },
  };
}

/** Every node below `root`, and `root`, in source order. */
export function* descendants(root: unknown): Generator<AstNode> {
  if (Array.isArray(root)) {
    for (const item of root) yield* descendants(item);
  } else if (typeof root === "object" && root !== null) {
    if (isAstNode(root)) yield root;
    for (const value of Object.values(root)) {
      if (typeof value === "object") yield* descendants(value);
    }
  }
}

/** The child nodes in a field that holds a list. */
export function nodesIn(node: AstNode | undefined, field: string): readonly AstNode[] {
  const value = node?.[field];
  return Array.isArray(value) ? value.filter(isAstNode) : [];
}

/** The child node in a field. */
export function nodeIn(node: AstNode | undefined, field: string): AstNode | undefined {
  const value = node?.[field];
  return isAstNode(value) ? value : undefined;
}

/** The text in a field. */
export function textIn(node: AstNode | undefined, field: string): string | undefined {
  const value = node?.[field];
  return typeof value === "string" ? value : undefined;
}

/** The ids in a field that holds a list of references. */
export function idsIn(node: AstNode | undefined, field: string): readonly number[] {
  const value = node?.[field];
  return Array.isArray(value) ? value.filter((id): id is number => typeof id === "number") : [];
}

function isAstNode(value: unknown): value is AstNode {
  return typeof value === "object" && value !== null && "nodeType" in value && "id" in value && "src" in value;
}

function commentAbove(text: string): string | undefined {
  const lines = text.split("\n").slice(0, -1);
  const comment: string[] = [];
  for (let line = lines.pop()?.trim(); line?.startsWith("//"); line = lines.pop()?.trim()) {
    if (/^\/\/\s*SPDX/.test(line)) break;
    comment.unshift(line.replace(/^\/{2,3}\s?/, ""));
  }
  return comment.length === 0 ? undefined : comment.join("\n");
}

function commentBehind(text: string): string | undefined {
  return /^[ \t]*[;,]?[ \t]*\/\/+[ \t]*(.*)/.exec(text)?.[1]?.trim();
}
