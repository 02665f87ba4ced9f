import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { BanyanError } from "../../apps/common/src/errors.ts";

/**
 * The contracts that an app works with: `apps/<app>/bindings.json`.
 *
 * ```json
 * { "contracts": ["PrepaidCards"], "errors": ["DepositToken"] }
 * ```
 */
export interface BindingsDeclaration {
  /** The app's folder name. */
  readonly app: string;
  /** Where the declaration stands. */
  readonly file: string;
  /** Contracts to write clients for. */
  readonly contracts: readonly string[];
  /** Further contracts whose errors may bubble through and are decoded too. */
  readonly errors: readonly string[];
}

/**
 * Reads the declarations of all apps that have one, sorted by app.
 *
 * @param root - the repository
 * @throws BanyanError `BINDINGS_MALFORMED` naming the file
 */
export async function readDeclarations(root: string): Promise<BindingsDeclaration[]> {
  const apps = (await readdir(path.join(root, "apps"))).sort();
  const files = apps.map((app) => ({ app, file: path.join(root, "apps", app, "bindings.json") }));
  return await Promise.all(
    files
      .filter(({ file }) => existsSync(file))
      .map(async ({ app, file }) => ({ app, file, ...parse(await readFile(file, "utf8"), file) })),
  );
}

function parse(text: string, file: string): Pick<BindingsDeclaration, "contracts" | "errors"> {
  const malformed = (what: string, cause?: unknown): BanyanError =>
    new BanyanError("BINDINGS_MALFORMED", `${file}: ${what}`, {
      cure: 'Write { "contracts": ["Name", …], "errors": ["Name", …] }; "errors" may be left out.',
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : "not JSON", error);
  }
  if (typeof value !== "object" || value === null || !("contracts" in value)) throw malformed('"contracts" is missing');
  const unknownKey = Object.keys(value).find((key) => key !== "contracts" && key !== "errors");
  if (unknownKey !== undefined) throw malformed(`"${unknownKey}" is not known`);
  const names = (list: unknown, key: string): string[] => {
    if (!Array.isArray(list) || !list.every((name) => typeof name === "string"))
      throw malformed(`"${key}" is not a list of names`);
    const twice = list.find((name, index) => list.indexOf(name) !== index);
    if (twice !== undefined) throw malformed(`"${key}" names ${twice} twice`);
    return list;
  };
  const contracts = names(value.contracts, "contracts");
  if (contracts.length === 0) throw malformed('"contracts" is empty');
  return { contracts, errors: names("errors" in value ? value.errors : [], "errors") };
}
