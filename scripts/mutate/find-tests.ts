import { readFileSync } from "node:fs";
import path from "node:path";

const DEFINITION = /^\s*(?:abstract\s+)?(?:contract|library)\s+(\w+)(?:\s+is\s+([^{]+))?/gm;

/**
 * The test files of a contract: the folder or files under `test/<domain>` named after it, or after a contract that inherits
 * from it. Where there is none, every test of the domain.
 *
 * @param contract - Path of the contract, e.g. `contracts/prepaid/Refunds.sol`.
 * @param files - All paths of the repository.
 * @param read - Reads one of them.
 */
export function findTests(
  contract: string,
  files: readonly string[],
  read: (file: string) => string = (file) => readFileSync(file, "utf8"),
): string[] {
  const domain = contract.split("/")[1] ?? "";
  const tests = files.filter((file) => file.startsWith(`test/${domain}/`) && file.endsWith(".test.ts"));
  const names = withHeirs(path.basename(contract, ".sol"), files.filter((file) => file.endsWith(".sol")).map(read));
  const stems = [...names].map(kebab);
  const own = tests.filter((file) => {
    const below = file.slice(`test/${domain}/`.length);
    return stems.some((stem) => below.startsWith(`${stem}/`) || below.startsWith(`${stem}.`));
  });
  return own.length > 0 ? own : tests;
}

function withHeirs(name: string, sources: readonly string[]): Set<string> {
  const parents = new Map<string, readonly string[]>();
  for (const source of sources) {
    for (const [, child = "", bases = ""] of source.matchAll(DEFINITION)) {
      parents.set(
        child,
        bases.split(",").map((base) => base.trim().replace(/\(.*$/s, "")),
      );
    }
  }
  const names = new Set([name]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [child, bases] of parents) {
      if (names.has(child) || !bases.some((base) => names.has(base))) continue;
      names.add(child);
      grown = true;
    }
  }
  return names;
}

function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
