/** What the documentation of one Solidity declaration says, tag by tag. */
export interface NatSpec {
  readonly title?: string | undefined;
  /** For the people who use it. */
  readonly notice?: string | undefined;
  /** For the people who work on it. */
  readonly details?: string | undefined;
  /** `@param`: the text by parameter name. */
  readonly params: ReadonlyMap<string, string>;
  /** `@return`: the texts in order; a named result's text begins with its name. */
  readonly returns: readonly string[];
  /** `@inheritdoc`: the contract whose text is taken over. */
  readonly inherits?: string | undefined;
  /** `@custom:caller`: who may call. */
  readonly caller?: string | undefined;
  /** `@custom:error`: when it refuses, by error name. */
  readonly errors: readonly ErrorCondition[];
  /** `@custom:unit`: the unit by parameter or result name, {@link UNNAMED} for the one value it must be about. */
  readonly units: ReadonlyMap<string, string>;
  /** `@custom:source`: the rule it follows. */
  readonly sources: readonly string[];
  /** `@custom:cure`: what to do about an error. */
  readonly cure?: string | undefined;
}

/** When a function throws an error. */
export interface ErrorCondition {
  /** The error's name. */
  readonly name: string;
  /** The condition, such as "when the merchant is suspended". */
  readonly condition: string;
}

/** No documentation at all. */
export const emptyNatSpec: NatSpec = { params: new Map(), returns: [], errors: [], units: new Map(), sources: [] };

/** Parses the text of a NatSpec comment, as solc keeps it in the syntax tree. */
export function parseNatSpec(text: string | undefined): NatSpec {
  if (text === undefined) return emptyNatSpec;
  const tags = readTags(text);
  const all = (tag: string): readonly string[] => tags.filter(([name]) => name === tag).map(([, content]) => content);
  const joined = (tag: string): string | undefined => all(tag).join("\n\n") || undefined;
  const named = (tag: string): ReadonlyMap<string, string> => new Map(all(tag).map(splitFirstWord));
  return {
    title: joined("title"),
    notice: joined("notice"),
    details: joined("dev"),
    params: named("param"),
    returns: all("return"),
    inherits: all("inheritdoc")[0],
    caller: joined("custom:caller"),
    errors: all("custom:error").map((content) => {
      const [name, condition] = splitFirstWord(content);
      return { name, condition };
    }),
    units: new Map(all("custom:unit").flatMap(parseUnits)),
    sources: all("custom:source"),
    cure: joined("custom:cure"),
  };
}

/**
 * Takes over from `base` what `own` does not say.
 *
 * @param rename - the base's parameter names and what they are called here
 */
export function inheritNatSpec(own: NatSpec, base: NatSpec, rename: ReadonlyMap<string, string>): NatSpec {
  const renamed = (texts: ReadonlyMap<string, string>): Map<string, string> =>
    new Map([...texts].map(([name, text]) => [rename.get(name) ?? name, text]));
  return {
    title: own.title ?? base.title,
    notice: own.notice ?? base.notice,
    details: own.details ?? base.details,
    params: new Map([...renamed(base.params), ...own.params]),
    returns: own.returns.length > 0 ? own.returns : base.returns,
    caller: own.caller ?? base.caller,
    errors: own.errors.length > 0 ? own.errors : base.errors,
    units: new Map([...renamed(base.units), ...own.units]),
    sources: own.sources.length > 0 ? own.sources : base.sources,
    cure: own.cure ?? base.cure,
  };
}

/** The name under which a unit stands that names no value: `@custom:unit fen`. */
export const UNNAMED = "result";

/** `amount: fen`, `from and result: s`, `amount: fen; startsAt, expiresAt: s`, `amount fen`, or only `fen, rounded up`. */
function parseUnits(content: string): [string, string][] {
  return content.split(";").flatMap((part): [string, string][] => {
    const text = part.trim();
    const [, names, unit] = /^([^:]+):\s*(.+)$/.exec(text) ?? [];
    if (names !== undefined && unit !== undefined) {
      return names.split(/\s*,\s*|\s+and\s+/).map((name) => [name === "return" ? UNNAMED : name, unit]);
    }
    const [, name, single] = /^(\w+)\s+(\S+)$/.exec(text) ?? [];
    return [
      name === undefined || single === undefined ? [UNNAMED, text] : [name === "return" ? UNNAMED : name, single],
    ];
  });
}

/** The tags with their contents; text before the first tag is a notice. Blank lines separate paragraphs. */
function readTags(text: string): [string, string][] {
  const tags: [string, string[]][] = [];
  for (const raw of text.split("\n")) {
    const line = raw.trim().replace(/^\*\s?/, "");
    const tag = /^@([a-z]+(?::[a-z-]+)?)\s*(.*)$/.exec(line);
    if (tag !== null) tags.push([tag[1] ?? "", [tag[2] ?? ""]]);
    else if (tags.length > 0) tags.at(-1)?.[1].push(line);
    else if (line !== "") tags.push(["notice", [line]]);
  }
  return tags.map(([tag, lines]) => [tag, paragraphs(lines)]);
}

function paragraphs(lines: readonly string[]): string {
  return lines
    .join("\n")
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        // A list keeps its lines.
        .split(/\n(?=\s*[-*] )/)
        .map((line) => line.replace(/\s+/g, " ").trim())
        .join("\n"),
    )
    .join("\n\n");
}

/** The first word and the rest. */
export function splitFirstWord(text: string): [string, string] {
  const [, word = "", rest = ""] = /^(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  return [word, rest];
}
